import type { CaseView } from "@doorstep/contracts";
import { TextArea } from "@doorstep/ui";
import { kernelClient } from "../../shell/rpc.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";

/** Whoever has an interest in the matter says so and is out of it from then on [R22:28]. */
export function RecusalForm(props: { readonly c: CaseView; readonly onDone: () => void }) {
  const { text } = useDeskText();
  return (
    <ActForm
      c={props.c}
      name="recusal"
      initial={{ reason: "" }}
      submitLabel={text("desk.acts.do.recusal")}
      send={(v, on) => kernelClient.recusal.declare.mutate({ caseId: on.caseId, key: on.key, reason: v.reason })}
      onDone={props.onDone}
      review={{
        consequence: <p>{text("desk.acts.recusalEffect")}</p>,
        lines: (v) => [{ label: text("desk.acts.recusalReason"), value: v.reason }],
      }}
    >
      {() => (
        <div>
          <TextArea
            name="reason"
            label={text("desk.acts.recusalReason")}
            hint={text("desk.acts.recusalHint")}
            required
            maxLength={300}
            tone="internal"
          />
          <WhoSees who="handling" />
        </div>
      )}
    </ActForm>
  );
}
