import { addDays, type CaseBrief, type Id } from "@doorstep/sdk";
import { letterDay } from "@doorstep/sdk/server";
import { eq } from "drizzle-orm";
import type { Ground } from "../kinds.ts";
import { NOTICE } from "../notice.ts";
import { refuse, tooSoon } from "../refusals.ts";
import { hearings, seats } from "../schema.ts";
import { stopDeciding } from "./apply.ts";
import {
  atOnce,
  conducted,
  dayIn,
  HEARING,
  type Hearing,
  type HearingCtx,
  meOf,
  move,
  openAt,
  pathOf,
  seatsOf,
  seen,
  todayOf,
} from "./hearing-ctx.ts";

interface Setting {
  readonly subject: string;
  readonly startsAt: string;
  readonly place: string;
  readonly attendants: string;
}

interface Calling extends Setting {
  readonly caseId: Id;
  readonly hearingId: Id;
  readonly ground: Ground | null;
  readonly hearingOn: string;
  readonly open: boolean;
  /** the petitioner of a confidential matter wishes it open himself */
  readonly agreedOpen: boolean;
  readonly chairId: Id;
  readonly memberIds: readonly Id[];
}

/** Names of those who are to sit; whether they are free of the matter is the kernel's to say. @throws refusal `panelSize`, `notHere` */
async function panelOf(ctx: HearingCtx, { chairId, memberIds }: Calling) {
  const ids = [chairId, ...memberIds];
  if (ids.length % 2 === 0 || ids.length < ctx.settings.panelLeast) throw refuse("panelSize");
  const people = await ctx.people.ofUnit({ ids });
  return ids.map((personId) => {
    const found = people.find((one) => one.id === personId);
    if (!found) throw refuse("notHere");
    return { personId, name: found.name, chair: personId === chairId };
  });
}

/** The petition at the unit, and what is open there. @throws refusal `notFound`, `elsewhere`, `state`, `closed`, `tooSoon` */
async function place(
  ctx: HearingCtx,
  calling: Calling,
): Promise<{ petition: CaseBrief; path: Id[]; applied?: Hearing }> {
  const petition = await seen(ctx, calling.caseId);
  if (!petition) throw refuse("notFound");
  const path = await pathOf(ctx, petition.holder.id);
  if (!path.includes(ctx.unit.id)) throw refuse("elsewhere");
  const open = await openAt(ctx, calling.caseId);
  if (open && (open.id !== calling.hearingId || open.state !== "applied")) throw refuse("state");
  if (!open && calling.ground === null) throw refuse("state");
  if (petition.confidential && calling.open && !calling.agreedOpen) throw refuse("closed");
  const earliest = addDays(todayOf(ctx), ctx.settings.noticeDays);
  if (earliest > calling.hearingOn) throw tooSoon(earliest);
  return { petition, path, ...(open && { applied: open }) };
}

/** Writes the notice, or writes it anew, and puts it before whoever signs. @throws DoorstepError `notice.glyphMissing` */
export async function write(ctx: HearingCtx, one: Hearing): Promise<void> {
  const panel = (await seatsOf(ctx, one.id)).filter((seat) => !seat.left);
  const { subject, hearingOn, startsAt, place: where, open, attendants } = one;
  const noticeId = await ctx.notices.draft(one.caseId, NOTICE, {
    ...{ subject, hearingOn, startsAt, place: where, open, attendants },
    chair: panel.find((seat) => seat.chair)?.name ?? "",
    members: panel.filter((seat) => !seat.chair).map((seat) => seat.name),
  });
  await move(ctx.db, one, { noticeId, noticeBack: false });
}

/**
 * T14: calls a hearing, on the petitioner's application or by the unit itself; the kernel checks the panel, marks the petition
 * and stops a re-review's period. The same id calls once.
 *
 * @throws refusal `notFound`, `elsewhere`, `state`, `closed`, `tooSoon`, `panelSize`, `notHere`; DoorstepError `act.refused` with
 * `hearing.investigates`, `recusal.standsOut`, `hearing.panelTwice`, `hearing.tooSoon`
 */
export async function call(ctx: HearingCtx, calling: Calling): Promise<void> {
  const { hearingId, caseId, chairId, memberIds } = calling;
  const [before] = await ctx.db.select().from(hearings).where(eq(hearings.id, hearingId));
  if (before?.state === "called" && before.caseId === caseId && (await seen(ctx, caseId))) return;
  const { path, applied } = await place(ctx, calling);
  const panel = await panelOf(ctx, calling);
  const { subject, hearingOn, startsAt, place: where, open, attendants } = calling;
  await ctx.procedures.open(caseId, HEARING, {
    ...{ hearingOn, open, chairId, panelIds: memberIds, key: hearingId },
    note: `听证定于${letterDay(hearingOn, "zh-CN")} ${startsAt}，${where}，${open ? "公开" : "不公开"}，听证组${panel.length}人。Hearing on ${letterDay(hearingOn, "en")} at ${startsAt}, ${where}, ${open ? "in public" : "in private"}, a panel of ${panel.length}.`,
  });
  const called = {
    ...{ state: "called" as const, subject, hearingOn, startsAt, place: where, open, attendants, path },
    ...{ ground: calling.ground ?? ("applied" as const), calledAt: ctx.now, calledBy: meOf(ctx) },
  };
  await atOnce(ctx, async (db) => {
    if (applied) await move(db, applied, called);
    else await db.insert(hearings).values({ id: hearingId, caseId, askedBy: "unit", askedAt: ctx.now, ...called });
    await db.insert(seats).values(panel.map((seat) => ({ hearingId, ...seat })));
  });
  if (applied) await stopDeciding(ctx, caseId);
  await write(ctx, await conducted(ctx, hearingId));
  const people = panel.map((seat) => seat.personId);
  await ctx.notify.tell({ to: { people }, news: "yours", params: { on: hearingOn }, key: `yours-${hearingId}` });
}

/** Time of day, place and words of the notice, while nobody has signed it. @throws refusal `notFound`, `state` */
export async function writeAnew(ctx: HearingCtx, hearingId: Id, setting: Setting): Promise<void> {
  const one = await conducted(ctx, hearingId);
  if (one.state !== "called" || one.noticedOn !== null) throw refuse("state");
  await move(ctx.db, one, setting);
  await write(ctx, { ...one, ...setting });
}

/** It is not held: the mark is gone, and the petitioner reads why. @throws refusal `notFound`, `state` */
export async function callOff(ctx: HearingCtx, hearingId: Id, reason: string): Promise<void> {
  const one = await conducted(ctx, hearingId);
  if (one.state !== "called" && one.state !== "heard") throw refuse("state");
  if (await ctx.procedures.runs(one.caseId, HEARING))
    await ctx.procedures.close(one.caseId, HEARING, { note: `听证取消 Called off: ${reason}` });
  await move(ctx.db, one, { state: "off", reason });
  await ctx.thread.write(one.caseId, {
    to: "petitioner",
    text: `原定${dayIn(one, "zh-CN")}的听证取消，原因：${reason}\nThe hearing of ${dayIn(one, "en")} was called off. Why: ${reason}`,
  });
}
