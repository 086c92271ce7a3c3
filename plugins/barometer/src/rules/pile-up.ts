import { asMuchAsCanBe, type Counts, LEAST, mean, sum } from "./history.ts";
import type { Finding } from "./spike.ts";

/** A petition is due about so many months after it was registered. */
const AHEAD = 2;
const TIMES = 1.5;
const PACE = 6;

/**
 * More falls due in the two months to come than the unit has answered in two months so far: what was registered in the last two,
 * beside its own pace of half a year. Told while there is time, not when it is late.
 */
export function pileUpIn(registered: Counts, answered: Counts): Finding | null {
  const last = registered.slice(-AHEAD);
  if (answered.length < PACE || last.length < AHEAD || last.some((one) => one === null)) return null;
  const toCome = sum(asMuchAsCanBe(last));
  const pace = AHEAD * mean(asMuchAsCanBe(answered.slice(-PACE)));
  return toCome >= pace * TIMES && toCome - pace >= 2 * LEAST ? { actual: toCome, expected: pace } : null;
}
