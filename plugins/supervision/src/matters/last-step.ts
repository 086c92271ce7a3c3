import { dayOf, type Id } from "@doorstep/sdk";
import { desc, eq } from "drizzle-orm";
import { steps } from "../schema.ts";
import type { JobCtx } from "./matter-ctx.ts";

export type Step = typeof steps.$inferSelect;

export async function lastStep(ctx: JobCtx, matterId: Id): Promise<Step | undefined> {
  const [found] = await ctx.db
    .select()
    .from(steps)
    .where(eq(steps.matterId, matterId))
    .orderBy(desc(steps.no))
    .limit(1);
  return found;
}

/** The local day on which it was taken. */
export const dayOfStep = (ctx: Pick<JobCtx, "unit">, step: Step): string =>
  dayOf(new Date(step.givenAt).toISOString(), ctx.unit.timeZone);
