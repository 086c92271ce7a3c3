import type { Part } from "./cluster.ts";
import { BASE, LEAST, sum } from "./history.ts";
import type { Finding } from "./spike.ts";

const FAR = 3;
/** Fewer say nothing of whether a unit takes up what it is told. */
const ENOUGH = 10;

const known = (parts: readonly Part[]) =>
  parts.flatMap(({ yes, all }) => (yes === null || all === null ? [] : [{ yes, all }]));
const shareOf = (parts: readonly Part[]) => {
  const all = known(parts);
  return { yes: sum(all.map((one) => one.yes)), all: sum(all.map((one) => one.all)) };
};

/**
 * Far less of what was brought to a unit within a year is taken up than around it, by more than chance; where nothing stands
 * around it, than in its own year before. Months of which a part was left out are not counted on either side.
 *
 * @param around - the same of the unit above with all below it; empty for a unit that has none above
 */
export function lowIn(parts: readonly Part[], around: readonly Part[]): Finding | null {
  const own = shareOf(parts.slice(-BASE));
  const whole = around.length > 0 ? shareOf(around.slice(-BASE)) : null;
  // without the unit itself: a unit that is most of what is above it would be compared with itself
  const others = whole
    ? { yes: whole.yes - own.yes, all: whole.all - own.all }
    : shareOf(parts.slice(-2 * BASE, -BASE));
  if (own.all < ENOUGH || others.all < ENOUGH || others.yes < 0) return null;
  const usual = (others.yes + 1) / (others.all + 2);
  const expected = own.all * usual;
  const by = (expected - own.yes) / Math.sqrt(expected);
  return expected - own.yes >= LEAST && by >= FAR ? { actual: own.yes, expected } : null;
}
