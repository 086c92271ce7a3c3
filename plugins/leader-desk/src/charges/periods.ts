import { DoorstepError, type Id } from "@doorstep/sdk";
import type { JobCtx } from "./charge-ctx.ts";

export type Period = "plan" | "visit";

const isRefused = (error: unknown, code: string): boolean =>
  error instanceof DoorstepError && error.reasons.some((one) => one.code === code);

/** A press or an event that comes again finds the period as it left it. */
export async function startPeriod(ctx: JobCtx, caseId: Id, code: Period, from?: string): Promise<void> {
  try {
    await ctx.clocks.start(caseId, code, from === undefined ? {} : { from });
  } catch (error) {
    if (!isRefused(error, "moduleClock.running")) throw error;
  }
}

export async function stopPeriod(ctx: JobCtx, caseId: Id, code: Period): Promise<void> {
  try {
    await ctx.clocks.stop(caseId, code);
  } catch (error) {
    if (!isRefused(error, "moduleClock.notRunning")) throw error;
  }
}
