import { and, eq, inArray, isNull } from "drizzle-orm";
import { atOnce, type BoxCtx, kept, ownBy, supportsShown, type Words } from "../box-ctx.ts";
import { refuse } from "../refusals.ts";
import { answers, suggestions } from "../schema.ts";

/** What whoever wrote it sees by his code: where it stands, and what came of it. */
export async function own(ctx: BoxCtx, code: string) {
  const one = await ownBy(ctx, code);
  const words = await kept<Words>(ctx, one.wordsFile);
  const [answer] = one.caseId ? await ctx.db.select().from(answers).where(eq(answers.caseId, one.caseId)) : [];
  return {
    state: one.state,
    at: one.at,
    onBoard: one.boardTitle !== null,
    supports: supportsShown(one.supports),
    words: words && { title: words.title, body: words.body },
    mayTakeBack: one.leadId === null && (one.state === "new" || one.state === "shown"),
    /** to be written down: it opens the petition under "track" */
    petition: await kept<{ readonly returnCode: string }>(ctx, one.codeFile),
    answer: answer ? { outcome: answer.outcome, words: answer.words } : null,
  };
}

/** Whoever wrote it has the code of the petition: it is kept here no longer. */
export async function wroteDown(ctx: BoxCtx, code: string): Promise<void> {
  const { id, codeFile } = await ownBy(ctx, code);
  if (codeFile === null) return;
  await ctx.db.update(suggestions).set({ codeFile: null }).where(eq(suggestions.id, id));
  await ctx.files.remove(codeFile);
}

/** Takes it back as long as nothing is studied. @throws refusal `state` */
export async function takeBack(ctx: BoxCtx, code: string): Promise<void> {
  const one = await ownBy(ctx, code);
  const open = inArray(suggestions.state, ["new", "shown"]);
  const gone = await atOnce(ctx, (db) =>
    db
      .delete(suggestions)
      .where(and(eq(suggestions.id, one.id), open, isNull(suggestions.leadId)))
      .returning(),
  );
  if (gone.length === 0) throw refuse("state");
  if (one.wordsFile) await ctx.files.remove(one.wordsFile);
}
