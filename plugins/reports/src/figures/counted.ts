import { type DatasetAbout, dayOf, type ReleasedFigures } from "@doorstep/sdk";
import type { JobCtx } from "../reports-ctx.ts";
import type { Period } from "./months.ts";

/** A dataset with what was released of it, of the call's unit and those right below it. */
export interface Counted {
  readonly about: DatasetAbout;
  readonly figures: readonly ReleasedFigures[];
}

/** What counts at the call's unit, with everything that was released of it in a period. */
export async function countedIn(ctx: JobCtx, period: Period): Promise<readonly Counted[]> {
  const counted: Counted[] = [];
  for (const about of await ctx.datasets.list())
    counted.push({ about, figures: await ctx.datasets.read({ ...period, dataset: about.dataset, below: true }) });
  return counted;
}

const LONGEST_LOOK_BACK = 36;

/** The newest month that was released of anything here; `undefined` before the first. */
export async function newestMonth(ctx: JobCtx): Promise<string | undefined> {
  const to = dayOf(ctx.now, ctx.unit.timeZone).slice(0, 7);
  const [year = 0, month = 1] = to.split("-").map(Number);
  const from = new Date(Date.UTC(year, month - LONGEST_LOOK_BACK, 1)).toISOString().slice(0, 7);
  const counted = await countedIn(ctx, { from, to });
  return counted
    .flatMap(({ figures }) => figures.map((one) => one.month))
    .toSorted()
    .at(-1);
}

/** Added up over months. What was hidden or not released is no zero: it is said how many months are not in the sum. */
export interface Sum {
  /** `null`: nothing is shown of any month */
  readonly shown: number | null;
  readonly missing: number;
}

/** Adds released numbers up, one for each month; `null` and `undefined` are not shown. */
export function sumOf(values: readonly (number | null | undefined)[]): Sum {
  const shown = values.filter((value) => typeof value === "number");
  return {
    shown: shown.length === 0 ? null : shown.reduce((all, value) => all + value, 0),
    missing: values.length - shown.length,
  };
}

/** A part of a whole, over the months in which both are shown. */
export interface Share {
  readonly above: number | null;
  readonly below: number | null;
  readonly missing: number;
}

export function shareOf(
  pairs: readonly (readonly [above: number | null | undefined, below: number | null | undefined])[],
): Share {
  const shown = pairs.flatMap(([above, below]) =>
    typeof above === "number" && typeof below === "number" ? [{ above, below }] : [],
  );
  const missing = pairs.length - shown.length;
  if (shown.length === 0) return { above: null, below: null, missing };
  return {
    above: shown.reduce((all, one) => all + one.above, 0),
    below: shown.reduce((all, one) => all + one.below, 0),
    missing,
  };
}

/** In percent, with one decimal; `null` where there is nothing to divide. */
export const percentOf = ({ above, below }: Pick<Share, "above" | "below">): number | null =>
  above === null || below === null || below === 0 ? null : Math.round((above / below) * 1_000) / 10;
