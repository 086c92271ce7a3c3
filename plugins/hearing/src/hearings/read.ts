import type { Id } from "@doorstep/sdk";
import { and, asc, desc, eq, inArray, notInArray, sql } from "drizzle-orm";
import { openStates } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { hearings, seats } from "../schema.ts";
import { type Hearing, type HearingCtx, isHere, meOf, mySeat, ownOf, seatsOf, seen, todayOf } from "./hearing-ctx.ts";
import { attendantsOf, isInTime } from "./record.ts";
import { recusalsOf } from "./recusal.ts";
import { isTimeToReplace } from "./replace.ts";

const MOST = 100;
/** What is still to be done, then what is over, the newest first. */
const openFirst = [desc(inArray(hearings.state, openStates)), desc(hearings.askedAt), desc(hearings.id)];

/** What everybody with a part in it reads: when, where, who sits. */
async function settingOf(ctx: HearingCtx, one: Hearing) {
  const panel = await seatsOf(ctx, one.id);
  const { id: hearingId, state, askedBy, subject, hearingOn, startsAt, place, open, attendants, noticedOn } = one;
  return {
    ...{ hearingId, state, askedBy, subject, hearingOn, startsAt, place, open, attendants, noticedOn },
    ...{ noticeNo: one.noticeNo, conclusion: one.conclusion, votesFor: one.votesFor, votesAgainst: one.votesAgainst },
    ...{ reason: one.reason, wish: one.wish, ground: one.ground, concludedOn: one.concludedOn },
    panel: panel.map(({ personId, name, chair, left }) => ({
      ...{ personId, name, chair, left },
      replaced: panel.some((each) => each.replaces === personId),
    })),
  };
}

/** The record with how each who was there stands to it; nobody's signature. */
async function recordOf(ctx: HearingCtx, one: Hearing) {
  const there = await attendantsOf(ctx, one.id);
  const names = new Map((await seatsOf(ctx, one.id)).map((seat) => [seat.personId, seat.name]));
  return {
    record: one.record,
    there: there.map(({ id, kind, personId, part, signedAt, correction, declined }) => ({
      ...{ attendantId: id, kind, part: part ?? (personId && names.get(personId)) ?? null },
      ...{ signed: signedAt !== null, correction, declined },
    })),
  };
}

/** Beside the petition, the newest first, for whoever may see the petition. */
export async function ofCase(ctx: HearingCtx, caseId: Id) {
  const petition = await seen(ctx, caseId);
  if (!petition) return { confidential: false, caseNo: "", hearings: [] };
  const rows = await ctx.db
    .select()
    .from(hearings)
    .where(eq(hearings.caseId, caseId))
    .orderBy(...openFirst);
  const today = todayOf(ctx);
  const found = await Promise.all(
    rows.map(async (one) => {
      const isOurs = await isHere(ctx, one.path);
      const acts = ctx.can("conduct") && isOurs;
      const decides = ctx.can("decide") && isOurs;
      const kept = await recordOf(ctx, one);
      const isDay = one.hearingOn !== null && one.hearingOn <= today;
      const isSigned = kept.there.some((each) => each.signed || each.declined !== null);
      const asked = await recusalsOf(ctx, one.id);
      return {
        ...(await settingOf(ctx, one)),
        ...kept,
        recusals: asked.map(({ id, personId, why, granted, reason }) => ({
          ...{ recusalId: id, personId, why, granted, reason },
          mayDecide: decides && one.state === "called" && granted === null,
        })),
        noticeBack: one.noticeBack,
        isLate: one.state === "called" && one.noticedOn !== null && !isInTime(ctx, one),
        mayAnswer: acts && one.state === "applied",
        mayRewrite: acts && one.state === "called" && one.noticedOn === null,
        mayReplace: acts && isTimeToReplace(ctx, one),
        mayCallOff: acts && (one.state === "called" || one.state === "heard"),
        mayRecord:
          acts && isDay && !isSigned && (one.state === "heard" || (one.state === "called" && isInTime(ctx, one))),
        maySign: acts && one.state === "heard",
        mayTakeUp: acts && one.state === "concluded",
      };
    }),
  );
  return { confidential: petition.confidential, caseNo: petition.caseNo, hearings: found };
}

/** Hearings of the unit and below in the order of the calendar; or those that are over, the newest first. */
export async function list(ctx: HearingCtx, over: boolean) {
  const which = over ? notInArray(hearings.state, [...openStates]) : inArray(hearings.state, openStates);
  const rows = await ctx.db
    .select()
    .from(hearings)
    .where(and(inArray(sql`${hearings.path}[1]`, await ctx.units.within(ctx.unit.id)), which))
    .orderBy(...(over ? [desc(hearings.askedAt)] : [sql`${hearings.hearingOn} asc nulls first`, asc(hearings.askedAt)]))
    .limit(MOST);
  const found = await Promise.all(
    rows.map(async (one) => {
      const petition = await seen(ctx, one.caseId);
      if (!petition) return [];
      const { caseId, caseNo, title, holder } = petition;
      return [{ ...(await settingOf(ctx, one)), caseId, caseNo, title, holder: holder.name }];
    }),
  );
  return found.flat();
}

/** What the petitioner reads of his own matter's hearings, and what he can do. */
export async function ownView(ctx: HearingCtx, caseId: Id) {
  const own = await ownOf(ctx, caseId);
  const rows = await ctx.db
    .select()
    .from(hearings)
    .where(eq(hearings.caseId, caseId))
    .orderBy(...openFirst);
  const isOpen = rows.some((one) => (openStates as readonly string[]).includes(one.state));
  const found = await Promise.all(
    rows.map(async (one) => {
      const kept = await recordOf(ctx, one);
      const mine = kept.there.find((each) => each.kind === "petitioner");
      // what the panel has concluded is the petitioner's to read once the unit has taken it up
      const isUp = one.state === "closed";
      const setting = await settingOf(ctx, one);
      return {
        ...setting,
        ...(!isUp && { conclusion: null, votesFor: null, votesAgainst: null, concludedOn: null }),
        record: mine ? kept.record : null,
        mine: mine ?? null,
        recusals: (await recusalsOf(ctx, one.id)).map(({ personId, granted, reason }) => ({
          personId,
          granted,
          reason,
        })),
        mayAskRecusal: one.state === "called",
        mayWithdraw: one.state === "applied",
        maySign: one.state === "heard" && mine !== undefined && !mine.signed && mine.declined === null,
      };
    }),
  );
  return { mayApply: !isOpen && ["accepted", "inHandling", "rereview"].includes(own.state), hearings: found };
}

/** What the asker sits on: the next one first. He reads the subject, and nothing of the petition. */
export async function mine(ctx: HearingCtx) {
  const rows = await ctx.db
    .select({ hearing: hearings })
    .from(hearings)
    .innerJoin(seats, eq(seats.hearingId, hearings.id))
    .where(and(eq(seats.personId, meOf(ctx)), eq(seats.left, false), inArray(hearings.state, openStates)))
    .orderBy(asc(hearings.hearingOn))
    .limit(MOST);
  return rows.map(({ hearing: { id, subject, hearingOn, startsAt, place, state } }) => ({
    ...{ hearingId: id, subject, hearingOn, startsAt, place, state },
  }));
}

/** One that the asker sits on, with the record once it was held. @throws refusal `notFound` */
export async function oneOfMine(ctx: HearingCtx, hearingId: Id) {
  const { one, seat } = await mySeat(ctx, hearingId);
  if (one.state === "off" || one.state === "lapsed") throw refuse("notFound");
  const kept = await recordOf(ctx, one);
  const panel = await seatsOf(ctx, hearingId);
  const own = (await attendantsOf(ctx, hearingId)).find((each) => each.personId === seat.personId);
  const isHeard = one.state === "heard" && own !== undefined;
  return {
    ...(await settingOf(ctx, one)),
    ...kept,
    wish: null,
    chair: seat.chair,
    vote: seat.vote,
    signed: own?.signedAt != null,
    // how each has voted is not shown before the end
    voted: panel.filter((each) => each.vote !== null).length,
    maySign: isHeard && own.signedAt === null && own.declined === null,
    mayVote: isHeard,
    mayConclude: isHeard && seat.chair,
  };
}
