import { dayOf, type Id, type ReleasedFigures } from "@doorstep/sdk";
import type { JobCtx } from "../causes/cause-ctx.ts";
import type { Subject } from "../codes.ts";
import { addMonths } from "./months.ts";
import type { Counts } from "./verify.ts";

/** Who counts petitions as they are registered. */
const REGISTERED = "indicators/registration";
/** As many as can be asked for at once. */
const MONTHS = 36;

const countOf = (one: ReleasedFigures, subject: Subject): number | null =>
  subject === "all" ? one.total : (one.dimensions.category?.[subject] ?? null);

/** What was released of a unit with all below it, by month. */
export async function countsOf(ctx: JobCtx, unitId: Id, subject: Subject): Promise<Counts> {
  const to = dayOf(ctx.now, ctx.unit.timeZone).slice(0, 7);
  const figures = await ctx.datasets.read({ dataset: REGISTERED, unitId, from: addMonths(to, 1 - MONTHS), to });
  return new Map(figures.flatMap((one) => (one.own ? [] : [[one.month, countOf(one, subject)] as const])));
}
