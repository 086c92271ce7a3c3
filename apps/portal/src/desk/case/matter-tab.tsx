import type { CaseView } from "@doorstep/contracts";
import { formatInstant } from "@doorstep/ui";
import { nameOf, useDeskText } from "../text.ts";
import { AssistsPanel } from "./assists-panel.tsx";
import { ConsentsPanel } from "./consents-panel.tsx";
import { LinksPanel } from "./links-panel.tsx";
import { MandatesPanel } from "./mandates-panel.tsx";
import { ModulesPanel } from "./modules-panel.tsx";
import { PromisesPanel } from "./promises-panel.tsx";
import { RedactionsPanel } from "./redactions-panel.tsx";

const parts = ["facts", "opinion", "basis", "steps"] as const;

interface MatterTabProps {
  readonly c: CaseView;
  readonly onPrint?: ((covered: CaseView) => void) | undefined;
}

/** What was written, what is asked for one by one, and what was answered. */
export function MatterTab(props: MatterTabProps) {
  const { text, language } = useDeskText();
  const { c } = props;
  const also: readonly (readonly [string, string])[] = [
    [text("desk.case.desired"), c.desiredOutcome],
    [text("desk.case.tried"), c.alreadyTried],
  ];
  return (
    <div className="desk-matter">
      <p className="ds-text">{c.body}</p>
      {also.map(
        ([label, value]) =>
          value && (
            <p key={label} className="ds-text">
              <strong>{label}</strong>
              <br />
              {value}
            </p>
          ),
      )}
      {c.demands.length > 0 && (
        <section aria-labelledby="demands">
          <h2 id="demands">{text("desk.case.demands")}</h2>
          <ol className="desk-demands">
            {c.demands.map((demand) => (
              <li key={demand.id}>
                <p className="ds-text">{demand.text}</p>
                {demand.desiredOutcome && (
                  <p className="ds-hint">{text("desk.acts.wanted", { wish: demand.desiredOutcome })}</p>
                )}
                {demand.outcome && (
                  <dl className="ds-summary">
                    <div>
                      <dt>{text("desk.acts.outcome")}</dt>
                      <dd>{nameOf(text, "outcome", demand.outcome)}</dd>
                    </div>
                    {parts.map(
                      (part) =>
                        demand[part] && (
                          <div key={part}>
                            <dt>{text(`desk.acts.${part}`)}</dt>
                            <dd>{demand[part]}</dd>
                          </div>
                        ),
                    )}
                  </dl>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
      <LinksPanel c={c} />
      <RedactionsPanel c={c} onPrint={props.onPrint} />
      <MandatesPanel c={c} />
      <PromisesPanel c={c} />
      <AssistsPanel c={c} />
      <ConsentsPanel caseId={c.caseId} />
      <ModulesPanel caseId={c.caseId} />
      {c.reviews.map((review) => (
        <section key={review.requestedAt} className="ds-panel">
          <h2>
            {text("desk.case.reviewOf", {
              level: nameOf(text, "level", review.level),
              date: formatInstant(review.requestedAt, language),
            })}
          </h2>
          <p>{text("desk.acts.reviewAsked", { grounds: nameOf(text, "grounds", review.grounds) })}</p>
          <p className="ds-text">{review.text}</p>
          {review.outcome && <p>{nameOf(text, "reviewOutcome", review.outcome)}</p>}
        </section>
      ))}
      {c.contest && (
        <section className="ds-panel">
          <h2>{text("desk.case.contest", { date: formatInstant(c.contest.at, language) })}</h2>
          <p className="ds-text">{c.contest.text}</p>
          <p>{nameOf(text, "case.contestOutcome", c.contest.outcome ?? "open")}</p>
        </section>
      )}
      {c.ratings && c.ratings.length > 0 && (
        <section aria-labelledby="ratings">
          <h2 id="ratings">{text("desk.case.ratings")}</h2>
          <ul>
            {c.ratings.map((rating) => (
              <li key={rating.target}>
                {text("desk.case.rating", {
                  target: nameOf(text, "ratingTarget", rating.target),
                  result: nameOf(text, "rating", rating.result),
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
