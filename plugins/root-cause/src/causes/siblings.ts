import { DoorstepError, type Id, type Unit } from "@doorstep/sdk";
import { and, eq, isNull } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { asks } from "../schema.ts";
import { type CauseCtx, causeHere, meOf, todayOf } from "./cause-ctx.ts";

/** Units beside the call's unit, and those right below it. */
export async function siblingsOf(ctx: CauseCtx): Promise<readonly Unit[]> {
  const [above] = await ctx.units.above(ctx.unit.id);
  const beside = above ? await ctx.units.children(above.id) : [];
  const below = await ctx.units.children(ctx.unit.id);
  return [...beside.filter((one) => one.id !== ctx.unit.id), ...below];
}

/**
 * Asks other units whether they have the same cause (举一反三). Each is asked once, however often this is sent.
 *
 * @throws refusal `notFound`, `elsewhere`, `state` before the cause is known, `siblings`, `past`
 */
export async function ask(
  ctx: CauseCtx,
  causeId: Id,
  { unitIds, dueOn }: { readonly unitIds: readonly Id[]; readonly dueOn: string },
): Promise<void> {
  const cause = await causeHere(ctx, causeId);
  if (cause.state === "dropped" || (cause.state === "open" && cause.round === 1)) throw refuse("state");
  if (dueOn < todayOf(ctx)) throw refuse("past");
  const may = new Set((await siblingsOf(ctx)).map((one) => one.id));
  if (unitIds.some((one) => !may.has(one))) throw refuse("siblings");
  await ctx.db
    .insert(asks)
    .values(
      unitIds.map((unitId) => ({
        ...{ id: ctx.newId(), causeId, unitId, dueOn },
        ...{ askedBy: meOf(ctx), askedAt: ctx.now },
      })),
    )
    .onConflictDoNothing();
}

/** The call's unit says whether it has the same. @throws refusal `notFound`; `state` where it was answered otherwise */
export async function answer(
  ctx: CauseCtx,
  askId: Id,
  { found, words }: { readonly found: boolean; readonly words: string },
): Promise<void> {
  const here = and(eq(asks.id, askId), eq(asks.unitId, ctx.unit.id));
  const [written] = await ctx.db
    .update(asks)
    .set({ found, words, answeredBy: meOf(ctx), answeredAt: ctx.now })
    .where(and(here, isNull(asks.answeredAt)))
    .returning({ taskId: asks.taskId });
  if (!written) {
    const [known] = await ctx.db.select().from(asks).where(here);
    if (!known) throw refuse("notFound");
    if (known.found !== found || known.words !== words) throw refuse("state");
    return;
  }
  if (written.taskId === null) return;
  try {
    await ctx.tasks.end(written.taskId, { done: true, result: "已答复 Answered" });
  } catch (error) {
    // it is somebody else's: he ends it at his own desk
    if (!(error instanceof DoorstepError)) throw error;
  }
}
