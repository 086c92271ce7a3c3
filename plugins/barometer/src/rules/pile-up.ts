import { asMuchAsCanBe, BASE, type Counts, LEAST, LEAST_BASE, mean, sum } from "./history.ts";
import { expectedOf, type Finding, type Seasons } from "./spike.ts";

/** A petition is due about so many months after it was registered. */
const AHEAD = 2;
const TIMES = 1.5;
const PACE = 6;

/** What falls due in months to come, the nearest first, beside what the unit answers in a month so far. */
export interface Forecast {
  readonly due: readonly number[];
  readonly pace: number;
  /** the month after those that are known lies in a season that the unit has listed: its number is an expectation */
  readonly isSeason: boolean;
}

/**
 * What was registered in the last two months falls due in the next two; a third month is what is to be expected of the next
 * one. Left-out counts are taken for as much as they can be. `null` where the newest are not known, or too few.
 *
 * @param listed - the season of each month until the one after the newest
 */
export function forecastOf(registered: Counts, answered: Counts, listed: Seasons = []): Forecast | null {
  const last = registered.slice(-AHEAD);
  if (answered.length < PACE || last.length < AHEAD || last.some((one) => one === null)) return null;
  const base = registered.slice(-BASE);
  const next = base.length < LEAST_BASE ? [] : [expectedOf(base, [...registered, null], listed)];
  return {
    due: [...asMuchAsCanBe(last), ...next],
    pace: mean(asMuchAsCanBe(answered.slice(-PACE))),
    isSeason: (listed.at(-1) ?? null) !== null,
  };
}

/**
 * More falls due in the months to come than the unit answers in as many so far: of two that are known, and of the third where a
 * season is listed for it. Told while there is time, not when it is late.
 */
export function pileUpIn(registered: Counts, answered: Counts, listed: Seasons = []): Finding | null {
  const forecast = forecastOf(registered, answered, listed);
  if (!forecast) return null;
  const spans = forecast.isSeason && forecast.due.length > AHEAD ? [AHEAD, AHEAD + 1] : [AHEAD];
  const found = spans.map((months) => ({
    actual: Math.round(sum(forecast.due.slice(0, months))),
    expected: months * forecast.pace,
  }));
  return found.find(({ actual, expected }) => actual >= expected * TIMES && actual - expected >= 2 * LEAST) ?? null;
}
