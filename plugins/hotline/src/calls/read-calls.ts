import { DoorstepError } from "@doorstep/sdk";
import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { calls, endings } from "../schema.ts";
import { type CallCtx, todayAt } from "./call-ctx.ts";

/** The asker's own call that runs, what is owed, and how the calls of today ended that became no petition. */
export async function callsToday(ctx: CallCtx) {
  const here = eq(calls.unitId, ctx.unit.id);
  const [running] = await ctx.db
    .select()
    .from(calls)
    .where(and(here, isNull(calls.endedAt), eq(calls.byPerson, ctx.user?.id ?? "")))
    .orderBy(asc(calls.beganAt))
    .limit(1);
  const owed = await ctx.db
    .select()
    .from(calls)
    .where(and(here, isNotNull(calls.callBackOn), isNull(calls.calledBackAt)))
    .orderBy(asc(calls.callBackOn), asc(calls.no))
    .limit(100);
  const shown = await Promise.all(
    owed.map(async ({ id, no, day, callBackOn, attempts, byPerson, caseId }) => {
      const petition = caseId === null ? null : await ctx.cases.get(caseId);
      if (!petition) return [];
      const mine = byPerson === ctx.user?.id;
      return [{ callId: id, no, day, callBackOn, attempts, mine, caseNo: petition.caseNo, title: petition.title }];
    }),
  );
  const today = and(here, eq(calls.day, todayAt(ctx)));
  const ended = await Promise.all(
    endings.map(async (outcome) => ({
      outcome,
      count: await ctx.db.$count(calls, and(today, eq(calls.outcome, outcome))),
    })),
  );
  return {
    running: running ? { callId: running.id, no: running.no, beganAt: running.beganAt } : null,
    owed: shown.flat(),
    ended,
  };
}

/** When the petitioner called and what was promised, for whoever sees the petition. */
export async function callOfCase(ctx: CallCtx, caseId: string) {
  if ((await ctx.cases.get(caseId)) === null) throw new DoorstepError("case.notFound");
  const [call] = await ctx.db.select().from(calls).where(eq(calls.caseId, caseId));
  if (!call) return null;
  const { no, beganAt, endedAt, callBackOn, attempts, calledBackAt } = call;
  return { no, beganAt, endedAt, callBackOn, attempts, calledBackAt };
}
