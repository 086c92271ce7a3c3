import { type CaseEventType, DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { CaseEvent, Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq, inArray } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { matters, openStates } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type WatchCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Heard = CaseEvent<CaseEventType>;
export type Matter = typeof matters.$inferSelect;

/** Which side of a matter somebody is on at the call's unit. */
export type Side = "above" | "unit";

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: WatchCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const todayOf = ({ now, unit }: Pick<JobCtx, "now" | "unit">): string => dayOf(now, unit.timeZone);

/** The petition as the asker may see it; accusations are nobody's here. */
export async function seen(ctx: WatchCtx, caseId: Id) {
  const found = await ctx.cases.get(caseId);
  return found?.category === "accusation" ? null : found;
}

/** The petition of a matter; `null` for a way in that went quiet. */
export const caseOf = ({ aboutId, channel }: Pick<Matter, "aboutId" | "channel">): Id | null =>
  channel === null ? aboutId : null;

async function isSeen(ctx: WatchCtx, matter: Matter): Promise<boolean> {
  const caseId = caseOf(matter);
  return caseId === null || (await seen(ctx, caseId)) !== null;
}

/** A matter on one side of which the call's unit is, and whose petition the asker may see. @throws refusal `notFound` */
export async function matterOf(ctx: WatchCtx, matterId: Id, side: Side): Promise<Matter> {
  const [matter] = await ctx.db.select().from(matters).where(eq(matters.id, matterId));
  const here = side === "unit" ? [ctx.unit.id] : await ctx.units.within(ctx.unit.id);
  if (!(matter && here.includes(matter.unitId) && (await isSeen(ctx, matter)))) throw refuse("notFound");
  return matter;
}

/** The open matter of a petition. */
export async function openMatter(ctx: JobCtx, caseId: Id): Promise<Matter | undefined> {
  const [found] = await ctx.db
    .select()
    .from(matters)
    .where(and(eq(matters.aboutId, caseId), inArray(matters.state, openStates)));
  return found;
}

/** Changes a matter that nobody has moved on meanwhile. @throws refusal `state` */
export async function move(ctx: JobCtx, matter: Matter, to: Partial<Matter>): Promise<void> {
  const moved = await ctx.db
    .update(matters)
    .set(to)
    .where(
      and(
        eq(matters.id, matter.id),
        eq(matters.state, matter.state),
        matter.rung === null ? undefined : eq(matters.rung, matter.rung),
      ),
    )
    .returning({ id: matters.id });
  if (moved.length === 0) throw refuse("state");
}

/** Does all of it or nothing. */
export const together = <C extends JobCtx, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> =>
  ctx.db.transaction((tx) => work({ ...ctx, db: tx as unknown as C["db"] }));
