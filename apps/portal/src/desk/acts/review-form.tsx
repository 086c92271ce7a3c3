import { type CaseView, reviewOutcomes } from "@doorstep/contracts";
import { NumberField, RadioCards, TextArea } from "@doorstep/ui";
import { kernelClient } from "../../shell/rpc.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";
import type { AllowedAct } from "./act-plan.ts";
import { Effect } from "./effect.tsx";

interface ReviewValues {
  outcome: (typeof reviewOutcomes)[number] | "";
  facts: string;
  opinion: string;
  basis: string;
  redoDays: number | undefined;
}

interface ReviewFormProps {
  readonly c: CaseView;
  readonly act: AllowedAct;
  readonly onDone: () => void;
}

/** T21 and T22: the level above decides whether the answer stands, changes it, or has it done again. */
export function ReviewForm(props: ReviewFormProps) {
  const { text } = useDeskText();
  const { c } = props;
  const request = c.reviews.at(-1);
  const decided = (name: string) => c.acts.find((act) => act.act === name) ?? props.act;
  return (
    <>
      {request && (
        <div className="ds-panel">
          <p className="ds-legend">
            {text("desk.acts.reviewAsked", { grounds: nameOf(text, "grounds", request.grounds) })}
          </p>
          <p className="ds-text">{request.text}</p>
        </div>
      )}
      <ActForm<ReviewValues>
        c={c}
        name="decideReview"
        initial={{ outcome: "", facts: "", opinion: "", basis: "", redoDays: undefined }}
        validate={(v) => ({
          redoDays: v.outcome === "quashed" && v.redoDays === undefined ? text("desk.acts.redoDaysMissing") : undefined,
        })}
        submitLabel={text("desk.acts.do.decideReview")}
        send={(v, on) =>
          kernelClient.cases.decideReview.mutate({
            ...on,
            outcome: v.outcome === "" ? "upheld" : v.outcome,
            facts: v.facts,
            opinion: v.opinion,
            basis: v.basis,
            ...(v.outcome === "quashed" && v.redoDays !== undefined ? { redoDays: v.redoDays } : {}),
          })
        }
        onDone={props.onDone}
        review={{
          consequence: (v) => (
            <Effect act={decided(v.outcome === "quashed" ? "redo" : "decideReview")} clocks={c.clocks} />
          ),
          lines: (v) => [
            {
              label: text("desk.acts.reviewOutcome"),
              value: v.outcome === "" ? "" : nameOf(text, "reviewOutcome", v.outcome),
            },
            { label: text("desk.acts.redoDays"), value: v.outcome === "quashed" ? String(v.redoDays ?? "") : "" },
            { label: text("desk.acts.facts"), value: v.facts },
            { label: text("desk.acts.opinion"), value: v.opinion },
            { label: text("desk.acts.basis"), value: v.basis },
          ],
        }}
      >
        {(v) => (
          <>
            <RadioCards
              name="outcome"
              label={text("desk.acts.reviewOutcome")}
              required
              cards={reviewOutcomes.map((value) => ({ value, label: nameOf(text, "reviewOutcome", value) }))}
            />
            {v.outcome === "quashed" && (
              <NumberField
                name="redoDays"
                label={text("desk.acts.redoDays")}
                hint={text("desk.acts.redoHint")}
                min={1}
                max={60}
              />
            )}
            <TextArea
              name="facts"
              label={text("desk.acts.facts")}
              hint={text("desk.acts.factsHint")}
              required
              maxLength={5_000}
            />
            <TextArea
              name="opinion"
              label={text("desk.acts.opinion")}
              hint={text("desk.acts.opinionHint")}
              required
              maxLength={5_000}
            />
            <TextArea
              name="basis"
              label={text("desk.acts.basis")}
              hint={text("desk.acts.basisHint")}
              required
              maxLength={2_000}
              rows={2}
            />
            <WhoSees who="letter" />
          </>
        )}
      </ActForm>
    </>
  );
}
