import type { Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { eq } from "drizzle-orm";
import { type Automatic, MANY_OBJECTIONS, type seenByPeople } from "../ladder.ts";
import { refuse } from "../refusals.ts";
import { matters, objections, triggers } from "../schema.ts";
import { type Heard, type JobCtx, meOf, openMatter, seen, together, type WatchCtx } from "./matter-ctx.ts";

export interface Why {
  readonly code: (typeof triggers.$inferInsert)["code"];
  readonly at: string;
  readonly eventId?: Id;
  readonly raisedBy?: Id;
  readonly why?: string;
}

/** The unit and all above it. */
export async function pathOf(ctx: JobCtx, unitId: Id): Promise<Id[]> {
  return [unitId, ...(await ctx.units.above(unitId)).map((one) => one.id)];
}

/** Adds a reason to a matter. @returns the matter that has it: another one where it was heard before */
export async function addReason(ctx: JobCtx, matterId: Id, why: Why & { readonly eventId: Id }): Promise<Id> {
  await ctx.db
    .insert(triggers)
    .values({ id: ctx.newId(), matterId, ...why })
    .onConflictDoNothing();
  const [kept] = await ctx.db.select().from(triggers).where(eq(triggers.eventId, why.eventId));
  return kept?.matterId ?? matterId;
}

/** Adds why to the petition's open matter, or opens one. @returns the matter; `null` where this was known. */
async function add(ctx: JobCtx, on: { readonly caseId: Id; readonly path: Id[] }, why: Why): Promise<Id | null> {
  const { caseId, path } = on;
  return await together(ctx, async (tx) => {
    const fresh = { id: ctx.newId(), aboutId: caseId, unitId: path[0] ?? ctx.unit.id, path, openedAt: ctx.now };
    await tx.db
      .insert(matters)
      .values({ ...fresh, state: "raised" })
      .onConflictDoNothing();
    const matter = await openMatter(tx, caseId);
    if (!matter) throw refuse("state");
    const added = await tx.db
      .insert(triggers)
      .values({ id: ctx.newId(), matterId: matter.id, ...why })
      .onConflictDoNothing()
      .returning({ id: triggers.id });
    if (added.length > 0) return matter.id;
    // This was heard before: the matter it once opened may have ended since, and is not opened again.
    if (matter.id === fresh.id) await tx.db.delete(matters).where(eq(matters.id, fresh.id));
    return null;
  });
}

async function raiseBySelf(ctx: JobCtx, event: Heard, code: Automatic): Promise<void> {
  const path = await pathOf(ctx, ctx.unit.id);
  const matterId = await add(ctx, { caseId: event.caseId, path }, { code, at: event.at, eventId: event.id });
  if (matterId !== null)
    await ctx.notify.tell({ caseId: event.caseId, to: ["supervisor"], news: "raised", key: `raised-${event.id}` });
}

/** What happened calls for supervision. */
export const raises =
  (code: Automatic) =>
  (ctx: JobCtx, event: Heard): Promise<void> =>
    raiseBySelf(ctx, event, code);

const notSatisfied = raises("notSatisfied");

/** The petitioner is not satisfied with whoever handled it. */
export async function heardRating(ctx: JobCtx, event: CaseEvent<"rating.given">): Promise<void> {
  if (event.rated === "not") await notSatisfied(ctx, event);
}

/** A unit refuses a petition; the second time it is looked at. */
export async function countObjection(ctx: JobCtx, event: Heard): Promise<void> {
  const { id: eventId, caseId } = event;
  await ctx.db.insert(objections).values({ eventId, caseId }).onConflictDoNothing();
  if ((await ctx.db.$count(objections, eq(objections.caseId, caseId))) >= MANY_OBJECTIONS)
    await raiseBySelf(ctx, event, "objections");
}

/** Whoever supervises has seen something himself. @throws refusal `elsewhere`; DoorstepError `case.notFound` */
export async function raise(
  ctx: WatchCtx,
  given: { readonly caseId: Id; readonly code: (typeof seenByPeople)[number]; readonly why: string },
): Promise<Id> {
  const petition = await seen(ctx, given.caseId);
  if (!petition) throw refuse("notFound");
  const path = await pathOf(ctx, petition.holder.id);
  if (!path.includes(ctx.unit.id)) throw refuse("elsewhere");
  const { code, why } = given;
  const matterId = await add(ctx, { caseId: given.caseId, path }, { code, why, at: ctx.now, raisedBy: meOf(ctx) });
  if (matterId === null) throw refuse("state");
  return matterId;
}

/** The petition has gone to another unit: who holds it answers. */
export async function follow(ctx: JobCtx, event: Heard): Promise<void> {
  const matter = await openMatter(ctx, event.caseId);
  if (!matter || matter.unitId === ctx.unit.id) return;
  const path = await pathOf(ctx, ctx.unit.id);
  await ctx.db.update(matters).set({ unitId: ctx.unit.id, path }).where(eq(matters.id, matter.id));
}
