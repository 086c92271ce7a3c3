import type { CaseView } from "@doorstep/contracts";
import { RadioCards, TextArea } from "@doorstep/ui";
import { kernelClient } from "../../shell/rpc.ts";
import { ActForm } from "../acts/act-form.tsx";
import { WhoSees } from "../shared/who-sees.tsx";
import { useDeskText } from "../text.ts";

interface DecideRecusalFormProps {
  readonly c: CaseView;
  readonly recusal: CaseView["recusals"][number];
  readonly onDone: () => void;
}

interface Values {
  decision: "granted" | "refused" | "";
  reason: string;
}

const decisions = ["granted", "refused"] as const;

/** The leader decides whether somebody stands out of the case; never the person himself [SD15:17]. */
export function DecideRecusalForm(props: DecideRecusalFormProps) {
  const { text } = useDeskText();
  const { person, reason } = props.recusal;
  return (
    <>
      <dl className="ds-summary">
        <div>
          <dt>{text("desk.recusals.who")}</dt>
          <dd>{person.name}</dd>
        </div>
        {reason && (
          <div>
            <dt>{text("desk.recusals.why")}</dt>
            <dd>{reason}</dd>
          </div>
        )}
      </dl>
      <ActForm<Values>
        c={props.c}
        name={`decideRecusal:${person.id}`}
        initial={{ decision: "", reason: "" }}
        submitLabel={text("desk.recusals.do")}
        send={(v, on) =>
          kernelClient.recusal.decide.mutate({
            caseId: on.caseId,
            key: on.key,
            personId: person.id,
            granted: v.decision === "granted",
            reason: v.reason,
          })
        }
        onDone={props.onDone}
      >
        {() => (
          <>
            <RadioCards
              name="decision"
              label={text("desk.recusals.choice")}
              required
              cards={decisions.map((value) => ({
                value,
                label: text(`desk.recusals.${value}`),
                note: text(`desk.recusals.${value}Note`),
              }))}
            />
            <div>
              <TextArea
                name="reason"
                label={text("desk.recusals.reason")}
                hint={text("desk.recusals.reasonHint")}
                required
                maxLength={300}
                tone="internal"
              />
              <WhoSees who="handling" />
            </div>
          </>
        )}
      </ActForm>
    </>
  );
}
