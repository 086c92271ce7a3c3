import type { CaseView } from "@doorstep/contracts";
import { formatDate } from "@doorstep/ui";
import { nameOf, useDeskText } from "../text.ts";

/** Which other units were asked, and what each reported. */
export function AssistsPanel(props: { readonly c: Pick<CaseView, "assists"> }) {
  const { text, language } = useDeskText();
  const { assists } = props.c;
  if (assists.length === 0) return null;
  return (
    <section aria-labelledby="assists">
      <h2 id="assists">{text("desk.case.assists")}</h2>
      <ul className="ds-list">
        {assists.map((assist) => (
          <li key={assist.id} className="ds-panel">
            <strong>{assist.unit[language]}</strong>
            <p className="ds-text">{assist.question}</p>
            <dl className="ds-summary">
              <div>
                <dt>{text("desk.case.assistDue")}</dt>
                <dd>{formatDate(assist.dueOn, language)}</dd>
              </div>
              <div>
                <dt>{text("desk.case.assistState")}</dt>
                <dd>{nameOf(text, "assistState", assist.late ? "late" : assist.state)}</dd>
              </div>
              {assist.report && (
                <div>
                  <dt>{text("desk.case.assistReport")}</dt>
                  <dd className="ds-text">{assist.report}</dd>
                </div>
              )}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
