import { returnCodeOf } from "@doorstep/kernel/bulk";
import type { Platform } from "@doorstep/server";
import type { Calls } from "@doorstep/tooling-fixtures";
import type { Work } from "./measure.ts";
import { callsAs } from "./open-bench.ts";

const UNITS_OF_OFFICER = 200;

/** A page of ours beside the best that can be written by hand for the same rows. */
export interface Way {
  readonly ours: Work;
  readonly raw: Work;
  /** how many times the hand-written one it may take */
  readonly most?: number;
  /** how many times the smallest size it may take at the largest */
  readonly growth?: number;
}

const MOST_OF_SEARCH = 3;
const MOST_GROWTH = 1.5;

export interface Subject {
  readonly personId: string;
  readonly unitId: string;
  readonly units: number;
}

/** The officer whose units come nearest to the number asked for. */
export async function officerOf(platform: Platform): Promise<Subject> {
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
const RAW_ARCHIVE = `select c.id, c.case_no, c.title, c.status, c.channel, c.category, c.received_at, c.version, u.name_zh, u.name_en, x.due
  from (select a.due, a.received, a.case_id from kernel.case_audience a where a.key = $1 and a.conf <= 2
    order by a.received desc, a.case_id desc limit 51) x
  join kernel.cases c on c.id = x.case_id join kernel.units u on u.id = c.holder_unit_id order by x.received desc, c.id desc`;
const NOT_RECUSED =
  "(select 1 from kernel.recusals r where r.person_id = $3 and r.case_id = a.case_id and r.state <> 'refused') is null";
const RAW_FOUND = `select c.id, c.case_no, c.title, c.status, c.received_at, u.name_zh, u.name_en from found x
  join kernel.cases c on c.id = x.case_id join kernel.units u on u.id = c.holder_unit_id order by x.received desc, x.case_id desc`;
/** Few have the words: all of them, then the newest. */
const RAW_RARE = `with hits as materialized (select t.case_id, t.received from kernel.case_text t
      where t.aud && array[$1]::uuid[] and t.tsv @@ $2::tsquery and t.conf <= 2),
  found as (select a.* from (select * from hits order by received desc, case_id desc offset 0) a where ${NOT_RECUSED} limit 51)
  ${RAW_FOUND}`;
/** Many have them: the newest, one after another. */
const RAW_COMMON = `with found as (select a.received, a.case_id from kernel.case_audience a
      where a.key = $1 and a.conf <= 2 and ${NOT_RECUSED}
        and (select t.tsv @@ $2::tsquery from kernel.case_text t where t.case_id = a.case_id)
      order by a.received desc, a.case_id desc limit 51)
  ${RAW_FOUND}`;
const OPEN_VIEWS = [
  "status = 'received'",
  "status = 'registered'",
  "status in ('registered', 'routed')",
  "status in ('accepted', 'inHandling')",
  "to_approve",
  "to_deliver",
  "status = 'review'",
  "due between current_date and current_date + 3",
  "due < current_date",
  "true",
];
const RAW_BADGES = `select ${[...OPEN_VIEWS.map((view) => `open and ${view}`), "not open", "true"]
  .map(
    (w) =>
      `(select count(*) from (select 1 from kernel.case_audience where key = $1 and conf <= 2 and ${w} limit 100) x)`,
  )
  .join(", ")}`;
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

/** Each page of the desk and of the petitioner, ours and by hand. */
export async function waysOf(
  platform: Platform,
  officer: Subject,
  seed: number,
): Promise<Readonly<Record<string, Way>>> {
  const { app } = platform.database;
  const { keys } = platform.kernel;
  const calls = await callsAs(platform, officer);
  const named = (name: string, text: string, values: unknown[]) => app.query({ name: `bench_${name}`, text, values });
  const { items } = await calls.cases.list({ view: "all", limit: 100 });
  const ids = items.map((item) => item.caseId);
  const idOf = (n: number): string => ids[n % ids.length] ?? "";
  const rawCase = (texts: readonly string[], kind: string, id: string) =>
    Promise.all(texts.map((text, n) => named(`${kind}_${n}`, text, [id])));
  const codes = Array.from({ length: 50 }, (_, n) => returnCodeOf(keys.code, `bulk-${seed}-${n * 7}-1-000000`));
  const tags = await app.query<{ id: string; tag: string }>(
    "select id, encode(return_tag, 'hex') as tag from kernel.cases where return_tag is not null order by received_at limit 350",
  );
  const [aRow] = tags.rows;
  if (!aRow) throw new Error("the data set is empty");
  const search = (q: string, raw: string): Way => ({
    ours: () => calls.cases.search({ q, limit: 50 }),
    // not kept as a prepared statement: the plan depends on the word
    raw: () => app.query(raw, [officer.unitId, `'${q}'`, officer.personId]),
    most: MOST_OF_SEARCH,
    growth: MOST_GROWTH,
  });
  const busiest = await app.query<{ holder: string }>(
    "select holder from kernel.case_audience where key = $1 and holder <> $1 group by 1 order by count(*) desc, 1 limit 1",
    [officer.unitId],
  );
  const unitId = busiest.rows[0]?.holder ?? officer.unitId;
  const list = (name: string, input: Parameters<Calls["cases"]["list"]>[0], where: string, values: unknown[]): Way => {
    const isOpen = input.view === "open";
    const text = (isOpen ? RAW_QUEUE : RAW_ARCHIVE).replace("a.conf <= 2", `a.conf <= 2 and ${where}`);
    return {
      ours: () => calls.cases.list({ limit: 50, ...input }),
      raw: () => named(`list_${name}`, text, [officer.unitId, ...values]),
    };
  };
  return {
    queue: {
      ours: () => calls.cases.list({ view: "open", limit: 50 }),
      raw: () => named("queue", RAW_QUEUE, [officer.unitId]),
      growth: MOST_GROWTH,
    },
    archive: {
      ours: () => calls.cases.list({ view: "all", limit: 50 }),
      raw: () => named("archive", RAW_ARCHIVE, [officer.unitId]),
    },
    badges: {
      ours: () => calls.cases.counts({}),
      raw: () => named("badges", RAW_BADGES, [officer.unitId]),
    },
    case: {
      ours: (n) => calls.cases.get({ caseId: idOf(n) }),
      raw: (n) => rawCase(RAW_CASE, "case", idOf(n)),
      growth: MOST_GROWTH,
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
    similar: {
      ours: () =>
        calls.cases.similar({ title: "公寓房窗户漏雨，两次报修无人回复", text: "窗台和床铺都湿了。", name: "" }),
      raw: () => app.query(RAW_COMMON, [officer.unitId, "'公寓'", officer.personId]),
    },
    "queue of one unit": list("unit", { view: "open", unitId }, "a.holder = $2", [unitId]),
    "archive of one unit": list("unit_all", { view: "all", unitId }, "a.holder = $2", [unitId]),
    "badges of one unit": {
      ours: () => calls.cases.counts({ unitId }),
      raw: () =>
        named("badges_unit", RAW_BADGES.replaceAll("conf <= 2 and", "conf <= 2 and holder = $2 and"), [
          officer.unitId,
          unitId,
        ]),
    },
    "queue, a category with none": list("category", { view: "open", category: "suggestion" }, "a.category = $2", [
      "suggestion",
    ]),
    "archive, a category with none": list("category_all", { view: "all", category: "suggestion" }, "a.category = $2", [
      "suggestion",
    ]),
    "queue, a channel with none": list("channel", { view: "open", channel: "fax" }, "a.channel = $2", ["fax"]),
    "archive, a channel with none": list("channel_all", { view: "all", channel: "fax" }, "a.channel = $2", ["fax"]),
    "archive, a category with most": list("category_most", { view: "all", category: "claim" }, "a.category = $2", [
      "claim",
    ]),
    "search, a word in none": search("山河", RAW_RARE),
    "search, a word in few": search("食堂", RAW_RARE),
    "search, a word in many": search("津贴", RAW_COMMON),
    "search, a word in nearly all": search("答复", RAW_COMMON),
  };
}
