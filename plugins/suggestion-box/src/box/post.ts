import { and, eq, gte } from "drizzle-orm";
import { type BoxCtx, keep, kept, type Suggestion, type Words } from "../box-ctx.ts";
import { hashOf, newCode } from "../codes.ts";
import { refuse } from "../refusals.ts";
import { suggestions } from "../schema.ts";

const DAY_MS = 86_400_000;

export interface Posting extends Omit<Words, "code" | "locale"> {
  readonly key: string;
  readonly mayShow: boolean;
}

async function postedBefore(ctx: BoxCtx, key: string): Promise<string | null> {
  const [before] = await ctx.db.select().from(suggestions).where(eq(suggestions.key, key));
  if (!before) return null;
  const words = await kept<Words>(ctx, before.wordsFile);
  if (!words) throw refuse("notFound");
  return words.code;
}

/**
 * Puts it into the box. Nothing says which account wrote it: the code that is shown once opens it again.
 *
 * @throws refusal `named`, `full`
 */
export async function post(ctx: BoxCtx, { key, mayShow, ...words }: Posting): Promise<{ readonly code: string }> {
  const before = await postedBefore(ctx, key);
  if (before !== null) return { code: before };
  if (words.person === null && !ctx.settings.anonymous) throw refuse("named");
  const since = new Date(Date.parse(ctx.now) - DAY_MS).toISOString();
  const today = and(eq(suggestions.unitId, ctx.unit.id), gte(suggestions.at, since));
  if ((await ctx.db.$count(suggestions, today)) >= ctx.settings.mostPerDay) throw refuse("full");
  const code = newCode();
  const path = [ctx.unit.id, ...(await ctx.units.above(ctx.unit.id)).map((one) => one.id)];
  const whole: Words = {
    ...words,
    credit: words.credit && words.person !== null,
    code,
    locale: ctx.user?.locale ?? "zh-CN",
  };
  const wordsFile = await keep(ctx, whole);
  const made = await ctx.db
    .insert(suggestions)
    .values({
      ...{ id: ctx.newId(), unitId: ctx.unit.id, path, key, codeHash: hashOf(code), state: "new" as const },
      ...{ wordsFile, mayShow, at: ctx.now },
    })
    .onConflictDoNothing({ target: suggestions.key })
    .returning({ id: suggestions.id });
  if (made.length > 0) return { code };
  await ctx.files.remove(wordsFile);
  return { code: (await postedBefore(ctx, key)) ?? code };
}

/** Nothing of it stays. */
export async function forget(
  ctx: Pick<BoxCtx, "db" | "files">,
  gone: readonly Pick<Suggestion, "id" | "wordsFile" | "codeFile">[],
): Promise<void> {
  for (const { id, wordsFile, codeFile } of gone) {
    await ctx.db.delete(suggestions).where(eq(suggestions.id, id));
    for (const file of [wordsFile, codeFile]) if (file !== null) await ctx.files.remove(file);
  }
}
