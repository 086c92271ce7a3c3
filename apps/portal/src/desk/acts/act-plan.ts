import type { CaseView } from "@doorstep/contracts";

export type AllowedAct = CaseView["acts"][number];

/**
 * The form of the desk for each act of the kernel, in the order in which they are offered. Two acts may share a form:
 * naming a handler first and later, deciding a review this way or that.
 */
const formByAct = {
  register: "register",
  accept: "accept",
  passOn: "passOn",
  transfer: "transfer",
  assignUnit: "assign",
  assign: "handler",
  deliver: "deliver",
  replyMediated: "deliver",
  acceptReview: "acceptReview",
  decideReview: "decideReview",
  decideRereview: "decideRereview",
  redo: "decideReview",
  reply: "reply",
  heard: "heard",
  object: "object",
  return: "answerObjection",
  refuseReturn: "answerObjection",
  designate: "designate",
  handToOrgan: "handToOrgan",
  acknowledgeReport: "acknowledgeReport",
  decideProtection: "decideProtection",
  askExplanation: "askExplanation",
  concludeReport: "concludeReport",
  openMediation: "openMediation",
  closeMediation: "closeMediation",
  recordAgreement: "recordAgreement",
  callHearing: "callHearing",
  closeHearing: "closeHearing",
  divert: "divert",
  guide: "guide",
  merge: "merge",
  unmerge: "unmerge",
  answerErasure: "answerErasure",
  judgeMandate: "judgeMandate",
  cover: "cover",
  uncover: "uncover",
  split: "split",
  splitAccusation: "splitAccusation",
  refuseRepeat: "refuseRepeat",
  upholdRefusal: "decideContest",
  grantContest: "decideContest",
  reopen: "reopen",
  declineNewFacts: "declineNewFacts",
  reportConclusion: "reportConclusion",
  followUp: "followUp",
  extend: "extend",
  changeHandler: "handler",
  reportDone: "reportDone",
  fulfil: "fulfil",
  askNewDate: "askNewDate",
  promise: "promise",
  goOn: "goOn",
  switchTrack: "switchTrack",
  flagUrgent: "flagUrgent",
  askAssist: "askAssist",
  answerAssist: "answerAssist",
  endAssist: "endAssist",
  takeCharge: "takeCharge",
  endCharge: "endCharge",
  askIdentity: "askIdentity",
  askRecusalFor: "askRecusalFor",
  finalise: "finalise",
  archive: "archive",
  hold: "hold",
  liftHold: "liftHold",
  markTopic: "markTopic",
  liftTopic: "liftTopic",
} as const;
export type ActForm = (typeof formByAct)[keyof typeof formByAct];

const order = Object.keys(formByAct);

/** Acts that have a place of their own: the letter that waits, the box for notes. */
const elsewhere: readonly string[] = [
  "seal",
  "sendBack",
  "write",
  "judgeRepeat",
  "sealModuleLetter",
  "returnModuleLetter",
];

export interface PlannedAct {
  readonly act: AllowedAct;
  readonly form: ActForm;
}

export interface ActPlan {
  /** what can be done now */
  readonly open: readonly PlannedAct[];
  /** of this state and these roles, but refused: shown with every reason */
  readonly refused: readonly AllowedAct[];
}

const isOpen = (act: AllowedAct): boolean => act.refusals.length === 0;
/** It answers or ends what nobody has asked for or begun: no condition that somebody could look for. */
const isAboutNothing = (act: AllowedAct): boolean => act.refusals.some((refusal) => refusal.code === "mark.missing");
const placeOf = (act: AllowedAct): number => {
  const place = order.indexOf(act.act);
  return place < 0 ? order.length : place;
};

export function formOf(act: Pick<AllowedAct, "act">): ActForm | undefined {
  return act.act in formByAct ? formByAct[act.act as keyof typeof formByAct] : undefined;
}

const onceEach = (acts: readonly PlannedAct[]): readonly PlannedAct[] =>
  acts.filter((entry, index) => acts.findIndex((other) => other.form === entry.form) === index);

/** Sorts the kernel's list of acts for the screen; it decides nothing: what is lawful is the kernel's answer. */
export function planActs(acts: readonly AllowedAct[]): ActPlan {
  const here = acts.filter((act) => !elsewhere.includes(act.act)).sort((a, b) => placeOf(a) - placeOf(b));
  return {
    open: onceEach(
      here.flatMap((act) => {
        const form = formOf(act);
        return isOpen(act) && form ? [{ act, form }] : [];
      }),
    ),
    refused: here.filter((act) => !isOpen(act) && !isAboutNothing(act)),
  };
}

/** The row of the kernel's list that a form asks for: the open one, where two acts share the form. */
export function actOf(acts: readonly AllowedAct[], form: string): AllowedAct | undefined {
  const fitting = acts.filter((act) => formOf(act) === form);
  return fitting.find(isOpen) ?? fitting[0];
}

/** Whether an act with a place of its own is open. */
export const isActOpen = (
  acts: readonly AllowedAct[],
  name: "seal" | "sealModuleLetter" | "sendBack" | "write",
): boolean => acts.some((act) => act.act === name && isOpen(act));

/** The letters that answer the petitioner; the others are posted by the act that makes them, or stay in the house. */
const replies: readonly string[] = ["D14", "D16", "D18"];
type Letter = Pick<CaseView["notices"][number], "code" | "state">;

/** An agreement of both sides ends the case in its own way. */
const delivering = (notice: Letter): string => (notice.code === "D18" ? "replyMediated" : "deliver");

type Waiting = Letter & Pick<CaseView["notices"][number], "sentBackReason">;

/** Whether a letter waits for a signature; a module's that was sent back waits for the module. */
export const waitsForSignature = (notice: Waiting): boolean =>
  notice.code === "DM" ? notice.state === "draft" && notice.sentBackReason === null : notice.state === "submitted";

/** Whether a letter waits for a signature, and this person may give it. */
export const mayApprove = (acts: readonly AllowedAct[], notice: Waiting): boolean =>
  waitsForSignature(notice) && isActOpen(acts, notice.code === "DM" ? "sealModuleLetter" : "seal");

/** Whether a letter waits to be handed over, and this person may do it. */
export function mayDeliver(acts: readonly AllowedAct[], notice: Letter): boolean {
  return (
    notice.state === "sealed" &&
    replies.includes(notice.code) &&
    acts.some((act) => act.act === delivering(notice) && isOpen(act))
  );
}

/** Letters that wait for somebody: for a signature, or to be handed over. */
export function waitingLetters<N extends Letter>(notices: readonly N[]): readonly N[] {
  return notices.filter(
    (notice) => notice.state === "submitted" || (notice.state === "sealed" && replies.includes(notice.code)),
  );
}

/** The letter that a delivery is about. */
export function letterToDeliver<N extends Letter & { readonly id: string }>(
  notices: readonly N[],
  noticeId?: string,
): N | undefined {
  return (
    notices.find((notice) => notice.id === noticeId) ??
    notices.findLast((notice) => notice.state === "sealed" && replies.includes(notice.code))
  );
}

/** What may be done at any time: none of it is the next step. */
const beside: readonly ActForm[] = [
  "judgeMandate",
  "cover",
  "uncover",
  "flagUrgent",
  "askIdentity",
  "askRecusalFor",
  "hold",
  "liftHold",
  "markTopic",
  "liftTopic",
];

/** The one thing to do first: no reply without a handler, and none beside one that waits for its signature. */
export function primaryOf(plan: ActPlan, c: Pick<CaseView, "notices" | "handler" | "state">): ActForm | undefined {
  const forms = plan.open.map((entry) => entry.form);
  if (c.state === "inHandling" && c.handler === null && forms.includes("handler")) return "handler";
  const waits = c.notices.some((notice) => notice.state === "submitted");
  return forms.find((form) => !beside.includes(form) && !(waits && form === "reply"));
}
