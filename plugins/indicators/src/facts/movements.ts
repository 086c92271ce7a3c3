import { dayOf, type Id, type Text } from "@doorstep/sdk";
import type { DatasetRow, DatasetSpec } from "@doorstep/sdk/server";
import { type SQL, sql } from "drizzle-orm";
import type { JobCtx } from "../indicators-ctx.ts";
import { counted, entries } from "../schema.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

/** Where the other unit of a hand-on stands, seen from the one that is counted. */
const others = {
  above: t("上级单位", "A unit above"),
  below: t("下级单位", "A unit below"),
  beside: t("同一上级的单位", "A unit under the same one"),
  elsewhere: t("其他单位", "Another unit"),
} as const;
type Other = keyof typeof others;

/** From the unit itself upwards. */
type Path = readonly Id[];

export function otherOf(path: Path, other: Path): Other {
  const [unit = "", parent] = path;
  const [otherUnit = "", otherParent] = other;
  if (path.includes(otherUnit)) return "above";
  if (other.includes(unit)) return "below";
  return parent !== undefined && parent === otherParent ? "beside" : "elsewhere";
}

interface Happened {
  readonly caseId: Id;
  readonly at: string;
  /** where it was when it had happened */
  readonly unitId: Id;
}

interface Place {
  readonly zone: string;
  readonly path: Path;
}

async function placesOf(ctx: JobCtx, ids: ReadonlySet<Id>): Promise<ReadonlyMap<Id, Place>> {
  const places = new Map<Id, Place>();
  for (const id of ids) {
    const unit = await ctx.units.get(id);
    const above = await ctx.units.above(id);
    places.set(id, { zone: unit?.timeZone ?? ctx.unit.timeZone, path: [id, ...above.map((one) => one.id)] });
  }
  return places;
}

/** The first of each petition in the month, by the unit's own days: whoever sends the same to and fro is counted once. */
function firstOfMonth<T extends Happened>(rows: readonly T[], month: string, places: ReadonlyMap<Id, Place>): T[] {
  const seen = new Set<Id>();
  return rows.filter(({ caseId, at, unitId }) => {
    const isFirst = !seen.has(caseId) && dayOf(at, places.get(unitId)?.zone ?? "UTC").startsWith(month);
    if (isFirst) seen.add(caseId);
    return isFirst;
  });
}

/** A day more on both sides, for units whose days begin earlier or later. */
const around = (month: string): SQL =>
  sql`e.at >= ${`${month}-01`}::date - interval '1 day' and e.at < ${`${month}-01`}::date + interval '1 month 1 day'`;

const kinds = { transfer: t("转送", "Transferred"), assign: t("交办", "Assigned") } as const;

interface HandedOn extends Happened {
  readonly toId: Id;
  readonly kind: keyof typeof kinds;
}

/** What a unit transferred or assigned to others; what all of a unit's work handed over or an office decided between units is neither. */
async function handedOnIn(ctx: JobCtx, month: string): Promise<readonly DatasetRow[]> {
  const { rows } = await ctx.db.execute<HandedOn & Record<string, unknown>>(
    sql`select e.case_id as "caseId", e.at, e.facts->>'fromUnit' as "unitId", e.facts->>'unit' as "toId",
               case when e.facts->>'act' = 'assignUnit' then 'assign' else 'transfer' end as kind
          from ${entries} e
         where e.type = 'case.routed' and e.facts->>'act' in ('transfer', 'passOn', 'assignUnit')
           and e.facts->>'fromUnit' is not null and ${around(month)}
         order by e.case_id, e.seq`,
  );
  const moved = rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
  const places = await placesOf(ctx, new Set(moved.flatMap(({ unitId, toId }) => [unitId, toId])));
  return firstOfMonth(moved, month, places).map(({ unitId, toId, kind }) => {
    const other = otherOf(places.get(unitId)?.path ?? [unitId], places.get(toId)?.path ?? [toId]);
    return { unitId, count: 1, values: { kind, other }, measures: {} };
  });
}

interface Back extends Happened {
  /** which sent it back to where it had come from */
  readonly fromId: Id;
}

/** Hand-ons and returns by which a petition came to a unit that had handed it on to the very unit it now came from. */
async function wentBack(ctx: JobCtx, month: string) {
  const { rows } = await ctx.db.execute<Back & Record<string, unknown>>(
    sql`select e.case_id as "caseId", e.at, e.facts->>'unit' as "unitId", e.facts->>'fromUnit' as "fromId"
          from ${entries} e
         where e.type in ('case.routed', 'case.returned') and e.facts->>'act' is distinct from 'handOver' and ${around(month)}
           and exists (select from ${entries} b
                        where b.case_id = e.case_id and b.seq < e.seq and b.type in ('case.routed', 'case.returned')
                          and b.facts->>'fromUnit' = e.facts->>'unit' and b.facts->>'unit' = e.facts->>'fromUnit')
         order by e.case_id, e.seq`,
  );
  const backs = rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
  const places = await placesOf(ctx, new Set(backs.flatMap(({ unitId, fromId }) => [unitId, fromId])));
  return { backs: firstOfMonth(backs, month, places), places };
}

type Asked = Parameters<DatasetSpec["live"]>[1];

const backTo = (title: Text, countedAt: (back: Back) => { readonly unitId: Id; readonly otherId: Id }) => ({
  ...{ title, dimensions: { other: { title: t("另一单位", "The other unit"), values: others } }, measures: {} },
  live: async (ctx: JobCtx, { month }: Asked): Promise<readonly DatasetRow[]> => {
    const { backs, places } = await wentBack(ctx, month);
    return backs.map((back) => {
      const { unitId, otherId } = countedAt(back);
      const other = otherOf(places.get(unitId)?.path ?? [unitId], places.get(otherId)?.path ?? [otherId]);
      return { unitId, count: 1, values: { other }, measures: {} };
    });
  },
});

interface Decided extends Happened {
  readonly changed: boolean;
}

/** What a body above decided on a reply, at the unit that gave it, in the month of the decision. */
async function decidedIn(ctx: JobCtx, month: string): Promise<readonly DatasetRow[]> {
  const { rows } = await ctx.db.execute<Decided & Record<string, unknown>>(
    sql`select e.case_id as "caseId", e.at, coalesce(r.facts->>'unit', e.facts->>'unit') as "unitId",
               e.type = 'case.redo' or coalesce(e.facts->>'outcome', '') in ('changed', 'quashed') as changed
          from ${entries} e
          left join lateral (select facts from ${entries} r
                              where r.case_id = e.case_id and r.seq < e.seq and r.type = 'case.replied'
                              order by r.seq desc limit 1) r on true
         where e.type in ('case.reviewDecided', 'case.redo') and ${around(month)}
         order by e.case_id, e.seq`,
  );
  const decided = rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
  const places = await placesOf(ctx, new Set(decided.map((one) => one.unitId)));
  return firstOfMonth(decided, month, places).map(({ unitId, changed }) => ({
    ...{ unitId, count: 1, values: {} },
    measures: { changed: changed ? 1 : 0 },
  }));
}

/** Petitions registered in the month, and of how many several people wrote together. */
async function togetherIn(ctx: JobCtx, month: string): Promise<readonly DatasetRow[]> {
  const { rows } = await ctx.db.execute<{ unitId: Id; count: number; joint: number } & Record<string, unknown>>(
    sql`select c.unit_id as "unitId", count(*)::int as count,
               count(*) filter (where (e.facts->>'headcount')::int > 1)::int as joint
          from ${counted} c left join ${entries} e on e.case_id = c.case_id and e.type = 'case.received'
         where c.thing = 'registration'
           and c.day between ${`${month}-01`}::date and (${`${month}-01`}::date + interval '1 month - 1 day')
         group by c.unit_id`,
  );
  return rows.map(({ unitId, count, joint }) => ({ unitId, count, values: {}, measures: { joint } }));
}

/** What moves between units and comes back, and what several people bring together. */
export const movements = {
  /** at the unit that handed it on */
  forwarding: {
    title: t("转送和交办的事项", "Petitions transferred or assigned"),
    dimensions: {
      kind: { title: t("方式", "How"), values: kinds },
      other: { title: t("接收单位", "The unit it went to"), values: others },
    },
    measures: {},
    live: (ctx: JobCtx, { month }: Asked) => handedOnIn(ctx, month),
  },
  /** at the unit that had handed it on */
  cameBack: backTo(t("转出后又退回的事项", "Petitions that came back to who had handed them on"), (back) => ({
    unitId: back.unitId,
    otherId: back.fromId,
  })),
  /** at the unit that sent it back */
  sentBack: backTo(t("退回转出单位的事项", "Petitions sent back to who had handed them on"), (back) => ({
    unitId: back.fromId,
    otherId: back.unitId,
  })),
  decision: {
    ...{ title: t("复查的决定", "Decisions on review"), dimensions: {} },
    measures: { changed: t("变更或撤销", "Changed or quashed") },
    live: (ctx: JobCtx, { month }: Asked) => decidedIn(ctx, month),
  },
  together: {
    ...{ title: t("多人共同提出的事项", "Petitions of several people"), dimensions: {} },
    measures: { joint: t("多人共同提出", "Of several people together") },
    live: (ctx: JobCtx, { month }: Asked) => togetherIn(ctx, month),
  },
};
