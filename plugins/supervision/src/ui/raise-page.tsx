import { Screen, Select, useErrorText, useMutation, usePage } from "@doorstep/sdk/ui";
import { seenByPeople } from "../ladder.ts";
import { useSupervision } from "./words.ts";
import { WordsForm } from "./words-form.tsx";

/** Whoever supervises has seen something that no event tells. */
export default function RaisePage() {
  const { say, rpc } = useSupervision();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const raise = useMutation(
    rpc.raise.mutationOptions({ onSuccess: ({ matterId }) => go(`/m/${matterId}`, { replace: true }) }),
  );
  const caseId = params.caseId ?? "";
  return (
    <Screen title={say("raise.title")}>
      <WordsForm
        label={say("raise.words")}
        submitLabel={say("raise.send")}
        busy={raise.isPending}
        error={raise.isError ? errorText(raise.error) : undefined}
        more={{ code: "" }}
        onSubmit={(why, values) => raise.mutate({ caseId, why, code: values.code as (typeof seenByPeople)[number] })}
      >
        <Select
          name="code"
          label={say("raise.code")}
          options={seenByPeople.map((value) => ({ value, label: say(`trigger.${value}`) }))}
          required
        />
      </WordsForm>
    </Screen>
  );
}
