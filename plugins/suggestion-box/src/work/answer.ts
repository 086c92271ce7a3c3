import type { Id } from "@doorstep/sdk";
import { inArray } from "drizzle-orm";
import { atOnce, type BoxCtx, kept, suggestionOf, type Words } from "../box-ctx.ts";
import type { Outcome } from "../outcomes.ts";
import { refuse } from "../refusals.ts";
import { answers, suggestions, supports } from "../schema.ts";
import { isReplied, ofCase } from "./read.ts";

export interface Answer {
  readonly id: Id;
  readonly title: string;
  readonly outcome: Outcome;
  readonly words: string;
}

/**
 * Says what came of it, once the petition has its reply: on the board where somebody who wrote it agrees, else only to those
 * who wrote it. Words, names and who supported it are forgotten then.
 *
 * @throws refusal `notFound`, `notReplied`, `state`
 */
export async function answer(ctx: BoxCtx, { id, ...given }: Answer): Promise<void> {
  const { caseId, unitId } = await suggestionOf(ctx, id);
  const petition = caseId && (await ctx.cases.get(caseId));
  if (!petition) throw refuse("notFound");
  if (!isReplied(petition.state)) throw refuse("notReplied");
  const all = await ofCase(ctx, petition.caseId);
  const open = all.some((one) => one.mayShow);
  const credits = open ? await creditsOf(ctx, all) : [];
  const ids = all.map((one) => one.id);
  await atOnce(ctx, async (db) => {
    const made = await db
      .insert(answers)
      .values({
        ...{ ...given, id: ctx.newId(), caseId: petition.caseId, unitId, open, credits },
        ...{ supports: all.reduce((sum, one) => sum + one.supports, 0), answeredAt: ctx.now },
      })
      .onConflictDoNothing({ target: answers.caseId })
      .returning({ id: answers.id });
    if (made.length === 0) throw refuse("state");
    await db.delete(supports).where(inArray(supports.suggestionId, ids));
    await db
      .update(suggestions)
      .set({ state: "answered", endedAt: ctx.now, wordsFile: null, boardTitle: null, boardText: null })
      .where(inArray(suggestions.id, ids));
  });
  for (const { wordsFile } of all) if (wordsFile) await ctx.files.remove(wordsFile);
}

/** Who wishes to be named, and agrees that it is read by others. */
async function creditsOf(ctx: BoxCtx, all: Awaited<ReturnType<typeof ofCase>>): Promise<string[]> {
  const words = await Promise.all(all.filter((one) => one.mayShow).map((one) => kept<Words>(ctx, one.wordsFile)));
  return [...new Set(words.flatMap((one) => (one?.credit && one.person ? [one.person.name] : [])))];
}
