import {
  Button,
  Form,
  RadioCards,
  Screen,
  Select,
  Stack,
  TextArea,
  TextField,
  Tick,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { useBox } from "./words.ts";

const kinds = ["conscript", "nco", "officer", "civilianStaff", "family", "veteran", "survivor", "citizen"] as const;

interface Values {
  readonly title: string;
  readonly body: string;
  readonly by: "" | "anonymous" | "name";
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  readonly contact: string;
  readonly show: "" | "yes" | "no";
  readonly credit: boolean;
}

/** Two fields and two questions; the code that comes back is the only way to it. */
export default function WritePage() {
  const { say, rpc, user } = useBox();
  const { go } = usePage();
  const errorText = useErrorText();
  const [key] = useState(() => crypto.randomUUID());
  const [by, setBy] = useState<Values["by"]>("");
  const board = useQuery(rpc.board.queryOptions());
  const post = useMutation(rpc.post.mutationOptions());
  if (post.data)
    return (
      <Screen title={say("write.done")}>
        <section className="ds-panel" aria-label={say("own.code")}>
          <p className="ds-hint">{say("own.code")}</p>
          <p className="ds-code">{post.data.code}</p>
          <p>{say("write.keep")}</p>
        </section>
        <Button onClick={() => go("/")}>{say("back")}</Button>
      </Screen>
    );
  const ways = board.data?.anonymous === false ? (["name"] as const) : (["anonymous", "name"] as const);
  const initial = {
    ...{ title: "", body: "", by: "", show: "", credit: false },
    ...{ name: user?.name ?? "", kind: "", contact: "" },
  } as unknown as Values;
  return (
    <Screen title={say("write.title")}>
      <Stack gap="lg">
        <p className="ds-panel ds-panel-warn">{say("board.notHere")}</p>
        <Form<Values>
          initial={initial}
          submitLabel={say("write.send")}
          busy={post.isPending}
          error={post.isError ? errorText(post.error) : undefined}
          onChange={(values) => setBy(values.by)}
          onSubmit={({ title, body, name, kind, contact, show, credit, ...values }) =>
            post.mutate({
              ...{ key, title, body, mayShow: show === "yes" },
              ...{ person: values.by === "name" ? { name, kind, contact } : null, credit },
            })
          }
        >
          <TextField name="title" label={say("write.subject")} required maxLength={120} />
          <TextArea
            name="body"
            label={say("write.body")}
            hint={say("write.bodyHint")}
            required
            rows={7}
            maxLength={5000}
          />
          <RadioCards
            name="by"
            label={say("write.by")}
            cards={ways.map((value) => ({ value, label: say(`write.${value}`), note: say(`write.${value}Note`) }))}
            required
          />
          {by === "name" && (
            <>
              <TextField name="name" label={say("person.name")} required maxLength={60} />
              <Select
                name="kind"
                label={say("person.kind")}
                options={kinds.map((value) => ({ value, label: say(`person.kinds.${value}`) }))}
                required
              />
              <TextField name="contact" label={say("person.contact")} required maxLength={200} />
            </>
          )}
          <RadioCards
            name="show"
            label={say("write.show")}
            cards={[
              { value: "yes", label: say("write.showYes"), note: say("write.showYesNote") },
              { value: "no", label: say("write.showNo"), note: say("write.showNoNote") },
            ]}
            required
          />
          {by === "name" && <Tick name="credit" label={say("write.credit")} />}
        </Form>
      </Stack>
    </Screen>
  );
}
