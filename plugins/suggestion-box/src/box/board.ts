import type { Id } from "@doorstep/sdk";
import { and, count, desc, eq, inArray, isNotNull } from "drizzle-orm";
import { accountOf, atOnce, type BoxCtx, suggestionOf, supportsShown } from "../box-ctx.ts";
import { refuse } from "../refusals.ts";
import { answers, suggestions, supports } from "../schema.ts";

const SHOWN = 200;

/** What everybody reads: suggestions whose authors agree, and what came of earlier ones. Never who wrote or supports them. */
export async function board(ctx: BoxCtx) {
  const rows = await ctx.db
    .select()
    .from(suggestions)
    .where(
      and(
        eq(suggestions.unitId, ctx.unit.id),
        inArray(suggestions.state, ["shown", "filed"]),
        isNotNull(suggestions.boardTitle),
      ),
    )
    .orderBy(desc(suggestions.id))
    .limit(SHOWN);
  const mine = ctx.user ? await supportedBy(ctx, ctx.user.id) : new Set<Id>();
  const done = await ctx.db
    .select()
    .from(answers)
    .where(and(eq(answers.unitId, ctx.unit.id), eq(answers.open, true)))
    .orderBy(desc(answers.answeredAt), answers.id)
    .limit(SHOWN);
  return {
    anonymous: ctx.settings.anonymous,
    open: rows.map((one) => ({
      id: one.id,
      title: one.boardTitle ?? "",
      text: one.boardText ?? "",
      studied: one.state === "filed",
      supports: supportsShown(one.supports),
      mine: mine.has(one.id),
    })),
    answered: done.map((one) => ({
      id: one.id,
      title: one.title,
      outcome: one.outcome,
      words: one.words,
      credits: one.credits,
      supports: supportsShown(one.supports),
      at: one.answeredAt,
    })),
  };
}

async function supportedBy(ctx: BoxCtx, accountId: Id): Promise<ReadonlySet<Id>> {
  const rows = await ctx.db
    .select({ id: supports.suggestionId })
    .from(supports)
    .where(eq(supports.accountId, accountId));
  return new Set(rows.map((row) => row.id));
}

/** "Me too", once an account, or no longer. @throws refusal `notFound`, `notOnBoard` */
export async function support(ctx: BoxCtx, suggestionId: Id, yes: boolean): Promise<void> {
  const accountId = accountOf(ctx);
  await suggestionOf(ctx, suggestionId);
  await atOnce(ctx, async (db) => {
    const [one] = await db.select().from(suggestions).where(eq(suggestions.id, suggestionId)).for("update");
    if (!one?.boardTitle || (one.state !== "shown" && one.state !== "filed")) throw refuse("notOnBoard");
    if (yes) await db.insert(supports).values({ suggestionId, accountId }).onConflictDoNothing();
    else
      await db.delete(supports).where(and(eq(supports.suggestionId, suggestionId), eq(supports.accountId, accountId)));
    const [total] = await db.select({ count: count() }).from(supports).where(eq(supports.suggestionId, suggestionId));
    await db
      .update(suggestions)
      .set({ supports: total?.count ?? 0 })
      .where(eq(suggestions.id, suggestionId));
  });
}
