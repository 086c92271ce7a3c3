import { DoorstepError } from "@doorstep/sdk";
import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { letters, postings } from "../schema.ts";
import { isWhole, type Letter, type LetterCtx, pagesOf, waitingLetter } from "./letter-ctx.ts";

/** `2026-0007`, the number of the unit's own book of letters. */
const bookNo = ({ year, no }: Letter): string => `${year}-${String(no).padStart(4, "0")}`;

const shown = (letter: Letter) => ({
  letterId: letter.id,
  no: bookNo(letter),
  receivedOn: letter.receivedOn,
  postedOn: letter.postedOn,
});

const RECENT = 20;

/** Letters that wait, oldest first, and the last ones that were registered, as far as the reader may see their petitions. */
export async function listLetters(ctx: LetterCtx) {
  const here = eq(letters.unitId, ctx.unit.id);
  const waiting = await ctx.db
    .select()
    .from(letters)
    .where(and(here, isNull(letters.filedAt)))
    .orderBy(letters.receivedOn, letters.year, letters.no)
    .limit(200);
  const recent = await ctx.db
    .select()
    .from(letters)
    .where(and(here, isNotNull(letters.caseId)))
    .orderBy(desc(letters.filedAt))
    .limit(RECENT);
  const filed = await Promise.all(
    recent.map(async (letter) => {
      const petition = letter.caseId === null ? null : await ctx.cases.get(letter.caseId);
      return petition ? [{ ...shown(letter), caseNo: petition.caseNo, title: petition.title }] : [];
    }),
  );
  return {
    waiting: await Promise.all(
      waiting.map(async (letter) => {
        const all = await pagesOf(ctx, letter.id);
        return { ...shown(letter), pages: all.length, whole: all.every(isWhole) };
      }),
    ),
    filed: filed.flat(),
  };
}

export async function readLetter(ctx: LetterCtx, letterId: string) {
  const letter = await waitingLetter(ctx, letterId);
  const all = await pagesOf(ctx, letterId);
  return {
    ...shown(letter),
    pages: all.map((page) => ({ pageId: page.id, kind: page.kind, type: page.type, whole: isWhole(page) })),
  };
}

/** How a petition came and what was posted to the petitioner, for whoever sees the petition. */
export async function letterOfCase(ctx: LetterCtx, caseId: string) {
  if ((await ctx.cases.get(caseId)) === null) throw new DoorstepError("case.notFound");
  const [letter] = await ctx.db.select().from(letters).where(eq(letters.caseId, caseId));
  const posted = await ctx.db.select().from(postings).where(eq(postings.caseId, caseId)).orderBy(desc(postings.at));
  return {
    letter: letter ? { ...shown(letter), pages: (await pagesOf(ctx, letter.id)).length } : null,
    postings: posted.map(({ id, postedOn, tracking }) => ({ postingId: id, postedOn, tracking })),
  };
}
