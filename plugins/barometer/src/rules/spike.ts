import { asMuchAsCanBe, BASE, type Counts, LEAST, LEAST_BASE, mean, newestAndBase } from "./history.ts";
import type { SeasonKind } from "./seasons.ts";

/** What a rule has found: the newest number beside what was to be expected. */
export interface Finding {
  readonly actual: number;
  readonly expected: number;
}

/** The season of each month, the newest last; months that are not there lie in none. */
export type Seasons = readonly (SeasonKind | null)[];

/** So many times its own chance the newest month is off. */
const FAR = 3;
/** No season is stronger, and none makes a month smaller. */
const STRONGEST_SEASON = 3;

const clamped = (factor: number): number => Math.min(STRONGEST_SEASON, Math.max(1, factor));

/** Seasons beside the counts, month by month. */
const beside = (counts: Counts, seasons: Seasons): Seasons =>
  counts.map((_, at) => seasons[seasons.length - counts.length + at] ?? null);

/** Without months that the unit has listed, where enough are left to say what is usual. */
function usualOf(counts: readonly number[], seasons: Seasons): number {
  const plain = counts.filter((_, at) => (seasons[at] ?? null) === null);
  return mean(plain.length >= LEAST_BASE ? plain : counts);
}

/** How much more there was whenever the same listed season came before, beside the plain months ahead of it; `null`: never yet. */
function listedSeason(above: Counts, kind: SeasonKind, seasons: Seasons): number | null {
  const counts = asMuchAsCanBe(above);
  const times = counts.flatMap((count, at) => {
    const from = Math.max(0, at - BASE);
    const usual = usualOf(counts.slice(from, at), seasons.slice(from, at));
    return at < counts.length - 1 && seasons[at] === kind && at - from >= LEAST_BASE && usual > 0
      ? [count / usual]
      : [];
  });
  return times.length > 0 ? clamped(mean(times)) : null;
}

/**
 * How much more than usual the newest month is by the season alone. Where it lies in a season that the unit has listed, by what
 * that season brought before, whenever it was. Else by the same month a year before, beside the year that ends with it, unless a
 * listed season lay there then. Counts of the unit above are asked, since those of a small unit say little. Otherwise none is known.
 */
export function seasonOf(above: Counts, listed: Seasons = []): number {
  const seasons = beside(above, listed);
  const now = seasons.at(-1) ?? null;
  const known = now === null ? null : listedSeason(above, now, seasons);
  if (known !== null) return known;
  const yearBefore = above.length - 1 - BASE;
  if (now === null && (seasons[yearBefore] ?? null) !== null) return 1;
  const around = asMuchAsCanBe(above.slice(Math.max(0, yearBefore - BASE + 1), yearBefore + 1));
  const same = around.at(-1);
  if (same === undefined || around.length < BASE / 2 || mean(around) === 0) return 1;
  return clamped(same / mean(around));
}

/** What the newest month was to bring, by the unit's own twelve before it and the season. */
export function expectedOf(base: Counts, above: Counts, listed: Seasons): number {
  const seasons = listed.slice(0, -1);
  return usualOf(asMuchAsCanBe(base), beside(base, seasons)) * seasonOf(above, listed);
}

/**
 * More in the newest month than the unit's own twelve before it and the season explain. Counts as these vary by their root, and
 * somewhat more, since what brings one petition brings others.
 */
export function spikeIn(counts: Counts, above: Counts, far: number = FAR, listed: Seasons = []): Finding | null {
  const at = newestAndBase(counts);
  if (!at || at.newest === null) return null;
  const expected = expectedOf(at.base, above, listed);
  const by = 2 * (Math.sqrt(at.newest) - Math.sqrt(expected));
  return at.newest >= LEAST && at.newest - expected >= LEAST && by >= far ? { actual: at.newest, expected } : null;
}
