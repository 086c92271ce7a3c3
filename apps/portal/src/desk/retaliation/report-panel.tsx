import type { CaseView } from "@doorstep/contracts";
import { formatDate, formatInstant } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { nameOf, useDeskText } from "../text.ts";

/** Where the case is a report of retaliation: against whom, what, and what the unit has explained. */
export function ReportPanel(props: { readonly c: Pick<CaseView, "caseId" | "confidentiality"> }) {
  const { text, language } = useDeskText();
  const { c } = props;
  const found = useQuery(
    kernel.retaliation.get.queryOptions({ caseId: c.caseId }, { enabled: c.confidentiality === 3 }),
  );
  const report = found.data;
  if (!report) return null;
  return (
    <section aria-labelledby="report" className="desk-facts">
      <h2 id="report">{text("desk.report.title")}</h2>
      <dl>
        <div>
          <dt>{text("desk.report.unit")}</dt>
          <dd>{report.unit[language]}</dd>
        </div>
        <div>
          <dt>{text("desk.report.acts")}</dt>
          <dd>{report.acts.map((act) => nameOf(text, "retaliationAct", act)).join(" · ")}</dd>
        </div>
        {report.checkIns > 0 && (
          <div>
            <dt>{text("desk.report.checkIns")}</dt>
            <dd>{text("desk.report.checkInsOf", { n: report.checkIns })}</dd>
          </div>
        )}
      </dl>
      {report.explanations.map((asked) => (
        <div key={asked.id} className="ds-panel">
          <h3>{text("desk.explain.question")}</h3>
          <p className="ds-text">{asked.question}</p>
          <p className="ds-hint">
            {asked.answeredAt === null
              ? text("desk.report.waiting", { date: formatDate(asked.dueOn, language) })
              : text("desk.report.answered", { at: formatInstant(asked.answeredAt, language) })}
          </p>
          {asked.answer !== null && <p className="ds-text">{asked.answer}</p>}
        </div>
      ))}
    </section>
  );
}
