import { DoorstepError, type Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { applications, mediations, visits } from "../schema.ts";
import { type JobCtx, pathOf } from "./mediation-ctx.ts";
import { takeBack } from "./visits.ts";

/** The handler is told of what the other side has answered, and that the petitioner has left. */
export async function tellAnswers(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select()
    .from(mediations)
    .where(and(eq(mediations.told, false), sql`${mediations.path}[1] = ${ctx.unit.id}`));
  for (const { id, caseId, otherAnswer, petitionerLeft, petitionerWish, mediatorId } of rows) {
    const key = `${id}-${mediatorId}-${petitionerLeft ? "left" : otherAnswer}${petitionerWish ? "-wish" : ""}`;
    try {
      await ctx.notify.tell({ caseId, to: "handler", news: "answered", key });
    } catch (error) {
      // What has become an accusation since is forgotten by another job.
      if (!(error instanceof DoorstepError)) throw error;
    }
    await ctx.db
      .update(mediations)
      .set({ told: true })
      .where(
        and(
          eq(mediations.id, id),
          eq(mediations.otherAnswer, otherAnswer),
          eq(mediations.petitionerLeft, petitionerLeft),
          eq(mediations.petitionerWish, petitionerWish),
        ),
      );
  }
}

/** The handler is told that the petitioner asks for mediation. */
export async function tellApplications(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select({ id: applications.id, caseId: applications.caseId })
    .from(applications)
    .where(and(eq(applications.told, false), sql`${applications.path}[1] = ${ctx.unit.id}`));
  for (const { id, caseId } of rows) {
    try {
      await ctx.notify.tell({ caseId, to: "handler", news: "applied", key: `applied-${id}` });
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error;
    }
    await ctx.db.update(applications).set({ told: true }).where(eq(applications.id, id));
  }
}

/** The petition has gone to another unit, which conducts what is open and makes the visits. */
export async function follow(ctx: JobCtx, event: CaseEvent<"case.routed" | "case.returned">): Promise<void> {
  const path = await pathOf(ctx, ctx.unit.id);
  const moved = await ctx.db
    .update(mediations)
    .set({ path })
    .where(and(eq(mediations.caseId, event.caseId), sql`${mediations.path}[1] <> ${ctx.unit.id}`))
    .returning({ id: mediations.id });
  await ctx.db
    .update(applications)
    .set({ path, told: false })
    .where(and(eq(applications.caseId, event.caseId), eq(applications.state, "open")));
  const ids = moved.map((one) => one.id);
  if (ids.length === 0) return;
  const open = and(inArray(visits.mediationId, ids), isNull(visits.kept));
  for (const one of await ctx.db.select({ taskId: visits.taskId }).from(visits).where(open))
    await takeBack(ctx, one.taskId);
  await ctx.db
    .update(visits)
    .set({ taskId: null, round: sql`${visits.round} + 1` })
    .where(open);
}

/** With the petition goes what was mediated beside it. */
export async function forgetCase(ctx: JobCtx, caseId: Id): Promise<void> {
  await ctx.db.delete(mediations).where(eq(mediations.caseId, caseId));
  await ctx.db.delete(applications).where(eq(applications.caseId, caseId));
}

/** What has become an accusation since leaves nothing here. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  const kept = await union(
    ctx.db.select({ caseId: mediations.caseId }).from(mediations),
    ctx.db.select({ caseId: applications.caseId }).from(applications),
  );
  const ids = kept.map((one) => one.caseId);
  const heard = new Set(await ctx.events.heard(ids));
  const gone = ids.filter((one) => !heard.has(one));
  if (gone.length === 0) return;
  await ctx.db.delete(mediations).where(inArray(mediations.caseId, gone));
  await ctx.db.delete(applications).where(inArray(applications.caseId, gone));
}
