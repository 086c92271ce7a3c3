import { and, eq, isNull, lt } from "drizzle-orm";
import { calls } from "../schema.ts";
import { type JobCtx, todayAt } from "./call-ctx.ts";

/** Of a day that is over stay the calls that became petitions; the others, sealed ones among them, go. */
export async function forgetDays(ctx: JobCtx): Promise<void> {
  const before = lt(calls.day, todayAt(ctx));
  await ctx.db.delete(calls).where(and(eq(calls.unitId, ctx.unit.id), before, isNull(calls.caseId)));
}

/** With the petition goes what is known of the call. */
export const forgetCase = async (ctx: JobCtx, caseId: string): Promise<void> => {
  await ctx.db.delete(calls).where(eq(calls.caseId, caseId));
};
