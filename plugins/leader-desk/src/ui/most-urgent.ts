import type { ChargeView } from "./charge-view.ts";

/** A reply that waits for the reader's signature. */
interface ToApprove {
  readonly caseNo: string;
  readonly title: string;
  readonly dueOn: string | null;
}

export interface Urgent {
  readonly what: NonNullable<ChargeView["next"]>["what"] | "approve";
  readonly title: string;
  readonly on: string | null;
  /** where it is done */
  readonly to: string;
}

const NEVER = "9999";

/** The one with the earliest day; of two on one day, what the reader alone can do. */
export function mostUrgent(charges: readonly ChargeView[], approvals: readonly ToApprove[]): Urgent | null {
  const own = charges.flatMap(({ next, title, caseId }): Urgent[] =>
    next ? [{ what: next.what, on: next.on, title, to: `portal:/desk/p/leader-desk/c/${caseId}` }] : [],
  );
  const replies = approvals.map(
    ({ caseNo, title, dueOn: on }): Urgent => ({ what: "approve", on, title, to: `portal:/desk/c/${caseNo}` }),
  );
  return [...replies, ...own].toSorted((a, b) => (a.on ?? NEVER).localeCompare(b.on ?? NEVER))[0] ?? null;
}
