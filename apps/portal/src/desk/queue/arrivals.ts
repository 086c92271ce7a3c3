import type { QueueItem } from "@doorstep/contracts";

/** Cases that came to the top of the list after it was loaded; the rows on the screen stay where they are. */
export function arrivals(
  shown: readonly Pick<QueueItem, "caseId">[],
  fresh: readonly Pick<QueueItem, "caseId" | "dueOn">[],
): readonly string[] {
  const known = new Set(shown.map((item) => item.caseId));
  return fresh.filter((item) => !known.has(item.caseId)).map((item) => item.caseId);
}

/** The rows of all loaded pages, each case once: a case may move to a later page between two loads. */
export function rowsOf<T extends Pick<QueueItem, "caseId">>(
  pages: readonly { readonly items: readonly T[] }[],
): readonly T[] {
  const seen = new Set<string>();
  return pages
    .flatMap((page) => page.items)
    .filter((item) => {
      if (seen.has(item.caseId)) return false;
      seen.add(item.caseId);
      return true;
    });
}

/** Where `step` leads from a row, held inside the list; from nowhere it is the first row. */
export function moved(index: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1;
  if (index < 0) return 0;
  return Math.min(count - 1, Math.max(0, index + step));
}

/** The count of a view as a badge: the server counts to 100 and no further. */
export function badgeOf(count: number | undefined): string | undefined {
  if (!count) return undefined;
  return count >= 100 ? "99+" : String(count);
}

/** A set with one entry put in or taken out. */
export function toggled(set: ReadonlySet<string>, entry: string): ReadonlySet<string> {
  const after = new Set(set);
  if (!after.delete(entry)) after.add(entry);
  return after;
}
