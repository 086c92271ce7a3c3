import { type CaseBrief, DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, desc, eq, isNull } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { charges } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type LeadCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Charge = typeof charges.$inferSelect;

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: LeadCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const dayAt = ({ unit }: Pick<JobCtx, "unit">, at: string): string => dayOf(at, unit.timeZone);
export const todayOf = (ctx: Pick<JobCtx, "now" | "unit">): string => dayAt(ctx, ctx.now);

/** The petition as the asker may see it; accusations are nobody's here. */
export async function seen(ctx: LeadCtx, caseId: Id): Promise<CaseBrief | null> {
  const found = await ctx.cases.get(caseId);
  return found?.category === "accusation" ? null : found;
}

/** The unit and all above it. */
export async function pathOf(ctx: JobCtx, unitId: Id): Promise<Id[]> {
  return [unitId, ...(await ctx.units.above(unitId)).map((one) => one.id)];
}

/** Whether a row is of the call's unit or of one that is below it today: its path begins with whose it is, and goes on as the units stood then. */
export const isHere = async (ctx: JobCtx, [unitId = ""]: readonly Id[]): Promise<boolean> =>
  (await pathOf(ctx, unitId)).includes(ctx.unit.id);

export async function openCharge(ctx: JobCtx, caseId: Id): Promise<Charge | undefined> {
  const [found] = await ctx.db
    .select()
    .from(charges)
    .where(and(eq(charges.caseId, caseId), isNull(charges.endedAt)));
  return found;
}

/** The petition was taken: what an earlier leader handed over goes on with its plan. Known before, nothing changes. */
export async function begin(ctx: JobCtx, caseId: Id, path: Id[], takenAt: string): Promise<Charge> {
  const [last] = await ctx.db
    .select()
    .from(charges)
    .where(eq(charges.caseId, caseId))
    .orderBy(desc(charges.takenAt))
    .limit(1);
  if (last?.outcome === "handedOver")
    await ctx.db
      .update(charges)
      .set({ path, takenAt, endedAt: null, outcome: null, leaderId: null })
      .where(and(eq(charges.id, last.id), eq(charges.outcome, "handedOver")));
  else await ctx.db.insert(charges).values({ id: ctx.newId(), caseId, path, takenAt }).onConflictDoNothing();
  const begun = await openCharge(ctx, caseId);
  if (!begun) throw refuse("notFound");
  return begun;
}

/**
 * What the asker himself has taken, by the kernel's word. Where the event has not come yet, or the module was off then, it
 * begins here.
 *
 * @throws refusal `notFound`, `notYours`
 */
export async function ownCharge(ctx: LeadCtx, caseId: Id): Promise<Charge> {
  const petition = await seen(ctx, caseId);
  if (!petition) throw refuse("notFound");
  const taken = (await ctx.cases.charges()).find((one) => one.caseId === caseId);
  if (!taken) throw refuse("notYours");
  const found =
    (await openCharge(ctx, caseId)) ?? (await begin(ctx, caseId, await pathOf(ctx, petition.holder.id), taken.takenAt));
  const leaderId = meOf(ctx);
  if (found.leaderId !== leaderId) await ctx.db.update(charges).set({ leaderId }).where(eq(charges.id, found.id));
  return { ...found, leaderId };
}
