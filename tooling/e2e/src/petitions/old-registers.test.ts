import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type House, openHouse, signIn } from "../house.ts";
import { choose } from "../show-box.ts";

// Real registers are taken over and read as the page reads them; every figure is counted again from the file alone, by SQL that
// shares nothing with the module.

const shared = join(import.meta.dirname, "..", "..", "..", "..", "..", "shared", "data");
// biome-ignore lint/style/noProcessEnv: how long a test runs is said from outside.
const isLong = Boolean(process.env.DOORSTEP_LONG);
const isHere = existsSync(shared);
const real = test.skipIf(!isHere);
test.runIf(!isHere)("the folder of real registers is absent: their figures are not tested", (context) =>
  context.skip(),
);

const accounts = ["NYCC02", "NYCC03", "NYCC05", "NYCC17", "NYCC35", "NYCC40"];

let house: House;
let cookie: string;
beforeAll(async () => {
  if (!isHere) return;
  house = await openHouse({
    now: "2026-03-02T01:00:00Z",
    units: accounts.map((code) => ({ code, parent: "BRIGADE" })),
    people: [{ username: "above", unit: "BRIGADE", roles: [{ role: "officer", subtree: true }] }],
  });
  await choose(house, "indicators", "on");
  cookie = await signIn(house.url, "above");
}, 120_000);
afterAll(() => house?.[Symbol.asyncDispose]());

const rpc = (path: string, input: unknown, unit = "BRIGADE") =>
  call(house.url, cookie, `p/${path}`, input, house.units.get(unit));

/** Carried through as the import page does it; how many rows became petitions. */
async function imported(fileName: string, bytes: Buffer, source: string, mapping: object): Promise<number> {
  const { importId, chunkBytes } = await rpc("ledger-import/begin", { fileName, size: bytes.byteLength });
  for (let no = 0; no * chunkBytes < bytes.byteLength; no += 1) {
    const data = bytes.subarray(no * chunkBytes, (no + 1) * chunkBytes).toString("base64");
    await rpc("ledger-import/chunk", { importId, no, data });
  }
  const { guesses } = await rpc("ledger-import/inspect", { importId });
  const { encoding } = guesses[0];
  await rpc("ledger-import/configure", { importId, encoding, delimiter: null, mapping, source });
  while (!(await rpc("ledger-import/check", { importId })).done);
  for (;;) {
    const { done, counts } = await rpc("ledger-import/run", { importId });
    if (done) return counts.created;
  }
}

/** Lets minutes pass until the module has read so many records of a register. */
async function counted(source: string, count: number): Promise<void> {
  const { pool } = house.server.database;
  for (let minutes = 0; minutes < 30; minutes++) {
    house.server.clock.advance("PT1M");
    await house.server.platform.host.jobs.runDue();
    const { rows } = await pool.query("select count(*)::int as n from p_indicators.records where source = $1", [
      source,
    ]);
    if (rows[0].n === count) return;
  }
  throw new Error("the records are not counted");
}

/** Lines of a file, read by hand. */
function linesOf(text: string): Record<string, string>[] {
  const table: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    table.at(-1)?.push(quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'));
    if (end !== ",") table.push([]);
  }
  const [header = [], ...lines] = table;
  return lines
    .filter((line) => line.length === header.length)
    .map((line) => Object.fromEntries(header.map((name, n) => [name, line[n] ?? ""])));
}

interface Raw {
  readonly unit: string;
  readonly at: string;
  readonly ended: string;
  readonly topic: string;
  readonly who: string;
}

/** What a group of the file's lines amounts to. */
async function countedAnew(raw: readonly Raw[], key: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await house.server.database.pool.query(
    `with lines as (
       select unit, at::timestamp as at, left(at, 10)::date as "on", left(nullif(ended, ''), 10)::date as ended,
         nullif(topic, '') as topic, nullif(who, '') as who
         from jsonb_to_recordset($1::jsonb) as l (unit text, at text, ended text, topic text, who text)),
     numbered as (select *, row_number() over (partition by who order by at) as nth, ended - "on" as days from lines)
     select ${key} as key, count(*)::int as count, count(days)::int as ended,
       percentile_cont(0.5) within group (order by days) as median,
       percentile_cont(0.9) within group (order by days) as ninetieth,
       jsonb_build_array(
         jsonb_build_object('term', 15, 'count', count(*) filter (where days <= 15)),
         jsonb_build_object('term', 30, 'count', count(*) filter (where days <= 30)),
         jsonb_build_object('term', 60, 'count', count(*) filter (where days <= 60))) as within,
       count(who)::int as named, (count(*) filter (where who is not null and nth > 1))::int as repeats
     from numbered group by 1`,
    [JSON.stringify(raw)],
  );
  return rows;
}

type Group = Record<string, unknown>;
const byKey = (groups: readonly Group[]): ReadonlyMap<unknown, Group> =>
  new Map(groups.map(({ key, name: _, code, ...figures }) => [code ?? key, figures]));
const close = (groups: ReadonlyMap<unknown, Group>): ReadonlyMap<unknown, Group> =>
  new Map(
    [...groups].map(([key, one]) => {
      const rounded = (value: unknown) => (typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value);
      return [key, { ...one, median: rounded(one.median), ninetieth: rounded(one.ninetieth) }];
    }),
  );

/** All that the page shows of a register, beside the file. */
async function expectSame(source: string, raw: readonly Raw[]): Promise<void> {
  const shown = await rpc("indicators/register", { source });
  const [whole] = await countedAnew(raw, "'all'");
  expect(close(new Map([["all", shown.all]]))).toEqual(close(byKey([whole ?? {}])));
  for (const [groups, key] of [
    [shown.units, "unit"],
    [shown.months, `to_char("on", 'YYYY-MM')`],
  ] as const)
    expect(close(byKey(groups))).toEqual(close(byKey(await countedAnew(raw, key))));
  const topics = (await countedAnew(raw, "topic")).toSorted((a, b) => Number(b.count) - Number(a.count));
  expect(shown.topics).toHaveLength(Math.min(20, topics.length));
  expect(shown.moreTopics).toBe(Math.max(0, topics.length - 20));
  expect(shown.topics.map((one: Group) => one.count)).toEqual(topics.slice(0, 20).map((one) => one.count));
  const all = close(byKey(topics));
  for (const [key, figures] of close(byKey(shown.topics))) expect([key, figures]).toEqual([key, all.get(key)]);

  const months = [...new Set(raw.map(({ at }) => at.slice(0, 7)))].toSorted();
  const { months: known } = (await rpc("indicators/registers", {})).find((one: Group) => one.source === source);
  expect(known).toEqual(months);
  for (const period of [months[0] ?? "", (months.at(-1) ?? "").slice(0, 4)]) {
    const part = await rpc("indicators/register", { source, period });
    expect(part.all.count).toBe(raw.filter(({ at }) => at.startsWith(period)).length);
  }
}

/** Every so many lines of a file; all of them in the long run. */
function fileOf(name: string, every: number): Buffer {
  const bytes = readFileSync(join(shared, name));
  if (isLong) return bytes;
  const lines = linesOf(bytes.toString("utf8").replace(/^\uFEFF/, "")).filter((_, n) => n % every === 0);
  const written = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  return Buffer.from([Object.keys(lines[0] ?? {}), ...lines.map(Object.values<string>)].map(written).join("\n"));
}

/** Of lines with the same key the first is taken. */
function firstOf(lines: readonly Record<string, string>[], key: string): readonly Record<string, string>[] {
  const keys = new Set<string>();
  return lines.filter((line) => !keys.has(line[key] ?? "") && keys.add(line[key] ?? ""));
}

const LONG = { timeout: 300_000 };

real("messages with their answers, and sorted ones: every figure is what the file says", LONG, async () => {
  const replied = fileOf("zh_messages/messages_replied_part.csv", 3);
  const sorted = fileOf("zh_messages/messages_classified.csv", 3);
  const of = (line: Record<string, string>): Raw => ({
    ...{ unit: "BRIGADE", at: line.created_at ?? "", ended: line.replied_at ?? "" },
    ...{ topic: line.category_l1 ?? "", who: line.user ?? "" },
  });
  const answered = linesOf(replied.toString("utf8"));
  const ofTopics = firstOf(linesOf(sorted.toString("utf8")), "id");
  if (isLong) expect([answered.length, ofTopics.length]).toEqual([704, 494]);

  const mapping = { key: ["id"], title: ["subject"], body: ["body"], receivedAt: "created_at", petitioner: "user" };
  const answers = { reply: ["reply"], repliedAt: "replied_at" };
  expect(await imported("replied.csv", replied, "留言板", { ...mapping, ...answers })).toBe(answered.length);
  const topics = { ...mapping, topic: "category_l1" };
  expect(await imported("sorted.csv", sorted, "分类留言", topics)).toBe(ofTopics.length);
  await counted("留言板", answered.length);
  await counted("分类留言", ofTopics.length);

  await expectSame("留言板", answered.map(of));
  await expectSame("分类留言", ofTopics.map(of));
});

real("a year of six units of a council: every figure is what the file says", LONG, async () => {
  const bytes = fileOf("en_nyc_council/constituent_cases_2019_6units.csv", 20);
  const worded = linesOf(bytes.toString("utf8")).filter((line) => line.complaint_type || line.descriptor);
  const lines = firstOf(worded, "unique_key");
  if (isLong) expect(lines).toHaveLength(5_807 - 59 - 1);
  const mapping = {
    ...{ key: ["unique_key"], title: ["complaint_type", "descriptor"], topic: "complaint_type", unit: "account" },
    ...{ receivedAt: "opendate", closedAt: "closedate" },
  };
  expect(await imported("council.csv", bytes, "council 2019", mapping)).toBe(lines.length);
  await counted("council 2019", lines.length);

  const raw = lines.map((line) => ({
    ...{ unit: line.account ?? "", at: line.opendate ?? "", ended: line.closedate ?? "" },
    ...{ topic: line.complaint_type ?? "", who: "" },
  }));
  await expectSame("council 2019", raw);
  for (const unit of accounts) {
    const own = raw.filter((one) => one.unit === unit);
    const shown = await rpc("indicators/register", { source: "council 2019", below: false }, unit);
    const [anew] = await countedAnew(own, "'all'");
    expect(close(new Map([["all", shown.all]]))).toEqual(close(byKey([anew ?? {}])));
  }
});

real("whoever may not open the records sees no register of them", { timeout: 60_000 }, async () => {
  const officer = await signIn(house.url, "officer");
  const input = { source: "留言板" };
  const found = await call(house.url, officer, "p/indicators/register", input, house.units.get("FIRST"));
  expect(found.all.count).toBe(0);
  expect(found.units).toEqual([]);
  expect(await call(house.url, officer, "p/indicators/registers", {}, house.units.get("FIRST"))).toEqual([]);
});
