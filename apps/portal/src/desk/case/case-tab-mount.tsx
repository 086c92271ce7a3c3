import type { CaseView } from "@doorstep/contracts";
import { Contribution, useContributions } from "@doorstep/sdk/ui-host";

/** The tabs that plugins add to a case, point `desk/case-tab@1`; a module that is off at the unit adds none. */
export function useCaseTabs(c: CaseView) {
  const facts = { caseId: c.caseId, state: c.state, category: c.category, channel: c.channel, imported: c.imported };
  return useContributions("caseTabs").filter((tab) => tab.value.when?.(facts) ?? true);
}

export type CaseTab = ReturnType<typeof useCaseTabs>[number];

/** Where a plugin's tab stands; whatever it throws stays inside. */
export function CaseTabMount(props: { readonly tab: CaseTab; readonly caseId: string }) {
  const { tab } = props;
  return <Contribution pluginId={tab.pluginId} component={tab.value.component} props={{ caseId: props.caseId }} />;
}
