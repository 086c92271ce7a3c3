import { asMuchAsCanBe, BASE, type Counts, LEAST, mean, newestAndBase } from "./history.ts";

/** What a rule has found: the newest number beside what was to be expected. */
export interface Finding {
  readonly actual: number;
  readonly expected: number;
}

/** So many times its own chance the newest month is off. */
const FAR = 3;
/** No season is stronger, and none makes a month smaller. */
const STRONGEST_SEASON = 3;

/**
 * How much more than usual the newest month is by the season alone: the same month a year before, beside the year that ends with
 * it. Counts of the unit above are asked, since those of a small unit say little. Without two years: none is known.
 */
export function seasonOf(above: Counts): number {
  const yearBefore = above.length - 1 - BASE;
  const around = asMuchAsCanBe(above.slice(Math.max(0, yearBefore - BASE + 1), yearBefore + 1));
  const same = around.at(-1);
  if (same === undefined || around.length < BASE / 2 || mean(around) === 0) return 1;
  return Math.min(STRONGEST_SEASON, Math.max(1, same / mean(around)));
}

/**
 * More in the newest month than the unit's own twelve before it and the season explain. Counts as these vary by their root, and
 * somewhat more, since what brings one petition brings others.
 */
export function spikeIn(counts: Counts, above: Counts, far: number = FAR): Finding | null {
  const at = newestAndBase(counts);
  if (!at || at.newest === null) return null;
  const expected = mean(asMuchAsCanBe(at.base)) * seasonOf(above);
  const by = 2 * (Math.sqrt(at.newest) - Math.sqrt(expected));
  return at.newest >= LEAST && at.newest - expected >= LEAST && by >= far ? { actual: at.newest, expected } : null;
}
