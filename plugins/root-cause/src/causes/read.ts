import type { Id, Text } from "@doorstep/sdk";
import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { openStates, overStates } from "../codes.ts";
import { spansOf } from "../figures/months.ts";
import { countsOf } from "../figures/released.ts";
import { type Figures, verify } from "../figures/verify.ts";
import { refuse } from "../refusals.ts";
import { asks, causes, links, rounds, steps } from "../schema.ts";
import { type Cause, type CauseCtx, dayAt, isHere, meOf, type Round, seen, todayOf } from "./cause-ctx.ts";
import { ownerUnits } from "./fix.ts";
import { siblingsOf } from "./siblings.ts";

const MOST = 100;

async function unitNames(ctx: CauseCtx, ids: readonly Id[]): Promise<ReadonlyMap<Id, Text>> {
  const found = await Promise.all([...new Set(ids)].map((id) => ctx.units.get(id)));
  return new Map(found.flatMap((unit) => (unit ? [[unit.id, unit.name] as const] : [])));
}

/** `null`: somebody of a unit above, or who has left. */
async function peopleNames(ctx: CauseCtx, ids: readonly (Id | null)[]): Promise<ReadonlyMap<Id, string>> {
  const known = [...new Set(ids.flatMap((id) => id ?? []))];
  const people = known.length > 0 ? await ctx.people.ofUnit({ ids: known }) : [];
  return new Map(people.map((one) => [one.id, one.name]));
}

const rowOf = (ctx: CauseCtx, cause: Cause, round: Round | undefined, unit: Text | undefined) => ({
  ...{ causeId: cause.id, title: cause.title, kind: cause.kind, subject: cause.subject, state: cause.state },
  ...{ round: cause.round, unit: unit ?? null, isHere: cause.unitId === ctx.unit.id },
  ...{ openedOn: dayAt(ctx, cause.openedAt), dueOn: cause.state === "fixing" ? (round?.dueOn ?? null) : null },
  isLate: cause.state === "fixing" && round !== undefined && round.dueOn < todayOf(ctx),
});

async function rowsOf(ctx: CauseCtx, found: readonly Cause[]) {
  const names = await unitNames(
    ctx,
    found.map((one) => one.unitId),
  );
  const ids = found.map((one) => one.id);
  const written = ids.length > 0 ? await ctx.db.select().from(rounds).where(inArray(rounds.causeId, ids)) : [];
  return found.map((cause) => {
    const round = written.find((one) => one.causeId === cause.id && one.no === cause.round);
    return rowOf(ctx, cause, round, names.get(cause.unitId));
  });
}

/** What the unit and those below it work on, or have ended: what waits for somebody first. Fixes that the unit owns are among them. */
export async function list(ctx: CauseCtx, which: "open" | "over") {
  const states = which === "open" ? openStates : overStates;
  const owned = ctx.db.select({ id: rounds.causeId }).from(rounds).where(eq(rounds.ownerUnit, ctx.unit.id));
  const found = await ctx.db
    .select()
    .from(causes)
    .where(
      and(
        inArray(causes.state, states),
        or(inArray(causes.unitId, await ctx.units.within(ctx.unit.id)), inArray(causes.id, owned)),
      ),
    )
    .orderBy(
      sql`array_position(array['judging', 'open', 'fixing', 'checking', 'closed', 'dropped'], ${causes.state})`,
      desc(causes.openedAt),
      causes.id,
    )
    .limit(MOST);
  return await rowsOf(ctx, found);
}

/** Whether the figures that a verdict went by were corrected since: the verdict stays, and this is said. */
async function isCorrected(ctx: CauseCtx, cause: Cause, { decidedOn, doneOn, figures }: Round): Promise<boolean> {
  if (!figures || !doneOn) return false;
  const [above] = await ctx.units.above(cause.unitId);
  const counts = await countsOf(ctx, cause.unitId, cause.subject);
  const larger = above ? await countsOf(ctx, above.id, cause.subject) : counts;
  const months = monthsBetween(figures);
  const now = verify(counts, larger, spansOf(decidedOn, doneOn, months))?.figures;
  const same = (one: Figures["before"], other: Figures["before"]): boolean =>
    one.count === other.count && one.unknown === other.unknown;
  // what is too long ago to be read cannot be compared
  if (!now || now.before.unknown > figures.before.unknown) return false;
  return !(same(now.before, figures.before) && same(now.after, figures.after));
}

/** How many months were compared, whatever the setting is by now. */
function monthsBetween({ after: { from, to } }: Figures): number {
  const [fromYear = 0, fromMonth = 0] = from.split("-").map(Number);
  const [toYear = 0, toMonth = 0] = to.split("-").map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth + 1;
}

/** A cause of the unit or below it, or whose fix the unit owns. @throws refusal `notFound` */
async function visibleCause(ctx: CauseCtx, causeId: Id) {
  const [cause] = await ctx.db.select().from(causes).where(eq(causes.id, causeId));
  const written = cause
    ? await ctx.db.select().from(rounds).where(eq(rounds.causeId, causeId)).orderBy(asc(rounds.no))
    : [];
  const owns = written.some((one) => one.ownerUnit === ctx.unit.id);
  if (!cause || !(owns || (await isHere(ctx, cause.path)))) throw refuse("notFound");
  return { cause, written };
}

/** The whole story of one; linked petitions are those that the asker may open. @throws refusal `notFound` */
export async function one(ctx: CauseCtx, causeId: Id) {
  const { cause, written } = await visibleCause(ctx, causeId);
  const taken = await ctx.db.select().from(steps).where(eq(steps.causeId, causeId)).orderBy(asc(steps.dueOn), steps.id);
  const asked = await ctx.db.select().from(asks).where(eq(asks.causeId, causeId)).orderBy(asc(asks.askedAt), asks.id);
  const linked = await ctx.db
    .select()
    .from(links)
    .where(eq(links.causeId, causeId))
    .orderBy(asc(links.linkedAt))
    .limit(MOST);
  const petitions = await Promise.all(linked.map(({ caseId }) => seen(ctx, caseId)));
  const units = await unitNames(ctx, [cause.unitId, ...written.map((r) => r.ownerUnit), ...asked.map((a) => a.unitId)]);
  const people = await peopleNames(
    ctx,
    written.flatMap((r) => [r.ownerId, r.judgedBy]),
  );
  const current = written.find((r) => r.no === cause.round);
  const today = todayOf(ctx);
  const keepsHere = cause.unitId === ctx.unit.id && ctx.can("keep");
  const fixes = keepsHere || (current?.ownerUnit === ctx.unit.id && ctx.can("keep")) || current?.ownerId === meOf(ctx);
  const me = meOf(ctx);
  const isOwn = current?.decidedBy === me || current?.doneBy === me || current?.ownerId === me;
  return {
    ...rowOf(ctx, cause, current, units.get(cause.unitId)),
    ...{ origin: cause.origin, endWords: cause.endWords },
    endedOn: cause.endedAt && dayAt(ctx, cause.endedAt),
    petitions: petitions.flatMap((petition) =>
      petition ? [{ caseId: petition.caseId, caseNo: petition.caseNo, title: petition.title }] : [],
    ),
    rounds: await Promise.all(
      written.map(async (round) => ({
        ...{ no: round.no, causeWords: round.causeWords, fixWords: round.fixWords, dueOn: round.dueOn },
        ...{ ownerUnit: units.get(round.ownerUnit) ?? null, hasOwner: round.ownerId !== null },
        ...{ owner: people.get(round.ownerId ?? "") ?? null, decidedOn: round.decidedOn },
        ...{ doneOn: round.doneOn, doneWords: round.doneWords, verdict: round.verdict, figures: round.figures },
        ...{ verifiedOn: round.verifiedAt && dayAt(ctx, round.verifiedAt), judgedWords: round.judgedWords },
        corrected: await isCorrected(ctx, cause, round),
        steps: taken
          .filter((step) => step.roundNo === round.no)
          .map(({ id, what, dueOn, doneOn, doneWords }) => ({
            ...{ stepId: id, what, dueOn, doneOn, doneWords },
            isLate: doneOn === null && dueOn < today,
          })),
      })),
    ),
    asks: asked.map(({ id, unitId, dueOn, found, words, answeredAt }) => ({
      ...{ askId: id, unit: units.get(unitId) ?? null, dueOn, found, words },
      ...{ answeredOn: answeredAt && dayAt(ctx, answeredAt), isLate: answeredAt === null && dueOn < today },
    })),
    mayDecide: keepsHere && cause.state === "open",
    mayFix: cause.state === "fixing" && fixes,
    mayAsk: keepsHere && cause.state !== "dropped" && written.length > 0,
    mayJudge: keepsHere && cause.state === "judging" && !isOwn,
    mayLink: keepsHere,
  };
}

/** Whom the fix may be given to, and which units may be asked the same. */
export async function choices(ctx: CauseCtx) {
  const named = (units: readonly { readonly id: Id; readonly name: Text }[]) =>
    units.map(({ id, name }) => ({ id, name }));
  return {
    people: (await ctx.people.ofUnit()).map(({ id, name, unit }) => ({ id, name, unit })),
    units: named(await ownerUnits(ctx)),
    siblings: named(await siblingsOf(ctx)),
  };
}

/** Causes behind a petition that the asker may see, and those of the unit it could be linked with; `null` for any other. */
export async function ofCase(ctx: CauseCtx, caseId: Id) {
  const petition = await seen(ctx, caseId);
  if (!petition) return null;
  const linked = await ctx.db
    .select({ cause: causes })
    .from(links)
    .innerJoin(causes, eq(causes.id, links.causeId))
    .where(eq(links.caseId, caseId))
    .orderBy(asc(links.linkedAt));
  const mine = ctx.can("keep")
    ? await ctx.db
        .select({ causeId: causes.id, title: causes.title })
        .from(causes)
        .where(and(eq(causes.unitId, ctx.unit.id), inArray(causes.state, openStates)))
        .orderBy(desc(causes.openedAt))
        .limit(MOST)
    : [];
  const known = new Set(linked.map(({ cause }) => cause.id));
  const rows = await rowsOf(
    ctx,
    linked.map(({ cause }) => cause),
  );
  const here = await ctx.units.within(ctx.unit.id);
  return {
    causes: rows.map((row, n) => ({ ...row, mayOpen: here.includes(linked[n]?.cause.unitId ?? "") })),
    others: mine.filter((one) => !known.has(one.causeId)),
    mayKeep: ctx.can("keep"),
  };
}

/** What other units ask of the call's unit: open ones first, then the last that were answered. */
export async function toAnswer(ctx: CauseCtx) {
  const found = await ctx.db
    .select({ ask: asks, cause: causes, round: rounds })
    .from(asks)
    .innerJoin(causes, eq(causes.id, asks.causeId))
    // what is known by now: the cause of the newest round that has one
    .innerJoin(
      rounds,
      and(
        eq(rounds.causeId, causes.id),
        sql`${rounds.no} = (select max(r.no) from ${rounds} r where r.cause_id = ${causes.id})`,
      ),
    )
    .where(eq(asks.unitId, ctx.unit.id))
    .orderBy(sql`${asks.answeredAt} desc nulls first`, asc(asks.dueOn), asks.id)
    .limit(MOST);
  const names = await unitNames(
    ctx,
    found.map(({ cause }) => cause.unitId),
  );
  const today = todayOf(ctx);
  return found.map(({ ask, cause, round }) => ({
    ...{ askId: ask.id, title: cause.title, kind: cause.kind, unit: names.get(cause.unitId) ?? null },
    ...{ causeWords: round.causeWords, fixWords: round.fixWords, dueOn: ask.dueOn },
    ...{ found: ask.found, words: ask.words, answeredOn: ask.answeredAt && dayAt(ctx, ask.answeredAt) },
    isLate: ask.answeredAt === null && ask.dueOn < today,
  }));
}

/** For the page of the day: what waits at the unit, the nearest day first. */
export async function today(ctx: CauseCtx) {
  const open = (await list(ctx, "open")).filter((row) => row.isHere || row.state === "fixing");
  const waiting = await ctx.db.$count(asks, and(eq(asks.unitId, ctx.unit.id), isNull(asks.answeredAt)));
  const first = open
    .filter((row) => row.state !== "checking")
    .toSorted((a, b) => (a.dueOn ?? "").localeCompare(b.dueOn ?? ""));
  return { open: open.length, late: open.filter((row) => row.isLate).length, waiting, first: first.slice(0, 3) };
}
