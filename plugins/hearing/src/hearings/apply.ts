import { DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { hearings } from "../schema.ts";
import { conducted, type HearingCtx, hearingOf, type JobCtx, move, openAt, ownOf, pathOf } from "./hearing-ctx.ts";

const mayApply: ReadonlySet<string> = new Set(["accepted", "inHandling", "rereview"]);

interface Application {
  readonly caseId: Id;
  readonly hearingId: Id;
  readonly wish: string;
}

/** The petitioner applies [SD15:39]. The same id applies once. @throws refusal `notFound`, `notNow`, `state` */
export async function apply(ctx: HearingCtx, { caseId, hearingId, wish }: Application): Promise<void> {
  const own = await ownOf(ctx, caseId);
  const open = await openAt(ctx, caseId);
  if (open?.id === hearingId) return;
  if (open) throw refuse("state");
  if (!mayApply.has(own.state)) throw refuse("notNow");
  const path = await pathOf(ctx, own.holder.id);
  const made = await ctx.db
    .insert(hearings)
    .values({ id: hearingId, caseId, path, state: "applied", askedBy: "petitioner", askedAt: ctx.now, wish })
    .onConflictDoNothing()
    .returning({ id: hearings.id });
  if (made.length === 0) throw refuse("state");
}

/** One of the asker's own petition. @throws refusal `notFound` */
export async function ownHearing(ctx: HearingCtx, caseId: Id, hearingId: Id) {
  await ownOf(ctx, caseId);
  const one = await hearingOf(ctx, hearingId);
  if (one.caseId !== caseId) throw refuse("notFound");
  return one;
}

/** He takes his application back while nobody has decided on it. @throws refusal `notFound`, `state` */
export async function withdraw(ctx: HearingCtx, caseId: Id, hearingId: Id): Promise<void> {
  const one = await ownHearing(ctx, caseId, hearingId);
  if (one.state === "withdrawn") return;
  if (one.state !== "applied") throw refuse("state");
  await move(ctx.db, one, { state: "withdrawn" });
}

/** Asks no more for a decision; where none was asked for there is nothing to stop. */
export async function stopDeciding(ctx: JobCtx, caseId: Id): Promise<void> {
  try {
    await ctx.clocks.stop(caseId, "decide");
  } catch (error) {
    if (!(error instanceof DoorstepError && error.reasons.some((one) => one.code === "moduleClock.notRunning")))
      throw error;
  }
}

/** The unit says no, and why: the petitioner reads it. @throws refusal `notFound`, `state` */
export async function turnDown(ctx: HearingCtx, hearingId: Id, reason: string): Promise<void> {
  const one = await conducted(ctx, hearingId);
  if (one.state !== "applied") throw refuse("state");
  await move(ctx.db, one, { state: "refused", reason });
  await stopDeciding(ctx, one.caseId);
  await ctx.thread.write(one.caseId, {
    to: "petitioner",
    text: `您申请的听证没有安排，理由：${reason}\nYour application for a hearing was turned down. Why: ${reason}`,
  });
}

/** Of whom nobody was told yet, and who applied; for the unit's repeated work. */
export const untold = (ctx: JobCtx) =>
  ctx.db
    .select({ id: hearings.id, caseId: hearings.caseId, path: hearings.path })
    .from(hearings)
    .where(and(eq(hearings.state, "applied"), eq(hearings.told, false)));
