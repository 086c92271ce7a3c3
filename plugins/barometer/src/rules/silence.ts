import { asMuchAsCanBe, type Counts, LEAST, mean, newestAndBase, sum } from "./history.ts";
import type { Finding } from "./spike.ts";

/** Siblings carry on when they have at least so much of their usual. */
const CARRIES_ON = 0.5;

/**
 * Nothing at all comes in by a channel that was used, month after month, until what is missing cannot be chance, while siblings
 * carry on. Never praise: somebody may stand in the way. What is left out is taken for one: a channel that is hardly used says
 * nothing by its silence.
 */
export function silenceIn(counts: Counts, siblings: readonly Counts[]): Finding | null {
  const heard = counts.findLastIndex((one) => one !== 0);
  const silent = counts.length - 1 - heard;
  const before = newestAndBase(counts.slice(0, heard + 2));
  if (silent === 0 || heard < 0 || !before) return null;
  const usual = mean(before.base.map((one) => one ?? 1));
  const missing = usual * silent;
  if (missing < LEAST) return null;
  const newestOf = (all: Counts): number => mean(asMuchAsCanBe(all.slice(-silent)));
  const usualOf = (all: Counts): number => mean(asMuchAsCanBe(all.slice(0, -silent)));
  const carriesOn = sum(siblings.map(newestOf)) >= sum(siblings.map(usualOf)) * CARRIES_ON;
  return siblings.length > 0 && carriesOn ? { actual: 0, expected: missing } : null;
}
