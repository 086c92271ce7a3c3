import { and, eq, isNull, lt } from "drizzle-orm";
import { visits } from "../schema.ts";
import { type JobCtx, todayAt } from "./visit-ctx.ts";

/** Of a day that is over stay the visits that became petitions; whoever left and what was sealed cannot be told apart by then. */
export async function forgetDays(ctx: JobCtx): Promise<void> {
  const before = lt(visits.day, todayAt(ctx));
  await ctx.db.delete(visits).where(and(eq(visits.unitId, ctx.unit.id), before, isNull(visits.caseId)));
}

/** With the petition goes what is known of the visit. */
export const forgetCase = async (ctx: JobCtx, caseId: string): Promise<void> => {
  await ctx.db.delete(visits).where(eq(visits.caseId, caseId));
};
