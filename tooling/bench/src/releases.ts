import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@doorstep/database";
import { releaseMonth } from "@doorstep/kernel";
import { sideBySide } from "./measure.ts";
import { startBench } from "./open-bench.ts";
import { limitOf, ms, type Section, times } from "./report.ts";

export interface House {
  readonly units: number;
  readonly petitions: number;
}

const DATASET = "bench/registration";
const COPY = "bench/copy";
const named = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${name}${n}`);
/** As many values and measures as the module of indicators has of what was registered. */
const dimensions = { category: named("category", 4), channel: named("channel", 14) };
const measures = named("measure", 13);

/** Ten units right below the topmost one, ten below each, and so on: every unit's number has its parent's as its beginning. */
const UNITS = `with recursive tree as (
    select n, md5(n::text)::uuid as id, u.id as parent_id, u.path || md5(n::text)::uuid as path, u.level + 1 as level, u.time_zone, u.policy_pack
      from generate_series(1, 9) n, kernel.units u where u.parent_id is null
    union all
    select n.no, md5(n.no::text)::uuid, t.id, t.path || md5(n.no::text)::uuid, t.level + 1, t.time_zone, t.policy_pack
      from tree t cross join lateral (select t.n * 10 + d as no from generate_series(0, 9) d) n where n.no < $1)
  insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, policy_pack, valid_from)
  select id, 'BENCH-' || n, '第' || n || '分队', 'Unit ' || n, level, parent_id, path, time_zone, policy_pack, '2020-01-01' from tree`;

/** The same draw for the same numbers, whoever runs it. */
function drawOf(seed: number): (of: number) => number {
  let state = seed;
  return (of) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * of);
  };
}

/** Petitions one by one; a fifth of the ways in and a third of the categories have most of them. */
function monthOf(unitIds: readonly string[], petitions: number, seed: number) {
  const draw = drawOf(seed);
  const one = <T>(list: readonly T[], often: number): T => list[draw(3) > 0 ? draw(often) : draw(list.length)] as T;
  return Array.from({ length: petitions }, () => ({
    unitId: unitIds[draw(unitIds.length)] ?? "",
    count: 1,
    values: { category: one(dimensions.category, 2), channel: one(dimensions.channel, 3) },
    measures: Object.fromEntries(measures.map((name) => [name, draw(6) === 0 ? 1 : 0])),
  }));
}

/** What it costs to release a month of a large house, with all that would let anybody find fewer than five left out. */
export async function benchReleases(
  { units, petitions }: House = { units: 1_000, petitions: 5_000 },
): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-bench-"));
  const server = await startBench(dataDir, () => new Date());
  const pool = connect(server.platform.database.ownerUrl, { max: 2 });
  try {
    await pool.query(UNITS, [units]);
    const { kernel } = server.platform;
    const ids = (
      await pool.query<{ id: string }>("select id from kernel.units where code like 'BENCH-%' order by code")
    ).rows;
    const unitIds = ids.map(({ id }) => id);
    const month = (n: number): string => `${1_000 + n}-01`;
    const released = async (n: number) => {
      const rows = monthOf(unitIds, petitions, n + 1);
      if (!(await releaseMonth(kernel, { dataset: DATASET, month: month(n), dimensions, measures, rows })))
        throw new Error("nothing was released");
    };
    await released(0);
    const { rows: kept } = await pool.query<{ shown: string }>(
      `select jsonb_agg(jsonb_build_object('unitId', w.unit_id, 'own', w.own, 'parentId', w.parent_id, 'total', w.total, 'figures', w.figures)) as shown
         from kernel.figure_releases r join kernel.figure_rows w on w.release_id = r.id where r.dataset = $1`,
      [DATASET],
    );
    const written = JSON.stringify(kept[0]?.shown);
    const ways = {
      released: (n: number) => released(n + 1),
      raw: async (n: number) => {
        const id = kernel.newId();
        await pool.query(
          "insert into kernel.figure_releases (id, dataset, month, number, released_at) values ($1, $2, $3, 1, now())",
          [...[id, COPY, month(n)]],
        );
        await pool.query(
          `insert into kernel.figure_rows (release_id, unit_id, own, parent_id, total, figures)
           select $1, w."unitId", w.own, w."parentId", w.total, w.figures
             from jsonb_to_recordset($2::jsonb) as w("unitId" uuid, own boolean, "parentId" uuid, total integer, figures jsonb)`,
          [id, written],
        );
      },
    };
    const { released: safe, raw } = await sideBySide(ways, { warmUp: 1, rounds: 5, perRound: 1 });
    const ratio = safe.median / raw.median;
    return {
      title: "A month is released",
      how: `A server with the demo and ${unitIds.length} units more, ten below each. A month of ${petitions} petitions drawn over them, of ${Object.keys(dimensions).length} dimensions and ${measures.length} measures, is made safe over all units at once and kept. Baseline: the rows of such a release written as they are, by one statement.`,
      lines: [
        {
          what: `a month of ${petitions} petitions at ${unitIds.length} units released`,
          ...{ figure: ms(safe.median), baseline: ms(raw.median), ratio: times(ratio) },
          limit: limitOf("<= 60 x", ratio, 60),
        },
      ],
    };
  } finally {
    await pool.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
