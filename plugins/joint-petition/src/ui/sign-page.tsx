import { Button, Form, Screen, Stack, TextField, Tick, useErrorText, useMutation, usePage } from "@doorstep/sdk/ui";
import { useEffect, useState } from "react";
import { type Kind, PersonFields } from "./person-fields.tsx";
import { SignedPart } from "./signed-part.tsx";
import { useJoint } from "./words.ts";
import { WordsPanel } from "./words-panel.tsx";

/** A link carries its code behind the `#`, which no browser sends to a server. */
const codeOfLink = (): string => decodeURIComponent(window.location.hash.slice(1)).slice(0, 60);

/** By a code: an invitation is read and signed, one's own signature is looked at. */
export default function SignPage() {
  const { say, rpc } = useJoint();
  const { go } = usePage();
  const errorText = useErrorText();
  const [done, setDone] = useState<string>();
  const [linked] = useState(codeOfLink);
  const look = useMutation(rpc.look.mutationOptions());
  const { mutate } = look;
  useEffect(() => {
    if (linked !== "") mutate({ code: linked });
  }, [linked, mutate]);
  const code = look.variables?.code ?? "";
  const seen = look.data;
  return (
    <Screen title={say("sign.title")} notice={done}>
      <Stack gap="lg">
        {!seen && (
          <Form
            initial={{ code: linked }}
            submitLabel={say("sign.show")}
            busy={look.isPending}
            error={look.isError ? errorText(look.error) : undefined}
            onSubmit={(values) => {
              setDone(undefined);
              look.mutate({ code: values.code.trim() });
            }}
          >
            <TextField
              name="code"
              label={say("sign.code")}
              hint={say("sign.codeHint")}
              required
              maxLength={60}
              monospace
            />
          </Form>
        )}
        {seen?.words && <WordsPanel words={seen.words} standing={seen} />}
        {seen?.state === "filed" && <Filed />}
        {seen?.state === "open" && seen.as === "invited" && <SignForm code={code} represents={seen.represents} />}
        {seen?.state === "open" && seen.as === "signed" && (
          <SignedPart
            pass={{ code }}
            represents={seen.represents}
            agreedByMe={seen.agreedByMe}
            onAgree={() => mutate({ code })}
            onGone={() => {
              setDone(say("signed.gone"));
              look.reset();
            }}
          />
        )}
        <div>
          <Button variant="default" onClick={() => go("/")}>
            {say("back")}
          </Button>
        </div>
      </Stack>
    </Screen>
  );
}

function Filed() {
  const { say } = useJoint();
  const { go } = usePage();
  return (
    <Stack gap="md">
      <p>{say("sign.filed")}</p>
      <div>
        <Button onClick={() => go("portal:/t")}>{say("track")}</Button>
      </div>
    </Stack>
  );
}

interface Values {
  readonly name: string;
  readonly kind: Kind;
  readonly contact: string;
  readonly agrees: boolean;
}

function SignForm(props: { readonly code: string; readonly represents: boolean }) {
  const { say, rpc, user } = useJoint();
  const errorText = useErrorText();
  const [key] = useState(() => crypto.randomUUID());
  const sign = useMutation(rpc.sign.mutationOptions());
  if (sign.data)
    return (
      <section className="ds-panel" aria-label={say("sign.own")}>
        <p role="status">{say("sign.done")}</p>
        <p className="ds-hint">{say("sign.own")}</p>
        <p className="ds-code">{sign.data.code}</p>
        <p>{say("sign.keep")}</p>
      </section>
    );
  const initial = { name: user?.name ?? "", kind: "", contact: "", agrees: false } as unknown as Values;
  return (
    <Form<Values>
      initial={initial}
      validate={({ agrees }) => (agrees ? {} : { agrees: say("sign.agreeMissing") })}
      submitLabel={say(props.represents ? "sign.sendSpeaker" : "sign.send")}
      busy={sign.isPending}
      error={sign.isError ? errorText(sign.error) : undefined}
      onSubmit={({ agrees: _agrees, ...who }) => sign.mutate({ ...who, code: props.code, key })}
    >
      {props.represents && <p className="ds-panel">{say("sign.speaker")}</p>}
      {user ? (
        <p>{say("sign.byAccount", { name: user.name })}</p>
      ) : (
        <TextField name="name" label={say("person.name")} required maxLength={60} />
      )}
      <PersonFields />
      <Tick name="agrees" label={say("sign.agree")} />
    </Form>
  );
}
