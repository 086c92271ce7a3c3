import type { ActForm } from "../acts/act-plan.ts";

export type FormName = ActForm | "recusal" | "decideRecusal" | "identity";

export interface OpenForm {
  readonly form: FormName;
  /** for a delivery: which letter */
  readonly noticeId?: string;
  /** for a decision on a recusal: on whom */
  readonly personId?: string;
}

const names: readonly FormName[] = [
  "register",
  "passOn",
  "transfer",
  "assign",
  "accept",
  "handler",
  "deliver",
  "acceptReview",
  "decideReview",
  "decideRereview",
  "promise",
  "reportDone",
  "fulfil",
  "askNewDate",
  "goOn",
  "switchTrack",
  "finalise",
  "archive",
  "reply",
  "heard",
  "openMediation",
  "closeMediation",
  "recordAgreement",
  "callHearing",
  "closeHearing",
  "divert",
  "guide",
  "refuseRepeat",
  "merge",
  "unmerge",
  "answerErasure",
  "judgeMandate",
  "cover",
  "uncover",
  "hold",
  "liftHold",
  "markTopic",
  "liftTopic",
  "split",
  "splitAccusation",
  "decideContest",
  "declineNewFacts",
  "reportConclusion",
  "followUp",
  "reopen",
  "askAssist",
  "answerAssist",
  "endAssist",
  "takeCharge",
  "endCharge",
  "extend",
  "object",
  "answerObjection",
  "designate",
  "handToOrgan",
  "flagUrgent",
  "acknowledgeReport",
  "decideProtection",
  "askExplanation",
  "concludeReport",
  "askRecusalFor",
  "recusal",
  "identity",
];

export const isFormName = (name: string): name is FormName => names.some((one) => one === name);
