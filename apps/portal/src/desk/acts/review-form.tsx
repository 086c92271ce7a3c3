import { type CaseView, reviewOutcomes } from "@doorstep/contracts";
import { NumberField, RadioCards, TextArea } from "@doorstep/ui";
import { kernelClient } from "../../shell/rpc.ts";
import { WhoSees } from "../shared/who-sees.tsx";
import { nameOf, useDeskText } from "../text.ts";
import { ActForm } from "./act-form.tsx";
import type { AllowedAct } from "./act-plan.ts";
import { Effect } from "./effect.tsx";
import { outcomesFor } from "./reply-values.ts";
import type { On } from "./use-case-act.ts";

interface ReviewValues {
  outcome: (typeof reviewOutcomes)[number] | "";
  facts: string;
  opinion: string;
  basis: string;
  redoDays: number | undefined;
  /** with `changed`: what each demand comes to */
  [demand: `demand-${string}`]: string | undefined;
}

interface ReviewFormProps {
  readonly c: CaseView;
  readonly act: AllowedAct;
  readonly form: "decideReview" | "decideRereview";
  readonly onDone: () => void;
}

/** A re-review is the last decision: it hands nothing back [R22:36]. */
const outcomesOf = (form: ReviewFormProps["form"]) =>
  reviewOutcomes.filter((outcome) => form === "decideReview" || outcome !== "quashed");

/** What each demand comes to, as far as it was chosen. */
const chosen = (c: CaseView, v: ReviewValues) =>
  c.demands.flatMap((demand) => {
    const outcome = outcomesFor(c.category).find((one) => one === v[`demand-${demand.id}`]);
    return outcome ? [{ demandId: demand.id, outcome }] : [];
  });

function decide(form: ReviewFormProps["form"], c: CaseView, v: ReviewValues, on: On): Promise<unknown> {
  const { facts, opinion, basis } = v;
  const demands = v.outcome === "changed" ? chosen(c, v) : [];
  if (form === "decideRereview") {
    const outcome = v.outcome === "changed" ? "changed" : "upheld";
    return kernelClient.cases.decideRereview.mutate({ ...on, outcome, facts, opinion, basis, demands });
  }
  return kernelClient.cases.decideReview.mutate({
    ...on,
    outcome: v.outcome === "" ? "upheld" : v.outcome,
    facts,
    opinion,
    basis,
    demands,
    ...(v.outcome === "quashed" && v.redoDays !== undefined ? { redoDays: v.redoDays } : {}),
  });
}

/** T21, T22 and T24: the level above decides whether the answer stands, changes it, or has it done again. */
export function ReviewForm(props: ReviewFormProps) {
  const { text } = useDeskText();
  const { c, form } = props;
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
        name={form}
        initial={{
          outcome: "",
          facts: "",
          opinion: "",
          basis: "",
          redoDays: undefined,
          ...Object.fromEntries(c.demands.map((demand) => [`demand-${demand.id}`, ""])),
        }}
        validate={(v) => ({
          redoDays: v.outcome === "quashed" && v.redoDays === undefined ? text("desk.acts.redoDaysMissing") : undefined,
        })}
        submitLabel={text(`desk.acts.do.${form}`)}
        send={(v, on) => decide(form, c, v, on)}
        onDone={props.onDone}
        review={{
          consequence: (v) => <Effect act={decided(v.outcome === "quashed" ? "redo" : form)} clocks={c.clocks} />,
          lines: (v) => [
            {
              label: text("desk.acts.reviewOutcome"),
              value: v.outcome === "" ? "" : nameOf(text, "reviewOutcome", v.outcome),
            },
            { label: text("desk.acts.redoDays"), value: v.outcome === "quashed" ? String(v.redoDays ?? "") : "" },
            ...c.demands.map((demand) => ({
              label: text("desk.acts.demandOutcome", { no: demand.no }),
              value: v.outcome === "changed" ? nameOf(text, "outcome", v[`demand-${demand.id}`] ?? "") : "",
            })),
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
              cards={outcomesOf(form).map((value) => ({ value, label: nameOf(text, "reviewOutcome", value) }))}
            />
            {v.outcome === "changed" &&
              c.demands.map((demand) => (
                <RadioCards
                  key={demand.id}
                  name={`demand-${demand.id}`}
                  label={`${text("desk.acts.demandOutcome", { no: demand.no })} ${demand.text}`}
                  required
                  cards={outcomesFor(c.category).map((value) => ({ value, label: nameOf(text, "outcome", value) }))}
                />
              ))}
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
