import type { CaseView } from "@doorstep/contracts";
import { Contribution, useContributions, wantsToShow } from "@doorstep/sdk/ui-host";
import { useDeskText } from "../text.ts";
import { factsOf } from "./case-facts.ts";

/** What modules show beside a case, point `desk/case-side@1`. */
export function CaseSide({ c }: { readonly c: CaseView }) {
  const { language } = useDeskText();
  const parts = useContributions("caseSide").filter((one) => wantsToShow(one.value.when, factsOf(c)));
  return parts.map((one) => (
    <section
      key={`${one.pluginId}/${one.key}`}
      className="ds-panel"
      aria-labelledby={`side-${one.pluginId}-${one.key}`}
    >
      <h2 id={`side-${one.pluginId}-${one.key}`}>{one.value.title[language]}</h2>
      <Contribution
        part="caseSide"
        pluginId={one.pluginId}
        component={one.value.component}
        props={{ caseId: c.caseId }}
      />
    </section>
  ));
}
