import type { Id, Text } from "@doorstep/sdk";
import { and, asc, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { circularLetters, circularsOf } from "../followups/circulars.ts";
import { interviewsOf } from "../followups/interviews.ts";
import { shownListing } from "../followups/listings.ts";
import { byNumber, lettersShown } from "../followups/unit-letters.ts";
import { nextRungs, type Rung } from "../ladder.ts";
import { matters, openStates, steps, triggers } from "../schema.ts";
import { silentTitle } from "./channels.ts";
import { lastStep } from "./last-step.ts";
import { caseOf, type Matter, matterOf, meOf, type Side, seen, todayOf, type WatchCtx } from "./matter-ctx.ts";

const MOST = 100;
const isOpen = (matter: Matter): boolean => openStates.some((state) => state === matter.state);

interface About {
  /** `null`: it belongs to no petition */
  readonly caseNo: string | null;
  readonly title: string | Text;
  readonly holder: Text;
}

/** What a matter is about: a petition as its reader sees it, or a way in of its unit that went quiet. */
async function aboutOf(ctx: WatchCtx, matter: Matter): Promise<About | null> {
  const caseId = caseOf(matter);
  if (caseId !== null) {
    const petition = await seen(ctx, caseId);
    return petition && { caseNo: petition.caseNo, title: petition.title, holder: petition.holder.name };
  }
  const [unit, title] = [await ctx.units.get(matter.unitId), silentTitle(matter.channel)];
  return unit && title && { caseNo: null, title, holder: unit.name };
}

async function shown(ctx: WatchCtx, matter: Matter, side: Side) {
  const about = await aboutOf(ctx, matter);
  if (!about) return null;
  const why = await ctx.db
    .select()
    .from(triggers)
    .where(eq(triggers.matterId, matter.id))
    .orderBy(asc(triggers.at), asc(triggers.id));
  const taken = await ctx.db.select().from(steps).where(eq(steps.matterId, matter.id)).orderBy(asc(steps.no));
  const last = taken.at(-1);
  const today = todayOf(ctx);
  const isLate = matter.state === "asked" && last !== undefined && last.dueOn < today;
  const goesUp = matter.state === "raised" || isLate;
  const instant = (at: string | null): string | null => at && new Date(at).toISOString();
  return {
    ...{ matterId: matter.id, caseId: caseOf(matter), state: matter.state, rung: matter.rung, isLate },
    ...about,
    ...{ openedAt: instant(matter.openedAt) ?? "", result: matter.result, dueOn: last?.dueOn ?? null },
    triggers: why.map((one) => ({ code: one.code, at: instant(one.at) ?? "", why: one.why })),
    steps: taken.map(({ no, rung, words, givenBy, givenAt, dueOn, answer, answeredAt, sentBack }) => ({
      ...{ no, rung, words, bySelf: givenBy === null, givenAt: instant(givenAt) ?? "", dueOn },
      ...{ answer, answeredAt: instant(answeredAt), sentBack },
    })),
    next: side === "above" && goesUp ? nextRungs(matter.rung) : [],
    mayDismiss: side === "above" && matter.state === "raised" && matter.rung === null,
    mayJudge: side === "above" && matter.state === "answered" && last?.answeredBy !== meOf(ctx),
    mayAnswer: side === "unit" && matter.state === "asked" && ctx.can("answer"),
  };
}

async function all(ctx: WatchCtx, rows: readonly Matter[], side: Side) {
  const found = await Promise.all(rows.map((row) => shown(ctx, row, side)));
  return found.flatMap((one) => one ?? []);
}

/** Those the unit supervises: what waits for it first, what waits for others, what is over. */
export async function supervised(ctx: WatchCtx, over: boolean) {
  const open = inArray(matters.state, openStates);
  const order = sql`array_position(array['answered', 'raised', 'asked'], ${matters.state})`;
  const rows = await ctx.db
    .select()
    .from(matters)
    .where(
      and(
        inArray(matters.unitId, await ctx.units.within(ctx.unit.id)),
        over ? inArray(matters.state, ["closed", "dismissed"]) : open,
      ),
    )
    .orderBy(...(over ? [desc(matters.endedAt)] : [order, asc(matters.openedAt)]))
    .limit(MOST);
  return await all(ctx, rows, "above");
}

/** Those the unit itself has to answer, or has answered. */
export async function toAnswer(ctx: WatchCtx) {
  const rows = await ctx.db
    .select()
    .from(matters)
    .where(and(eq(matters.unitId, ctx.unit.id), inArray(matters.state, ["asked", "answered"])))
    .orderBy(desc(matters.state), asc(matters.openedAt))
    .limit(MOST);
  return await all(ctx, rows, "unit");
}

/** With what the two sides alone read: its interviews, its circulars, and who answers for a listed one. */
export async function oneMatter(ctx: WatchCtx, matterId: Id, side: Side) {
  const matter = await matterOf(ctx, matterId, side);
  const [found] = await all(ctx, [matter], side);
  if (!found) return found;
  const last = await lastStep(ctx, matterId);
  const [interviews, circulars] = [await interviewsOf(ctx, matterId), await circularsOf(ctx, matterId)];
  const written = (stepId: Id | undefined) => [...interviews, ...circulars].some((one) => one.stepId === stepId);
  const mayWrite = (rung: Rung) => side === "above" && isOpen(matter) && last?.rung === rung && !written(last.id);
  const listing = await shownListing(ctx, matter);
  const stepIds = await ctx.db
    .select({ id: steps.id })
    .from(steps)
    .where(eq(steps.matterId, matterId))
    .orderBy(asc(steps.no));
  const ofSteps = await lettersShown(
    ctx,
    stepIds.map((one) => one.id),
  );
  const letters = [...ofSteps, ...byNumber(await lettersShown(ctx, await circularLetters(ctx, matterId)))];
  return {
    ...{ ...found, interviews, circulars, listing, letters },
    ...{ mayInterview: mayWrite("interview"), mayCirculate: mayWrite("circular") },
    mayRecommend: side === "above" && isOpen(matter) && matter.rung === "listed",
    mayCheck: side === "above" && matter.state === "answered" && listing !== null && last?.answeredBy !== meOf(ctx),
    mayListAnew:
      side === "above" && matter.state === "asked" && listing?.hasLetter === true && listing.noticedOn === null,
  };
}

/** Beside the petition, newest first: what was dismissed was never asked of anybody. */
export async function ofCase(ctx: WatchCtx, caseId: Id) {
  const rows = await ctx.db
    .select()
    .from(matters)
    .where(and(eq(matters.aboutId, caseId), ne(matters.state, "dismissed")))
    .orderBy(desc(matters.openedAt))
    .limit(MOST);
  return await all(ctx, rows, "unit");
}
