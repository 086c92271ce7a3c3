import type { ChargeView } from "./charge-view.ts";

/** A reply that waits for the reader's signature. */
interface ToApprove {
  readonly caseNo: string;
  readonly title: string;
  readonly dueOn: string | null;
}

/** What the reader himself has to do; what lies with somebody who has left is an officer's to hand on. */
interface ToDo {
  readonly text: string;
  readonly dueOn: string;
  readonly leftBy: string | null;
}

export interface Urgent {
  readonly what: NonNullable<ChargeView["next"]>["what"] | "approve" | "task";
  readonly title: string;
  readonly on: string | null;
  /** where it is done */
  readonly to: string;
}

const NEVER = "9999";

/** The one with the earliest day; of two on one day, what the reader alone can do. */
export function mostUrgent(
  charges: readonly ChargeView[],
  approvals: readonly ToApprove[],
  tasks: readonly ToDo[],
): Urgent | null {
  const own = charges.flatMap(({ next, title, caseId }): Urgent[] =>
    next ? [{ what: next.what, on: next.on, title, to: `portal:/desk/p/leader-desk/c/${caseId}` }] : [],
  );
  const replies = approvals.map(
    ({ caseNo, title, dueOn: on }): Urgent => ({ what: "approve", on, title, to: `portal:/desk/c/${caseNo}` }),
  );
  const toDo = tasks.flatMap(({ text: title, dueOn: on, leftBy }): Urgent[] =>
    leftBy === null ? [{ what: "task", on, title, to: "portal:/desk/tasks" }] : [],
  );
  return [...replies, ...own, ...toDo].toSorted((a, b) => (a.on ?? NEVER).localeCompare(b.on ?? NEVER))[0] ?? null;
}
