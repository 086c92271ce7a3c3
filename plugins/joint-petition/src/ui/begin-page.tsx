import {
  Form,
  RadioCards,
  Screen,
  Stack,
  TextArea,
  TextField,
  useErrorText,
  useMutation,
  usePage,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { purposes } from "../purposes.ts";
import { type Kind, PersonFields } from "./person-fields.tsx";
import { SignedOut } from "./signed-out.tsx";
import { useJoint } from "./words.ts";

interface Values {
  readonly purpose: (typeof purposes)[number];
  readonly title: string;
  readonly body: string;
  readonly desiredOutcome: string;
  readonly anonymity: "named" | "confidential";
  readonly kind: Kind;
  readonly contact: string;
}

// nothing is chosen for anybody; the form refuses to send what is missing
const empty = {
  ...{ purpose: "", title: "", body: "", desiredOutcome: "", anonymity: "", kind: "", contact: "" },
} as unknown as Values;

/** The words that others will sign. They stay as they are. */
export default function BeginPage() {
  const { say, rpc, user } = useJoint();
  const { go } = usePage();
  const errorText = useErrorText();
  const [key] = useState(() => crypto.randomUUID());
  const begin = useMutation(
    rpc.begin.mutationOptions({ onSuccess: ({ draftId }) => go(`/${draftId}`, { replace: true }) }),
  );
  if (!user) return <SignedOut to="/p/joint-petition/new" />;
  return (
    <Screen title={say("begin.title")}>
      <Stack gap="lg">
        <p>{say("begin.lead")}</p>
        <p className="ds-panel ds-panel-warn">{say("begin.secret")}</p>
        <Form<Values>
          initial={empty}
          submitLabel={say("begin.send")}
          busy={begin.isPending}
          error={begin.isError ? errorText(begin.error) : undefined}
          onSubmit={(values) => begin.mutate({ ...values, key })}
        >
          <RadioCards
            name="purpose"
            label={say("begin.purpose")}
            cards={purposes.map((value) => ({ value, label: say(`purposes.${value}`) }))}
            required
          />
          <TextField name="title" label={say("begin.name")} required maxLength={120} />
          <TextArea name="body" label={say("begin.body")} required rows={8} maxLength={20_000} />
          <TextArea name="desiredOutcome" label={say("begin.wish")} rows={3} maxLength={2_000} />
          <RadioCards
            name="anonymity"
            label={say("begin.identity")}
            cards={[
              { value: "named", label: say("begin.named") },
              { value: "confidential", label: say("begin.confidential") },
            ]}
            required
          />
          <PersonFields />
        </Form>
      </Stack>
    </Screen>
  );
}
