import type { CaseView } from "@doorstep/contracts";
import { DueBadge, formatDate } from "@doorstep/ui";
import { dueWords } from "../shared/due.ts";
import { useDeskText } from "../text.ts";

/** What still runs stands first, nearest date on top; what is done follows. */
const inOrder = (clocks: CaseView["clocks"]): CaseView["clocks"] =>
  [...clocks].sort(
    (a, b) => Number(a.state === "stopped") - Number(b.state === "stopped") || a.dueOn.localeCompare(b.dueOn),
  );

/** Every clock, not only the nearest; each opens by key or tap and says in one sentence how its date came about. */
export function ClocksPanel(props: { readonly clocks: CaseView["clocks"] }) {
  const { text, language } = useDeskText();
  const clocks = inOrder(props.clocks);
  return (
    <section aria-labelledby="clocks" className="desk-clocks">
      <h2 id="clocks">{text("desk.case.clocks")}</h2>
      {clocks.length === 0 && <p>{text("desk.due.none")}</p>}
      {clocks.map((clock) => {
        const words = dueWords(clock, text);
        return (
          <details key={clock.id}>
            <summary>
              {words && <DueBadge state={words.state} label={words.short} size="md" />}
              <span>{clock.name[language]}</span>
              <span className="ds-hint">{formatDate(clock.dueOn, language)}</span>
            </summary>
            <p>{clock.sentence[language]}</p>
            {clock.provisional && <p className="ds-hint">{text("desk.due.provisional")}</p>}
          </details>
        );
      })}
    </section>
  );
}
