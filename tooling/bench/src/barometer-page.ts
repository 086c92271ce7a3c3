import type { connect } from "@doorstep/database";
import { moduleOf, type Server } from "./desks.ts";
import { sideBySide } from "./measure.ts";
import { type Line, limitOf, ms, times } from "./report.ts";

type Pool = ReturnType<typeof connect>;

/** What the page asks for, in one request. */
const PAGE = ["page,warnings?batch=1", { 0: {}, 1: {} }] as const;

/** Units below one of the demo's battalions, as many as the division of a large house has, in every release there is. */
const UNITS = `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, policy_pack, valid_from)
  select md5(n::text)::uuid, 'BENCH-' || n, '第' || n || '分队', 'Unit ' || n, u.level + 1, u.id, u.path || md5(n::text)::uuid,
         u.time_zone, u.policy_pack, '2020-01-01'
    from kernel.units u, generate_series(0, $1::int - 1) n where u.code = 'DEMO-3'`;
/** What modules do again and again at these units is put off: all of it at once is not what a house does that has stood for a day. */
const TURNS = `insert into kernel.plugin_job (plugin_id, job, unit_id, due_at)
  select distinct j.plugin_id, j.job, u.id, now() + interval '1 day'
    from kernel.plugin_job j, kernel.units u where u.code like 'BENCH-%' on conflict do nothing`;
const ROWS = `insert into kernel.figure_rows (release_id, unit_id, own, parent_id, total, figures)
  select w.release_id, u.id, false, u.parent_id, w.total, w.figures
    from kernel.figure_rows w join kernel.units p on p.id = w.unit_id and p.code = 'DEMO-3', kernel.units u
   where u.code like 'BENCH-%' and not w.own`;

/**
 * The same numbers from the things one by one: by month, by unit and category in the newest month, the shares, what petitions speak of
 * by month, and what was answered in each month of the three years that the forecast reads.
 */
const RAW = [
  "select date_trunc('month', day) as month, category, count(*) from p_indicators.counted where day >= '2023-11-01' group by 1, 2",
  "select path[1] as unit, category, count(*) from p_indicators.counted where day >= '2025-11-01' and day < '2025-12-01' group by 1, 2",
  `select unit_id, count(*) filter (where 'inTime' = any (marks)) as "inTime", count(*) filter (where 'rated' = any (marks)) as rated, count(*)
     from p_indicators.counted where day >= '2024-11-01' group by 1`,
  `select date_trunc('month', day) as month, mark, count(*) from p_indicators.counted, unnest(marks) mark
    where day >= '2023-11-01' group by 1, 2`,
  "select date_trunc('month', day) as month, count(*) from p_indicators.counted where day >= '2022-11-01' group by 1",
];

/** What the barometer's page of the top unit costs, against the same from raw rows and against one row by its key. */
export async function benchBarometerPage(
  server: Server,
  pool: Pool,
  { units, size }: { readonly units: number; readonly size: number },
): Promise<readonly Line[]> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query(UNITS, [units]);
    await client.query(TURNS);
    await client.query("commit");
  } finally {
    client.release();
  }
  await pool.query(ROWS);
  await pool.query("analyze kernel.figure_rows, kernel.figure_releases, kernel.units");
  const ask = await moduleOf(server, "barometer", "supervisor");
  const { rows } = await pool.query<{ id: string; n: number }>(
    "select (select id from kernel.cases limit 1) as id, (select count(*)::int from kernel.figure_rows) as n",
  );
  const [{ id, n } = { id: "", n: 0 }] = rows;
  const look = async () => {
    const { refused } = await ask(...PAGE);
    if (refused !== undefined) throw new Error(`barometer: ${String(refused)}`);
  };
  const ways = {
    page: look,
    anew: async () => {
      await pool.query("delete from p_barometer.pages");
      await look();
    },
    raw: async () => {
      for (const query of RAW) await pool.query(query);
    },
    key: () => pool.query("select * from kernel.cases where id = $1", [id]),
  };
  const { page, anew, raw, key } = await sideBySide(ways, { warmUp: 2, rounds: 9, perRound: 1 });
  const what = `the barometer's page of the top unit, ${size} things, ${n} released rows`;
  return [
    {
      what: `${what}; baseline: its numbers from the things one by one`,
      ...{ figure: ms(page.median), baseline: ms(raw.median), ratio: times(page.median / raw.median) },
      limit: limitOf("<= 0.01 x", page.median / raw.median, 0.01),
    },
    {
      what: "the same; baseline: one row by its key",
      ...{ figure: ms(page.median), baseline: ms(key.median), ratio: times(page.median / key.median) },
      limit: limitOf("<= 30 x", page.median / key.median, 30),
    },
    {
      what: "the same made anew, as by the first who looks after a release; baseline: its numbers from the things one by one",
      ...{ figure: ms(anew.median), baseline: ms(raw.median), ratio: times(anew.median / raw.median) },
    },
  ];
}
