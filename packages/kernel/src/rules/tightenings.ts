import type { Text, UnitTightening } from "@doorstep/contracts";

/** One save of a unit's own lengths. */
export interface Tightening {
  readonly unitId: string;
  readonly unit: Text;
  readonly version: number;
  readonly validFrom: string;
  readonly numbers: UnitTightening;
}

/** A shorter length that holds, and whose it is. */
export interface Shorter {
  readonly amount: number;
  readonly unitId: string;
  readonly unit: Text;
  readonly validFrom: string;
}
export type Shortened = Readonly<Record<string, Shorter>>;

/** What counts for a unit on a day: its newest save that has begun. */
export const inForce = (all: readonly Tightening[], unitId: string, on: string): Tightening | undefined =>
  all
    .filter((t) => t.unitId === unitId && t.validFrom <= on)
    .reduce<Tightening | undefined>((newest, t) => (newest && newest.version > t.version ? newest : t), undefined);

/**
 * The shortest length of every clock along a path to the root: a unit below can only be stricter. Of equal ones the
 * upper unit's is named, as it holds whatever the lower one does.
 */
export function shortenedAt(all: readonly Tightening[], pathToRoot: readonly string[], on: string): Shortened {
  const shortest: Record<string, Shorter> = {};
  if (all.length === 0) return shortest;
  for (const unitId of pathToRoot.toReversed()) {
    const own = inForce(all, unitId, on);
    for (const [ref, amount] of Object.entries(own?.numbers ?? {}))
      if (own && amount < (shortest[ref]?.amount ?? Number.POSITIVE_INFINITY))
        shortest[ref] = { amount, unitId, unit: own.unit, validFrom: own.validFrom };
  }
  return shortest;
}
