import type { QueueItem } from "@doorstep/contracts";

/** Acts that make sense for several cases at once: no text of their own per case. */
export const bulkActs = ["transfer", "finalise", "archive"] as const;
export type BulkAct = (typeof bulkActs)[number];

const fits: Readonly<Record<BulkAct, (item: Pick<QueueItem, "state">) => boolean>> = {
  transfer: (item) => item.state === "registered",
  finalise: (item) => item.state === "replied",
  archive: (item) => ["final", "diverted", "guided", "merged", "notReaccepted", "withdrawn"].includes(item.state),
};

/** Which acts to offer for a choice of rows: those that fit every one of them. The kernel still decides on each. */
export function offeredFor(items: readonly Pick<QueueItem, "state">[]): readonly BulkAct[] {
  return items.length === 0 ? [] : bulkActs.filter((act) => items.every(fits[act]));
}

export interface BulkOutcome {
  readonly caseId: string;
  readonly error?: unknown;
}

/** One after the other, each with its own answer: one refusal does not stop the rest. */
export async function runBulk<T extends { readonly caseId: string }>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
  tell: (outcome: BulkOutcome) => void,
): Promise<readonly BulkOutcome[]> {
  const outcomes: BulkOutcome[] = [];
  for (const item of items) {
    const outcome = await act(item).then(
      (): BulkOutcome => ({ caseId: item.caseId }),
      (error: unknown): BulkOutcome => ({ caseId: item.caseId, error }),
    );
    outcomes.push(outcome);
    tell(outcome);
  }
  return outcomes;
}
