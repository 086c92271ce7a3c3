import type { PetitionerCase } from "@doorstep/contracts";
import { formatDate } from "@doorstep/ui";
import { Link } from "@tanstack/react-router";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { useCasePaths } from "./use-own-case.ts";

/** What was decided on each demand, and the rights that follow from it. */
export function CaseAnswer(props: { readonly matter: PetitionerCase }) {
  const { matter } = props;
  const text = useText();
  const language = useLanguage();
  const paths = useCasePaths();
  const answered = matter.demands.filter((demand) => demand.outcome !== null);
  if (answered.length === 0) return null;
  return (
    <section>
      <h2>{text("case.answers")}</h2>
      <ol className="ds-list">
        {answered.map((demand) => (
          <li key={demand.no} className="ds-panel">
            <p className="ds-hint">{text("case.demand", { no: demand.no })}</p>
            <p className="ds-text">{demand.text}</p>
            <p>
              <strong>{demand.outcome && text(`case.outcome.${demand.outcome}`)}</strong>
            </p>
            {demand.opinion && <p className="ds-text">{demand.opinion}</p>}
          </li>
        ))}
      </ol>
      <p className="ds-row">
        {matter.rating.open && (
          <Link to={paths.rate} className="ds-link">
            {matter.rating.given ? text("case.changeRating") : text("case.rate")}
          </Link>
        )}
        {matter.review.until && (
          <Link to={paths.review} className="ds-link">
            {matter.review.open
              ? text("case.reviewUntil", { date: formatDate(matter.review.until, language) })
              : text("case.reviewClosed")}
          </Link>
        )}
      </p>
    </section>
  );
}
