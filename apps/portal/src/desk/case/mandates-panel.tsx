import type { CaseView } from "@doorstep/contracts";
import { formatDate } from "@doorstep/ui";
import { useLanguage } from "../../shell/i18n.ts";
import { nameOf, useDeskText } from "../text.ts";

/** Who speaks for the petitioner, how far, until when, and whether that person agrees; who it is, the vault knows. */
export function MandatesPanel(props: { readonly c: Pick<CaseView, "mandates"> }) {
  const { text } = useDeskText();
  const language = useLanguage();
  const { mandates } = props.c;
  if (mandates.length === 0) return null;
  return (
    <section aria-labelledby="mandates" className="ds-panel">
      <h2 id="mandates">{text("desk.case.mandates")}</h2>
      <ul className="ds-list">
        {mandates.map((one) => (
          <li key={one.id}>
            <p>
              <strong>{nameOf(text, "relation", one.relation)}</strong>{" "}
              {text(one.filed ? "desk.case.mandateFiled" : "desk.case.mandateGiven")}
            </p>
            <p className="desk-row-facts">
              <span>{one.scope.map((scope) => nameOf(text, "mandateScope", scope)).join(" · ")}</span>
              <span>{nameOf(text, "consent", one.consent)}</span>
              <span>
                {one.state === "ended"
                  ? text("desk.case.mandateEnded")
                  : one.until === null
                    ? ""
                    : text("desk.case.mandateUntil", { date: formatDate(one.until, language) })}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
