import type { CaseBrief, Id } from "@doorstep/sdk";
import { and, asc, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { affairs, letters, words } from "../schema.ts";
import { type Affair, type AffairCtx, affairOf, isHere, meOf, seen, todayOf } from "./affair-ctx.ts";
import { ownConsent } from "./consent.ts";

/** As much as a page holds; what is left comes when these are done. */
const MOST = 100;

async function shown(ctx: AffairCtx, one: Affair, petition: CaseBrief) {
  const sent = await ctx.db.select().from(letters).where(eq(letters.affairId, one.id)).orderBy(asc(letters.writtenAt));
  const told = await ctx.db.select().from(words).where(eq(words.affairId, one.id)).orderBy(asc(words.saidAt));
  const [helper] = await ctx.people.ofUnit({ ids: [one.helperId] });
  const isOpen = one.state === "open";
  return {
    ...{ affairId: one.id, caseId: one.caseId, state: one.state, helper: helper?.name ?? null },
    ...{ caseNo: petition.caseNo, title: petition.title, holder: petition.holder.name },
    openedAt: new Date(one.openedAt).toISOString(),
    nextOn: isOpen ? one.nextOn : null,
    isDue: isOpen && one.nextOn <= todayOf(ctx),
    mine: one.helperId === meOf(ctx),
    mayAct: isOpen && ctx.can("help") && (await isHere(ctx, one.path)),
    consent: await ownConsent(ctx, one.caseId),
    letters: sent.map(({ id: letterId, office, facts, request, wishedOn, agreedOn, agreedBy, state, ...more }) => ({
      ...{ letterId, office, facts, request, wishedOn, agreedOn, agreedBy, state },
      ...{ number: more.number, sentOn: more.sentOn, answer: more.answer, answeredOn: more.answeredOn },
    })),
    told: told.map(({ said, saidAt }) => ({ said, at: new Date(saidAt).toISOString() })),
  };
}

async function all(ctx: AffairCtx, rows: readonly Affair[]) {
  const found = await Promise.all(
    rows.map(async (row) => {
      const petition = await seen(ctx, row.caseId);
      return petition ? [await shown(ctx, row, petition)] : [];
    }),
  );
  return found.flat();
}

/** Beside the petition, newest first. */
export async function ofCase(ctx: AffairCtx, caseId: Id) {
  const rows = await ctx.db
    .select()
    .from(affairs)
    .where(eq(affairs.caseId, caseId))
    .orderBy(desc(affairs.openedAt))
    .limit(MOST);
  return await all(ctx, rows);
}

export async function oneAffair(ctx: AffairCtx, affairId: Id) {
  const [found] = await all(ctx, [await affairOf(ctx, affairId)]);
  return found;
}

/** Those of the unit and below: open ones by the day of the next word, or those that are over. */
export async function ofUnit(ctx: AffairCtx, over: boolean) {
  const rows = await ctx.db
    .select()
    .from(affairs)
    .where(
      and(
        inArray(sql`${affairs.path}[1]`, await ctx.units.within(ctx.unit.id)),
        over ? ne(affairs.state, "open") : eq(affairs.state, "open"),
      ),
    )
    .orderBy(...(over ? [desc(affairs.openedAt)] : [asc(affairs.nextOn), asc(affairs.id)]))
    .limit(MOST);
  return await all(ctx, rows);
}
