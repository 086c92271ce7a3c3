import { type RetentionClass, type RetentionRound, retentionTerms } from "@doorstep/contracts";
import type { Pool, PoolClient } from "pg";

type Reader = Pick<Pool | PoolClient, "query">;

/** Months that hold for a case of the unit `u`: the nearest rule above it, else the platform's, else the usual ones. */
export const monthsFor = (kind: RetentionClass): string => `coalesce((
  select r.months from kernel.retention_rules r left join kernel.units ru on ru.id = r.unit_id
   where r.class = '${kind}' and (r.unit_id is null or r.unit_id = any(u.path))
   order by coalesce(cardinality(ru.path), 0) desc limit 1), ${retentionTerms[kind].usual})`;

/** The shortest that holds anywhere: whatever came in later cannot be due. */
const shortest = (kind: RetentionClass): string => `(select least(min(months),
    case when bool_or(unit_id is null) then null else ${retentionTerms[kind].usual} end)
  from kernel.retention_rules where class = '${kind}')`;

const ARCHIVED = `coalesce((select max(l.at) from kernel.ledger l where l.stream = c.id and l.type = 'case.archived'), c.entered_at)`;

const kept: Readonly<Record<"caseFile" | "identity", string>> = {
  caseFile: "c.status = 'archived' and c.destroyed_on is null",
  identity: "c.status = 'archived' and c.identity_cut_on is null and c.anonymity <> 'anonymous'",
};

/** His own wish, granted by a person, does not wait for the time. */
const sooner = { caseFile: "false", identity: "'erasureGranted' = any(c.flags)" } as const;

/** Cases whose time is over on `$1`; a legal hold keeps a case whatever its age. */
const casesDue = (kind: "caseFile" | "identity"): string => `
  select c.id, x.since, 'held' = any(c.flags) as held
    from kernel.cases c join kernel.units u on u.id = c.holder_unit_id
    cross join lateral (select ${ARCHIVED} as since) x
   where ${kept[kind]} and (${sooner[kind]} or c.entered_at <= $1::timestamptz - make_interval(months => ${shortest(kind)})
     and x.since <= $1::timestamptz - make_interval(months => ${monthsFor(kind)}))`;

/** How long the case is kept, and until which day where that is known already. */
export async function keptUntil(
  db: Reader,
  kind: "caseFile" | "identity",
  caseId: string,
): Promise<{ readonly months: number; readonly until: string | null }> {
  const { rows } = await db.query<{ months: number; until: string | null }>(
    `select y.months, case when c.status = 'archived'
         then to_char(${ARCHIVED} + make_interval(months => y.months), 'YYYY-MM-DD') end as until
       from kernel.cases c join kernel.units u on u.id = c.holder_unit_id
       cross join lateral (select ${monthsFor(kind)} as months) y where c.id = $1`,
    [caseId],
  );
  return rows[0] ?? { months: retentionTerms[kind].usual, until: null };
}

/** Why somebody was opened, and why somebody wished to open a number that stood for no case at all. */
const OPENINGS_DUE = `
  select o.id, o.at as since, 'held' = any(c.flags) as held
    from vault.openings o join kernel.cases c on c.id = o.case_id join kernel.units u on u.id = c.holder_unit_id
   where o.purpose <> '' and o.at <= $1::timestamptz - make_interval(months => ${shortest("openings")})
     and o.at <= $1::timestamptz - make_interval(months => ${monthsFor("openings")})
  union all
  select x.id, x.asked_at, false from kernel.accesses x
   where x.case_id is null and x.reason <> '' and x.asked_at <= $1::timestamptz - make_interval(months =>
     coalesce((select months from kernel.retention_rules where class = 'openings' and unit_id is null), ${retentionTerms.openings.usual}))`;

/** Letters of no case: of one that was never signed, from the day on which it was written. */
const LETTERS_DUE = `
  select l.id, x.since, l.held
    from kernel.unit_letters l join kernel.units u on u.id = l.from_unit_id
    cross join lateral (select coalesce(l.issued_at, l.drafted_at) as since) x
   where l.case_id is null and l.facts <> '{}'
     and l.drafted_at <= $1::timestamptz - make_interval(months => ${shortest("unitLetters")})
     and x.since <= $1::timestamptz - make_interval(months => ${monthsFor("unitLetters")})`;

const due: Readonly<Record<RetentionRound, string>> = {
  caseFile: casesDue("caseFile"),
  identity: casesDue("identity"),
  openings: OPENINGS_DUE,
  unitLetters: LETTERS_DUE,
};

export interface Due {
  readonly due: number;
  readonly held: number;
  readonly oldest: string | null;
}

/** How much is due, before anything is done. */
export async function countDue(db: Reader, kind: RetentionRound, now: Date): Promise<Due> {
  const { rows } = await db.query<Due>(
    `select count(*) filter (where not held)::int as due, count(*) filter (where held)::int as held,
       to_char(min(since) filter (where not held), 'YYYY-MM-DD') as oldest from (${due[kind]}) d`,
    [now],
  );
  return rows[0] ?? { due: 0, held: 0, oldest: null };
}

/** The next ones to destroy, oldest first. */
export async function nextDue(db: Reader, kind: RetentionRound, now: Date, limit: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from (${due[kind]}) d where not held order by since, id limit $2`,
    [now, limit],
  );
  return rows.map((row) => row.id);
}
