import type { Id } from "@doorstep/sdk";
import { DoorstepError } from "@doorstep/sdk";
import { and, asc, between, inArray, sql } from "drizzle-orm";
import { mapOf } from "../mining/map-of.ts";
import type { LookCtx } from "../process-ctx.ts";
import { petitions, steps } from "../schema.ts";
import { type Deviation, deviations, deviationsOf } from "./deviations.ts";

/** Which petitions are looked at: those that came in these months to the call's unit. */
export interface Looked {
  readonly from: string;
  readonly to: string;
  /** with the units below */
  readonly below: boolean;
}

/** So many the kernel is asked about at once. */
const MOST = 2_000;

export type OwnStep = Omit<typeof steps.$inferSelect, "caseId" | "seq">;
export interface OwnTrace {
  readonly caseId: Id;
  readonly steps: readonly OwnStep[];
}

const lastDay = (month: string): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);

/** The ways of petitions that whoever asks may open, oldest first; `null` where there are too many. */
export async function waysOf(ctx: LookCtx, { from, to, below }: Looked): Promise<readonly OwnTrace[] | null> {
  const found = await ctx.db
    .select({ caseId: petitions.caseId })
    .from(petitions)
    .where(
      and(
        between(petitions.begun, `${from}-01`, lastDay(to)),
        sql`${below ? petitions.paths : petitions.units} @> array[${ctx.unit.id}::uuid]`,
      ),
    )
    .orderBy(petitions.begun, petitions.caseId)
    .limit(MOST + 1);
  if (found.length > MOST) return null;
  const visible = found.length > 0 ? await ctx.cases.visible(found.map(({ caseId }) => caseId)) : [];
  if (visible.length === 0) return [];
  const rows = await ctx.db
    .select()
    .from(steps)
    .where(inArray(steps.caseId, [...visible]))
    .orderBy(asc(steps.caseId), asc(steps.seq));
  const ways = Map.groupBy(rows, ({ caseId }) => caseId);
  return found.flatMap(({ caseId }) => {
    const own = ways.get(caseId);
    return own ? [{ caseId, steps: own.map(({ at, code, by, unitId }) => ({ at, code, by, unitId })) }] : [];
  });
}

/** @throws DoorstepError `input.invalid` where there are too many, or for months in the wrong order */
export async function seenWays(ctx: LookCtx, looked: Looked): Promise<readonly OwnTrace[]> {
  const ways = looked.from <= looked.to ? await waysOf(ctx, looked) : null;
  if (!ways) throw new DoorstepError("input.invalid");
  return ways;
}

const deviationsIn = (way: OwnTrace): readonly Deviation[] => deviationsOf(way.steps.map(({ code }) => code));

/** The map of the petitions the asker may open; `null` where there are more than can be asked. */
export async function ownMap(ctx: LookCtx, looked: Looked) {
  const ways = await waysOf(ctx, looked);
  if (!ways) return null;
  const map = mapOf(ways.map((way) => ({ steps: way.steps.map(({ code, at }) => ({ activity: code, at })) })));
  const found = ways.flatMap(deviationsIn);
  return {
    ...map,
    deviations: deviations.map((code) => ({ code, cases: found.filter((one) => one === code).length })),
  };
}

const LISTED = 50;

/** The petitions that left the straight way like this, newest first. */
export async function deviating(ctx: LookCtx, looked: Looked, code: Deviation) {
  const ways = (await seenWays(ctx, looked)).filter((way) => deviationsIn(way).includes(code)).toReversed();
  const listed = await Promise.all(ways.slice(0, LISTED).map(({ caseId }) => ctx.cases.get(caseId)));
  return {
    total: ways.length,
    cases: listed.flatMap((one) => (one ? [{ caseNo: one.caseNo, title: one.title }] : [])),
  };
}
