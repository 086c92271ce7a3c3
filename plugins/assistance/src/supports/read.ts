import { addDays, type CaseBrief, type Id } from "@doorstep/sdk";
import { and, asc, desc, eq, gte, inArray, lt, ne, sql } from "drizzle-orm";
import { type Kind, kinds } from "../kinds.ts";
import { answers, supports } from "../schema.ts";
import { meOf, type Support, type SupportCtx, seen, supportOf, todayOf } from "./support-ctx.ts";

/** As much as a page holds; what is left comes when these are done. */
const MOST = 200;
const A_YEARS_MOST = 1_000;

interface Seen {
  readonly one: Support;
  readonly petition: CaseBrief;
}

/** Those whose petition the asker may see: each petition is asked for once. */
async function visible(ctx: SupportCtx, rows: readonly Support[]): Promise<readonly Seen[]> {
  const briefs = new Map<Id, CaseBrief>();
  for (const caseId of new Set(rows.map((one) => one.caseId))) {
    const petition = await seen(ctx, caseId);
    if (petition) briefs.set(caseId, petition);
  }
  return rows.flatMap((one) => {
    const petition = briefs.get(one.caseId);
    return petition ? [{ one, petition }] : [];
  });
}

async function shown(ctx: SupportCtx, rows: readonly Seen[]) {
  const ids = rows.map(({ one }) => one.id);
  const said =
    ids.length === 0
      ? []
      : await ctx.db.select().from(answers).where(inArray(answers.supportId, ids)).orderBy(asc(answers.answeredAt));
  const today = todayOf(ctx);
  const here = await ctx.units.within(ctx.unit.id);
  return rows.map(({ one, petition }) => {
    const isOpen = one.state === "open";
    const mayAct = isOpen && here.includes(one.followPath[0] ?? "") && ctx.can("record");
    const { kind, found, given, office, givenOn, state, withdrawnWhy } = one;
    return {
      ...{ supportId: one.id, kind, found, given, office, givenOn, state, withdrawnWhy },
      ...{ caseNo: petition.caseNo, title: petition.title, holder: petition.holder.name },
      followOn: isOpen ? one.followOn : null,
      isDue: isOpen && one.followOn <= today,
      mayAnswer: mayAct,
      mayWithdraw: mayAct && one.recordedBy === meOf(ctx),
      answers: said
        .filter((each) => each.supportId === one.id)
        .map(({ holds, words, againOn, answeredAt }) => ({
          ...{ holds, words, againOn, at: new Date(answeredAt).toISOString() },
        })),
    };
  });
}

/** Beside the petition, oldest first. */
export async function ofCase(ctx: SupportCtx, caseId: Id) {
  const rows = await ctx.db
    .select()
    .from(supports)
    .where(eq(supports.caseId, caseId))
    .orderBy(asc(supports.recordedAt), asc(supports.id))
    .limit(MOST);
  return await shown(ctx, await visible(ctx, rows));
}

export async function oneSupport(ctx: SupportCtx, supportId: Id) {
  const [found] = await shown(ctx, await visible(ctx, [await supportOf(ctx, supportId)]));
  return found;
}

/** What is to be followed up here or below, the nearest day first. */
export async function toFollowUp(ctx: SupportCtx) {
  const rows = await ctx.db
    .select()
    .from(supports)
    .where(
      and(eq(supports.state, "open"), inArray(sql`${supports.followPath}[1]`, await ctx.units.within(ctx.unit.id))),
    )
    .orderBy(asc(supports.followOn), asc(supports.id))
    .limit(MOST);
  return await shown(ctx, await visible(ctx, rows));
}

const monthOf = (day: string): string => day.slice(0, 7);
const firstOf = (month: string): string => `${month}-01`;
const after = (month: string): string => monthOf(addDays(firstOf(month), 31));

/** The twelve months that end with this one. */
function monthsTo(month: string): readonly string[] {
  const months = [month];
  while (months.length < 12) months.unshift(monthOf(addDays(firstOf(months[0] ?? month), -1)));
  return months;
}

/**
 * What was given here or below: how often, by month and kind, and the help of one month. Never by person; it counts
 * petitions the asker may see, so that no figure tells of another.
 */
export async function register(ctx: SupportCtx, month = monthOf(todayOf(ctx))) {
  const months = monthsTo(month);
  const rows = await ctx.db
    .select()
    .from(supports)
    .where(
      and(
        inArray(sql`${supports.path}[1]`, await ctx.units.within(ctx.unit.id)),
        ne(supports.state, "withdrawn"),
        gte(supports.givenOn, firstOf(months[0] ?? month)),
        lt(supports.givenOn, firstOf(after(month))),
      ),
    )
    .orderBy(desc(supports.givenOn), asc(supports.id))
    .limit(A_YEARS_MOST);
  const mine = await visible(ctx, rows);
  const countOf = (during: string, kind: Kind): number =>
    mine.filter(({ one }) => one.kind === kind && monthOf(one.givenOn) === during).length;
  return {
    months: months.map((one) => ({
      month: one,
      counts: Object.fromEntries(kinds.map((kind) => [kind, countOf(one, kind)])) as Record<Kind, number>,
    })),
    month,
    given: await shown(
      ctx,
      mine.filter(({ one }) => monthOf(one.givenOn) === month),
    ),
  };
}
