/** Fewer than this many are never told apart. */
export const SMALLEST_SHOWN = 5;

/**
 * The units of a release as a tree, parents before their children. A unit that has others below it also has a leaf for what is
 * its own.
 */
export interface Tree {
  readonly parent: readonly (number | null)[];
  readonly children: readonly (readonly number[])[];
}

/** One way in which everything that is counted falls into values: its category, its channel, whether it was in time. */
export interface Attribute<N> {
  readonly name: string;
  readonly values: readonly string[];
  /** by node, then by value; what is below counts with it */
  readonly counts: readonly (readonly N[])[];
}

/** A month: how many by node, and by node and value. With `null` as it was shown, where that is what is hidden. */
export interface Lattice<N = number> {
  readonly totals: readonly N[];
  readonly attributes: readonly Attribute<N>[];
  /** of two attributes of yes and no: the first holds only where the second does */
  readonly within?: readonly (readonly [part: string, whole: string])[];
}

export type Shown = Lattice<number | null>;

export function treeOf(parent: readonly (number | null)[]): Tree {
  const children = parent.map((): number[] => []);
  for (const [node, above] of parent.entries()) if (above !== null) children[above]?.push(node);
  return { parent, children };
}

/** How many were counted more or less than each earlier release said: none, or enough that nobody is found by it. */
export const changedEnough = (now: number, before: readonly number[], k: number): boolean =>
  before.every((one) => now === one || Math.abs(now - one) >= k);

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
