import { type CaseBrief, DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { affairs } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type AffairCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Affair = typeof affairs.$inferSelect;

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: AffairCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const todayOf = ({ now, unit }: Pick<JobCtx, "now" | "unit">): string => dayOf(now, unit.timeZone);

/** The petition as the asker may see it; accusations are nobody's here. */
export async function seen(ctx: AffairCtx, caseId: Id): Promise<CaseBrief | null> {
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

/** An affair of the call's unit or below, at a petition the asker may see. @throws refusal `notFound` */
export async function affairOf(ctx: AffairCtx, affairId: Id): Promise<Affair> {
  const [found] = await ctx.db.select().from(affairs).where(eq(affairs.id, affairId));
  if (!(found && (await isHere(ctx, found.path)) && (await seen(ctx, found.caseId)))) throw refuse("notFound");
  return found;
}

/** One that goes on. @throws refusal `notFound`, `state` */
export async function openAffair(ctx: AffairCtx, affairId: Id): Promise<Affair> {
  const found = await affairOf(ctx, affairId);
  if (found.state !== "open") throw refuse("state");
  return found;
}

/** Changes an open affair that nobody has moved on meanwhile. @throws refusal `state` */
export async function move(db: JobCtx["db"], one: Affair, to: Partial<Affair>): Promise<void> {
  const moved = await db
    .update(affairs)
    .set(to)
    .where(and(eq(affairs.id, one.id), eq(affairs.state, "open"), eq(affairs.round, one.round)))
    .returning({ id: affairs.id });
  if (moved.length === 0) throw refuse("state");
}

/** The reasons for which the platform refused something. */
export const codesOf = (error: unknown): readonly string[] =>
  error instanceof DoorstepError ? [error.code, ...error.reasons.map((one) => one.code)] : [];
