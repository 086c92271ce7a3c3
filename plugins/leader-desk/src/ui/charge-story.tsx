import { formatDate, Text } from "@doorstep/sdk/ui";
import type { CaseChargeView } from "./charge-view.ts";
import { useLeaderDesk } from "./words.ts";

/** Plan, milestones, visits and what was asked for, as anybody reads them who may see the petition. */
export function ChargeStory({ charge }: { readonly charge: CaseChargeView }) {
  const { say, language } = useLeaderDesk();
  const { plan } = charge;
  const parts = ["facts", "law", "options", "helpers"] as const;
  const day = (on: string) => formatDate(on, language);
  return (
    <>
      <Text>
        {charge.outcome
          ? say(`outcome.${charge.outcome}`)
          : say("taken", { on: day(charge.takenOn), age: charge.ageDays })}
      </Text>
      {!plan && <Text>{say("plan.none")}</Text>}
      {plan && (
        <section>
          <h2>{say("plan.on", { on: day(plan.plannedOn) })}</h2>
          <Text>
            {plan.metOn ? say("plan.met", { on: day(plan.metOn) }) : say("plan.notMetYet", { why: plan.notMet })}
          </Text>
          <dl className="ds-summary">
            {parts.map(
              (part) =>
                plan[part] !== "" && (
                  <div key={part}>
                    <dt>{say(`plan.${part}`)}</dt>
                    <dd>{plan[part]}</dd>
                  </div>
                ),
            )}
          </dl>
        </section>
      )}
      {charge.milestones.length > 0 && (
        <section>
          <h2>{say("milestone.title")}</h2>
          <ul className="ds-list">
            {charge.milestones.map((one) => (
              <li key={one.milestoneId}>
                {one.doneOn
                  ? say("milestone.reached", { what: one.what, on: day(one.doneOn), result: one.result })
                  : say("milestone.open", { what: one.what, on: day(one.dueOn) })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {charge.visits.length > 0 && (
        <section>
          <h2>{say("visit.title")}</h2>
          <ul className="ds-list">
            {charge.visits.map((one) => (
              <li key={`${one.visitedOn} ${one.words}`}>
                {say(one.met ? "visit.met" : "visit.notMet", { on: day(one.visitedOn) })}
                <Text className="ds-text">{one.words}</Text>
              </li>
            ))}
          </ul>
        </section>
      )}
      {charge.reports.length > 0 && (
        <section>
          <h2>{say("report.title")}</h2>
          <ul className="ds-list">
            {charge.reports.map((one) => (
              <li key={`${one.dueOn} ${one.text}`}>
                {say(`report.${one.state}`, { what: one.text, on: day(one.dueOn) })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
