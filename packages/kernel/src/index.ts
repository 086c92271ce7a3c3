export { type Actor, holdsRoleAt, mayAnywhere, mayAt } from "./actor.ts";
export { book, calendarOf, cancel, meetingsOf } from "./appointments/appointments.ts";
export { verifyArchiveFile } from "./archive/verify-archive.ts";
export { visibleTo } from "./audience/visible-of.ts";
export { type KeptData, keepCaseData } from "./case-data/keep-case-data.ts";
export { assertOpenToModule } from "./case-data/open-to-module.ts";
export { readCaseData } from "./case-data/read-case-data.ts";
export { chargesOf } from "./cases/charges-of.ts";
export { assertMaySee } from "./cases/read-case.ts";
export { takeDownWords } from "./cases/take-down-message.ts";
export { tookPart } from "./cases/took-part.ts";
export { writeForUnit } from "./cases/write-for-unit.ts";
export { type Change, inChange, ledgerActorOf } from "./change.ts";
export { askForConsent, consentsOfModule, dropConsentOf } from "./consents/consents.ts";
export { monthsDue } from "./figures/months-due.ts";
export { type ReleasedRow, type ReleasesAsked, readReleases, releaseState } from "./figures/read-releases.ts";
export { type MonthCounted, releasedMonths, releaseMonth } from "./figures/releases.ts";
export * from "./files/index.ts";
export { type FilingBudget, filingBudget, usualBudget } from "./flood/budget.ts";
export { MAX_FONT_MB } from "./fonts/check-font.ts";
export { assertMaySendFonts, keepFont } from "./fonts/keep-font.ts";
export { assertTaking, type Halt } from "./halt.ts";
export type { Handlers, HandlersOf } from "./handlers.ts";
export { kernelHandlers } from "./handlers-of-kernel.ts";
export type { ChannelAt, Channels } from "./intake/channels.ts";
export { type CoSigner, signerCodeOf } from "./intake/co-signers.ts";
export { fileForPetitioner } from "./intake/file-for-petitioner.ts";
export { fileJoint } from "./intake/file-joint.ts";
export { fileOwn } from "./intake/file-own.ts";
export { type FiledUnder, filedUnder } from "./intake/filed-under.ts";
export { ownCaseId } from "./intake/handlers.ts";
export { ownBrief } from "./intake/own-brief.ts";
export type { Kernel, Log } from "./kernel.ts";
export { eventNames } from "./ledger/event-names.ts";
export { readFeed } from "./ledger/feed.ts";
export { exportLedger, verifyLedgerFile } from "./ledger/ledger-file.ts";
export { recordAccess } from "./ledger/record-access.ts";
export { recordFact } from "./ledger/record-fact.ts";
export { currentRoot, handOutDailyRoot, handOutRoot, readRoot, verifyAgainst } from "./ledger/root-out.ts";
export { keepSealKey, sealKeyOf } from "./ledger/seal-keys.ts";
export { sealKeys, verifyLedger } from "./ledger/verify-ledger.ts";
export { transitions } from "./life-cycle/table.ts";
export {
  audiencesOfLive,
  type LiveMessage,
  type LiveRow,
  type LiveViewer,
  lastLive,
  newsFor,
  readLive,
} from "./live/read-live.ts";
export { type Mandate, rightOver } from "./mandates/mandate.ts";
export { kernelMigrations } from "./migrations.ts";
export { clocksOfModule, startClockOfModule, stopClockOfModule } from "./module-clocks/module-clocks.ts";
export { draftLetterOf, lettersOfModule, takeBackLetterOf } from "./module-letters/module-letters.ts";
export {
  closeProcedure,
  openProcedure,
  type ProcedureKind,
  procedureRuns,
  seatOnHearing,
} from "./module-procedures/module-procedures.ts";
export { verifyLetter } from "./notices/verify-letter.ts";
export { deliverNotifications, type Hand, type HandedMessage } from "./notifications/deliver-notifications.ts";
export { acknowledged, notify, type Tell } from "./notifications/notify.ts";
export { type Teller, tellFromModule } from "./notifications/tell-from-module.ts";
export { type Observe, type Part, unobserved } from "./observe.ts";
export {
  handToOrganOf,
  keepOrganRecord,
  type OrganRecord,
  type OwnOrgan,
  organRecordsOf,
  organsOf,
} from "./organs/organ-records.ts";
export type { Consumer, EachConsumer, ManyConsumer, OutboxEvent } from "./outbox/consumer.ts";
export { type OutboxState, outboxState } from "./outbox/outbox-state.ts";
export { pumpOnce, retryParked } from "./outbox/pump.ts";
export { type ModuleStates, noModules } from "./overview/module-states.ts";
export type { AccountHolder, AccountSession, AccountState, Accounts, Slip, Transaction } from "./people/accounts.ts";
export { loadActor } from "./people/load-actor.ts";
export { holdersByName, idsOfUnit, peopleOfUnit } from "./people/name-people.ts";
export { checks as proofChecks } from "./proof/checks.ts";
export { prove } from "./proof/prove.ts";
export { mayGoTo, recordRuleNotRun } from "./proposals/rule-not-run.ts";
export { suggestAct } from "./proposals/suggest-act.ts";
export { type KernelRegister, linesOfRegister, readRegister } from "./registers/register.ts";
export { kernelRegisters } from "./registers/registers.ts";
export { drawReport, MOST_ROWS_ON_PAPER, markOf, wordsOfCell } from "./reports/draw-report.ts";
export { type RequestContext, type Restriction, signedIn } from "./request-context.ts";
export { keepKeys, readKeptKeys } from "./rotation/kept-keys.ts";
export { countClosed, type KeyPair, type RekeyStep, rekeyStep, START } from "./rotation/rekey-step.ts";
export { rekeySteps } from "./rotation/steps.ts";
export { wrappedKeys } from "./rotation/wrapped-keys.ts";
export { createKernelRouter, createRouter } from "./router.ts";
export { loadRules } from "./rules/load-rules.ts";
export { markFreshTexts } from "./search-index/mark-fresh-texts.ts";
export { rebuildSearch } from "./search-index/rebuild-search.ts";
export * from "./setup/index.ts";
export { type CallingSystem, findSystem } from "./systems/find-system.ts";
export { endAnyTask } from "./tasks/end-task.ts";
export { giveTask } from "./tasks/give-task.ts";
export { taskIsOf, tasksOfModule } from "./tasks/list-tasks.ts";
export { withdrawTask } from "./tasks/withdraw-task.ts";
export { inTransaction } from "./transaction.ts";
export { draftUnitLetter, withdrawUnitLetter } from "./unit-letters/draft-letter.ts";
export { unitLettersOfModule } from "./unit-letters/module-letters.ts";
export { deriveKeys, type Keys } from "./vault/keys.ts";
export { open as openSealed, seal } from "./vault/seal.ts";
export { openEpoch } from "./workers/open-epoch.ts";
export { lockOf, single } from "./workers/single.ts";
export { runWorkersOnce, startWorkers, type WorkerOptions, type Workers } from "./workers/start-workers.ts";
