import { addDays, DoorstepError, type Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { charges } from "../schema.ts";
import { begin, dayAt, type JobCtx, openCharge, pathOf } from "./charge-ctx.ts";
import { startPeriod, stopPeriod } from "./periods.ts";

/** A leader has taken the petition: five working days for the plan, a visit every thirty days [SPEC 5 K31]. */
export async function taken(ctx: JobCtx, event: CaseEvent<"charge.taken">): Promise<void> {
  const charge = await begin(ctx, event.caseId, await pathOf(ctx, ctx.unit.id), event.at);
  if (charge.plannedAt === null) await startPeriod(ctx, event.caseId, "plan");
  await startPeriod(ctx, event.caseId, "visit");
}

export async function ended(ctx: JobCtx, event: CaseEvent<"charge.ended">): Promise<void> {
  const { caseId, outcome, at } = event;
  const done = await ctx.db
    .update(charges)
    .set({ endedAt: at, outcome: outcome ?? "reasoned" })
    .where(and(eq(charges.caseId, caseId), isNull(charges.endedAt)))
    .returning({ id: charges.id });
  for (const code of ["plan", "visit"] as const) await stopPeriod(ctx, caseId, code);
  if (done.length === 0 || outcome !== "handedOver") return;
  const key = `handedOver-${event.id}`;
  await ctx.notify.tell({ caseId, to: ["chargeLeader", "officeHead"], news: "handedOver", key });
  await toTheOffice(ctx, caseId, key);
}

const DAYS_TO_TAKE = 5;

/** Whoever heads the office sees to it that another leader takes it; where nobody is there the notice alone has gone out. */
async function toTheOffice(ctx: JobCtx, caseId: Id, key: string): Promise<void> {
  const dueOn = addDays(dayAt(ctx, ctx.now), DAYS_TO_TAKE);
  const text =
    "包案的领导已交接，请商定由哪位领导接手。A leader has handed this petition over: see to it that another one takes it.";
  try {
    await ctx.tasks.give({ caseId, to: { role: "officeHead" }, text, dueOn, key });
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
  }
}

/** The time for a visit is over: the next one begins, as long as somebody has the petition. */
export async function visitAgain(ctx: JobCtx, event: CaseEvent<"moduleClock.passed">): Promise<void> {
  if (event.module !== "leader-desk" || event.code !== "visit") return;
  if (await openCharge(ctx, event.caseId)) await startPeriod(ctx, event.caseId, "visit");
}

/** The petition has gone to another unit. */
export async function follow(ctx: JobCtx, event: CaseEvent<"case.routed" | "case.returned">): Promise<void> {
  const path = await pathOf(ctx, ctx.unit.id);
  await ctx.db.update(charges).set({ path }).where(eq(charges.caseId, event.caseId));
}

/** With the petition goes what was planned for it. */
export async function forgetCase(ctx: JobCtx, caseId: Id): Promise<void> {
  await ctx.db.delete(charges).where(eq(charges.caseId, caseId));
}

/** What has become an accusation since leaves nothing here. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  const kept = await ctx.db.selectDistinct({ caseId: charges.caseId }).from(charges);
  const ids = kept.map((one) => one.caseId);
  const heard = new Set(await ctx.events.heard(ids));
  const gone = ids.filter((one) => !heard.has(one));
  if (gone.length > 0) await ctx.db.delete(charges).where(inArray(charges.caseId, gone));
}
