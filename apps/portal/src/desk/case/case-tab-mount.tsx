import type { CaseView } from "@doorstep/contracts";
import { Contribution, useContributions, wantsToShow } from "@doorstep/sdk/ui-host";
import { factsOf } from "../modules/case-facts.ts";

/** The tabs that plugins add to a case, point `desk/case-tab@1`; a module that is off at the unit adds none. */
export function useCaseTabs(c: CaseView) {
  return useContributions("caseTabs").filter((tab) => wantsToShow(tab.value.when, factsOf(c)));
}

export type CaseTab = ReturnType<typeof useCaseTabs>[number];

/** Where a plugin's tab stands; whatever it throws stays inside. */
export function CaseTabMount(props: { readonly tab: CaseTab; readonly caseId: string }) {
  const { tab } = props;
  return (
    <Contribution
      part="caseTabs"
      pluginId={tab.pluginId}
      component={tab.value.component}
      props={{ caseId: props.caseId }}
    />
  );
}
