import { DoorstepError, type FiledFor, type FileForInput, type Id } from "@doorstep/sdk";
import { and, asc, eq, inArray, isNull, ne } from "drizzle-orm";
import { type Booking, type ReceptionCtx, sessionOf, todayOf, visitOf } from "../reception-ctx.ts";
import { refuse } from "../refusals.ts";
import { bookings, promises } from "../schema.ts";
import { slotAt } from "../slots.ts";
import { publicOf } from "./read-days.ts";

/** What the leader promises a visitor: who does what by which day. */
export interface NewPromise {
  readonly words: string;
  readonly ownerId: Id;
  readonly dueOn: string;
}

/** Where a promise came from, for the petition it belongs to. */
async function openPromises(ctx: ReceptionCtx, caseIds: readonly Id[]) {
  if (caseIds.length === 0) return [];
  return await ctx.db
    .select({
      caseId: bookings.caseId,
      bookingId: bookings.id,
      promiseId: promises.id,
      words: promises.words,
      dueOn: promises.dueOn,
    })
    .from(promises)
    .innerJoin(bookings, eq(bookings.id, promises.bookingId))
    .where(and(inArray(bookings.caseId, [...caseIds]), isNull(promises.keptAt)))
    .orderBy(asc(promises.dueOn));
}

async function briefOf(ctx: ReceptionCtx, caseId: Id | null) {
  const found = caseId === null ? null : await ctx.cases.get(caseId);
  if (!found || found.category === "accusation") return null;
  const { caseNo, title, state, holder, dueOn } = found;
  return { caseNo, title, state, holder: holder.name, dueOn };
}

/** A day as the leader prepares it: who comes when, the petition where there is one, and what was promised before. */
export async function pack(ctx: ReceptionCtx, sessionId: Id) {
  const session = await sessionOf(ctx, sessionId);
  const visits = await ctx.db
    .select()
    .from(bookings)
    .where(and(eq(bookings.sessionId, sessionId), ne(bookings.state, "cancelled")))
    .orderBy(asc(bookings.slotNo));
  const earlier = await openPromises(
    ctx,
    visits.flatMap((one) => one.caseId ?? []),
  );
  const ids = visits.map((one) => one.id);
  const all =
    ids.length === 0
      ? []
      : await ctx.db.select().from(promises).where(inArray(promises.bookingId, ids)).orderBy(asc(promises.no));
  return {
    ...publicOf(session),
    visits: await Promise.all(
      visits.map(async (one) => {
        const petition = await briefOf(ctx, one.caseId);
        const visit = { bookingId: one.id, at: slotAt(session, one.slotNo), state: one.state, petition };
        // what is about a petition is for those who may see that petition
        const isClosed = one.caseId !== null && petition === null;
        if (isClosed) return { ...visit, isClosed, topic: "", record: "", signed: false, promises: [], earlier: [] };
        return {
          ...visit,
          ...{ isClosed, topic: one.topic, record: one.record, signed: one.signedAt !== null },
          promises: all
            .filter((each) => each.bookingId === one.id)
            .map(({ id: promiseId, words, dueOn, keptAt }) => ({ promiseId, words, dueOn, kept: keptAt !== null })),
          earlier: earlier
            .filter((each) => one.caseId !== null && each.caseId === one.caseId && each.bookingId !== one.id)
            .map(({ promiseId, words, dueOn }) => ({ promiseId, words, dueOn })),
        };
      }),
    ),
  };
}

/** Petitions of the unit to choose from; accusations are not among them, whoever asks. */
export async function casesToLink(ctx: ReceptionCtx) {
  const found = await ctx.cases.find({ limit: 100 });
  return found
    .filter((one) => one.category !== "accusation")
    .map(({ caseId, caseNo, title }) => ({ caseId, caseNo, title }));
}

async function move(ctx: ReceptionCtx, visit: Booking, to: Partial<Booking>): Promise<void> {
  const moved = await ctx.db
    .update(bookings)
    .set({ ...to, changedAt: ctx.now })
    .where(and(eq(bookings.id, visit.id), eq(bookings.state, visit.state)))
    .returning({ id: bookings.id });
  if (moved.length === 0) throw refuse("state");
}

/** Says which petition a visit is about, so that the leader can read it before. */
export async function link(ctx: ReceptionCtx, bookingId: Id, caseId: Id | null): Promise<void> {
  const visit = await visitOf(ctx, bookingId);
  if (visit.state === "sealed") throw refuse("sealed");
  if (caseId !== null) {
    const found = await ctx.cases.get(caseId);
    if (!found) throw new DoorstepError("case.notFound");
    if (found.category === "accusation") throw refuse("sealed");
  }
  await move(ctx, visit, { caseId });
}

async function give(ctx: ReceptionCtx, visit: Booking, no: number, promise: NewPromise): Promise<void> {
  const { words, ownerId, dueOn } = promise;
  const key = `visit-${visit.id}-${no}`;
  try {
    await ctx.tasks.give({ caseId: visit.caseId, text: words, to: { personId: ownerId }, dueOn, key });
  } catch (error) {
    const codes = error instanceof DoorstepError ? [error.code, ...error.reasons.map((one) => one.code)] : [];
    if (codes.includes("task.personCannot")) throw refuse("owner");
    throw error;
  }
}

/** What the petitioner reads afterwards: what was said, and what was promised by when; never who is to do it. */
const summaryOf = (record: string, made: readonly NewPromise[]): string =>
  [record, ...made.map((one) => `· ${one.words}（${one.dueOn}）`)].filter((line) => line !== "").join("\n");

interface Heard {
  readonly record: string;
  readonly promises: readonly NewPromise[];
  /** drawn on glass by the visitor, as PNG; empty where he does not sign */
  readonly signature: Uint8Array;
}

/** The very same was noted already: a pad sends it again where the answer was lost. */
async function isNoted(
  ctx: ReceptionCtx,
  { id, record }: Booking,
  what: Pick<Heard, "record" | "promises">,
): Promise<boolean> {
  const given = await ctx.db.select().from(promises).where(eq(promises.bookingId, id)).orderBy(asc(promises.no));
  const lines = (all: Heard["promises"]) => all.map((one) => [one.words, one.ownerId, one.dueOn]);
  return record === what.record && JSON.stringify(lines(given)) === JSON.stringify(lines(what.promises));
}

/**
 * The visitor was heard: what was said is noted, each promise becomes a task, and where the visit is about a petition its
 * petitioner reads it there. Where he has signed, the drawing goes into its file.
 */
export async function heard(ctx: ReceptionCtx, bookingId: Id, what: Heard): Promise<void> {
  const visit = await visitOf(ctx, bookingId);
  if (visit.state === "heard" && (await isNoted(ctx, visit, what))) return;
  if (visit.state !== "booked") throw refuse("state");
  if (what.promises.some((one) => one.dueOn < todayOf(ctx))) throw refuse("promise");
  for (const [no, promise] of what.promises.entries()) await give(ctx, visit, no, promise);
  await ctx.db.transaction(async (tx) => {
    await move({ ...ctx, db: tx as unknown as ReceptionCtx["db"] }, visit, {
      ...{ state: "heard", record: what.record, signedAt: what.signature.byteLength > 0 ? ctx.now : null },
    });
    if (what.promises.length > 0)
      await tx.insert(promises).values(what.promises.map((one, no) => ({ ...one, id: ctx.newId(), bookingId, no })));
  });
  const summary = summaryOf(what.record, what.promises);
  if (visit.caseId !== null && summary !== "")
    await ctx.thread.write(visit.caseId, { text: summary, to: "petitioner" });
  if (visit.caseId !== null && what.signature.byteLength > 0) await intoTheFile(ctx, visit.caseId, what.signature);
}

/** The drawing is kept where the petition is, and nowhere else: who came without one leaves no hand behind. */
async function intoTheFile(ctx: ReceptionCtx, caseId: Id, bytes: Uint8Array): Promise<void> {
  const fileId = await ctx.thread.attach({ name: "接访记录签字.png", bytes });
  const text = "来访人听过记录后签字。The visitor signed after what was noted had been read to him.";
  await ctx.thread.write(caseId, { text, to: "inside", fileIds: [fileId] });
}

export async function absent(ctx: ReceptionCtx, bookingId: Id): Promise<void> {
  const visit = await visitOf(ctx, bookingId);
  if (visit.state !== "booked") throw refuse("state");
  await move(ctx, visit, { state: "absent" });
}

export type TakenVisit = Omit<FileForInput, "key" | "channel" | "via" | "locale">;

/**
 * Takes the visitor's matter down as a petition; the clock of the petition runs from here. Of an accusation nothing stays
 * with the visit, not even what he wanted to talk about.
 */
export async function fileVisit(ctx: ReceptionCtx, bookingId: Id, taken: TakenVisit): Promise<FiledFor> {
  const visit = await visitOf(ctx, bookingId);
  if (visit.state === "sealed" || visit.caseId !== null) throw refuse("state");
  const filed = await ctx.intake.fileFor({
    ...taken,
    ...{ key: `visit-${bookingId}`, channel: "reception-day/visit", via: "receptionDay" },
  });
  const { caseId } = filed;
  if (caseId !== null) await move(ctx, visit, { caseId });
  else await move(ctx, visit, { state: "sealed", topic: "", record: "" });
  return filed;
}

/** A promise was kept: it comes back on no list any more. */
export async function keep(ctx: ReceptionCtx, promiseId: Id): Promise<void> {
  const [found] = await ctx.db.select().from(promises).where(eq(promises.id, promiseId));
  if (!found) throw refuse("notFound");
  await visitOf(ctx, found.bookingId);
  if (found.keptAt !== null) throw refuse("state");
  await ctx.db.update(promises).set({ keptAt: ctx.now }).where(eq(promises.id, promiseId));
}
