import { releaseMonth } from "@doorstep/kernel";
import { type CapabilityApi, definePlugin } from "@doorstep/sdk";
import { type DatasetRow, type DatasetSpec, pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { openTestHost, pluginFolder, post, sourceOf, type TestHostOptions } from "../testing/index.ts";

const title = { "zh-CN": "信件", en: "Letters" };
const plugin = definePlugin({
  id: "box",
  title,
  purpose: title,
  sdk: "^1.0.0",
  capabilities: ["datasets.read", "units.read"],
  permissions: { look: { title, grants: ["officer"] } },
});
const { router, procedure } = pluginRpc(plugin);
type Asked = Parameters<CapabilityApi["datasets.read"]["datasets"]["read"]>[0];

/** What the plugin would count, by month; a month that is not there is not whole. */
const counts = new Map<string, (first: string) => unknown>();
let asked: string[] = [];
beforeEach(() => {
  counts.clear();
  asked = [];
});

const letters = (unitId: string, count: number, inTime = count, way = "portal"): DatasetRow => ({
  ...{ unitId, count, values: { way }, measures: { inTime } },
});

const withDatasets = (datasets: Readonly<Record<string, Partial<DatasetSpec>>>) =>
  pluginServer(plugin, {
    datasets: datasets as never,
    router: router({
      list: procedure("look").query(({ ctx }) => ctx.datasets.list()),
      read: procedure("look")
        .input(z.custom<Asked>())
        .query(({ ctx, input }) => ctx.datasets.read(input)),
      stamp: procedure("look")
        .input(z.array(z.string()))
        .query(({ ctx, input }) => ctx.datasets.stamp(input)),
      units: procedure("look")
        .input(z.array(z.string()))
        .query(({ ctx, input }) => ctx.units.getMany(input)),
    }),
  });

const shape = {
  title,
  dimensions: { way: { title, values: { portal: title, letter: title } } },
  measures: { inTime: title },
};
let first = "";
const server = withDatasets({
  letters: {
    ...shape,
    live: (_ctx, { month }) => {
      asked.push(month);
      return (counts.get(month)?.(first) ?? null) as readonly DatasetRow[] | null;
    },
  },
});

/** A house on 2026-03-02, with the plugin on at the first battalion alone. */
async function open(more: Partial<TestHostOptions> = {}) {
  const folder = pluginFolder("1.0.0");
  const at = await openTestHost({ sources: [sourceOf(server, folder.root)], ...more });
  first = at.test.units.first;
  const admin = await at.test.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const officer = await at.test.person("officer", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const choose = async (choice: "on" | "off") => {
    const { revision } = await at.as(admin).modules.matrix({});
    await at.as(admin).modules.choose({ revision, changes: [{ unitId: first, pluginId: "box", choice, why: "x" }] });
  };
  if (!more.on) await choose("on");
  const call = (path: string, input: unknown = {}) =>
    post(at, "box", path, input, { actor: officer, unitId: at.test.units.first });
  /** of the brigade with all below it */
  const read = async (month: string): Promise<unknown> => {
    const asked: Asked = { dataset: "box/letters", unitId: at.test.units.brigade, from: month, to: month };
    return ((await call("read", asked)).data as { own: boolean }[]).filter((one) => !one.own);
  };
  return {
    ...{ at, officer, choose, call, read },
    due: () => at.host.jobs.runDue(),
    pass: async (days: number) => {
      at.test.clock.advance({ days });
      await at.host.jobs.runDue();
    },
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test("a month is released once it has been over for ten days, and what comes later is a correction with the next month", async () => {
  await using o = await open();
  counts.set("2026-01", (unit) => [letters(unit, 20, 12), letters(unit, 9, 9, "letter")]);
  counts.set("2026-02", (unit) => [letters(unit, 30)]);

  await o.due();
  expect(await o.read("2026-02")).toEqual([]);
  const january = { month: "2026-01", unitId: o.at.test.units.brigade, own: false };
  expect(await o.read("2026-01")).toEqual([
    {
      ...{ ...january, number: 1, total: 29, releasedAt: expect.stringMatching(/^2026-03-02T/) },
      dimensions: { way: { portal: 20, letter: 9 } },
      measures: { inTime: { yes: 21, no: 8 } },
    },
  ]);

  // six more came to light: January stands until February is released
  counts.set("2026-01", (unit) => [letters(unit, 26, 12), letters(unit, 9, 9, "letter")]);
  await o.pass(8);
  expect(await o.read("2026-01")).toMatchObject([{ number: 1, total: 29 }]);
  expect(await o.read("2026-02")).toEqual([]);
  await o.pass(1);
  expect(await o.read("2026-02")).toMatchObject([{ number: 1, total: 30 }]);
  expect(await o.read("2026-01")).toMatchObject([
    { number: 2, total: 35, releasedAt: expect.stringMatching(/-03-11T/) },
  ]);

  // until the next month comes only what could not be counted is asked for
  asked = [];
  await o.pass(1);
  expect(asked).not.toContain("2026-02");
  expect(asked).not.toContain("2026-01");
  expect(asked).toContain("2025-12");
});

test("what was taken over from elsewhere stands as it is, however little the house counts of it; what follows is counted", async () => {
  await using o = await open();
  const over = [letters(first, 40, 30)];
  for (const month of ["2025-12", "2026-01"])
    await releaseMonth(o.at.test.kernel, {
      ...{ dataset: "box/letters", month, rows: over, takenOver: true },
      ...{ dimensions: { way: ["portal", "letter"] }, measures: ["inTime"] },
    });
  for (const month of ["2025-11", "2025-12", "2026-01", "2026-02"]) counts.set(month, (unit) => [letters(unit, 9)]);

  await o.due();
  await o.pass(9);
  await o.pass(31);
  const months = ["2025-11", "2025-12", "2026-01", "2026-02"];
  expect(await Promise.all(months.map(async (month) => await o.read(month)))).toMatchObject([
    [{ number: 1, total: 9 }],
    [{ number: 1, total: 40 }],
    [{ number: 1, total: 40 }],
    [{ number: 1, total: 9 }],
  ]);
});

test("a month that cannot be counted whole is asked for the next day, and corrects nothing meanwhile", async () => {
  await using o = await open();
  counts.set("2026-01", (unit) => [letters(unit, 20)]);
  await o.due();
  counts.set("2026-01", (unit) => [letters(unit, 40)]);
  await o.pass(9);
  expect(asked.filter((month) => month === "2026-02")).toHaveLength(1);
  expect(await o.read("2026-01")).toMatchObject([{ number: 1, total: 20 }]);

  counts.set("2026-02", () => []);
  await o.pass(1);
  expect(await o.read("2026-02")).toMatchObject([{ total: 0 }]);
  expect(await o.read("2026-01")).toMatchObject([{ number: 2, total: 40 }]);
});

test("the stamp is another one with each release of what it is asked about, and with the names of the units, and else the same", async () => {
  await using o = await open();
  const stamp = async (...datasets: readonly string[]) => (await o.call("stamp", datasets)).data;
  const release = (key: string, count: number) =>
    releaseMonth(o.at.test.kernel, {
      ...{ dataset: `box/${key}`, month: "2026-01", rows: [letters(first, count)] },
      ...{ dimensions: { way: ["portal", "letter"] }, measures: ["inTime"] },
    });
  const seen = [await stamp("box/letters")];
  const isNew = async (): Promise<boolean> => {
    const now = await stamp("box/letters");
    const isAnother = !seen.includes(now);
    seen.push(now);
    return isAnother;
  };

  expect(await isNew()).toBe(false);
  await release("letters", 20);
  expect(await isNew()).toBe(true);
  await release("letters", 40);
  expect(await isNew()).toBe(true);
  await release("calls", 20);
  expect(await isNew()).toBe(false);
  expect(await stamp("box/letters", "box/calls")).not.toBe(await stamp("box/letters"));
  const { pool } = o.at.test.database;
  const { first: unit, company } = o.at.test.units;
  for (const [set, id, changes] of [
    ["name_en = 'Guards'", company, true],
    ["name_zh = '一连'", unit, true],
    ["strength = 400", unit, false],
    ["name_en = 'Second to none'", o.at.test.units.second, false],
    [`parent_id = '${o.at.test.units.second}'`, company, true],
  ] as const) {
    await pool.query(`update kernel.units set ${set} where id = $1`, [id]);
    expect([set, await isNew()]).toEqual([set, changes]);
  }
  const many = Array.from({ length: 51 }, (_, n) => `box/d${n}`);
  expect((await o.call("stamp", many)).error?.code).toBe("input.invalid");
});

test("units are had by their ids at once, without those that are none", async () => {
  await using o = await open();
  const { brigade, second } = o.at.test.units;
  const units = (await o.call("units", [second, nowhere, brigade, second])).data as { id: string }[];
  expect(units.map((one) => one.id).toSorted()).toEqual([brigade, second].toSorted());
  expect((await o.call("units", ["x"])).error?.code).toBe("input.invalid");
});

test("two server processes release a month once", async () => {
  await using o = await open();
  await using other = await open({ on: o.at.test });
  counts.set("2026-01", (unit) => [letters(unit, 20)]);

  await Promise.all([o.due(), other.due()]);

  expect(asked.filter((month) => month === "2026-01")).toHaveLength(1);
  const { rows } = await o.at.test.database.pool.query("select month, number from kernel.figure_releases");
  expect(rows).toEqual([{ month: "2026-01", number: 1 }]);
});

test("of a module that is on nowhere nothing is asked, and what was released can still be read", async () => {
  await using o = await open();
  counts.set("2026-01", (unit) => [letters(unit, 20)]);
  await o.due();
  expect((await o.call("list")).data).toEqual([{ ...shape, dataset: "box/letters", module: title }]);
  await o.choose("off");
  asked = [];
  await o.pass(1);
  expect(asked).toEqual([]);
  const { rows } = await o.at.test.database.pool.query("select count(*)::int from kernel.figure_releases");
  expect(rows).toEqual([{ count: 1 }]);
});

const nowhere = "00000000-0000-7000-8000-000000000000";
const oddAnswers: Readonly<Record<string, (unit: string) => unknown>> = {
  "a unit that is none": () => [letters(nowhere, 9)],
  "a value it did not tell of": (unit) => [letters(unit, 9, 9, "pigeon")],
  "a measure left out": (unit) => [{ ...letters(unit, 9), measures: {} }],
  "a measure of more than there are": (unit) => [letters(unit, 9, 10)],
  "less than none": (unit) => [letters(unit, -1, -1)],
  "somebody's name": (unit) => [{ ...letters(unit, 9), name: "x" }],
  "no list": () => ({}),
};
const noMonths: Readonly<Record<string, Pick<Asked, "from" | "to">>> = {
  "no month": { from: "2026-1", to: "2026-01" },
  "a month that is none": { from: "2026-13", to: "2026-13" },
  "an end before the start": { from: "2026-02", to: "2026-01" },
  "more than three years": { from: "2023-01", to: "2026-01" },
};

test("what is no answer releases nothing and is on the record, and what are no months is refused", async () => {
  await using o = await open();
  for (const [what, rows] of Object.entries(oddAnswers)) {
    asked = [];
    counts.set("2026-01", rows);
    await o.pass(1);
    expect([what, asked.at(-1)]).toEqual([what, "2026-01"]);
    expect([what, await o.read("2026-01")]).toEqual([what, []]);
    o.at.host.release("box");
  }
  for (const [what, months] of Object.entries(noMonths))
    expect([what, (await o.call("read", { dataset: "box/letters", ...months })).error?.code]).toEqual([
      what,
      "input.invalid",
    ]);
  await o.at.host.stop();
  const { rows } = await o.at.test.database.pool.query("select distinct kind, code from kernel.plugin_incident");
  expect(rows).toEqual([{ kind: "dataset", code: "answer" }]);
});

test.each<[string, Partial<DatasetSpec>]>([
  ["in-time", { dimensions: {}, measures: { "in-time": title } }],
  ["way", { dimensions: { way: { title, values: {} } }, measures: {} }],
  [
    "measures",
    { dimensions: {}, measures: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`m${n}`, title])) },
  ],
])("a dataset is refused for its %s", async (name, wrong) => {
  using folder = pluginFolder("1.0.0");
  const box = withDatasets({ wrong: { title, live: () => null, ...wrong } });
  await using at = await openTestHost({ sources: [sourceOf(box, folder.root)] });

  const { problems } = at.host.snapshot().plugins.get("box") ?? { problems: [] };
  expect(problems.map((one) => [one.code, one.message.en.includes(`“${name}”`)])).toEqual([
    ["plugin.datasetShape", true],
  ]);
});
