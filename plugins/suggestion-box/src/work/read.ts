import type { Id, State } from "@doorstep/sdk";
import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import {
  type BoxCtx,
  isHere,
  kept,
  type Suggestion,
  suggestionOf,
  supportsShown,
  type Words,
  wordsOf,
} from "../box-ctx.ts";
import { suggestions } from "../schema.ts";

const SHOWN = 300;

const titleOf = async (ctx: BoxCtx, one: Suggestion): Promise<string> =>
  one.boardTitle ?? (await kept<Words>(ctx, one.wordsFile))?.title ?? "";

/** What waits to be sorted, what stands on the board, and what is studied; of several in one petition the first. */
export async function box(ctx: BoxCtx) {
  const rows = await ctx.db
    .select()
    .from(suggestions)
    .where(and(await isHere(ctx), inArray(suggestions.state, ["new", "shown", "filed"])))
    .orderBy(suggestions.id)
    .limit(SHOWN);
  const seen = await Promise.all(
    rows
      .filter((one) => one.state !== "filed" || one.leadId === one.id)
      .map(async (one) => {
        const petition = one.caseId && (await ctx.cases.get(one.caseId));
        if (one.caseId && !petition) return null;
        return {
          ...{ suggestionId: one.id, state: one.state, at: one.at, mayShow: one.mayShow },
          ...{ title: await titleOf(ctx, one), supports: supportsShown(one.supports) },
          caseNo: petition ? petition.caseNo : null,
          replied: petition ? isReplied(petition.state) : false,
        };
      }),
  );
  return seen.filter((one) => one !== null);
}

const underWay: readonly State[] = ["received", "registered", "routed", "accepted", "inHandling"];
/** Whether it has its reply, or ended otherwise. */
export const isReplied = (state: State): boolean => !underWay.includes(state);

/** One with its words. Who wrote it is the vault's, once it is filed; only the name that is to stand with the answer is shown. */
export async function one(ctx: BoxCtx, id: Id) {
  const found = await suggestionOf(ctx, id);
  const words = await wordsOf(ctx, found);
  const petition = found.caseId ? await ctx.cases.get(found.caseId) : null;
  return {
    ...{ id: found.id, state: found.state, at: found.at, mayShow: found.mayShow },
    ...{ title: words.title, body: words.body, byName: words.person !== null },
    credit: words.credit ? (words.person?.name ?? null) : null,
    board: found.boardTitle === null ? null : { title: found.boardTitle, text: found.boardText ?? "" },
    supports: supportsShown(found.supports),
    caseNo: petition?.caseNo ?? null,
    replied: petition ? isReplied(petition.state) : false,
    others: found.state === "new" || found.state === "shown" ? await others(ctx, found) : [],
  };
}

/** What may be studied together with it. */
async function others(ctx: BoxCtx, than: Suggestion) {
  const rows = await ctx.db
    .select()
    .from(suggestions)
    .where(
      and(
        eq(suggestions.unitId, than.unitId),
        inArray(suggestions.state, ["new", "shown"]),
        isNull(suggestions.leadId),
        ne(suggestions.id, than.id),
      ),
    )
    .orderBy(suggestions.id)
    .limit(SHOWN);
  return Promise.all(rows.map(async (row) => ({ id: row.id, title: await titleOf(ctx, row) })));
}

/** Those that are studied in one petition. */
export const ofCase = (ctx: Pick<BoxCtx, "db">, caseId: Id): Promise<Suggestion[]> =>
  ctx.db.select().from(suggestions).where(eq(suggestions.caseId, caseId)).orderBy(suggestions.id);
