import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { connect } from "@doorstep/database";
import { benchBarometerPage } from "./barometer-page.ts";
import { idOf, matter, type Server } from "./desks.ts";
import { sideBySide } from "./measure.ts";
import { callsAs, startBench } from "./open-bench.ts";
import { type Line, limitOf, ms, type Section, times } from "./report.ts";

const UNITS = 2_000;
const MONTHS = 72;
const MONTH = "2023-05-01";
const EVENTS = 40;
const SIZES = [10_000, 1_000_000] as const;

/** The same draw of as many for the same number, whoever runs it, and by each seed apart from the others. */
const draw = (seed: number, of: number): string => `((hashint8extended(n, ${seed}) & 2147483647) % ${of})::int`;

/** A thing of every further petition, spread over units, months and parts; a database knows nothing of petitions that nobody filed. */
const FILL = `insert into p_indicators.counted (case_id, no, thing, unit_id, path, day, category, channel, track, marks, days)
  select gen_random_uuid(), 0, (array['answer', 'acceptance'])[1 + ${draw(1, 2)}], u.id, array[u.id, md5('top')::uuid],
         date '2020-01-01' + ${draw(2, 30 * MONTHS)}, (array['suggestion', 'claim', 'none'])[1 + ${draw(3, 3)}],
         (array['online', 'letter', 'visit', 'phone'])[1 + ${draw(4, 4)}], 'simple',
         array[(array['within60', 'inTime', 'rated'])[1 + ${draw(5, 3)}]], ${draw(6, 90)}
    from generate_series($1::int, $2::int) n cross join lateral (select md5(${draw(7, UNITS)}::text)::uuid as id) u`;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

type Pool = ReturnType<typeof connect>;

const numberOf = async (pool: Pool, query: string): Promise<number> =>
  Number((await pool.query<{ n: unknown }>(query)).rows[0]?.n);

const keptOf = (pool: Pool): Promise<number> =>
  numberOf(pool, "select coalesce(sum(count), 0) as n from p_indicators.cells");

/** Until something holds. */
async function until(holds: () => Promise<boolean>, what: string, seconds: number, every: number): Promise<void> {
  const last = performance.now() + seconds * 1_000;
  while (!(await holds())) {
    if (performance.now() > last) throw new Error(`not within ${seconds} s: ${what}`);
    await setTimeout(every);
  }
}

/** From a petition that a clerk files until the sums have it, the filing itself left out. */
async function eventsOf(server: Server, pool: Pool): Promise<readonly number[]> {
  const unitId = await idOf(server, "units", "code", "DEMO");
  const desk = await callsAs(server.platform, { personId: await idOf(server, "people", "username", "clerk") });
  // what was written by SQL lies in the years before
  const newest =
    "select coalesce(sum(count), 0) as n from p_indicators.cells where thing in ('registration', 'acceptance') and month >= '2026-01-01'";
  const found: number[] = [];
  for (let n = 0; n < EVENTS; n += 1) {
    const before = await numberOf(pool, newest);
    await desk.intake.fileAtDesk({ ...matter(unitId), key: randomUUID(), via: "letter" } as never);
    found.push(
      await timed(() => until(async () => (await numberOf(pool, newest)) > before, "a petition in the sums", 60, 5)),
    );
  }
  return found;
}

/** Rows that were written past the module are summed by its own repeated work, which begins within a minute. */
async function sumAll(pool: Pool): Promise<number> {
  await pool.query("update p_indicators.progress set cells_from = '2010-01-01'");
  const place = "select count(*) as n from p_indicators.progress where cells_from";
  await until(async () => (await numberOf(pool, `${place} > '2010-01-01' or cells_from is null`)) > 0, "begun", 90, 20);
  const took = await timed(() =>
    until(async () => (await numberOf(pool, `${place} is null`)) > 0, "all sums made", 240, 20),
  );
  const counted = await numberOf(pool, "select count(*) as n from p_indicators.counted");
  if ((await keptOf(pool)) !== counted) throw new Error("the sums are not what is counted");
  return took;
}

async function monthOf(pool: Pool, size: number): Promise<Line> {
  const ways = {
    kept: () =>
      pool.query(
        `select unit_id, category, channel, marks, count from p_indicators.cells
          where thing = 'answer' and month = '${MONTH}' and count <> 0`,
      ),
    raw: () =>
      pool.query(
        `select unit_id, category, channel, marks, count(*)::int as count from p_indicators.counted
          where thing = 'answer' and day >= '${MONTH}' and day < date '${MONTH}' + interval '1 month' group by 1, 2, 3, 4`,
      ),
  };
  const { kept, raw } = await sideBySide(ways, { warmUp: 3, rounds: 10, perRound: 3 });
  return {
    what: `a month of one thing for its release, all units, from the sums, ${size} things`,
    figure: ms(kept.median),
    baseline: ms(raw.median),
    ratio: times(kept.median / raw.median),
  };
}

/** What it costs to keep sums beside every fact, and what they are read in, at 10,000 and at 1,000,000 things. */
export async function benchIndicators(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-bench-"));
  const server = await startBench(dataDir, () => new Date());
  const pool = connect(server.platform.database.ownerUrl, { max: 2 });
  try {
    const whole = "select count(*) as n from p_indicators.progress where whole_until is not null";
    await until(async () => (await numberOf(pool, whole)) > 0, "the demo is counted", 150, 200);
    let first = Number.NaN;
    let filled = 0;
    const lines: Line[] = [];
    for (const size of SIZES) {
      await pool.query(FILL, [filled + 1, size]);
      await pool.query("analyze p_indicators.counted");
      filled = size;
      const anew = await sumAll(pool);
      await pool.query("analyze p_indicators.cells");
      const sums = await numberOf(pool, "select count(*) as n from p_indicators.cells");
      lines.push({
        what: `all sums made anew of ${size} things, month by month (${sums} sums)`,
        ...{ figure: ms(anew), baseline: "", ratio: "" },
      });
      const events = median(await eventsOf(server, pool));
      const isFirst = Number.isNaN(first);
      if (isFirst) first = events;
      lines.push({
        what: `from a petition that was filed until the sums have it, ${size} things`,
        ...{ figure: ms(events), baseline: "2000 ms", ratio: times(events / 2_000) },
        limit: limitOf("<= 1 x", events / 2_000, 1),
      });
      if (!isFirst)
        lines.push({
          what: `the same, ${size} things against ${SIZES[0]}`,
          ...{ figure: ms(events), baseline: ms(first), ratio: times(events / first) },
          limit: limitOf("<= 1.5 x", events / first, 1.5),
        });
      lines.push(await monthOf(pool, size));
    }
    lines.push(...(await benchBarometerPage(server, pool, { units: UNITS, size: filled })));
    return {
      title: "Sums of the indicators",
      how: `A server with the demo; things of ${UNITS} units and ${MONTHS} months are written beside its own by SQL, of petitions that nobody filed, and summed by the module's own repeated work. The time to the sums begins when the filing at the desk has ended. Baseline of the month: the same grouped from the things one by one. For the barometer's page every release has ${UNITS} units more; what modules repeat at them is put off, and the page is asked for as it asks, in one request, without HTTP.`,
      lines,
    };
  } finally {
    await pool.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
