import type { CaseView } from "@doorstep/contracts";
import type { CaseFacts } from "@doorstep/sdk/ui";

/** What a module may look at when it decides whether it shows something at a case. */
export const factsOf = (c: CaseView): CaseFacts => ({
  caseId: c.caseId,
  state: c.state,
  category: c.category,
  channel: c.channel,
  imported: c.imported,
});
