import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { returnCodeOf } from "@doorstep/kernel/bulk";
import type { Platform } from "@doorstep/server";
import { generate } from "@doorstep/tooling-fixtures";
import { type Measured, sideBySide, type Work } from "./measure.ts";
import { callsAs, openBench } from "./open-bench.ts";
import { type Line, limitOf, ms, type Section, times } from "./report.ts";

const SEED = 1;
const UNITS_OF_OFFICER = 200;
const LIMIT_GROWTH = 1.5;
const WANTED_SIZES = [10_000, 100_000, 1_000_000];

export interface PagesOptions {
  /** numbers of cases; each has a data folder of its own, made when it is not there */
  readonly sizes: readonly number[];
  readonly dataDir: string;
  readonly units: number;
  readonly print: (line: string) => void;
}

type PageName = "queue" | "case" | "track" | "search rare" | "search common";
type Pages = Readonly<Record<PageName, { readonly ours: Measured; readonly raw: Measured }>>;

async function openSize(size: number, options: PagesOptions): Promise<Platform> {
  const folder = join(options.dataDir, String(size));
  const mark = join(folder, "complete");
  mkdirSync(folder, { recursive: true });
  const platform = await openBench(folder);
  if (existsSync(mark)) return platform;
  const { rowCount } = await platform.database.app.query("select 1 from kernel.units limit 1");
  if (rowCount) {
    await platform.close();
    throw new Error(`${folder} holds a broken-off data set; delete it.`);
  }
  let last = 0;
  await generate(
    { kernel: platform.kernel, ownerUrl: platform.database.ownerUrl },
    {
      cases: size,
      seed: SEED,
      units: options.units,
      until: platform.kernel.now(),
      onProgress(what, done, all) {
        if (performance.now() - last < 10_000) return;
        last = performance.now();
        options.print(`  ${what}: ${done} of ${all}`);
      },
    },
  );
  await platform.database.owner.query("vacuum analyze");
  writeFileSync(mark, "");
  return platform;
}

interface Subject {
  readonly personId: string;
  readonly unitId: string;
  readonly units: number;
}

/** The officer whose units come nearest to the number asked for. */
async function officerOf(platform: Platform): Promise<Subject> {
  const { rows } = await platform.database.app.query<{ person: string; unit: string; units: number }>(
    `select g.person_id as person, u.id as unit, (select count(*)::int from kernel.units x where x.path @> array[u.id]) as units
       from kernel.role_grants g join kernel.units u on u.id = g.unit_id where g.role = 'officer' and g.subtree
      order by abs((select count(*) from kernel.units x where x.path @> array[u.id]) - $1), u.id limit 1`,
    [UNITS_OF_OFFICER],
  );
  const [row] = rows;
  if (!row) throw new Error("the data set has no officer");
  return { personId: row.person, unitId: row.unit, units: row.units };
}

const RAW_QUEUE = `select c.id, c.case_no, c.title, c.status, c.channel, c.category, c.received_at, c.version, u.name_zh, u.name_en, x.due
  from (select a.due, a.case_id from kernel.case_audience a where a.key = $1 and a.open and a.conf <= 2
    order by a.due, a.case_id limit 51) x
  join kernel.cases c on c.id = x.case_id join kernel.units u on u.id = c.holder_unit_id order by x.due, c.id`;
const RAW_SEARCH = `select c.id, c.case_no, c.title, c.status, c.received_at, u.name_zh, u.name_en from (
    select t.case_id, t.received from kernel.case_text t where t.aud && $1::uuid[] and t.tsv @@ $2::tsquery and t.conf <= 2
    order by t.received desc, t.case_id desc limit 51) x
  join kernel.cases c on c.id = x.case_id join kernel.units u on u.id = c.holder_unit_id order by x.received desc`;
const RAW_CASE = [
  "select c.*, u.name_zh, u.name_en from kernel.cases c join kernel.units u on u.id = c.holder_unit_id where c.id = $1",
  "select * from kernel.demands where case_id = $1 order by no",
  "select * from kernel.clocks where case_id = $1 order by started_at, id",
  "select * from kernel.notices where case_id = $1 order by created_at, id",
  "select * from kernel.messages where case_id = $1 order by at",
  "select * from kernel.files where case_id = $1",
  "select * from kernel.respondents where case_id = $1",
  "select * from kernel.reviews where case_id = $1",
  "select * from kernel.ratings where case_id = $1",
];
const RAW_TRACK = RAW_CASE.slice(0, 6);

async function measure(platform: Platform): Promise<{ readonly pages: Pages; readonly officer: Subject }> {
  const { app } = platform.database;
  const { keys } = platform.kernel;
  const officer = await officerOf(platform);
  const calls = await callsAs(platform, officer);
  const named = (name: string, text: string, values: unknown[]) => app.query({ name: `bench_${name}`, text, values });
  const { items } = await calls.cases.list({ view: "all", limit: 100 });
  const ids = items.map((item) => item.caseId);
  const idOf = (n: number): string => ids[n % ids.length] ?? "";
  const rawCase = (texts: readonly string[], kind: string, id: string) =>
    Promise.all(texts.map((text, n) => named(`${kind}_${n}`, text, [id])));
  const codes = Array.from({ length: 50 }, (_, n) => returnCodeOf(keys.code, `bulk-${SEED}-${n * 7}-1-000000`));
  const tags = await app.query<{ id: string; tag: string }>(
    "select id, encode(return_tag, 'hex') as tag from kernel.cases order by received_at limit 350",
  );
  const [aRow] = tags.rows;
  if (!aRow) throw new Error("the data set is empty");
  const search = (q: string, tsquery: string): { ours: Work; raw: Work } => ({
    ours: () => calls.cases.search({ q, limit: 50 }),
    raw: () => named("search", RAW_SEARCH, [[officer.unitId], tsquery]),
  });
  const ways: Readonly<Record<PageName, { readonly ours: Work; readonly raw: Work }>> = {
    queue: {
      ours: () => calls.cases.list({ view: "open", limit: 50 }),
      raw: () => named("queue", RAW_QUEUE, [officer.unitId]),
    },
    case: {
      ours: (n) => calls.cases.get({ caseId: idOf(n) }),
      raw: (n) => rawCase(RAW_CASE, "case", idOf(n)),
    },
    track: {
      ours: async (n) => {
        const { caseId } = await calls.intake.track({ code: codes[n % codes.length] ?? "" });
        const own = await callsAs(platform, { codeCaseId: caseId });
        await own.intake.case({});
      },
      raw: async (n) => {
        const tag = tags.rows[(n * 7) % tags.rows.length]?.tag ?? "";
        const { rows } = await named("tag", "select id from kernel.cases where return_tag = decode($1, 'hex')", [tag]);
        await rawCase(RAW_TRACK, "track", String(rows[0]?.id));
      },
    },
    "search rare": search("山河", "'山河'"),
    "search common": search("答复", "'答复'"),
  };
  const pages: Partial<Record<PageName, { ours: Measured; raw: Measured }>> = {};
  for (const [name, way] of Object.entries(ways) as [PageName, { ours: Work; raw: Work }][])
    pages[name] = await sideBySide({ ours: way.ours, raw: way.raw }, { warmUp: 15, rounds: 15, perRound: 8 });
  return { pages: pages as Pages, officer };
}

/** Pages of the desk and of the petitioner at each size, and how the queue grows from the smallest to the others. */
export async function benchPages(options: PagesOptions): Promise<Section> {
  const lines: Line[] = [];
  let smallest: { readonly size: number; readonly ours: Measured } | undefined;
  let units = 0;
  for (const size of options.sizes.toSorted((a, b) => a - b)) {
    options.print(`pages at ${size} cases`);
    const platform = await openSize(size, options);
    try {
      const { pages, officer } = await measure(platform);
      units = officer.units;
      for (const [name, { ours, raw }] of Object.entries(pages) as [PageName, Pages[PageName]][])
        lines.push({
          what: `${name}, ${size} cases`,
          figure: `${ms(ours.median)} (p95 ${ms(ours.p95)})`,
          baseline: ms(raw.median),
          ratio: times(ours.median / raw.median),
        });
      if (smallest) lines.push(growth(smallest, { size, ours: pages.queue.ours }));
      else smallest = { size, ours: pages.queue.ours };
    } finally {
      await platform.close();
    }
  }
  return {
    title: "Pages",
    how: `Through the router, without HTTP, as an officer of ${units} units (of ${options.units}); search through the same predicate. Baseline: hand-written prepared SQL for the same rows, without recusal, row-level security, or decoding. Track is the code, then the case.${notMeasured(options.sizes)}`,
    lines,
  };
}

/** The sizes of the issue that this run leaves open. */
function notMeasured(sizes: readonly number[]): string {
  const open = WANTED_SIZES.filter((size) => !sizes.includes(size));
  return open.length === 0 ? "" : ` **Not measured in this run: ${open.join(" and ")} cases.**`;
}

function growth(
  small: { readonly size: number; readonly ours: Measured },
  large: { readonly size: number; readonly ours: Measured },
): Line {
  const ratio = large.ours.median / small.ours.median;
  return {
    what: `queue at ${large.size} against ${small.size} cases`,
    figure: ms(large.ours.median),
    baseline: ms(small.ours.median),
    ratio: times(ratio),
    // the bound is about a million against ten thousand; nothing smaller can meet it
    limit:
      small.size === 10_000 && large.size === 1_000_000
        ? limitOf(`<= ${LIMIT_GROWTH} x`, ratio, LIMIT_GROWTH)
        : undefined,
  };
}
