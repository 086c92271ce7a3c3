import type { CaseBrief, Id } from "@doorstep/sdk";
import { and, asc, desc, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import { charges, milestones, visits } from "../schema.ts";
import { type Charge, dayAt, isHere, type LeadCtx, openCharge, seen, todayOf } from "./charge-ctx.ts";

const MOST = 100;
const DAY_MS = 86_400_000;
const ANSWERED: readonly string[] = ["replied", "review", "rereview", "final", "archived"];

/** Where a petition stands with its leader. */
type Stage = "plan" | "working" | "answered";

const briefOf = (ctx: LeadCtx, petition: CaseBrief) => ({
  ...{ caseId: petition.caseId, caseNo: petition.caseNo, title: petition.title, holder: petition.holder.name },
  ...{ state: petition.state, dueOn: petition.dueOn },
  ageDays: (Date.parse(todayOf(ctx)) - Date.parse(dayAt(ctx, petition.receivedAt))) / DAY_MS,
});

/** What is to be done next and by when, the most pressing first. */
interface Next {
  readonly what: "plan" | "visit" | "milestone" | "statutory";
  readonly on: string;
}

async function partsOf(ctx: LeadCtx, charge: Charge | undefined) {
  if (!charge) return { steps: [], seenOn: [] };
  const [steps, seenOn] = await Promise.all([
    ctx.db
      .select()
      .from(milestones)
      .where(eq(milestones.chargeId, charge.id))
      .orderBy(asc(milestones.dueOn), asc(milestones.id)),
    ctx.db.select().from(visits).where(eq(visits.chargeId, charge.id)).orderBy(desc(visits.visitedOn), desc(visits.id)),
  ]);
  return { steps, seenOn };
}

const latest = (days: readonly (string | null)[]): string | null =>
  days
    .filter((day) => day !== null)
    .reduce<string | null>((last, day) => (last === null || day > last ? day : last), null);

async function shown(ctx: LeadCtx, petition: CaseBrief, charge: Charge | undefined, takenAt: string) {
  const { steps, seenOn } = await partsOf(ctx, charge);
  const running = (await ctx.clocks.list(petition.caseId)).filter((one) => one.state === "running");
  const periods = running.map((one): Next => ({ what: one.code, on: one.dueOn }));
  const open = steps.filter((one) => one.doneOn === null);
  const next = [
    ...periods,
    ...open.map((one): Next => ({ what: "milestone", on: one.dueOn })),
    ...(petition.dueOn === null ? [] : [{ what: "statutory", on: petition.dueOn } satisfies Next]),
  ].sort((a, b) => a.on.localeCompare(b.on));
  const planned = charge?.plannedAt ? dayAt(ctx, charge.plannedAt) : null;
  const stage: Stage = planned === null ? "plan" : ANSWERED.includes(petition.state) ? "answered" : "working";
  return {
    ...briefOf(ctx, petition),
    ...{ takenOn: dayAt(ctx, takenAt), stage, next: next[0] ?? null, isLate: (next[0]?.on ?? "9999") < todayOf(ctx) },
    lastMoveOn: latest([planned, seenOn[0]?.visitedOn ?? null, ...steps.map((one) => one.doneOn)]),
    plan:
      charge && planned !== null
        ? {
            ...{ plannedOn: planned, metOn: charge.metOn, notMet: charge.notMet },
            ...{ facts: charge.facts, law: charge.law, options: charge.options, helpers: charge.helpers },
          }
        : null,
    milestones: steps.map(({ id, what, dueOn, doneOn, result }) => ({ milestoneId: id, what, dueOn, doneOn, result })),
    visits: seenOn.map(({ visitedOn, met, words }) => ({ visitedOn, met, words })),
  };
}

/** The petitions the asker has taken, the most pressing first. */
export async function mine(ctx: LeadCtx) {
  const found = await Promise.all(
    (await ctx.cases.charges()).map(async ({ caseId, takenAt }) => {
      const petition = await seen(ctx, caseId);
      return petition ? [await shown(ctx, petition, await openCharge(ctx, caseId), takenAt)] : [];
    }),
  );
  return found.flat().sort((a, b) => (a.next?.on ?? "9999").localeCompare(b.next?.on ?? "9999"));
}

/** One petition with its leader's plan, for whoever may see it; `null` where no leader ever took it. */
export async function ofCase(ctx: LeadCtx, caseId: Id) {
  const petition = await seen(ctx, caseId);
  if (!petition) return null;
  const own = (await ctx.cases.charges()).find((one) => one.caseId === caseId);
  const [last] = await ctx.db
    .select()
    .from(charges)
    .where(eq(charges.caseId, caseId))
    .orderBy(sql`${charges.endedAt} is not null`, desc(charges.takenAt))
    .limit(1);
  const takenAt = own?.takenAt ?? last?.takenAt;
  if (takenAt === undefined) return null;
  const reports = (await ctx.tasks.list(caseId)).map(({ text, dueOn, state }) => ({ text, dueOn, state }));
  const isMine = own !== undefined && ctx.can("lead");
  const outcome = own ? null : (last?.outcome ?? null);
  // the kernel lets a leader above hand over what another has who has moved post
  const isBelow = last !== undefined && last.path[0] !== ctx.unit.id && (await isHere(ctx, last.path));
  const mayHandOver = !own && last?.endedAt === null && isBelow && ctx.can("lead");
  return { ...(await shown(ctx, petition, last, takenAt)), reports, isMine, outcome, mayHandOver };
}

/** Those of other leaders at the unit and below, and whether their leader is still there. */
export async function ofUnit(ctx: LeadCtx) {
  const rows = await ctx.db
    .select()
    .from(charges)
    .where(and(inArray(sql`${charges.path}[1]`, await ctx.units.within(ctx.unit.id)), isNull(charges.endedAt)))
    .orderBy(asc(charges.takenAt))
    .limit(MOST);
  const ids = [...new Set(rows.flatMap((row) => (row.leaderId === null ? [] : [row.leaderId])))];
  const names = new Map((ids.length === 0 ? [] : await ctx.people.ofUnit({ ids })).map((one) => [one.id, one.name]));
  const found = await Promise.all(
    rows.map(async (row) => {
      const petition = await seen(ctx, row.caseId);
      if (!petition) return [];
      const leader = row.leaderId === null ? null : (names.get(row.leaderId) ?? null);
      return [{ ...(await shown(ctx, petition, row, row.takenAt)), leader, isGone: row.leaderId !== null && !leader }];
    }),
  );
  return found.flat();
}

/** What was handed over and nobody has taken since, oldest first: it comes before the backlog. */
export async function waiting(ctx: LeadCtx) {
  const again = ctx.db.select({ caseId: charges.caseId }).from(charges).where(isNull(charges.endedAt));
  const rows = await ctx.db
    .select()
    .from(charges)
    .where(
      and(
        inArray(sql`${charges.path}[1]`, await ctx.units.within(ctx.unit.id)),
        eq(charges.outcome, "handedOver"),
        notInArray(charges.caseId, again),
      ),
    )
    .orderBy(asc(charges.endedAt))
    .limit(MOST);
  const handedOver = await Promise.all(rows.map((row) => seen(ctx, row.caseId)));
  const backlog = await ctx.cases.find({ backlog: true, limit: MOST });
  const taken = await ctx.db
    .select({ caseId: charges.caseId })
    .from(charges)
    .where(
      and(
        inArray(
          charges.caseId,
          backlog.map((one) => one.caseId),
        ),
        isNull(charges.endedAt),
      ),
    );
  const left = new Set([...taken.map((one) => one.caseId), ...rows.map((one) => one.caseId)]);
  const fresh = backlog
    .filter((one) => one.category !== "accusation" && !left.has(one.caseId))
    .toSorted((a, b) => a.receivedAt.localeCompare(b.receivedAt));
  return {
    handedOver: handedOver.flatMap((one) => (one ? [briefOf(ctx, one)] : [])),
    backlog: fresh.map((one) => briefOf(ctx, one)),
  };
}
