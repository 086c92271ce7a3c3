import type { Text } from "@doorstep/sdk";
import type { Look } from "./look.ts";
import { addMonths } from "./months.ts";
import { newestOf } from "./released.ts";

/** Who counts petitions by what lies behind them; without it there is nothing to show. */
const COUNTED_BY = "root-cause/petitions";
const MONTHS = 12;

interface CauseCount {
  readonly kind: string;
  readonly name: Text;
  readonly count: number;
  /** of all that is shown, this one and those before it */
  readonly upTo: number;
}

const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);

/**
 * What lay behind the petitions of the unit and all below it, the most frequent first, over the last twelve months that were
 * released. What was left out is in none of it. `null`: nobody counts causes at the unit.
 */
export async function causesOf(look: Look) {
  const about = await look.about(COUNTED_BY);
  if (!about) return null;
  const released = (await look.figures(COUNTED_BY)).filter((one) => one.unitId === look.unit.id && !one.own);
  const newest = newestOf(released);
  const oldest = newest === undefined ? "" : addMonths(newest, 1 - MONTHS);
  const figures = released.filter((one) => one.month >= oldest);
  const counts = Object.entries(about.dimensions.kind?.values ?? {}).map(([kind, name]) => {
    const months = figures.map((one) => one.dimensions.kind?.[kind] ?? null);
    return { kind, name, count: sum(months.map((n) => n ?? 0)), hidden: months.filter((n) => n === null).length };
  });
  const shown = counts
    .filter((one) => one.count > 0)
    .toSorted((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
  const all = sum(shown.map((one) => one.count));
  return {
    from: figures.at(0)?.month ?? null,
    to: figures.at(-1)?.month ?? null,
    hasHidden: counts.some((one) => one.hidden > 0),
    causes: shown.map(
      ({ kind, name, count }, n): CauseCount => ({
        ...{ kind, name, count },
        upTo: sum(shown.slice(0, n + 1).map((one) => one.count)) / all,
      }),
    ),
  };
}
