import {
  type CaseBrief,
  DoorstepError,
  dayOf,
  type Id,
  type OwnCase,
  type Plugin,
  type PluginSpec,
} from "@doorstep/sdk";
import { type Ctx, letterDay, type RequestCtx } from "@doorstep/sdk/server";
import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { openStates } from "../kinds.ts";
import type { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { hearings, seats } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type HearingCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Hearing = typeof hearings.$inferSelect;
export type Seat = typeof seats.$inferSelect;

/** The code of the kernel's mark. */
export const HEARING = "hearing";

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: HearingCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const todayOf = ({ now, unit }: Pick<JobCtx, "now" | "unit">): string => dayOf(now, unit.timeZone);

/** The petition as the asker may see it; accusations are nobody's here. */
export async function seen(ctx: HearingCtx, caseId: Id): Promise<CaseBrief | null> {
  const found = await ctx.cases.get(caseId);
  return found?.category === "accusation" ? null : found;
}

/** The petition of whoever asks. @throws refusal `notFound` */
export async function ownOf(ctx: HearingCtx, caseId: Id): Promise<OwnCase> {
  const own = await ctx.cases.own(caseId);
  if (!own || own.category === "accusation") throw refuse("notFound");
  return own;
}

/** The unit and all above it. */
export async function pathOf(ctx: JobCtx, unitId: Id): Promise<Id[]> {
  return [unitId, ...(await ctx.units.above(unitId)).map((one) => one.id)];
}

/** Whether a row is of the call's unit or of one that is below it today: its path begins with whose it is, and goes on as the units stood then. */
export const isHere = async (ctx: JobCtx, [unitId = ""]: readonly Id[]): Promise<boolean> =>
  (await pathOf(ctx, unitId)).includes(ctx.unit.id);

export async function hearingOf(ctx: JobCtx, hearingId: Id): Promise<Hearing> {
  const [found] = await ctx.db.select().from(hearings).where(eq(hearings.id, hearingId));
  if (!found) throw refuse("notFound");
  return found;
}

/** One that the call's unit conducts, at a petition the asker may see. @throws refusal `notFound` */
export async function conducted(ctx: HearingCtx, hearingId: Id): Promise<Hearing> {
  const found = await hearingOf(ctx, hearingId);
  if (!((await isHere(ctx, found.path)) && (await seen(ctx, found.caseId)))) throw refuse("notFound");
  return found;
}

/** The one that is not over yet. */
export async function openAt(ctx: JobCtx, caseId: Id): Promise<Hearing | undefined> {
  const [found] = await ctx.db
    .select()
    .from(hearings)
    .where(and(eq(hearings.caseId, caseId), inArray(hearings.state, openStates)))
    .orderBy(desc(hearings.askedAt));
  return found;
}

/** Those who sit on it, the chair first. */
export const seatsOf = (ctx: JobCtx, hearingId: Id): Promise<Seat[]> =>
  ctx.db.select().from(seats).where(eq(seats.hearingId, hearingId)).orderBy(desc(seats.chair), asc(seats.name));

/** The asker's own seat, and the hearing it belongs to. @throws refusal `notFound` */
export async function mySeat(ctx: HearingCtx, hearingId: Id): Promise<{ readonly one: Hearing; readonly seat: Seat }> {
  const one = await hearingOf(ctx, hearingId);
  const [seat] = await ctx.db
    .select()
    .from(seats)
    .where(and(eq(seats.hearingId, hearingId), eq(seats.personId, meOf(ctx)), eq(seats.left, false)));
  if (!seat) throw refuse("notFound");
  return { one, seat };
}

/** Changes one that nobody has moved on meanwhile. @throws refusal `state` */
export async function move(db: JobCtx["db"], one: Hearing, to: Partial<Hearing>): Promise<void> {
  const moved = await db
    .update(hearings)
    .set(to)
    .where(and(eq(hearings.id, one.id), eq(hearings.state, one.state)))
    .returning({ id: hearings.id });
  if (moved.length === 0) throw refuse("state");
}

/** Runs what belongs together as one piece. */
export const atOnce = <T>(ctx: JobCtx, work: (db: JobCtx["db"]) => Promise<T>): Promise<T> =>
  ctx.db.transaction((tx) => work(tx as unknown as JobCtx["db"]));

/** The day of a hearing as the petitioner reads it. */
export const dayIn = ({ hearingOn }: Pick<Hearing, "hearingOn">, language: "zh-CN" | "en"): string =>
  hearingOn === null ? "" : letterDay(hearingOn, language);
