import { dayOf, type Id, type ReleasedFigures } from "@doorstep/sdk";
import type { JobCtx } from "../barometer-ctx.ts";
import { addMonths } from "./months.ts";

/** Who counts: the facts are kept there, and what is shown here was released of them. */
const COUNTED_BY = "indicators";

export type Dataset =
  | ("registration" | "conclusion" | "answer" | "decision" | "together" | "cameBack" | "sentBack" | "suggestion")
  | "supervision/recommendations"
  | "root-cause/petitions";

/** Under which name it is released. */
export const datasetName = (dataset: Dataset): string => (dataset.includes("/") ? dataset : `${COUNTED_BY}/${dataset}`);

/** As many as can be asked for at once: two years to be compared, and the months that are not released yet. */
const MONTHS = 36;

interface Asked {
  readonly unitId?: Id;
  readonly below?: boolean;
}

/** The month in which the unit lives now: no later one is asked for. */
export const monthNow = ({ now, unit }: Pick<JobCtx, "now" | "unit">): string => dayOf(now, unit.timeZone).slice(0, 7);

/** What was released of the call's unit with all below it, oldest first; with `below` of the units right below it too. */
export async function released(ctx: JobCtx, dataset: Dataset, asked: Asked = {}): Promise<readonly ReleasedFigures[]> {
  const to = monthNow(ctx);
  return await ctx.datasets.read({
    dataset: datasetName(dataset),
    from: addMonths(to, 1 - MONTHS),
    to,
    ...asked,
  });
}

/** The newest month of which there is anything. */
export const newestOf = (figures: readonly ReleasedFigures[]): string | undefined => figures.at(-1)?.month;

/** Another word as soon as one thing that is made from what was released of these datasets is another one. */
export async function stampOf(ctx: JobCtx, datasets: readonly Dataset[]): Promise<string> {
  return JSON.stringify([await ctx.datasets.stamp(datasets.map(datasetName)), monthNow(ctx), ctx.settings]);
}
