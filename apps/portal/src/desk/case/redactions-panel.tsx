import type { CaseView } from "@doorstep/contracts";
import { formatInstant } from "@doorstep/ui";
import { nameOf, useDeskText } from "../text.ts";

/** Words that nobody outside of the circle reads, with who marked them and why; to somebody outside, that there are some. */
export function RedactionsPanel(props: { readonly c: Pick<CaseView, "redactions" | "covered"> }) {
  const { text, language } = useDeskText();
  const { redactions, covered } = props.c;
  if (covered) return <p className="ds-panel">{text("desk.case.coveredNote")}</p>;
  if (redactions.length === 0) return null;
  return (
    <section aria-labelledby="redactions" className="ds-panel ds-no-print">
      <h2 id="redactions">{text("desk.case.redactions")}</h2>
      <ul className="ds-list">
        {redactions.map((one) => (
          <li key={one.id}>
            <p>
              <mark>{one.words}</mark> {nameOf(text, "redactionKind", one.kind)}
            </p>
            <p className="desk-row-facts">
              <span>{nameOf(text, "redactionReason", one.reason)}</span>
              <span>{text("desk.case.redactionBy", { by: one.by, date: formatInstant(one.at, language) })}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
