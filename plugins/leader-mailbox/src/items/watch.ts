import { DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq, gt, inArray, isNotNull, isNull, lt, max, type SQL, sql } from "drizzle-orm";
import { dayAt, type JobCtx, type Letter } from "../mailbox-ctx.ts";
import { letters, mailboxes } from "../schema.ts";

const DAY_MS = 86_400_000;
/** Whoever is told of what was moved is told within so many days, should this work have stood still. */
const MOVED_DAYS = 7;

const here = (ctx: JobCtx) => eq(mailboxes.unitId, ctx.unit.id);
/** Of units right below today, wherever they stood when the mailbox was opened: theirs is the next level. */
async function below(ctx: JobCtx): Promise<SQL> {
  const units = await ctx.units.children(ctx.unit.id);
  return inArray(
    mailboxes.unitId,
    units.map((one) => one.id),
  );
}

/** Every hour: periods of what has come, what was routed away, what was not read in time, mailboxes that went quiet; nothing is kept of accusations. */
export async function watch(ctx: JobCtx): Promise<void> {
  await forgetSealed(ctx);
  await followReach(ctx);
  await tellRead(ctx);
  await keepFresh(ctx);
  await tellLeaders(ctx);
  for (const [which, role] of [
    [here(ctx), "supervisor"],
    [await below(ctx), "chargeLeader"],
  ] as const) {
    await tellUnread(ctx, which, role);
    await tellMoved(ctx, which, role);
    await tellQuiet(ctx, which, role);
  }
}

async function unreadHere(
  ctx: JobCtx,
): Promise<readonly { readonly letter: Letter; readonly leaderId: Id; readonly deputyId: Id | null }[]> {
  return ctx.db
    .select({ letter: letters, leaderId: mailboxes.leaderId, deputyId: mailboxes.deputyId })
    .from(letters)
    .innerJoin(mailboxes, eq(mailboxes.id, letters.mailboxId))
    .where(and(here(ctx), isNull(letters.readAt), isNull(letters.movedAt)))
    .orderBy(letters.id);
}

/** The day by which it is to be read; `null` where the petition is held neither here nor below. */
async function periodOf(ctx: JobCtx, letter: Letter): Promise<string | null> {
  const from = dayAt(ctx, letter.deliveredAt);
  try {
    const known = (await ctx.clocks.list(letter.caseId)).find((one) => one.code === "read");
    return known?.dueOn ?? (await ctx.clocks.start(letter.caseId, "read", { from })).dueOn;
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
    return null;
  }
}

/** What was routed out of the unit is for no leader here to read; when it comes back it waits again, by its old day. */
async function followReach(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select({ letter: letters })
    .from(letters)
    .innerJoin(mailboxes, eq(mailboxes.id, letters.mailboxId))
    .where(and(here(ctx), isNull(letters.readAt)))
    .orderBy(letters.id);
  for (const { letter } of rows) {
    const dueOn = await periodOf(ctx, letter);
    const isMoved = dueOn === null;
    if (isMoved === (letter.movedAt !== null) && (isMoved || letter.dueOn === dueOn)) continue;
    await ctx.db
      .update(letters)
      .set(isMoved ? { movedAt: ctx.now } : { movedAt: null, dueOn })
      .where(and(eq(letters.id, letter.id), isNull(letters.readAt)));
  }
}

const readOn = {
  "zh-CN": (day: string) => `您写给首长的信，首长已于${day}阅读。`,
  en: (day: string) => `The leader read your letter on ${day}.`,
} as const;

/** The period ends, and whoever wrote it reads among the messages of his matter on which day it was read. */
async function tellRead(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select({ letter: letters })
    .from(letters)
    .innerJoin(mailboxes, eq(mailboxes.id, letters.mailboxId))
    .where(and(here(ctx), isNotNull(letters.readAt), isNull(letters.toldAt)))
    .orderBy(letters.id);
  for (const { letter } of rows) if (letter.readAt !== null) await tellReadOf(ctx, letter, letter.readAt);
}

async function tellReadOf(ctx: JobCtx, { id, caseId, locale }: Letter, readAt: string): Promise<void> {
  try {
    await ctx.thread.write(caseId, { text: readOn[locale](dayAt(ctx, readAt)), to: "petitioner" });
    await ctx.db.update(letters).set({ toldAt: ctx.now }).where(eq(letters.id, id));
    await ctx.clocks.stop(caseId, "read");
  } catch (error) {
    // held elsewhere meanwhile, or the period has ended by itself
    if (!(error instanceof DoorstepError)) throw error;
  }
}

/** A file that nobody asks for is forgotten by the host after a month: what is unread is asked for. */
async function keepFresh(ctx: JobCtx): Promise<void> {
  for (const { letter } of await unreadHere(ctx)) if (letter.wordsFile !== null) await ctx.files.get(letter.wordsFile);
}

/** Once a day, whoever has to read. */
async function tellLeaders(ctx: JobCtx): Promise<void> {
  const counts = new Map<Id, number>();
  for (const { leaderId, deputyId } of await unreadHere(ctx))
    for (const one of [leaderId, deputyId]) if (one !== null) counts.set(one, (counts.get(one) ?? 0) + 1);
  const today = dayAt(ctx, ctx.now);
  for (const [personId, count] of counts)
    await ctx.notify.tell({
      to: { people: [personId] },
      ...{ news: "arrived", params: { count }, key: `arrived-${personId}-${today}` },
    });
}

async function tellUnread(ctx: JobCtx, which: SQL, role: "supervisor" | "chargeLeader"): Promise<void> {
  const today = dayAt(ctx, ctx.now);
  const late = await ctx.db
    .select({ mailboxId: letters.mailboxId, about: mailboxes.unitId, count: sql<number>`count(*)::int` })
    .from(letters)
    .innerJoin(mailboxes, eq(mailboxes.id, letters.mailboxId))
    .where(
      and(which, isNull(letters.readAt), isNull(letters.movedAt), isNotNull(letters.dueOn), lt(letters.dueOn, today)),
    )
    .groupBy(letters.mailboxId, mailboxes.unitId)
    .orderBy(letters.mailboxId);
  for (const { mailboxId, about, count } of late)
    await ctx.notify.tell({
      ...{ to: [role], news: "unread", params: { count }, about, key: `unread-${role}-${mailboxId}-${today}` },
    });
}

/** Nobody keeps a letter from its leader by routing it away without somebody above knowing. */
async function tellMoved(ctx: JobCtx, which: SQL, role: "supervisor" | "chargeLeader"): Promise<void> {
  const since = new Date(Date.parse(ctx.now) - MOVED_DAYS * DAY_MS).toISOString();
  const moved = await ctx.db
    .select({ id: letters.id, about: mailboxes.unitId, movedAt: letters.movedAt })
    .from(letters)
    .innerJoin(mailboxes, eq(mailboxes.id, letters.mailboxId))
    .where(and(which, isNull(letters.readAt), gt(letters.movedAt, since)))
    .orderBy(letters.id);
  for (const { id, about, movedAt } of moved)
    await ctx.notify.tell({
      ...{ to: [role], news: "moved", about, key: `moved-${role}-${id}-${dayAt(ctx, movedAt ?? ctx.now)}` },
    });
}

/** A mailbox without a letter is looked into: perhaps somebody sorts before it [SPEC 14]. */
async function tellQuiet(ctx: JobCtx, which: SQL, role: "supervisor" | "chargeLeader"): Promise<void> {
  const rows = await ctx.db
    .select({
      id: mailboxes.id,
      about: mailboxes.unitId,
      openedAt: mailboxes.openedAt,
      last: max(letters.deliveredAt),
    })
    .from(mailboxes)
    .leftJoin(letters, eq(letters.mailboxId, mailboxes.id))
    .where(and(which, isNull(mailboxes.closedAt)))
    .groupBy(mailboxes.id, mailboxes.unitId, mailboxes.openedAt)
    .orderBy(mailboxes.id);
  for (const { id, about, openedAt, last } of rows) {
    const days = Math.floor((Date.parse(ctx.now) - new Date(last ?? openedAt).getTime()) / DAY_MS);
    const rounds = Math.floor(days / ctx.settings.quietDays);
    if (rounds < 1) continue;
    const since = dayAt(ctx, last ?? openedAt);
    await ctx.notify.tell({
      ...{ to: [role], news: "quiet", params: { days }, about, key: `quiet-${role}-${id}-${since}-${rounds}` },
    });
  }
}

/** What has become an accusation since leaves nothing here. */
async function forgetSealed(ctx: JobCtx): Promise<void> {
  const kept = await ctx.db
    .select({ caseId: letters.caseId })
    .from(letters)
    .innerJoin(mailboxes, eq(mailboxes.id, letters.mailboxId))
    .where(here(ctx));
  const ids = kept.map((one) => one.caseId);
  if (ids.length === 0) return;
  const heard = new Set(await ctx.events.heard(ids));
  await forget(
    ctx,
    ids.filter((one) => !heard.has(one)),
  );
}

async function forget(ctx: JobCtx, caseIds: readonly Id[]): Promise<void> {
  if (caseIds.length === 0) return;
  const gone = await ctx.db
    .delete(letters)
    .where(inArray(letters.caseId, [...caseIds]))
    .returning();
  for (const { wordsFile } of gone) if (wordsFile !== null) await ctx.files.remove(wordsFile);
}

/** With the petition goes what the mailbox knows of it. */
export const forgetCase = (ctx: JobCtx, caseId: Id): Promise<void> => forget(ctx, [caseId]);
