import type { CaseView } from "@doorstep/contracts";
import { DueBadge, formatDate } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { dueWords } from "../shared/due.ts";
import { useDeskText } from "../text.ts";

/** What still runs stands first, nearest date on top; what is done follows. */
const inOrder = (clocks: CaseView["clocks"]): CaseView["clocks"] =>
  [...clocks].sort(
    (a, b) => Number(a.state === "stopped") - Number(b.state === "stopped") || a.dueOn.localeCompare(b.dueOn),
  );

/** Periods of modules, each with the module's name: they stand beside those of the rules and move none of them. */
function ModuleClocks({ caseId }: { readonly caseId: string }) {
  const { text, language } = useDeskText();
  const { data } = useQuery(kernel.clocks.ofModules.queryOptions({ caseId }));
  return data?.map((clock) => (
    <details key={clock.id}>
      <summary>
        <span>{text("desk.case.clockOf", { module: clock.module[language], name: clock.name[language] })}</span>
        <span className="ds-hint">
          {text(`desk.case.moduleClock.${clock.state}`, { on: formatDate(clock.dueOn, language) })}
        </span>
      </summary>
      <p>{clock.sentence[language]}</p>
      {clock.provisional && <p className="ds-hint">{text("desk.due.provisional")}</p>}
    </details>
  ));
}

/** Every clock, not only the nearest; each opens by key or tap and says in one sentence how its date came about. */
export function ClocksPanel(props: { readonly caseId: string; readonly clocks: CaseView["clocks"] }) {
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
      <ModuleClocks caseId={props.caseId} />
    </section>
  );
}
