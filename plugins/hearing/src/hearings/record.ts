import { addDays, type Id } from "@doorstep/sdk";
import { and, asc, eq, isNotNull, isNull, or } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { attendants } from "../schema.ts";
import { ownHearing } from "./apply.ts";
import {
  atOnce,
  conducted,
  type Hearing,
  type HearingCtx,
  type JobCtx,
  meOf,
  move,
  mySeat,
  seatsOf,
  todayOf,
} from "./hearing-ctx.ts";

export type Attendant = typeof attendants.$inferSelect;

export const attendantsOf = (ctx: JobCtx, hearingId: Id): Promise<Attendant[]> =>
  ctx.db.select().from(attendants).where(eq(attendants.hearingId, hearingId)).orderBy(asc(attendants.no));

interface Taken {
  readonly record: string;
  readonly petitioner: boolean;
  /** of the panel, who was there */
  readonly panel: readonly Id[];
  readonly others: readonly { readonly id: Id; readonly part: string }[];
}

/** Whether the parties were told so long before as the rules want [HEAR]. */
export const isInTime = (ctx: JobCtx, { noticedOn, hearingOn }: Hearing): boolean =>
  noticedOn !== null && hearingOn !== null && addDays(noticedOn, ctx.settings.noticeDays) <= hearingOn;

async function assertMayBeHeld(ctx: HearingCtx, one: Hearing, present: readonly Id[]): Promise<void> {
  if (one.state !== "called" && one.state !== "heard") throw refuse("state");
  if (one.hearingOn === null || one.hearingOn > todayOf(ctx)) throw refuse("notYet");
  if (!isInTime(ctx, one)) throw refuse("notNoticed");
  const there = (await seatsOf(ctx, one.id)).filter((seat) => !seat.left && present.includes(seat.personId));
  if (there.length < new Set(present).size || there.length < ctx.settings.panelLeast) throw refuse("short");
  if (!there.some((seat) => seat.chair)) throw refuse("chair");
}

/**
 * What was said, and who was there. It can be written anew until somebody signs it.
 *
 * @throws refusal `notFound`, `state`, `notYet`, `notNoticed`, `short`, `chair`, `signedAlready`
 */
export async function keepRecord(ctx: HearingCtx, hearingId: Id, taken: Taken): Promise<void> {
  const one = await conducted(ctx, hearingId);
  await assertMayBeHeld(ctx, one, taken.panel);
  const there = [
    ...(taken.petitioner ? [{ id: ctx.newId(), kind: "petitioner" as const }] : []),
    ...taken.panel.map((personId) => ({ id: ctx.newId(), kind: "panel" as const, personId })),
    ...taken.others.map(({ id, part }) => ({ id, kind: "other" as const, part })),
  ];
  await atOnce(ctx, async (db) => {
    // held until the end, so that nobody signs what is being replaced
    await move(db, one, { state: "heard", record: taken.record, recordedBy: meOf(ctx) });
    const settled = await db
      .select({ id: attendants.id })
      .from(attendants)
      .where(
        and(eq(attendants.hearingId, hearingId), or(isNotNull(attendants.signedAt), isNotNull(attendants.declined))),
      );
    if (settled.length > 0) throw refuse("signedAlready");
    await db.delete(attendants).where(eq(attendants.hearingId, hearingId));
    await db.insert(attendants).values(there.map((each, no) => ({ ...each, hearingId, no })));
  });
  if (one.state === "called" && taken.petitioner)
    await ctx.thread.write(one.caseId, {
      to: "petitioner",
      text: "听证笔录已经记好，请在本页“听证”里核对、签字；有出入的写在旁边。\nThe record of the hearing is ready. Please read and sign it under Hearing on this page, and note what is not right.",
    });
}

export interface Signature {
  readonly png: Uint8Array;
  readonly correction: string;
}

/** Whether an attendant has signed already or signs now. Only what he signs is kept, under the module's own key. */
async function signAs(ctx: HearingCtx, one: Hearing, whose: Attendant | undefined, { png, correction }: Signature) {
  if (!whose) throw refuse("notFound");
  if (whose.signedAt !== null) return;
  if (one.state !== "heard" || whose.declined !== null) throw refuse("state");
  if (png.byteLength === 0) throw refuse("signature");
  const fileId = await ctx.files.put(png);
  const signed = await ctx.db
    .update(attendants)
    .set({ signedAt: ctx.now, correction: correction === "" ? null : correction, fileId })
    .where(and(eq(attendants.id, whose.id), isNull(attendants.signedAt), isNull(attendants.declined)))
    .returning({ id: attendants.id });
  if (signed.length > 0) return;
  await ctx.files.remove(fileId);
  throw refuse("state");
}

/** The petitioner signs on his own page, with what is not right beside it. @throws refusal `notFound`, `state`, `signature` */
export async function signOwn(ctx: HearingCtx, caseId: Id, hearingId: Id, signature: Signature): Promise<void> {
  const one = await ownHearing(ctx, caseId, hearingId);
  const whose = (await attendantsOf(ctx, hearingId)).find((each) => each.kind === "petitioner");
  await signAs(ctx, one, whose, signature);
}

/** Somebody of the panel signs. @throws refusal `notFound`, `state`, `signature` */
export async function signSeat(ctx: HearingCtx, hearingId: Id, signature: Signature): Promise<void> {
  const { one, seat } = await mySeat(ctx, hearingId);
  const whose = (await attendantsOf(ctx, hearingId)).find((each) => each.personId === seat.personId);
  await signAs(ctx, one, whose, signature);
}

async function attendantAt(ctx: HearingCtx, hearingId: Id, attendantId: Id) {
  const one = await conducted(ctx, hearingId);
  return { one, whose: (await attendantsOf(ctx, hearingId)).find((each) => each.id === attendantId) };
}

/** Somebody who was there signs in the room, on the glass of whoever takes the record. @throws refusal `notFound`, `state`, `signature` */
export async function signInRoom(ctx: HearingCtx, hearingId: Id, attendantId: Id, signature: Signature): Promise<void> {
  const { one, whose } = await attendantAt(ctx, hearingId, attendantId);
  await signAs(ctx, one, whose, signature);
}

/** Why somebody who was there does not sign. @throws refusal `notFound`, `state` */
export async function noSignature(ctx: HearingCtx, hearingId: Id, attendantId: Id, why: string): Promise<void> {
  const { one, whose } = await attendantAt(ctx, hearingId, attendantId);
  if (!whose) throw refuse("notFound");
  if (one.state !== "heard") throw refuse("state");
  const noted = await ctx.db
    .update(attendants)
    .set({ declined: why })
    .where(and(eq(attendants.id, whose.id), isNull(attendants.signedAt)))
    .returning({ id: attendants.id });
  if (noted.length === 0) throw refuse("state");
}
