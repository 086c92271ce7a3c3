import { DoorstepError, isCaseEventType } from "@doorstep/contracts";
import { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";

/** An entry of a case's chain as a module counts by it: codes, ids of cases and units, days. */
export interface FeedFact {
  readonly caseId: string;
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  /** never who */
  readonly by: "person" | "petitioner" | "anonymous" | "system";
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface FeedPage {
  readonly facts: readonly FeedFact[];
  /** where to go on; the same as before where there is nothing new */
  readonly next: string;
}

interface Row {
  readonly epoch: number;
  readonly xid: string;
  readonly stream: string;
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
  readonly body: string;
  readonly shown: boolean;
}

const START = [0, "0", "00000000-0000-0000-0000-000000000000", 0] as const;
const position = z.tuple([z.int().min(0), z.string().regex(/^\d{1,20}$/), z.uuid(), z.int().min(0)]);
type Position = z.output<typeof position>;

/** Entries that every transaction before them has ended for, so that none is ever missed; accusations are left out. */
const PAGE = `select l.*, coalesce(c.confidentiality < 3, false) as shown from (
    select l.epoch, l.xid, l.stream, l.seq, l.at, l.type, l.actor, l.body from kernel.ledger l
     where (l.epoch, l.xid, l.stream, l.seq) > ($1::smallint, $2::xid8, $3::uuid, $4::int)
       and (l.epoch, l.xid) < (kernel.current_epoch(), pg_snapshot_xmin(pg_current_snapshot()))
     order by l.epoch, l.xid, l.stream, l.seq limit $5) l
  left join kernel.cases c on c.id = l.stream
 order by l.epoch, l.xid, l.stream, l.seq`;

function positionOf(after: string | null): readonly unknown[] {
  if (after === null) return START;
  try {
    return position.parse(JSON.parse(Buffer.from(after, "base64url").toString("utf8")));
  } catch {
    throw new DoorstepError("request.unknown");
  }
}

const nameOf = (of: readonly unknown[]): string => Buffer.from(JSON.stringify(of)).toString("base64url");
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function idsIn(value: unknown, found: Set<string>): void {
  if (typeof value === "string") {
    if (UUID.test(value)) found.add(value);
    return;
  }
  if (typeof value === "object" && value !== null) for (const one of Object.values(value)) idsIn(one, found);
}

/** The same without anybody in it. */
function without(value: unknown, people: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.filter((one) => !people.has(one)).map((one) => without(one, people));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, one]) => !people.has(key) && !(typeof one === "string" && people.has(one)))
      .map(([key, one]) => [key, without(one, people)]),
  );
}

async function peopleAmong(k: Pick<Kernel, "pool">, values: readonly unknown[]): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const value of values) idsIn(value, ids);
  const { rows } = await k.pool.query<{ id: string }>("select id from kernel.people where id = any ($1::uuid[])", [
    [...ids],
  ]);
  return new Set(rows.map((row) => row.id));
}

/**
 * What a record of an old register says of itself and the ledger does not: at what time it came, when it ended, its topic, and the first petition that
 * came from the same petitioner by that register. By this alone it is told who came again: nobody stands in it.
 */
const STATED = `select i.case_id, c.received_at as received, i.stated ->> 'closedAt' as closed, i.stated ->> 'topicCode' as topic, u.time_zone,
    (select x.case_id from kernel.case_imports x join kernel.cases xc on xc.id = x.case_id and xc.confidentiality < 3
      where x.source = i.source and x.stated ->> 'alias' = i.stated ->> 'alias' order by x.case_id limit 1) as first
  from kernel.case_imports i join kernel.cases c on c.id = i.case_id join kernel.units u on u.id = c.intake_unit_id
 where i.case_id = any ($1::uuid[])`;

interface Stated {
  readonly case_id: string;
  readonly received: Date;
  readonly closed: string | null;
  readonly topic: string | null;
  readonly time_zone: string;
  readonly first: string | null;
}

async function statedOf(
  k: Pick<Kernel, "pool">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FeedFact["facts"]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await k.pool.query<Stated>({ name: "ledger_feed_stated", text: STATED, values: [ids] });
  return new Map(
    rows.map(({ case_id, received, closed, topic, time_zone, first }) => [
      case_id,
      {
        statedReceivedAt: received.toISOString(),
        ...(closed !== null && { statedClosedOn: localDateOf(closed, time_zone) }),
        ...(topic !== null && { statedTopic: topic }),
        ...(first !== null && { statedFirst: first }),
      },
    ]),
  );
}

const kindOf = (actor: string): FeedFact["by"] => {
  const [kind] = actor.split(":");
  return kind === "person" || kind === "petitioner" || kind === "anonymous" ? kind : "system";
};

/**
 * What happened to petitions, in the order in which it was committed, from the very first entry on: for whoever keeps
 * figures. No person stands in it, and nothing of accusations.
 *
 * @throws DoorstepError `request.unknown` for a position that is none
 */
export async function readFeed(k: Pick<Kernel, "pool">, after: string | null, limit: number): Promise<FeedPage> {
  const from = positionOf(after);
  const { rows } = await k.pool.query<Row>({ name: "ledger_feed", text: PAGE, values: [...from, limit] });
  const shown = rows
    .filter((row) => row.shown && isCaseEventType(row.type))
    .map((row) => ({ row, facts: (JSON.parse(row.body) as { readonly facts: FeedFact["facts"] }).facts }));
  const people = await peopleAmong(
    k,
    shown.map((one) => one.facts),
  );
  const imported = shown.filter(({ row }) => row.type === "case.imported").map(({ row }) => row.stream);
  const stated = await statedOf(k, imported);
  const last = rows.at(-1);
  const next: readonly unknown[] = last ? ([last.epoch, last.xid, last.stream, last.seq] satisfies Position) : from;
  return {
    facts: shown.map(({ row, facts }) => ({
      caseId: row.stream,
      seq: row.seq,
      at: row.at.toISOString(),
      type: row.type,
      by: kindOf(row.actor),
      facts: { ...(without(facts, people) as FeedFact["facts"]), ...(row.seq === 1 && stated.get(row.stream)) },
    })),
    next: nameOf(next),
  };
}
