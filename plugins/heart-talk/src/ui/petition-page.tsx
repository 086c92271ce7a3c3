import {
  Button,
  type FieldErrors,
  Form,
  RadioCards,
  Screen,
  Select,
  Stack,
  TextArea,
  TextField,
  useAnonymousKernel,
  useErrorText,
  useKernel,
  useMutation,
  usePage,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { SignedOut } from "./signed-out.tsx";
import { useTalks } from "./words.ts";

const purposes = ["solve", "suggest", "accuse", "ask", "help"] as const;
const kinds = ["officer", "nco", "conscript", "civilianStaff"] as const;

interface Values {
  readonly purpose: (typeof purposes)[number] | "";
  readonly title: string;
  readonly body: string;
  readonly anonymity: "named" | "confidential" | "anonymous" | "";
  readonly kind: (typeof kinds)[number] | "";
  readonly contact: string;
}

const empty: Values = { purpose: "", title: "", body: "", anonymity: "", kind: "", contact: "" };

/** Whoever was talked with raises it himself: by his own words, with his name or without, and nothing of the talk. */
export default function PetitionPage() {
  const { user } = useTalks();
  return user ? <Write /> : <SignedOut to="/p/heart-talk/petition" />;
}

function useFile() {
  const { unit, user, language } = useTalks();
  const kernel = useKernel();
  const anonymousKernel = useAnonymousKernel();
  const named = useMutation(kernel.intake.file.mutationOptions());
  const [key] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: async ({ purpose, title, body, anonymity, kind, contact }: Values) => {
      const what = {
        ...{ key, unitId: unit?.id ?? null, channel: "heart-talk/need", via: "talkConverted" as const },
        ...{ purpose: purpose === "" ? ("solve" as const) : purpose, title, body, locale: language },
      };
      if (anonymity === "" || anonymity === "anonymous" || kind === "")
        return await anonymousKernel.intake.file.mutate({ ...what, anonymity: "anonymous" });
      const petitioner = { name: user?.name ?? "", kind, contact };
      return await named.mutateAsync({ ...what, anonymity, petitioner });
    },
  });
}

function Write() {
  const { say } = useTalks();
  const { go } = usePage();
  const errorText = useErrorText();
  const file = useFile();
  const [anonymity, setAnonymity] = useState<Values["anonymity"]>("");
  const validate = (values: Values): FieldErrors<Values> =>
    values.anonymity === "anonymous"
      ? {}
      : {
          ...(values.kind === "" && { kind: say("petition.kindMissing") }),
          ...(values.contact.trim() === "" && { contact: say("petition.contactMissing") }),
        };
  if (file.data)
    return (
      <Screen title={say("petition.done")}>
        <section className="ds-panel" aria-label={say("petition.code")}>
          <p className="ds-hint">{say("petition.code")}</p>
          <p className="ds-code">{file.data.returnCode}</p>
          <p>{say("petition.keep")}</p>
          <p className="ds-hint">{say("petition.number", { number: file.data.caseNo })}</p>
        </section>
        <Button onClick={() => go("portal:/t")}>{say("petition.track")}</Button>
      </Screen>
    );
  return (
    <Screen title={say("petition.title")}>
      <Stack gap="lg">
        <p>{say("petition.lead")}</p>
        <p className="ds-panel ds-panel-warn">{say("petition.secret")}</p>
        <Form<Values>
          initial={empty}
          validate={validate}
          submitLabel={say("petition.send")}
          busy={file.isPending}
          error={file.isError ? errorText(file.error) : undefined}
          onChange={(values) => setAnonymity(values.anonymity)}
          onSubmit={(values) => file.mutate(values)}
        >
          <RadioCards
            name="purpose"
            label={say("petition.purpose")}
            cards={purposes.map((value) => ({ value, label: say(`petition.purposes.${value}`) }))}
            required
          />
          <TextField name="title" label={say("petition.name")} required maxLength={120} />
          <TextArea name="body" label={say("petition.body")} required rows={6} maxLength={5000} />
          <RadioCards
            name="anonymity"
            label={say("petition.identity")}
            cards={[
              { value: "named", label: say("petition.named") },
              { value: "confidential", label: say("petition.confidential") },
              { value: "anonymous", label: say("petition.anonymous"), note: say("petition.anonymousNote") },
            ]}
            required
          />
          {anonymity !== "anonymous" && (
            <>
              <Select
                name="kind"
                label={say("petition.kind")}
                options={kinds.map((value) => ({ value, label: say(`petition.kinds.${value}`) }))}
              />
              <TextField name="contact" label={say("petition.contact")} maxLength={200} />
            </>
          )}
        </Form>
      </Stack>
    </Screen>
  );
}
