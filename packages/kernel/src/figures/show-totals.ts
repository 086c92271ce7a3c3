import { changedEnough, sumOf, type Tree } from "./lattice.ts";

interface Totals {
  readonly tree: Tree;
  readonly totals: readonly number[];
  /** what earlier releases of the same month showed */
  readonly earlier: readonly (readonly (number | null)[])[];
  readonly k: number;
}

const at = (numbers: readonly number[], node: number): number => numbers[node] ?? 0;

/**
 * Which nodes show how many there were. What is hidden below a node that is shown is at least so large together that each of it
 * may be as large as what is shown; so whatever is added and subtracted is never less than `k`.
 *
 * Zero is shown as zero. Where a node's parts cannot be shown beside each other none of them is, the empty ones included.
 */
export function showTotals({ tree, totals, earlier, k }: Totals): readonly boolean[] {
  const shown = totals.map(() => false);
  const wasHidden = (node: number): boolean => earlier.some((one) => (one[node] ?? null) === null);
  const before = (node: number): number[] => earlier.map((one) => one[node] ?? 0);
  const large = (node: number): boolean =>
    at(totals, node) === 0 || (at(totals, node) >= k && changedEnough(at(totals, node), before(node), k));
  /** Whether these may be hidden below `node` while its other children are shown. */
  const protect = (node: number, hidden: ReadonlySet<number>): boolean => {
    const others = (tree.children[node] ?? []).filter((child) => !hidden.has(child));
    const left = (of: (one: number) => number): number => of(node) - sumOf(others.map(of));
    const now = left((one) => at(totals, one));
    const then = earlier.map((release) => left((one) => release[one] ?? 0));
    return now >= k + hidden.size - 1 && changedEnough(now, then, k);
  };
  const hiddenBelow = (node: number): ReadonlySet<number> => {
    const children = tree.children[node] ?? [];
    const hidden = new Set(children.filter((child) => wasHidden(child) || !large(child)));
    if (hidden.size === 0) return hidden;
    const bySize = children
      .filter((child) => !hidden.has(child) && at(totals, child) > 0)
      .toSorted((a, b) => at(totals, a) - at(totals, b));
    for (const next of [null, ...bySize]) {
      if (next !== null) hidden.add(next);
      if (protect(node, hidden) && hidden.size < children.length) return hidden;
    }
    return new Set(children);
  };
  const show = (node: number): void => {
    shown[node] = true;
    const hidden = hiddenBelow(node);
    for (const child of tree.children[node] ?? []) if (!hidden.has(child)) show(child);
  };
  if (totals.length > 0 && large(0) && !wasHidden(0)) show(0);
  return shown;
}
