import { BASE, LEAST, LEAST_BASE, sum } from "./history.ts";
import type { Finding } from "./spike.ts";

/** Of how many something holds; `null` was left out. */
export interface Part {
  readonly yes: number | null;
  readonly all: number | null;
}

const FAR = 3;

/**
 * A larger share than in the unit's own twelve months before it, by more than chance. Months of which a part was left out are not
 * compared with; without six that are known, nothing is said.
 */
export function clusterIn(parts: readonly Part[]): Finding | null {
  const newest = parts.at(-1);
  const known = parts
    .slice(-1 - BASE, -1)
    .flatMap(({ yes, all }) => (yes === null || all === null ? [] : [{ yes, all }]));
  if (!newest || newest.yes === null || !newest.all || known.length < LEAST_BASE || newest.yes < LEAST) return null;
  // one of each kind more, so that what never happened before is not taken for impossible
  const usual = (sum(known.map((one) => one.yes)) + 1) / (sum(known.map((one) => one.all)) + 2);
  const expected = newest.all * usual;
  const by = (newest.yes - expected) / Math.sqrt(expected * (1 - usual));
  return by >= FAR ? { actual: newest.yes, expected } : null;
}
