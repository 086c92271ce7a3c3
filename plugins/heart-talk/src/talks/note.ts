import { addDays, type Id } from "@doorstep/sdk";
import { and, eq, sql } from "drizzle-orm";
import type { Occasion } from "../occasions.ts";
import { refuse } from "../refusals.ts";
import { circle, promises, talks } from "../schema.ts";
import {
  assertOfUnit,
  change,
  meOf,
  sideOf,
  type TalkCtx,
  type TalkRow,
  talkOf,
  todayOf,
  together,
} from "../talk-ctx.ts";
import { tell } from "./arrange.ts";

/** What both agree on: five lines at most, needs and promises together. */
export interface Note {
  readonly needs: readonly string[];
  readonly promises: readonly { readonly words: string; readonly dueOn: string }[];
}

const LATEST_DAYS = 31;

function assertNote(ctx: TalkCtx, note: Note): void {
  const today = todayOf(ctx);
  if (note.promises.some((one) => one.dueOn < today)) throw refuse("promise");
}

function assertHeldOn(ctx: TalkCtx, heldOn: string): void {
  const today = todayOf(ctx);
  if (heldOn > today || heldOn < addDays(today, -LATEST_DAYS)) throw refuse("heldOn");
}

async function putPromises(ctx: TalkCtx, talkId: Id, note: Note): Promise<void> {
  await ctx.db.delete(promises).where(eq(promises.talkId, talkId));
  if (note.promises.length === 0) return;
  const rows = note.promises.map(({ words, dueOn }, no) => ({
    ...{ id: ctx.newId(), talkId, no, words, dueOn },
    state: "open" as const,
  }));
  await ctx.db.insert(promises).values(rows);
}

/** The plan counts from the talk that was held last. */
const countIn = (ctx: TalkCtx, talk: Pick<TalkRow, "talkerId" | "personId">, heldOn: string): Promise<unknown> =>
  ctx.db
    .update(circle)
    .set({ lastHeldOn: sql`greatest(${circle.lastHeldOn}, ${heldOn}::date)` })
    .where(and(eq(circle.talkerId, talk.talkerId), eq(circle.personId, talk.personId)));

/** A talk was held; the talker writes what he understood, and the other is asked whether it is so. */
export async function held(ctx: TalkCtx, talkId: Id, heldOn: string, note: Note): Promise<void> {
  const talk = await talkOf(ctx, talkId, "talker");
  if (!["asked", "offered", "fixed"].includes(talk.state)) throw refuse("state");
  assertHeldOn(ctx, heldOn);
  assertNote(ctx, note);
  await together(ctx, async (all) => {
    await change(all, talk, { state: "held", heldOn, needs: [...note.needs], noteNo: 1, talkerAgrees: true });
    await putPromises(all, talkId, note);
    await countIn(all, talk, heldOn);
  });
  await tell(ctx, talk.personId, "note", `${talkId}-1`);
}

/** The same for a talk that nobody had arranged. */
export async function record(
  ctx: TalkCtx,
  input: { readonly personId: Id; readonly occasion: Occasion; readonly heldOn: string; readonly byPhone: boolean },
  note: Note,
): Promise<Id> {
  const { personId, occasion, heldOn, byPhone } = input;
  if (personId === meOf(ctx)) throw refuse("self");
  assertHeldOn(ctx, heldOn);
  assertNote(ctx, note);
  await assertOfUnit(ctx, personId);
  const id = ctx.newId();
  const between = { talkerId: meOf(ctx), personId };
  await together(ctx, async (all) => {
    await all.db.insert(talks).values({
      ...{ id, unitId: ctx.unit.id, ...between, occasion, askedByPerson: false, state: "held", dueOn: heldOn },
      ...{ byPhone, heldOn, needs: [...note.needs], noteNo: 1, talkerAgrees: true, changedAt: ctx.now },
    });
    await putPromises(all, id, note);
    await countIn(all, between, heldOn);
  });
  await tell(ctx, personId, "note", `${id}-1`);
  return id;
}

const otherOf = (ctx: TalkCtx, talk: TalkRow): Id => (sideOf(ctx, talk) === "talker" ? talk.personId : talk.talkerId);

function assertWording(talk: TalkRow, noteNo: number): void {
  if (talk.state !== "held") throw refuse("state");
  if (talk.noteNo !== noteNo) throw refuse("wording");
}

/** Either of the two words it anew; the other has to agree to that. */
export async function rewrite(ctx: TalkCtx, talkId: Id, noteNo: number, note: Note): Promise<void> {
  const talk = await talkOf(ctx, talkId);
  assertWording(talk, noteNo);
  assertNote(ctx, note);
  const byTalker = sideOf(ctx, talk) === "talker";
  await together(ctx, async (all) => {
    await change(all, talk, {
      ...{ needs: [...note.needs], noteNo: noteNo + 1 },
      ...{ talkerAgrees: byTalker, personAgrees: !byTalker },
    });
    await putPromises(all, talkId, note);
  });
  await tell(ctx, otherOf(ctx, talk), "note", `${talkId}-${noteNo + 1}`);
}

/** What both agree on stays as it is. */
export async function agree(ctx: TalkCtx, talkId: Id, noteNo: number): Promise<void> {
  const talk = await talkOf(ctx, talkId);
  assertWording(talk, noteNo);
  const byTalker = sideOf(ctx, talk) === "talker";
  const agreed = {
    talkerAgrees: talk.talkerAgrees || byTalker,
    personAgrees: talk.personAgrees || !byTalker,
  };
  const isSettled = agreed.talkerAgrees && agreed.personAgrees;
  await change(ctx, talk, { ...agreed, ...(isSettled && { state: "settled" }) });
}
