import { accessHandlers } from "./access/handlers.ts";
import { casesHandlers } from "./cases/handlers.ts";
import { caseClocks } from "./clocks/case-clocks.ts";
import { dutyHandlers } from "./duty/handlers.ts";
import { quarantineHandlers } from "./flood/handlers.ts";
import type { Handlers } from "./handlers.ts";
import { intakeHandlers } from "./intake/handlers.ts";
import { ledgerHandlers } from "./ledger/handlers.ts";
import { readModuleClocks } from "./module-clocks/module-clocks.ts";
import { noticesHandlers } from "./notices/handlers.ts";
import { notificationsHandlers } from "./notifications/handlers.ts";
import { organTermsHandlers } from "./organs/organ-terms.ts";
import { overviewHandlers } from "./overview/handlers.ts";
import { peopleHandlers } from "./people/handlers.ts";
import { proofHandlers } from "./proof/handlers.ts";
import { recusalHandlers } from "./recusal/handlers.ts";
import { signedIn } from "./request-context.ts";
import { retaliationHandlers } from "./retaliation/handlers.ts";
import { retentionHandlers } from "./retention/handlers.ts";
import { calendarsHandlers, packsHandlers } from "./rules/handlers.ts";
import { sessionHandlers } from "./session/handlers.ts";
import { supervisionHandlers } from "./supervision/handlers.ts";
import { systemsHandlers } from "./systems/handlers.ts";
import { tasksHandlers } from "./tasks/handlers.ts";
import { textsHandlers } from "./texts/handlers.ts";
import { themesHandlers } from "./themes/handlers.ts";
import { topicsHandlers } from "./topics/handlers.ts";
import { unitLettersHandlers } from "./unit-letters/handlers.ts";
import { unitsHandlers } from "./units/handlers.ts";
import { vaultHandlers } from "./vault/handlers.ts";
import { viewsHandlers } from "./views/handlers.ts";

/** All groups of the contract that the kernel itself answers; modules, their reports and registry come from the plugin host, backups from the server. */
export const kernelHandlers: Omit<Handlers, "backups" | "modules" | "registry" | "reports" | "routing"> = {
  access: accessHandlers,
  calendars: calendarsHandlers,
  cases: casesHandlers,
  clocks: {
    explain: caseClocks,
    ofModules: (ctx, { caseId }) => readModuleClocks(ctx.kernel, signedIn(ctx), caseId),
  },
  duty: dutyHandlers,
  intake: intakeHandlers,
  ledger: ledgerHandlers,
  notices: noticesHandlers,
  notifications: notificationsHandlers,
  overview: overviewHandlers,
  packs: packsHandlers,
  people: peopleHandlers,
  proof: proofHandlers,
  quarantine: quarantineHandlers,
  recusal: recusalHandlers,
  retaliation: retaliationHandlers,
  retention: retentionHandlers,
  organTerms: organTermsHandlers,
  session: sessionHandlers,
  supervision: supervisionHandlers,
  tasks: tasksHandlers,
  texts: textsHandlers,
  themes: themesHandlers,
  topics: topicsHandlers,
  unitLetters: unitLettersHandlers,
  units: unitsHandlers,
  vault: vaultHandlers,
  systems: systemsHandlers,
  views: viewsHandlers,
};
