import { addDays, type Id } from "@doorstep/sdk";
import { and, desc, eq, inArray, ne } from "drizzle-orm";
import { nextDue } from "../circle/next-due.ts";
import type { Occasion } from "../occasions.ts";
import { refuse } from "../refusals.ts";
import { circle, talks } from "../schema.ts";
import { assertOfUnit, change, isSecondOpen, meOf, type TalkCtx, talkOf, todayOf } from "../talk-ctx.ts";
import { freest } from "./talkers.ts";

/** When and where two people meet. */
export interface Meeting {
  readonly startsAt: string;
  readonly place: string;
  readonly byPhone: boolean;
}

const open = ["asked", "offered", "fixed"] as const;

const isOpen = (state: string): boolean => (open as readonly string[]).includes(state);

function assertAhead(ctx: TalkCtx, { startsAt }: Meeting): void {
  if (Date.parse(startsAt) <= Date.parse(ctx.now)) throw refuse("time");
}

/** Tells one of the two; the key makes sure that he is told of it once. */
export const tell = (
  ctx: TalkCtx,
  to: Id,
  news: Parameters<TalkCtx["notify"]["tell"]>[0]["news"],
  key: string,
  params: Readonly<Record<string, number | string>> = {},
): Promise<number> => ctx.notify.tell({ to: { people: [to] }, news, key: `${news}-${key}`, params });

/** By when a talk has to be held: the plan says it for a regular one, the occasion for any other. */
async function dueOn(ctx: TalkCtx, personId: Id, occasion: Occasion): Promise<string> {
  const today = todayOf(ctx);
  const { arrivalDays, eventDays } = ctx.settings;
  if (occasion !== "regular") return addDays(today, occasion === "arrival" ? arrivalDays : eventDays);
  const [kept] = await ctx.db
    .select()
    .from(circle)
    .where(and(eq(circle.talkerId, meOf(ctx)), eq(circle.personId, personId)));
  const due = kept ? nextDue(kept, ctx.settings) : today;
  return due > today ? due : addDays(today, eventDays);
}

async function begin(ctx: TalkCtx, talk: typeof talks.$inferInsert): Promise<void> {
  if (talk.talkerId === talk.personId) throw refuse("self");
  try {
    await ctx.db.insert(talks).values(talk);
  } catch (error) {
    if (isSecondOpen(error)) throw refuse("open");
    throw error;
  }
}

/** @throws refusal for somebody who does not hold talks here */
async function assertTalker(ctx: TalkCtx, talkerId: Id): Promise<void> {
  const talkers = await ctx.people.holding("talkOfficer");
  if (!talkers.some((one) => one.id === talkerId)) throw refuse("person");
}

/** A talk officer offers a talk to somebody of his unit. */
export async function offer(
  ctx: TalkCtx,
  input: Meeting & { readonly personId: Id; readonly occasion: Occasion },
): Promise<Id> {
  const { personId, occasion, startsAt, place, byPhone } = input;
  assertAhead(ctx, input);
  await assertOfUnit(ctx, personId);
  const id = ctx.newId();
  await begin(ctx, {
    id,
    unitId: ctx.unit.id,
    talkerId: meOf(ctx),
    personId,
    occasion,
    askedByPerson: false,
    state: "offered",
    dueOn: await dueOn(ctx, personId, occasion),
    startsAt,
    place,
    byPhone,
    changedAt: ctx.now,
  });
  await tell(ctx, personId, "offered", id);
  return id;
}

interface Asked {
  /** `null`: whoever has the fewest talks to hold */
  readonly talkerId: Id | null;
  readonly occasion: Occasion;
  readonly wish: string;
  /** when it suits him, in his own words */
  readonly wishTime: string;
  readonly byPhone: boolean;
}

/** Somebody asks for a talk, with whom he likes or with anybody. */
export async function ask(ctx: TalkCtx, { occasion, wish, wishTime, byPhone, ...asked }: Asked): Promise<Id> {
  const talkerId = asked.talkerId ?? (await freest(ctx));
  if (talkerId === null) throw refuse("person");
  await assertTalker(ctx, talkerId);
  const id = ctx.newId();
  const due = addDays(todayOf(ctx), ctx.settings.eventDays);
  await begin(ctx, {
    id,
    unitId: ctx.unit.id,
    talkerId,
    personId: meOf(ctx),
    occasion,
    askedByPerson: true,
    state: "asked",
    dueOn: due,
    wish,
    wishTime,
    byPhone,
    changedAt: ctx.now,
  });
  await tell(ctx, talkerId, "asked", id, { on: due });
  return id;
}

/** The talker names a time, or another one. */
export async function arrange(ctx: TalkCtx, talkId: Id, meeting: Meeting): Promise<void> {
  const talk = await talkOf(ctx, talkId, "talker");
  if (!isOpen(talk.state)) throw refuse("state");
  assertAhead(ctx, meeting);
  const { startsAt, place, byPhone } = meeting;
  await change(ctx, talk, { state: "offered", startsAt, place, byPhone });
  await tell(ctx, talk.personId, "offered", `${talkId}-${startsAt}`);
}

/** Once, without a reason: the one before must have been held. */
async function mayDecline(ctx: TalkCtx, talkId: Id): Promise<boolean> {
  const [last] = await ctx.db
    .select({ state: talks.state })
    .from(talks)
    .where(
      and(eq(talks.personId, meOf(ctx)), ne(talks.id, talkId), inArray(talks.state, ["declined", "held", "settled"])),
    )
    .orderBy(desc(talks.changedAt))
    .limit(1);
  return last?.state !== "declined";
}

/** Whoever is asked says yes or no; a talk he asked for himself he takes back whenever he likes. */
export async function answer(ctx: TalkCtx, talkId: Id, accept: boolean): Promise<void> {
  const talk = await talkOf(ctx, talkId, "person");
  const fits = accept ? talk.state === "offered" : isOpen(talk.state);
  if (!fits) throw refuse("state");
  if (!accept && !talk.askedByPerson && !(await mayDecline(ctx, talkId))) throw refuse("declinedOnce");
  await change(ctx, talk, { state: accept ? "fixed" : talk.askedByPerson ? "dropped" : "declined" });
  await tell(ctx, talk.talkerId, "answered", `${talkId}-${accept}-${talk.startsAt ?? ""}`);
}

/** Whoever is asked would rather talk with another. */
export async function choose(ctx: TalkCtx, talkId: Id, talkerId: Id): Promise<void> {
  const talk = await talkOf(ctx, talkId, "person");
  if (!isOpen(talk.state)) throw refuse("state");
  if (talkerId === talk.personId) throw refuse("self");
  await assertTalker(ctx, talkerId);
  try {
    await change(ctx, talk, { talkerId, state: "asked", startsAt: null, place: "" });
  } catch (error) {
    if (isSecondOpen(error)) throw refuse("open");
    throw error;
  }
  await tell(ctx, talk.talkerId, "answered", `${talkId}-other`);
  await tell(ctx, talkerId, "asked", `${talkId}-${talkerId}`, { on: talk.dueOn });
}

/** The talker takes an offer of his back; what the other asked for he cannot. */
export async function callOff(ctx: TalkCtx, talkId: Id): Promise<void> {
  const talk = await talkOf(ctx, talkId, "talker");
  if (!isOpen(talk.state)) throw refuse("state");
  if (talk.askedByPerson) throw refuse("askedFor");
  await change(ctx, talk, { state: "dropped" });
}
