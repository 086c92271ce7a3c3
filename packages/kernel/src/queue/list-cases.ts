import { createHash } from "node:crypto";
import {
  categories,
  type DeskView,
  DoorstepError,
  intakeChannels,
  type listInput,
  type QueueItem,
  type State,
  states,
} from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { type Branch, branchesOf, Parameters, visibleRow } from "../audience/visible.ts";
import { addDays, daysBetween } from "../calendars/local-days.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { petitionerClocks } from "../clocks/petitioner-clocks.ts";
import type { Kernel } from "../kernel.ts";
import { OPEN_END } from "../pipeline/clock-changes.ts";
import { COVERED_NOW } from "../pipeline/load-case.ts";
import { isOpen } from "../pipeline/rows.ts";
import { coverFor } from "../redaction/circle.ts";

type Input = z.output<typeof listInput>;
type Filters = Pick<Input, "view" | "unitId" | "category" | "channel" | "order">;

interface View {
  /** the states it shows: each is asked for itself, so that only its own rows are walked */
  readonly states?: readonly State[];
  /** what holds of the audience row `a`, where it is found in one index */
  readonly where?: (p: Parameters, me: string, today: string) => string;
  /** conditions of which a row meets one, each with an index of its own */
  readonly either?: readonly string[];
}

const ended = states.filter((state) => !isOpen(state));

/** What somebody handles is found by him, not by walking all that is open. */
const handledBy = (me: string): string =>
  `a.case_id = any (array(select h.id from kernel.cases h where h.handler_id = ${me} and h.status not in (${ended.map((s) => `'${s}'`).join(", ")})))`;

/** What each view shows; a badge and its list ask the same question. */
const views: Readonly<Record<DeskView, View>> = {
  toRegister: { states: ["received"] },
  toRoute: { states: ["registered"] },
  toAccept: { states: ["registered", "routed"] },
  inHandling: { states: ["accepted", "inHandling"] },
  // a module's letter is signed after the petition has ended, too
  toApprove: { either: ["a.open and a.to_approve", "not a.open and a.to_approve"] },
  toDeliver: { where: () => "a.open and a.to_deliver" },
  // what has ended is open only while a refusal is contested or new facts wait for an answer
  toReview: { states: ["review", "rereview", ...ended] },
  assisting: {
    where: () =>
      "a.open and a.depth = 0 and a.case_id in (select x.case_id from kernel.assists x where x.unit_id = a.key and x.answered_at is null and x.ended_at is null)",
  },
  backlog: { where: () => "a.open and a.backlog" },
  mine: { where: (_p, me) => `a.open and ${handledBy(me)}` },
  dueSoon: {
    where: (p, _me, today) => `a.open and a.due between ${p.add(today)}::date and ${p.add(addDays(today, 3))}::date`,
  },
  overdue: { where: (p, _me, today) => `a.open and a.due < ${p.add(today)}::date` },
  open: { where: () => "a.open" },
  closed: { where: () => "not a.open" },
  all: {},
};

/** The view as conditions on the audience row: together its rows, none in two of them. */
function conditionsOf(view: DeskView, p: Parameters, me: string, today: string): readonly string[] {
  const { states: shown, where, either } = views[view];
  if (either) return either;
  if (shown) return shown.map((state) => `a.open and a.status = '${state}'`);
  return [where?.(p, me, today) ?? "true"];
}

/** Open work stands nearest due first, the archive newest first; reversed, the same indexes are walked from their end. */
function orderOf({ view, order }: Filters): { readonly by: "due" | "received"; readonly desc: boolean } {
  const by = view === "closed" || view === "all" ? "received" : "due";
  return { by, desc: (by === "received") !== (order === "reversed") };
}

/** By the date, and by the case where two have one. */
const orderSql = (filters: Filters, row: string): string => {
  const { by, desc } = orderOf(filters);
  return [by, "case_id"].map((column) => `${row}.${column}${desc ? " desc" : ""}`).join(", ");
};

/** From so many units on, a chosen one is most of what somebody sees, and his own order is walked for it. */
export const FEW_UNITS = 64;

/** A part of what the filters let through, in an order of its own: one for each row of `each`, if there is one. */
interface Part {
  readonly each?: string;
  readonly where: string;
}

const eachOf = (values: readonly string[]): string =>
  `unnest(array[${values.map((v) => `'${v}'`).join(", ")}]) w(value)`;

/** The filters as parts that an index has in order, so that something rare is not looked for among all that is not. */
function partsOf(p: Parameters, { unitId, category, channel }: Filters, units: number): readonly Part[] {
  const kind = [category && `a.category = ${p.add(category)}`, channel && `a.channel = ${p.add(channel)}`];
  const both = kind.map((x) => (x ? ` and ${x}` : "")).join("");
  const under = unitId && `w.path @> array[${p.add(unitId)}::uuid]`;
  if (under && units <= FEW_UNITS)
    return [{ each: `(select w.id from kernel.units w where ${under}) w`, where: ` and a.holder = w.id${both}` }];
  const holders = under ? ` and a.holder in (select w.id from kernel.units w where ${under})` : "";
  if (category && !channel)
    return [{ each: eachOf(intakeChannels), where: ` and a.channel = w.value${both}${holders}` }];
  if (channel && !category)
    return [
      { each: eachOf(categories), where: ` and a.category = w.value${both}${holders}` },
      { where: ` and a.category is null${both}${holders}` },
    ];
  return [{ where: `${both}${holders}` }];
}

interface Question {
  readonly filters: Filters;
  /** how many units the chosen one has */
  readonly units: number;
  readonly me: string;
  /** whose recusals count, where somebody looks on: `me` alone otherwise */
  readonly out?: string;
  readonly today: string;
  readonly after: string;
  readonly limit: string;
}

/** One ordered, limited branch a key and condition, so that a page costs the same with a thousand cases and a million. */
function branchesSql(p: Parameters, actor: Actor, q: Question): string {
  const order = orderSql(q.filters, "a");
  const parts = partsOf(p, q.filters, q.units);
  const branchOf = (branch: Branch, condition: string, { each, where }: Part): string => {
    const rows = `select a.due, a.received, a.case_id from kernel.case_audience a
    where ${visibleRow(p, branch, q.out ?? q.me)} and ${condition}${where}${q.after}
    order by ${order} limit ${q.limit}`;
    return each
      ? `(select b.* from ${each} cross join lateral (${rows}) b order by ${orderSql(q.filters, "b")} limit ${q.limit})`
      : `(${rows})`;
  };
  return branchesOf(actor)
    .flatMap((branch) =>
      conditionsOf(q.filters.view, p, q.me, q.today).flatMap((condition) =>
        parts.map((part) => branchOf(branch, condition, part)),
      ),
    )
    .join(" union all ");
}

type Cursor = readonly [string, string];
export const writeCursor = (c: Cursor): string => Buffer.from(JSON.stringify(c)).toString("base64url");

/** A cursor is ours or nobody's: anything else is refused as bad input. */
export function readCursor(cursor: string | undefined): Cursor | null {
  if (cursor === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(parsed) && parsed.length === 2 && parsed.every((x) => typeof x === "string")) {
      const [at, id] = parsed as [string, string];
      if (/^[0-9a-f-]{36}$/.test(id) && !Number.isNaN(Date.parse(at))) return [at, id];
    }
  } catch {
    // falls through to the refusal
  }
  throw new DoorstepError("request.unknown");
}

const DETAILS = `c.id, c.case_no, c.title, c.status, c.confidentiality, c.anonymity, c.channel, c.category, c.holder_unit_id,
  c.organ_id, c.received_at, c.imported, c.version, h.name_zh, h.name_en, h.time_zone, x.due::text as due,
  (select k.code from kernel.clocks k where k.case_id = c.id and k.state in ('running', 'breached') and k.due_on = x.due
    and k.code not in (${petitionerClocks.map((code) => `'${code}'`).join(", ")}) order by k.code limit 1) as due_clock,
  (select true from kernel.messages m where m.case_id = c.id and m.author = 'petitioner' and m.read_at is null limit 1) as unread,
  (select jsonb_agg(jsonb_build_object('id', x.id, 'words', x.words)) from kernel.redactions x where x.case_id = c.id and ${COVERED_NOW}) as covered`;

// biome-ignore lint/suspicious/noExplicitAny: the statement's own shape, mapped field by field below.
export type Raw = Record<string, any>;

export function queueItemOf(k: Kernel, r: Raw): QueueItem {
  const dueOn = r.due === OPEN_END || r.due === null ? null : r.due;
  const { reveal } = shelterOf(k.keys, { id: r.id, organId: r.organ_id });
  return {
    caseId: r.id,
    caseNo: r.case_no,
    // a list goes out of the house as a table: what is covered is covered there for everybody
    title: coverFor(k, { id: r.id, organId: r.organ_id, redactions: r.covered ?? [] })(
      reveal(places.case(r.id, "title"), r.title),
    ),
    state: r.status,
    confidentiality: r.confidentiality,
    anonymity: r.anonymity,
    channel: r.channel,
    category: r.category,
    holder: { id: r.holder_unit_id, name: { "zh-CN": r.name_zh, en: r.name_en } },
    receivedAt: r.received_at.toISOString(),
    dueOn,
    dueClock: dueOn && r.due_clock,
    daysLeft: dueOn && daysBetween(localDateOf(k.now().toISOString(), r.time_zone), dueOn),
    imported: r.imported,
    unread: r.unread === true,
    version: r.version,
  };
}

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** His day, and how many units the chosen one has. */
async function placeOf(
  k: Kernel,
  actor: Actor,
  unitId?: string,
): Promise<{ readonly today: string; readonly units: number }> {
  const { rows } = await k.pool.query<{ time_zone: string; units: number }>({
    name: "queue_place",
    text: `select time_zone, case when $2::uuid is null then 0 else (select count(*)::int from kernel.units u where u.path @> array[$2]) end as units
      from kernel.units where id = $1`,
    values: [actor.unitId, unitId ?? null],
  });
  return { today: localDateOf(k.now().toISOString(), rows[0]?.time_zone ?? "UTC"), units: rows[0]?.units ?? 0 };
}

/** D1. One page of a view. */
export async function listCases(k: Kernel, actor: Actor, input: Input): Promise<Page<QueueItem>> {
  const { today, units } = await placeOf(k, actor, input.unitId);
  const cursor = readCursor(input.cursor);
  const p = new Parameters();
  const me = p.add(actor.personId);
  const limit = p.add(input.limit + 1);
  const { by, desc } = orderOf(input);
  const type = by === "received" ? "timestamptz" : "date";
  const after = cursor
    ? ` and (a.${by}, a.case_id) ${desc ? "<" : ">"} (${p.add(cursor[0])}::${type}, ${p.add(cursor[1])}::uuid)`
    : "";
  const branches = branchesSql(p, actor, { filters: input, units, me, today, after, limit });
  const text = `select ${DETAILS} from (
      select distinct on (u.${by}, u.case_id) due, received, case_id from (${branches}) u
      order by ${orderSql(input, "u")} limit ${limit}) x
    join kernel.cases c on c.id = x.case_id join kernel.units h on h.id = c.holder_unit_id
    order by ${orderSql(input, "x")}`;
  const { rows } = await readAs(k, actor, (client) => client.query<Raw>(text, p.values));
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const more = rows.length > input.limit && last;
  return {
    items: shown.map((r) => queueItemOf(k, r)),
    nextCursor: more ? writeCursor([by === "received" ? last.received_at.toISOString() : last.due, last.id]) : null,
  };
}

export const COUNT_CAP = 100;

/**
 * Badges: capped, one round trip for all views, the same predicate as the lists.
 *
 * @param onlooker - whoever is shown them beside the actor: what he must stand out of is not counted, either.
 */
export async function countCases(
  k: Kernel,
  actor: Actor,
  unitId: string | undefined,
  onlooker?: string,
): Promise<Record<DeskView, number>> {
  const { today, units } = await placeOf(k, actor, unitId);
  const p = new Parameters();
  const me = p.add(actor.personId);
  const limit = p.add(COUNT_CAP);
  const out = onlooker === undefined ? me : `any (${p.add([actor.personId, onlooker])}::uuid[])`;
  const names = Object.keys(views) as DeskView[];
  const counts = names.map((view) => {
    const branches = branchesSql(p, actor, { filters: { view, unitId }, units, me, out, today, after: "", limit });
    return `(select count(*)::int from (select distinct case_id from (${branches}) u limit ${limit}) d) as "${view}"`;
  });
  const text = `select ${counts.join(", ")}`;
  // the plan of so many branches takes longer than its rows; each text has one that serves everybody who sees by as many keys
  const name = `counts_${createHash("sha256").update(text).digest("base64url").slice(0, 24)}`;
  const { rows } = await k.pool.query<Record<DeskView, number>>({ name, text, values: p.values });
  return rows[0] as Record<DeskView, number>;
}
