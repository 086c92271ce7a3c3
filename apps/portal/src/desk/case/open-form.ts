import type { CaseView } from "@doorstep/contracts";
import type { ActForm } from "../acts/act-plan.ts";

export type FormName = ActForm | "recusal" | "identity";

export interface OpenForm {
  readonly form: FormName;
  /** for a delivery: which letter */
  readonly noticeId?: string;
}

const names: readonly FormName[] = [
  "register",
  "transfer",
  "assign",
  "accept",
  "handler",
  "deliver",
  "decideReview",
  "finalise",
  "archive",
  "reply",
  "heard",
  "recusal",
  "identity",
];

export const isFormName = (name: string): name is FormName => names.some((one) => one === name);

/** The letter a delivery is about: the one that was chosen, else the newest that is sealed and not handed over. */
export function noticeToDeliver(c: Pick<CaseView, "notices">, noticeId?: string) {
  return (
    c.notices.find((notice) => notice.id === noticeId) ??
    c.notices.findLast((notice) => notice.state === "sealed") ??
    c.notices.findLast((notice) => notice.state === "sent")
  );
}
