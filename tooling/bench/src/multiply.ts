import { dress, undress } from "@doorstep/tooling-fixtures";
import { Client } from "pg";

/** What belongs to a case and is not copied: no page of the desk or of the petitioner reads it. */
const LEFT_OUT = ["case_imports", "notifications", "openings", "outbox", "parked", "presence"];

/** Tables whose rows belong to a case. The ledger has none here: a copied chain would be no chain. */
const TABLES = `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and not c.relispartition and n.nspname = 'kernel' and c.relname <> all ($1::text[])
    and (c.relname = 'cases' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped))
  order by 1`;

/** A copy keeps the time in its id, so that it stands in the indexes where its original does. */
const copyId = (id: string): string =>
  `overlay(overlay(md5(${id}::text || k.k) placing left(${id}::text, 8) || substr(${id}::text, 10, 4) || '7' from 1) placing 'a' from 17)::uuid`;

interface Column {
  readonly name: string;
  readonly type: string;
}

const DAYS_BACK = 360;
const OWN_IDS = ["id", "case_id", "message_id"];

/** What a column of the copy `k` holds. */
function copied(table: string, { name, type }: Column, years: number): string {
  const own = `o.${name}`;
  if (table === "kernel.cases" && name === "case_no")
    // unique as the original is: the same characters, in a year that has none
    return `lpad((left(${own}, 4)::int - ${years} * k.k)::text, 4, '0') || substr(${own}, 5)`;
  // which are the newest is said once all are there
  if (name === "fresh") return "false";
  if (name === "return_tag") return `sha256(${own} || convert_to(k.k::text, 'UTF8'))`;
  if (OWN_IDS.includes(name)) return copyId(own);
  if (type === "timestamp with time zone") return `${own} - k.back`;
  // the far end that stands for no date at all stays there
  if (type === "date") return `case when ${own} < '9000-01-01' then ${own} - k.days else ${own} end`;
  return own;
}

async function copyTable(owner: Client, table: string, copies: number, years: number): Promise<void> {
  const { rows: columns } = await owner.query<Column>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  const c = table === "kernel.cases" ? "o.id" : "o.case_id";
  const values = columns.map((column) => copied(table, column, years));
  // copies beside their original, as rows of the same days lie in a table that grew
  await owner.query(`insert into ${table} (${columns.map(({ name }) => name).join(", ")})
    select ${values.join(", ")} from ${table} o cross join lateral (
      select g.k, x.days, make_interval(days => x.days, mins => x.minutes) as back
        from generate_series(1, ${copies}) g(k) cross join lateral (
          select (h.h & 65535)::int % ${DAYS_BACK} as days, (h.h >> 16 & 65535)::int % 1440 as minutes
            from (select uuid_hash_extended(${c}, g.k) as h offset 0) h offset 0) x offset 0) k`);
}

/**
 * Copies each case of a made data set so often that there are `times` of it, with ids of its own, and moved back by up
 * to a year so that copies of one text do not stand in a row. Sealed text of an accusation cannot be read in a copy,
 * and a copy has no ledger.
 */
export async function multiply(ownerUrl: string, times: number, print: (line: string) => void): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl, application_name: "doorstep bench" });
  await owner.connect();
  try {
    await owner.query("set synchronous_commit = off");
    const { rows } = await owner.query<{ name: string }>(TABLES, [LEFT_OUT]);
    const tables = rows.map(({ name }) => name);
    const { rows: span } = await owner.query<{ years: number }>(
      "select max(left(case_no, 4)::int) - min(left(case_no, 4)::int) + 1 as years from kernel.cases",
    );
    await undress(owner, tables);
    for (const table of tables) {
      print(`  copying ${table}`);
      await copyTable(owner, table, times - 1, span[0]?.years ?? 1);
    }
    print("  indexes");
    await dress(owner, () => undefined);
    await owner.query(`vacuum (analyze) ${tables.join(", ")}`);
    await owner.query(`create table doorstep_bulk.multiplied as select ${times} as times`);
  } finally {
    await owner.end();
  }
}

/** How often each case of a set is there; 1 where the generator made them all. */
export async function timesOf(db: Pick<Client, "query">): Promise<number> {
  const { rows: known } = await db.query("select 1 where to_regclass('doorstep_bulk.multiplied') is not null");
  if (known.length === 0) return 1;
  const { rows } = await db.query<{ times: number }>("select times from doorstep_bulk.multiplied");
  return rows[0]?.times ?? 1;
}
