import { PERSON_DEPTH } from "../audience/audience-of.ts";
import { personKey } from "../vault/keys.ts";
import { rekeyStep } from "./rekey-step.ts";

const AT_ONCE = 500;
const NAMES = "(select unnest($1::uuid[]) as old, unnest($2::uuid[]) as made)";

/** Everywhere a petitioner with an account stands by his pseudonym; those of kinships are made with their sealed sides. */
const STANDS = [
  { table: "kernel.case_audience", column: "key", also: `and t.depth = ${PERSON_DEPTH}` },
  { table: "kernel.notifications", column: "recipient", also: "and t.side = 'petitioner'" },
  { table: "kernel.notification_deliveries", column: "recipient", also: "" },
  { table: "kernel.notification_settings", column: "recipient", also: "" },
] as const;

/** The search index keeps a copy of the audience. */
const COPIES = `update kernel.case_text t set aud =
    (select coalesce(array_agg(a.key), '{}') from kernel.case_audience a where a.case_id = t.case_id)
  where t.case_id in (select case_id from kernel.case_audience where key = any ($1::uuid[]) and depth = ${PERSON_DEPTH})`;

/** Under which names people see their own cases. */
export const pseudonyms = rekeyStep<{ readonly id: string }>({
  id: "pseudonyms",
  read: async (client, after) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from kernel.people where id > $1 order by id limit ${AT_ONCE}`,
      [after],
    );
    return rows;
  },
  async change(client, { from, to }, rows) {
    const old = rows.map((row) => personKey(from, row.id));
    const made = rows.map((row) => personKey(to, row.id));
    for (const { table, column, also } of STANDS)
      await client.query(`update ${table} t set ${column} = n.made from ${NAMES} n where t.${column} = n.old ${also}`, [
        old,
        made,
      ]);
    await client.query(COPIES, [made]);
  },
  async lost(client, { from }, rows) {
    const old = rows.map((row) => personKey(from, row.id));
    const { rows: found } = await client.query<{ n: number }>(
      `select (${[
        ...STANDS.map(({ table, column }) => `(select count(*) from ${table} where ${column} = any ($1::uuid[]))`),
        "(select count(*) from kernel.case_text where aud && $1::uuid[])",
      ].join(" + ")})::int as n`,
      [old],
    );
    return found[0]?.n ?? 0;
  },
});
