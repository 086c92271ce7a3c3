import { addDays, type Id } from "@doorstep/sdk";
import { type CaseEvent, letterDay } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import { daysOf, type End } from "../kinds.ts";
import { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { mediations } from "../schema.ts";
import { dropConsent, petitionersAnswer } from "./consent.ts";
import { conducted, type JobCtx, MEDIATION, type MediationCtx, move, todayOf } from "./mediation-ctx.ts";

/** T13: both sides have consented; the petition's own periods run on. @throws refusal `notFound`, `state`, `consents` */
export async function begin(ctx: MediationCtx, mediationId: Id): Promise<void> {
  const one = await conducted(ctx, mediationId);
  if (one.state !== "offered") throw refuse("state");
  const { state } = await petitionersAnswer(ctx, one.caseId);
  if (state !== "given" || one.otherAnswer !== "yes" || one.petitionerWish) throw refuse("consents");
  const untilOn = addDays(todayOf(ctx), daysOf[one.tier]);
  await ctx.procedures.open(one.caseId, MEDIATION, {
    ...{ bothConsented: true, mediatorIds: [one.mediatorId], key: one.id },
    note: `双方同意调解，最晚${letterDay(untilOn, "zh-CN")}结束。Both sides have consented; it ends by ${letterDay(untilOn, "en")}.`,
  });
  await move(ctx.db, one, { state: "running", untilOn });
  await ctx.notify.tell({
    ...{ to: { people: [one.mediatorId] }, news: "yours", params: { until: untilOn }, key: `yours-${one.id}` },
  });
}

/** The name of D19, as the server half knows it. */
export const ENDED = "ended";

/**
 * Ends it without an agreement; both sides are told where else they can turn [PM:26]. What had begun ends with a letter
 * that is put before whoever signs (D19).
 *
 * @throws refusal `notFound`, `state`; DoorstepError `notice.glyphMissing`
 */
export async function end(ctx: MediationCtx, mediationId: Id, because: End, remedies: string): Promise<void> {
  const one = await conducted(ctx, mediationId);
  if (one.state !== "offered" && one.state !== "running") throw refuse("state");
  if (await ctx.procedures.runs(one.caseId, MEDIATION))
    await ctx.procedures.close(one.caseId, MEDIATION, { because, note: remedies });
  const endedOn = todayOf(ctx);
  await move(ctx.db, one, { state: "ended", endedBecause: because, endedOn, remedies });
  await dropConsent(ctx, one.caseId);
  if (one.state === "running")
    await ctx.notices.draft(one.caseId, ENDED, { dispute: one.dispute, because, remedies, endedOn });
}

/** The petitioner takes his consent back: nothing goes on, and whoever handles it ends it. */
export async function petitionerLeft(ctx: JobCtx, event: CaseEvent<"consent.withdrawn">): Promise<void> {
  if (event.module !== plugin.id) return;
  await ctx.db
    .update(mediations)
    .set({ petitionerLeft: true, told: false })
    .where(and(eq(mediations.caseId, event.caseId), eq(mediations.state, "running")));
}

/** The petitioner has left, or the desk has closed it by its own form. */
export async function closed(ctx: JobCtx, event: CaseEvent<"mediation.closed">): Promise<void> {
  const gone = await ctx.db
    .update(mediations)
    .set({ state: "ended", endedBecause: "consentRevoked", endedOn: todayOf(ctx) })
    .where(and(eq(mediations.caseId, event.caseId), eq(mediations.state, "running")))
    .returning({ id: mediations.id });
  if (gone.length > 0) await dropConsent(ctx, event.caseId);
}
