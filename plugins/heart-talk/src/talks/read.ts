import type { Id } from "@doorstep/sdk";
import { asc, desc, eq, inArray } from "drizzle-orm";
import { promises, talks } from "../schema.ts";
import { meOf, type Side, sideOf, type TalkCtx, type TalkRow, talkOf } from "../talk-ctx.ts";

const MOST = 100;

/** Names of those the asker talks or talked with; whoever cannot be named any more is left out. */
async function namesOf(ctx: TalkCtx, rows: readonly TalkRow[]): Promise<ReadonlyMap<Id, string>> {
  const people = rows.filter((row) => sideOf(ctx, row) === "talker").map((row) => row.personId);
  const talkers = people.length < rows.length ? await ctx.people.holding("talkOfficer") : [];
  const others = people.length > 0 && ctx.can("talk") ? await ctx.people.ofUnit({ ids: [...new Set(people)] }) : [];
  return new Map([...talkers, ...others].map((one) => [one.id, one.name]));
}

async function shown(ctx: TalkCtx, rows: readonly TalkRow[]) {
  if (rows.length === 0) return [];
  const names = await namesOf(ctx, rows);
  const ids = rows.map((row) => row.id);
  const all = await ctx.db.select().from(promises).where(inArray(promises.talkId, ids)).orderBy(asc(promises.no));
  return rows.map((row) => {
    const side: Side = sideOf(ctx, row);
    const {
      id,
      occasion,
      state,
      dueOn,
      wish,
      wishTime,
      startsAt,
      place,
      byPhone,
      heldOn,
      needs,
      noteNo,
      askedByPerson,
    } = row;
    return {
      ...{
        talkId: id,
        side,
        occasion,
        state,
        dueOn,
        wish,
        wishTime,
        place,
        byPhone,
        heldOn,
        needs,
        noteNo,
        askedByPerson,
      },
      startsAt: startsAt === null ? null : new Date(startsAt).toISOString(),
      talkerId: row.talkerId,
      with: names.get(side === "talker" ? row.personId : row.talkerId) ?? null,
      iAgree: side === "talker" ? row.talkerAgrees : row.personAgrees,
      promises: all
        .filter((one) => one.talkId === id)
        .map((one) => ({ promiseId: one.id, words: one.words, dueOn: one.dueOn, state: one.state })),
    };
  });
}

/** Talks of the asker in one of the two parts, newest first. */
export async function ownTalks(ctx: TalkCtx, as: Side) {
  const column = as === "talker" ? talks.talkerId : talks.personId;
  const rows = await ctx.db
    .select()
    .from(talks)
    .where(eq(column, meOf(ctx)))
    .orderBy(desc(talks.changedAt))
    .limit(MOST);
  return await shown(ctx, rows);
}

/** One talk of the asker's. */
export async function oneTalk(ctx: TalkCtx, talkId: Id) {
  const [view] = await shown(ctx, [await talkOf(ctx, talkId)]);
  return view;
}
