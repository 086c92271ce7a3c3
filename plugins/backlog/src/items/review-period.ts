import { DoorstepError, type Id } from "@doorstep/sdk";
import type { JobCtx } from "./item-ctx.ts";

const isRefused = (error: unknown, code: string): boolean =>
  error instanceof DoorstepError && error.reasons.some((one) => one.code === code);

export async function startReview(ctx: JobCtx, caseId: Id): Promise<void> {
  try {
    await ctx.clocks.start(caseId, "review");
  } catch (error) {
    if (!isRefused(error, "moduleClock.running")) throw error;
  }
}

export async function stopReview(ctx: JobCtx, caseId: Id): Promise<void> {
  try {
    await ctx.clocks.stop(caseId, "review");
  } catch (error) {
    if (!isRefused(error, "moduleClock.notRunning")) throw error;
  }
}
