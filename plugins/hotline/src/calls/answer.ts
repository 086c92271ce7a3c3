import { DoorstepError } from "@doorstep/sdk";
import { and, eq, isNull, sql } from "drizzle-orm";
import { calls, type endings } from "../schema.ts";
import { type CallCtx, runningCall, todayAt } from "./call-ctx.ts";

/** Takes the receiver off: the next number of the day. The same call again keeps its own. */
export async function begin(ctx: CallCtx, callId: string): Promise<{ readonly no: number; readonly beganAt: string }> {
  const day = todayAt(ctx);
  const byPerson = ctx.user?.id ?? "";
  for (;;) {
    const [next] = await ctx.db
      .select({ no: sql<number>`coalesce(max(${calls.no}), 0) + 1` })
      .from(calls)
      .where(and(eq(calls.unitId, ctx.unit.id), eq(calls.day, day)));
    const no = next?.no ?? 1;
    const row = { id: callId, unitId: ctx.unit.id, day, no, byPerson, beganAt: ctx.now, attempts: 0 };
    const made = await ctx.db.insert(calls).values(row).onConflictDoNothing().returning({ no: calls.no });
    if (made.length > 0) return { no, beganAt: ctx.now };
    const [known] = await ctx.db.select().from(calls).where(eq(calls.id, callId));
    if (known?.unitId === ctx.unit.id && known.byPerson === byPerson) return { no: known.no, beganAt: known.beganAt };
    if (known) throw new DoorstepError("record.notFound");
  }
}

/** Puts the receiver down without a petition. */
export async function endCall(ctx: CallCtx, callId: string, outcome: (typeof endings)[number]): Promise<void> {
  await runningCall(ctx, callId);
  const ended = await ctx.db
    .update(calls)
    .set({ outcome, endedAt: ctx.now })
    .where(and(eq(calls.id, callId), isNull(calls.endedAt)))
    .returning({ id: calls.id });
  if (ended.length === 0) throw new DoorstepError("record.state");
}
