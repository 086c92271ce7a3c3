import { addDays, DoorstepError } from "@doorstep/sdk";
import { letterDay } from "@doorstep/sdk/server";
import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { COURT_DAYS, COURT_REMINDER_DAYS } from "../kinds.ts";
import { mediations } from "../schema.ts";
import { type JobCtx, type Mediation, todayOf } from "./mediation-ctx.ts";

const standing = ["settled", "kept", "broken"] as const;
const stands = (state: Mediation["state"]): boolean => standing.some((one) => one === state);

/** The last day on which both sides may together ask a court to confirm the agreement; `null` when it is over [PM:33]. */
export function courtUntilOf(ctx: Pick<JobCtx, "now" | "unit">, { state, settledOn }: Mediation): string | null {
  if (settledOn === null || !stands(state)) return null;
  const until = addDays(settledOn, COURT_DAYS);
  return until < todayOf(ctx) ? null : until;
}

const textOf = (until: string): string =>
  `调解协议属于民事纠纷的，双方可以在${letterDay(until, "zh-CN")}前共同申请法院确认；确认以后可以申请强制执行。In a civil matter both sides may together ask a court by ${letterDay(until, "en")} to confirm the agreement; once confirmed it can be enforced.`;

/** Ten days before the end the petitioner reads it once more among the messages of his matter [SPEC K19]. */
export async function remindOfCourt(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select()
    .from(mediations)
    .where(
      and(
        eq(mediations.courtTold, false),
        inArray(mediations.state, [...standing]),
        lte(mediations.settledOn, addDays(todayOf(ctx), -COURT_REMINDER_DAYS)),
        sql`${mediations.path}[1] = ${ctx.unit.id}`,
      ),
    );
  for (const one of rows) {
    const until = courtUntilOf(ctx, one);
    try {
      if (until !== null) await ctx.thread.write(one.caseId, { text: textOf(until), to: "petitioner" });
    } catch (error) {
      // What has become an accusation since is forgotten by another job.
      if (!(error instanceof DoorstepError)) throw error;
    }
    await ctx.db.update(mediations).set({ courtTold: true }).where(eq(mediations.id, one.id));
  }
}
