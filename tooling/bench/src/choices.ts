import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { sideBySide } from "./measure.ts";
import { openBench } from "./open-bench.ts";
import { limitOf, ms, type Section, times } from "./report.ts";

const UNITS = 10_000;
const PLUGINS = 30;
/** Each unit has so many below it. */
const WIDTH = 8;
/** One place in so many has a choice of its own. */
const SPARSE = 40;

/**
 * What follows from the choices of 10,000 units about 30 modules, computed anew so that every row changes, beside one
 * plain statement that writes as many rows.
 */
export async function benchChoices(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-bench-choices-"));
  const platform = await openBench(dataDir);
  try {
    return await measure(platform.database.owner);
  } finally {
    await platform.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(pool: Pool): Promise<Section> {
  const root = randomUUID();
  await pool.query(
    `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, calendar_region, policy_pack, valid_from)
     values ($1, 'B0', 'B0', 'B0', 0, null, array[$1]::uuid[], 'Asia/Shanghai', 'cn', 'cn-civil-2022', '2020-01-01')`,
    [root],
  );
  await pool.query("truncate kernel.plugin_installed, kernel.plugin_effective");
  await pool.query("alter table kernel.units disable trigger user");
  await pool.query(
    `with recursive place (n, id, path, level) as (
       select 0, u.id, u.path, u.level::int from kernel.units u where u.id = $1
       union all
       select p.n * ${WIDTH} + k, i.id, p.path || i.id, p.level + 1 from place p
         cross join generate_series(1, ${WIDTH}) k cross join lateral (select md5('unit ' || (p.n * ${WIDTH} + k))::uuid as id) i
        where p.n * ${WIDTH} + k <= ${UNITS}
     )
     insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, calendar_region, policy_pack, valid_from)
     select p.id, 'B' || p.n, 'B' || p.n, 'B' || p.n, p.level, p.path[array_length(p.path, 1) - 1], p.path,
       u.time_zone, u.calendar_region, u.policy_pack, u.valid_from
       from place p cross join (select * from kernel.units where id = $1) u where p.n > 0`,
    [root],
  );
  await pool.query("alter table kernel.units enable trigger user");
  await pool.query(
    `insert into kernel.plugin_installed (plugin_id, version, title_zh, title_en, on_by_default, requires, installed_at)
     select 'm' || n, '1.0.0', 'm', 'm', n % 2 = 0, case when n > 20 then array['m' || n - 20] else '{}' end, now()
       from generate_series(1, ${PLUGINS}) n`,
  );
  await pool.query(
    `insert into kernel.plugin_choice (plugin_id, unit_id, choice, locked, authority, why, at)
     select 'm' || n, u.id, case when hashtext(u.id::text || n) % 2 = 0 then 'on' else 'off' end,
       hashtext(u.id::text || n) % 7 = 0, u.id, 'x', now()
       from kernel.units u cross join generate_series(1, ${PLUGINS}) n where hashtext(n || u.id::text) % ${SPARSE} = 0`,
  );
  const refresh = (): Promise<unknown> =>
    pool.query(
      "select count(*) from kernel.refresh_plugins((select array_agg(plugin_id) from kernel.plugin_installed), array[$1]::uuid[])",
      [root],
    );
  await refresh();
  const rows = Number((await pool.query("select count(*) from kernel.plugin_effective")).rows[0].count);
  const one = "select count(*) from kernel.refresh_plugins(array['m1'], array[$1]::uuid[])";
  const flip = (where: string): Promise<unknown> =>
    pool.query(`update kernel.plugin_installed set on_by_default = not on_by_default where ${where}`);
  const plain = (where: string): Promise<unknown> =>
    pool.query(`update kernel.plugin_effective set chosen = not chosen, enabled = not enabled where ${where}`);
  const measured = await sideBySide(
    {
      all: async () => {
        await flip("true");
        await refresh();
      },
      allPlain: () => plain("true"),
      one: async () => {
        await flip("plugin_id = 'm1'");
        await pool.query(one, [root]);
      },
      onePlain: () => plain("plugin_id = 'm1'"),
    },
    { warmUp: 1, rounds: 3, perRound: 1 },
  );
  const ratio = measured.all.median / measured.allPlain.median;
  return {
    title: "Choices about modules",
    how: `What follows from the choices of ${UNITS} units about ${PLUGINS} modules (one place in ${SPARSE} has a choice, one of seven of those a lock, ten modules require another one), computed anew after every default was turned round: ${rows} rows. Baseline: one plain update that writes as many rows of the same table.`,
    lines: [
      {
        what: `all ${PLUGINS} modules`,
        figure: ms(measured.all.median),
        baseline: ms(measured.allPlain.median),
        ratio: times(ratio),
        limit: limitOf("<= 5 x", ratio, 5),
      },
      {
        what: "one module and the one that requires it",
        figure: ms(measured.one.median),
        baseline: ms(measured.onePlain.median),
        ratio: times(measured.one.median / measured.onePlain.median),
      },
    ],
  };
}
