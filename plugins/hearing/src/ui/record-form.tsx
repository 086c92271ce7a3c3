import { Form, TextArea, TextField, Tick, useErrorText, useMutation } from "@doorstep/sdk/ui";
import { useState } from "react";
import type { ActFormProps } from "./conduct-forms.tsx";
import { useHearing } from "./words.ts";

const OTHERS = [1, 2, 3] as const;

/** What was said, and who was there. */
export function RecordForm({ one, onDone: onSuccess }: ActFormProps) {
  const { say, rpc } = useHearing();
  const errorText = useErrorText();
  const [otherIds] = useState(() => OTHERS.map(() => crypto.randomUUID()));
  const panel = one.panel.filter((each) => !each.left);
  const write = useMutation(rpc.record.mutationOptions({ onSuccess }));
  const others = one.there.filter((each) => each.kind === "other");
  return (
    <Form<Record<string, string | boolean>>
      initial={{
        record: one.record ?? "",
        petitioner: true,
        ...Object.fromEntries(panel.map((each) => [`p-${each.personId}`, true])),
        ...Object.fromEntries(OTHERS.map((no) => [`other${no}`, others[no - 1]?.part ?? ""])),
      }}
      submitLabel={say("record.send")}
      busy={write.isPending}
      error={write.isError ? errorText(write.error) : undefined}
      onSubmit={(values) =>
        write.mutate({
          hearingId: one.hearingId,
          record: String(values.record),
          petitioner: values.petitioner === true,
          panel: panel.flatMap(({ personId }) => (values[`p-${personId}`] === true ? [personId] : [])),
          others: OTHERS.flatMap((no) => {
            const part = String(values[`other${no}`] ?? "").trim();
            return part === "" ? [] : [{ id: otherIds[no - 1] ?? "", part }];
          }),
        })
      }
    >
      <fieldset className="ds-cards">
        <legend>{say("record.there")}</legend>
        <Tick name="petitioner" label={say("petitioner")} />
        {panel.map(({ personId, name, chair }) => (
          <Tick key={personId} name={`p-${personId}`} label={chair ? say("panel.chair", { name }) : name} />
        ))}
      </fieldset>
      {OTHERS.map((no) => (
        <TextField
          key={no}
          name={`other${no}`}
          label={say("record.other", { no })}
          maxLength={40}
          hint={no === 1 ? say("record.otherHint") : undefined}
          required={false}
        />
      ))}
      <TextArea
        name="record"
        label={say("record.words")}
        hint={say("record.hint")}
        rows={12}
        maxLength={8_000}
        required
      />
    </Form>
  );
}
