import { hideDetails } from "./hide-details.ts";
import { type Lattice, type Shown, SMALLEST_SHOWN, type Tree } from "./lattice.ts";
import { pausing } from "./pausing.ts";
import { showTotals } from "./show-totals.ts";

/**
 * What may be shown of a month, once and for good: nobody who adds and subtracts what is shown, of this release and of those
 * before it, finds a cell of fewer than `k`. What was hidden once stays hidden.
 *
 * Cells are units, and units by one attribute each. Two attributes at once are never shown: a table for each, with the same
 * totals, tells no more than each of them alone, unless what one counts lies within what the other counts: what lies between the
 * two is a cell, too.
 *
 * A large house takes seconds, in which others have their turns.
 *
 * @param earlier - what was shown of the same month before, in the same order of nodes
 */
export async function suppress(
  tree: Tree,
  month: Lattice,
  earlier: readonly Shown[] = [],
  k = SMALLEST_SHOWN,
): Promise<Shown> {
  const { totals } = month;
  const shown = showTotals({ tree, totals, earlier: earlier.map((one) => one.totals), k });
  const pause = pausing();
  const attributes: Shown["attributes"][number][] = [];
  for (const attribute of month.attributes) {
    const before = earlier.flatMap((one) => one.attributes.filter(({ name }) => name === attribute.name));
    const wholes = month.attributes.filter(({ name }) =>
      month.within?.some(([part, whole]) => part === attribute.name && whole === name),
    );
    attributes.push(await hideDetails({ tree, shown, totals, attribute, wholes, k, earlier: before }, pause));
  }
  return { totals: totals.map((total, node) => (shown[node] ? total : null)), attributes };
}
