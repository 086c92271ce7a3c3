import {
  type AuditKind,
  DoorstepError,
  type EventType,
  eventTypes,
  type ledgerActor,
  type ledgerEntry,
  type ledgerEntryDetail,
  type ledgerPageInput,
  type Text,
} from "@doorstep/contracts";
import type { z } from "zod";
import { Parameters } from "../audience/visible.ts";
import type { Kernel } from "../kernel.ts";
import { eventNames } from "./event-names.ts";

type Entry = z.input<typeof ledgerEntry>;
type Reading = Pick<Kernel, "pool" | "now">;

/** How far back a request is looked for where no day is given. */
const REQUEST_DAYS = 30;
const DAY_MS = 86_400_000;

/** What is asked for; `limit` and `cursor` belong to the page. */
export type AuditFilter = Partial<Omit<z.output<typeof ledgerPageInput>, "cursor" | "limit">>;

const startsWith = (...prefixes: readonly string[]): readonly EventType[] =>
  eventTypes.filter((type) => prefixes.some((prefix) => type.startsWith(prefix)));

const kinds: Readonly<Record<AuditKind, readonly EventType[]>> = {
  identity: ["access.identityOpened"],
  reading: ["access.contentRead"],
  export: startsWith("data."),
  roles: ["grant.changed"],
  accounts: ["person.changed", "person.previewed", "account.mended", "system.changed"],
  units: ["unit.changed", "topic.changed", "theme.changed", "policy.changed", "calendar.changed"],
  modules: startsWith("module.", "publisher."),
  retention: startsWith("retention."),
  house: ["house.restored", "backup.made", "backup.planned"],
  cases: eventTypes.filter(
    (type) =>
      !/^(access|data|grant|person|account|system|unit|topic|theme|policy|calendar|module|publisher|retention|house|backup)\./.test(
        type,
      ),
  ),
};

interface Row {
  readonly stream: string;
  readonly seq: number;
  readonly at: Date;
  readonly type: EventType;
  readonly actor: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly hash: string;
  readonly prev: string;
  readonly request: string | null;
  readonly conf: number | null;
  /** filed by the account of the petitioner: who that is belongs to the vault */
  readonly own: boolean;
}

const COLUMNS = `l.stream, l.seq, l.at, l.type, l.actor, (l.body::jsonb)->'facts' as facts, encode(l.hash, 'hex') as hash,
  encode(l.prev, 'hex') as prev, (l.body::jsonb)->>'request' as request, (select c.confidentiality from kernel.cases c where c.id = l.stream) as conf,
  coalesce(l.type = 'case.received' and l.actor not like 'system:%' and (select c.channel_key not like 'kernel/%' from kernel.cases c where c.id = l.stream), false) as own`;

/** Newest first; a place in it is the instant, the chain and the number. */
const ORDER = "order by l.at desc, l.stream desc, l.seq desc";

type Place = readonly [string, string, number];
const writePlace = (row: Row): string =>
  Buffer.from(JSON.stringify([row.at.toISOString(), row.stream, row.seq])).toString("base64url");

function readPlace(cursor: string): Place {
  try {
    const [at, stream, seq, ...more] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    const isOurs =
      typeof at === "string" &&
      !Number.isNaN(Date.parse(at)) &&
      typeof stream === "string" &&
      /^[0-9a-f-]{36}$/.test(stream) &&
      Number.isSafeInteger(seq) &&
      more.length === 0;
    if (isOurs) return [at, stream, seq as number];
  } catch {
    // falls through to the refusal
  }
  throw new DoorstepError("request.unknown");
}

/** An accusation is found by no number and under no unit: only the chain itself is there. */
function conditions(k: Reading, p: Parameters, filter: AuditFilter, zone: string): readonly string[] {
  const made: string[] = [];
  if (filter.request !== undefined) {
    made.push(
      `(l.body::jsonb)->>'request' = ${p.add(filter.request)} and not exists (select 1 from kernel.cases c where c.id = l.stream and c.confidentiality = 3)`,
    );
    if (filter.from === undefined)
      made.push(`l.at >= ${p.add(new Date(k.now().getTime() - REQUEST_DAYS * DAY_MS))}::timestamptz`);
  }
  if (filter.stream !== undefined) made.push(`l.stream = ${p.add(filter.stream)}::uuid`);
  if (filter.who !== undefined)
    made.push(
      `l.actor = ${p.add(`person:${filter.who}`)} and not (l.type = 'case.received' and exists (select 1 from kernel.cases c where c.id = l.stream and c.channel_key not like 'kernel/%'))`,
    );
  if (filter.kind !== undefined) made.push(`l.type = any(${p.add(kinds[filter.kind])}::text[])`);
  if (filter.pluginId !== undefined)
    made.push(`l.type = 'module.changed' and (l.body::jsonb)->'facts'->>'plugin' = ${p.add(filter.pluginId)}`);
  if (filter.caseNo !== undefined)
    made.push(
      `l.stream = (select id from kernel.cases where case_no = upper(${p.add(filter.caseNo)}) and confidentiality < 3)`,
    );
  if (filter.unitId !== undefined) {
    const unit = p.add(filter.unitId);
    made.push(`l.stream in (select u.id from kernel.units u where u.path @> array[${unit}::uuid]
      union all select c.id from kernel.cases c join kernel.units u on u.id = c.holder_unit_id
        where u.path @> array[${unit}::uuid] and c.confidentiality < 3)`);
  }
  const day = (date: string, more: number) =>
    `((${p.add(date)}::date + ${more})::timestamp at time zone ${p.add(zone)})`;
  if (filter.from !== undefined) made.push(`l.at >= ${day(filter.from, 0)}`);
  if (filter.until !== undefined) made.push(`l.at < ${day(filter.until, 1)}`);
  return made;
}

/** Entries that meet the filter, newest first, so many. */
export async function auditRows(
  k: Reading,
  filter: AuditFilter,
  at: { readonly zone: string; readonly limit: number; readonly after?: string | undefined },
): Promise<{ readonly items: readonly Entry[]; readonly nextCursor: string | null }> {
  const p = new Parameters();
  const made = [...conditions(k, p, filter, at.zone)];
  if (at.after !== undefined) {
    const [instant, stream, seq] = readPlace(at.after);
    made.push(`(l.at, l.stream, l.seq) < (${p.add(instant)}::timestamptz, ${p.add(stream)}::uuid, ${p.add(seq)}::int)`);
  }
  const where = made.length > 0 ? `where ${made.join(" and ")}` : "";
  const { rows } = await k.pool.query<Row>(
    `select ${COLUMNS} from (select * from kernel.ledger l ${where} ${ORDER} limit ${p.add(at.limit + 1)}) l ${ORDER}`,
    p.values,
  );
  const shown = rows.slice(0, at.limit);
  const last = shown.at(-1);
  return { items: await shownAs(k, shown), nextCursor: rows.length > at.limit && last ? writePlace(last) : null };
}

/** What an entry is about, so that the one before it about the same thing is found. */
const SUBJECTS = ["plugin", "person", "grant", "act", "class"] as const;

/** One entry, with what it changed. @throws DoorstepError `ledger.notFound` */
export async function auditEntry(
  k: Reading,
  at: { readonly stream: string; readonly seq: number },
): Promise<z.input<typeof ledgerEntryDetail>> {
  const { rows } = await k.pool.query<Row>(
    `select ${COLUMNS} from kernel.ledger l where l.stream = $1 and l.seq = $2`,
    [at.stream, at.seq],
  );
  const [row] = rows;
  if (!row) throw new DoorstepError("ledger.notFound");
  const same = SUBJECTS.map(
    (key) => `(l.body::jsonb)->'facts'->'${key}' is not distinct from ($4::jsonb)->'${key}'`,
  ).join(" and ");
  const before = await k.pool.query<Row>(
    `select ${COLUMNS} from kernel.ledger l where l.stream = $1 and l.seq < $2 and l.type = $3 and ${same}
      order by l.seq desc limit 1`,
    [at.stream, at.seq, row.type, row.facts],
  );
  const seal = await k.pool.query<{ no: number }>(
    `select s.no from kernel.seals s join kernel.ledger l on l.epoch = s.epoch and l.xid >= s.xid_from and l.xid < s.xid_to
      where l.stream = $1 and l.seq = $2 limit 1`,
    [at.stream, at.seq],
  );
  const [entry, earlier] = await shownAs(k, [row, ...before.rows]);
  if (!entry) throw new Error("an entry that was read is gone");
  return {
    entry,
    prev: row.prev,
    request: row.conf === 3 ? null : row.request,
    before: earlier ?? null,
    reason: await reasonOf(k, row),
    seal: seal.rows[0]?.no ?? null,
  };
}

/** Words that stand beside the ledger and name no petitioner. */
async function reasonOf(k: Reading, row: Row): Promise<string | null> {
  const { grant, export: taken, act } = row.facts;
  const asked: readonly [string, unknown] | null =
    row.type === "grant.changed" && typeof grant === "string" && act === "granted"
      ? ["select why as reason from kernel.role_grants where id = $1", grant]
      : row.type === "data.exported" && typeof taken === "string"
        ? ["select reason from kernel.exports where id = $1", taken]
        : null;
  if (!asked) return null;
  const { rows } = await k.pool.query<{ reason: string }>(asked[0], [asked[1]]);
  return rows[0]?.reason || null;
}

/** Facts that name a person of the staff; a petitioner's account stands under none of them. */
const STAFF = ["person", "by", "proposedBy", "handler", "fromHandler", "toHandler", "approvedBy", "decidedBy"] as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const idsIn = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? UUID.test(value)
      ? [value]
      : []
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(idsIn)
      : [];

async function shownAs(k: Reading, rows: readonly Row[]): Promise<readonly Entry[]> {
  const open = rows.map((row) => ({ row, facts: row.conf === 3 ? {} : row.facts }));
  const actorsOf = (kind: string) =>
    rows.flatMap((row) => (row.actor.startsWith(`${kind}:`) && !row.own ? [row.actor.slice(kind.length + 1)] : []));
  const staff = actorsOf("person");
  const named = open.flatMap(({ facts }) => STAFF.flatMap((key) => idsIn(facts[key])));
  const [people, units, systems] = await Promise.all([
    namesOf(k, "select id, name as zh, name as en from kernel.people where id = any($1::uuid[])", [...staff, ...named]),
    namesOf(
      k,
      "select id, name_zh as zh, name_en as en from kernel.units where id = any($1::uuid[])",
      open.flatMap(({ row, facts }) => [row.stream, ...idsIn(facts)]),
    ),
    namesOf(k, "select id, name as zh, name as en from kernel.systems where id = any($1::uuid[])", actorsOf("system")),
  ]);
  return open.map(({ row, facts }) => ({
    stream: row.stream,
    seq: row.seq,
    at: row.at.toISOString(),
    type: row.type,
    name: eventNames[row.type] ?? { "zh-CN": row.type, en: row.type },
    actor: actorOf(row, people, systems),
    facts,
    names: Object.fromEntries(
      [row.stream, ...idsIn(facts)].flatMap((one) => {
        const name = units.get(one) ?? (named.includes(one) ? people.get(one) : undefined);
        return name ? [[one, name]] : [];
      }),
    ),
    sealed: row.conf === 3,
    hash: row.hash,
  }));
}

async function namesOf(k: Reading, sql: string, ids: readonly string[]): Promise<ReadonlyMap<string, Text>> {
  if (ids.length === 0) return new Map();
  const { rows } = await k.pool.query<{ id: string; zh: string; en: string }>(sql, [[...new Set(ids)]]);
  return new Map(rows.map((row) => [row.id, { "zh-CN": row.zh, en: row.en }]));
}

function actorOf(
  row: Row,
  people: ReadonlyMap<string, Text>,
  systems: ReadonlyMap<string, Text>,
): z.input<typeof ledgerActor> {
  if (row.own) return { kind: row.actor === "anonymous" ? "anonymous" : "petitioner", id: null, name: null };
  const [kind, id] = row.actor.split(":") as [string, string | undefined];
  if (kind === "person" && id) return { kind, id, name: people.get(id)?.["zh-CN"] ?? null };
  if (kind === "plugin" && id) return { kind, id, name: id };
  if (kind === "system" && id) return { kind, id, name: systems.get(id)?.["zh-CN"] ?? null };
  return { kind: kind === "petitioner" || kind === "anonymous" ? kind : "system", id: null, name: null };
}
