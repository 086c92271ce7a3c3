import type { QueueItem } from "@doorstep/contracts";

/** Acts that make sense for several cases at once; what is typed is the same for each, but for a note of its own. */
export const bulkActs = ["transfer", "assign", "reply", "finalise", "archive"] as const;
export type BulkAct = (typeof bulkActs)[number];

type Row = Pick<QueueItem, "state" | "category">;

const fits: Readonly<Record<BulkAct, (item: Row) => boolean>> = {
  transfer: (item) => item.state === "registered",
  assign: (item) => item.state === "accepted" || item.state === "inHandling",
  reply: (item) => item.state === "inHandling",
  finalise: (item) => item.state === "replied",
  archive: (item) => ["final", "diverted", "guided", "merged", "notReaccepted", "withdrawn"].includes(item.state),
};

/** A suggestion is adopted or not, everything else supported or not: no text suits both. */
const oneKind = (items: readonly Row[]): boolean =>
  new Set(items.map((item) => item.category === "suggestion")).size === 1;

/** Which acts to offer for a choice of rows: those that fit every one of them. The kernel still decides on each. */
export function offeredFor(items: readonly Row[]): readonly BulkAct[] {
  if (items.length === 0) return [];
  return bulkActs.filter((act) => items.every(fits[act]) && (act !== "reply" || oneKind(items)));
}

/**
 * The key of each act: the same case, in the same version, with the same words has the same one, however often it is
 * sent, so that an answer lost on the way does nothing twice.
 */
export function bulkKeys(
  newKey: () => string,
): (item: Pick<QueueItem, "caseId" | "version">, typed: unknown) => string {
  const known = new Map<string, string>();
  return (item, typed) => {
    const name = JSON.stringify([item.caseId, item.version, typed]);
    const key = known.get(name) ?? newKey();
    known.set(name, key);
    return key;
  };
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
