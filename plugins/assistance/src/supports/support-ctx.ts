import { type CaseBrief, DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { supports } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type SupportCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Support = typeof supports.$inferSelect;

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: SupportCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const todayOf = ({ now, unit }: Pick<JobCtx, "now" | "unit">): string => dayOf(now, unit.timeZone);

/** The petition as the asker may see it; accusations are nobody's here. */
export async function seen(ctx: SupportCtx, caseId: Id): Promise<CaseBrief | null> {
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

/** Help that the call's unit follows up, at a petition the asker may see. @throws refusal `notFound` */
export async function supportOf(ctx: SupportCtx, supportId: Id): Promise<Support> {
  const [found] = await ctx.db.select().from(supports).where(eq(supports.id, supportId));
  if (!(found && (await isHere(ctx, found.followPath)) && (await seen(ctx, found.caseId)))) throw refuse("notFound");
  return found;
}

/** Changes help that nobody has moved on meanwhile. @throws refusal `state` */
export async function move(db: JobCtx["db"], one: Support, to: Partial<Support>): Promise<void> {
  const moved = await db
    .update(supports)
    .set(to)
    .where(and(eq(supports.id, one.id), eq(supports.state, "open"), eq(supports.round, one.round)))
    .returning({ id: supports.id });
  if (moved.length === 0) throw refuse("state");
}
