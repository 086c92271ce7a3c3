import { dayOf, type Id, type ReleasedFigures, type Text, themes } from "@doorstep/sdk";
import type { JobCtx, LookCtx } from "../barometer-ctx.ts";
import { addMonths } from "./months.ts";

/** Who counts: the facts are kept there, and what is shown here was released of them. */
const COUNTED_BY = "indicators";

export type Dataset =
  | ("registration" | "conclusion" | "answer" | "decision" | "together" | "cameBack" | "sentBack" | "suggestion")
  | "supervision/recommendations";

/** Under which name it is released. */
export const datasetName = (dataset: Dataset): string => (dataset.includes("/") ? dataset : `${COUNTED_BY}/${dataset}`);

/** As many as can be asked for at once: two years to be compared, and the months that are not released yet. */
const MONTHS = 36;

interface Asked {
  readonly unitId?: Id;
  readonly below?: boolean;
}

/** What was released of the call's unit with all below it, oldest first; with `below` of the units right below it too. */
export async function released(ctx: JobCtx, dataset: Dataset, asked: Asked = {}): Promise<readonly ReleasedFigures[]> {
  const to = dayOf(ctx.now, ctx.unit.timeZone).slice(0, 7);
  return await ctx.datasets.read({
    dataset: datasetName(dataset),
    from: addMonths(to, 1 - MONTHS),
    to,
    ...asked,
  });
}

/** The newest month of which there is anything. */
export const newestOf = (figures: readonly ReleasedFigures[]): string | undefined => figures.at(-1)?.month;

/** What the themes are called by whoever counts: those among what holds of a petition. */
export async function themeNamesOf(ctx: LookCtx): Promise<Readonly<Record<string, Text>>> {
  const about = (await ctx.datasets.list()).find((one) => one.dataset === datasetName("registration"));
  return Object.fromEntries(
    themes.flatMap((theme) => (about?.measures[theme] ? [[theme, about.measures[theme]]] : [])),
  );
}

/** What the values of a dimension are called by whoever counts. */
export async function namesOf(
  ctx: LookCtx,
  dimension: "category" | "channel",
): Promise<Readonly<Record<string, Text>>> {
  const about = (await ctx.datasets.list()).find((one) => one.dataset === datasetName("registration"));
  return about?.dimensions[dimension]?.values ?? {};
}
