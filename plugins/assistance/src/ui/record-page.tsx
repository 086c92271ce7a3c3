import { addDays, dayOf } from "@doorstep/sdk";
import {
  DateField,
  Form,
  Screen,
  Select,
  TextArea,
  TextField,
  useErrorText,
  useMutation,
  usePage,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type Kind, kinds } from "../kinds.ts";
import { useAssistance } from "./words.ts";

/** A hardship that was found, and what was given for it. */
export default function RecordPage() {
  const { say, rpc, days, timeZone } = useAssistance();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const [supportId] = useState(() => crypto.randomUUID());
  const today = dayOf(new Date().toISOString(), timeZone);
  const record = useMutation(
    rpc.record.mutationOptions({ onSuccess: ({ caseNo }) => go(`portal:/desk/c/${caseNo}`, { replace: true }) }),
  );
  const last = addDays(today, days);
  return (
    <Screen title={say("record.title")}>
      <p>{say("record.lead")}</p>
      <Form
        initial={{ kind: "", found: "", given: "", office: "", givenOn: today, followOn: last }}
        submitLabel={say("record.send")}
        busy={record.isPending}
        error={record.isError ? errorText(record.error) : undefined}
        onSubmit={({ kind, ...what }) =>
          record.mutate({ ...what, supportId, caseId: params.caseId ?? "", kind: kind as Kind })
        }
      >
        <TextArea
          name="found"
          label={say("record.found")}
          hint={say("record.foundHint")}
          rows={3}
          maxLength={500}
          required
        />
        <Select
          name="kind"
          label={say("record.kind")}
          options={kinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
          required
        />
        <TextArea name="given" label={say("record.given")} rows={3} maxLength={500} required />
        <TextField name="office" label={say("record.office")} maxLength={80} required />
        <DateField name="givenOn" label={say("record.givenOn")} max={today} required />
        <DateField
          name="followOn"
          label={say("record.followOn")}
          hint={say("record.followHint", { days })}
          min={addDays(today, 1)}
          max={last}
          required
        />
      </Form>
    </Screen>
  );
}
