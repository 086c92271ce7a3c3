import type { EventType } from "@doorstep/sdk";

/** What of the ledger is a step of the way; all else happens beside it. */
export const stepCodes = [
  "case.received",
  "case.registered",
  "case.routed",
  "case.objected",
  "case.returned",
  "case.returnRefused",
  "case.accepted",
  "case.deemedAccepted",
  "case.handlingStarted",
  "case.handlerChanged",
  "case.heard",
  "case.extended",
  "case.trackSwitched",
  "case.replyDrafted",
  "case.replySentBack",
  "case.replied",
  "case.reviewRequested",
  "case.reviewTakenUp",
  "case.reviewDecided",
  "case.rereviewRequested",
  "case.redo",
  "case.final",
  "case.archived",
  "case.diverted",
  "case.guided",
  "case.merged",
  "case.notReaccepted",
  "case.withdrawn",
  "case.reopened",
  "case.contested",
  "mediation.opened",
  "mediation.closed",
  "mediation.agreed",
  "hearing.called",
  "hearing.closed",
  "assist.asked",
  "assist.answered",
  "assignment.reported",
  "clock.breached",
] as const satisfies readonly EventType[];
export type StepCode = (typeof stepCodes)[number];

const known: ReadonlySet<string> = new Set(stepCodes);
export const isStep = (code: string): code is StepCode => known.has(code);
