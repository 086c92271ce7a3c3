import { type CaseBrief, DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { causes, rounds } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type CauseCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Cause = typeof causes.$inferSelect;
export type Round = typeof rounds.$inferSelect;

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: CauseCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const dayAt = ({ unit }: Pick<JobCtx, "unit">, at: string): string => dayOf(at, unit.timeZone);
export const todayOf = (ctx: Pick<JobCtx, "now" | "unit">): string => dayAt(ctx, ctx.now);

/** The petition as the asker may see it; accusations are nobody's here. */
export async function seen(ctx: CauseCtx, caseId: Id): Promise<CaseBrief | null> {
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

/** A root cause that the call's unit works on. @throws refusal `notFound`, `elsewhere` */
export async function causeHere(ctx: CauseCtx, causeId: Id): Promise<Cause> {
  const [cause] = await ctx.db.select().from(causes).where(eq(causes.id, causeId));
  if (!(cause && (await isHere(ctx, cause.path)))) throw refuse("notFound");
  if (cause.unitId !== ctx.unit.id) throw refuse("elsewhere");
  return cause;
}

export async function roundOf(ctx: JobCtx, cause: Cause): Promise<Round | undefined> {
  const [found] = await ctx.db
    .select()
    .from(rounds)
    .where(and(eq(rounds.causeId, cause.id), eq(rounds.no, cause.round)));
  return found;
}

/** Changes a cause that nobody has moved on meanwhile. @throws refusal `state` */
export async function move(ctx: JobCtx, cause: Cause, to: Partial<Cause>): Promise<void> {
  const moved = await ctx.db
    .update(causes)
    .set(to)
    .where(and(eq(causes.id, cause.id), eq(causes.state, cause.state), eq(causes.round, cause.round)))
    .returning({ id: causes.id });
  if (moved.length === 0) throw refuse("state");
}

/** Does all of it or nothing. */
export const together = <C extends JobCtx, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> =>
  ctx.db.transaction((tx) => work({ ...ctx, db: tx as unknown as C["db"] }));
