import { DateField, Form, RadioCards, TextField, useErrorText, useKernel, useMutation } from "@doorstep/sdk/ui";
import { useState } from "react";
import type { WaitingLetter } from "./waiting-letters.ts";
import { usePrint } from "./words.ts";

interface Values {
  readonly method: "" | "hand" | "post";
  readonly receivedOn: string;
  readonly proof: string;
}

/** Its date of receipt starts the petitioner's time for a review. The kernel decides who may record it, and what it needs. */
export function HandOverForm(props: {
  readonly letter: WaitingLetter;
  readonly onDone: () => void;
  /** the petition may have moved on meanwhile: it is read anew before he presses again */
  readonly onRefused: () => void;
}) {
  const { say } = usePrint();
  const { letter, onDone, onRefused } = props;
  const kernel = useKernel();
  const errorText = useErrorText();
  const [key] = useState(() => crypto.randomUUID());
  const deliver = useMutation(kernel.notices.deliver.mutationOptions({ onSuccess: onDone, onError: onRefused }));
  const initial: Values = { method: "", receivedOn: "", proof: "" };
  return (
    <Form<Values>
      initial={initial}
      validate={({ method, receivedOn, proof }) => ({
        ...(method === "hand" && receivedOn === "" && { receivedOn: say("dayMissing") }),
        ...(proof.trim() === "" && { proof: say("proofMissing") }),
      })}
      submitLabel={say("record")}
      busy={deliver.isPending}
      error={deliver.isError ? errorText(deliver.error) : undefined}
      onSubmit={({ method, receivedOn, proof }) => {
        const { caseId, version, noticeId } = letter;
        const when = receivedOn === "" ? null : receivedOn;
        if (method !== "") deliver.mutate({ caseId, version, key, noticeId, method, receivedOn: when, proof });
      }}
    >
      <p>{`${letter.name} ${letter.number} · ${letter.caseNo}`}</p>
      <p>{say("effect")}</p>
      <RadioCards
        name="method"
        label={say("method")}
        cards={[
          { value: "hand", label: say("hand"), note: say("handNote") },
          { value: "post", label: say("post"), note: say("postNote") },
        ]}
        required
      />
      <DateField name="receivedOn" label={say("receivedOn")} hint={say("receivedOnHint")} />
      <TextField name="proof" label={say("proof")} hint={say("proofHint")} maxLength={200} />
    </Form>
  );
}
