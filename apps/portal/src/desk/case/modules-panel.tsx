import { useQuery } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { useDeskText } from "../text.ts";

/** What modules keep at the case, as plain facts: read here whether they are on, off or gone. */
export function ModulesPanel({ caseId }: { readonly caseId: string }) {
  const { text, language } = useDeskText();
  const kept = useQuery(kernel.cases.moduleFacts.queryOptions({ caseId }));
  return kept.data?.map((one) => (
    <section key={one.pluginId} className="ds-panel" aria-labelledby={`kept-${one.pluginId}`}>
      <h2 id={`kept-${one.pluginId}`}>{text("desk.case.keptBy", { module: one.title[language] })}</h2>
      <dl className="ds-summary">
        {one.facts.map((fact) => (
          <div key={fact.label.en}>
            <dt>{fact.label[language]}</dt>
            <dd className="ds-text">{fact.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}
