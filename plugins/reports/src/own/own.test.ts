import { join } from "node:path";
import type { Id } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "../server.ts";
import { counting } from "../testing/counting.ts";
import { release } from "../testing/release.ts";
import type { Definition, Saving } from "./definition.ts";
import { mondayOf } from "./make-due.ts";

let host: TestHost<typeof server>;
let brigade: Id;
let first: Id;
let second: Id;

const registered = (month: string, [own, ofFirst, ofSecond]: readonly (number | null)[], whole: number) =>
  release(host.kernelSql, "indicators/registration", month, [
    {
      ...{ unitId: brigade, parentId: null, total: whole },
      figures: { category: { claim: whole - 10, suggestion: 10 }, "+repeat": { yes: whole / 4, no: (whole * 3) / 4 } },
    },
    {
      ...{ unitId: brigade, own: true, parentId: null, total: own ?? null },
      figures: { category: { claim: null, suggestion: null }, "+repeat": { yes: null, no: null } },
    },
    { unitId: first, parentId: brigade, total: ofFirst ?? null, figures: { "+repeat": { yes: 5, no: 15 } } },
    { unitId: second, parentId: brigade, total: ofSecond ?? null },
  ]);

beforeAll(async () => {
  host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-04-20T02:00:00.000Z", beside: counting },
  });
  [brigade, first, second] = [host.units.brigade.id, host.units.first.id, host.units.second.id];
  await registered("2026-02", [8, 20, 12], 40);
  await registered("2026-03", [8, 20, null], 60);
  // a task needs somebody who can be told
  for (const unit of ["brigade", "first"] as const) await host.as("officeHead", unit).list.query();
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

const asked: Definition = {
  ...{ dataset: "indicators/registration", rows: "month", total: true, measures: ["repeat"] },
  ...{ dimension: null, values: [], months: 2, chart: "lines" },
};
const wide = (over: Partial<Definition>): Definition => ({ ...asked, ...over });
const head = (unit: "brigade" | "first" | "second" = "brigade") => host.as("officeHead", unit);
const preview = async (over: Partial<Definition>) => await head().preview.query(wide(over));
const refused = (reason: string) => ({ data: { code: "module.refused", params: { reason } } });
const id = "00000000-0000-4000-8000-0000000000a1";
const saved: Saving = { id, title: "重复信访走势", definition: asked, schedule: "none", receiver: "officeHead" };
const kept = () => host.sql("select * from p_reports.own order by title");
const made = () => host.sql("select * from p_reports.editions order by period, own_id");

test("by months: totals and shares as they were released", async () => {
  const { rows } = await preview({});
  expect(rows.map((one) => [one.name, one.total, one["+repeat"]])).toEqual([
    [{ "zh-CN": "2026-02", en: "2026-02" }, 40, 25],
    [{ "zh-CN": "2026-03", en: "2026-03" }, 60, 25],
  ]);
});

test("by units: sums over the months in the units' own order; what is hidden is no number and in no sum", async () => {
  const { columns, rows, period } = await preview({ rows: "unit" });
  expect(columns[0]?.title["zh-CN"]).toBe(`${period?.["zh-CN"]} 单位`);
  expect(columns[0]?.title["zh-CN"]).toMatch(/^\d{4}-\d\d至\d{4}-\d\d 单位$/u);
  expect(rows.map((one) => [one.total, one["+repeat"]])).toEqual([
    [16, null],
    [40, 25],
    [12, null],
  ]);
});

test("by values: of one dimension, those that were chosen", async () => {
  const byValue: Partial<Definition> = { rows: "value", total: false, measures: [], dimension: "category" };
  expect((await preview(byValue)).rows.map((one) => one.count)).toEqual([80, 20]);
  expect((await preview({ ...byValue, values: ["suggestion"] })).rows.map((one) => one.count)).toEqual([20]);
  const { columns } = await preview({ dimension: "category", values: ["claim"], measures: [] });
  expect(columns.map((one) => one.key)).toEqual(["name", "total", "=claim"]);
});

test("what was never released together, or is counted by nobody, cannot be asked for", async () => {
  for (const over of [
    { dataset: "nobody/nothing" },
    { dimension: "person" },
    { measures: ["secret"] },
    { dimension: "category", values: ["x"] },
    { total: false, measures: [] },
    { rows: "value", dimension: "category", measures: ["repeat"] },
    { rows: "value" },
  ] satisfies readonly Partial<Definition>[])
    await expect(preview(over), JSON.stringify(over)).rejects.toMatchObject(refused("definition"));
  await expect(preview({ months: 25 })).rejects.toMatchObject({ data: { code: "input.invalid" } });
});

test("saved once however often it is pressed, changed by the same id, and read by its name or id", async () => {
  await Promise.all([head().save.mutate(saved), head().save.mutate(saved)]);
  await head().save.mutate({ ...saved, title: "重复率走势" });
  expect((await kept()).map((one) => one.title)).toEqual(["重复率走势"]);
  const reader = host.reportsAs("officer");
  const byName = await reader.run("own", { report: "重复率走势" });
  expect(byName).toEqual(await reader.run("own", { report: id }));
  expect(byName.rows).toHaveLength(2);
  expect((await reader.run("own")).rows).toMatchObject([{ title: "重复率走势" }]);
  await expect(reader.run("own", { report: "别的" })).rejects.toThrow("module.refused");
});

test("another unit neither reads, changes nor removes it", async () => {
  expect(await head("first").list.query()).toEqual({ reports: [], made: [] });
  await expect(host.reportsAs("officer", "first").run("own", { report: id })).rejects.toThrow("module.refused");
  await expect(head("first").save.mutate(saved)).rejects.toMatchObject(refused("notFound"));
  await head("first").remove.mutate({ id });
  expect(await kept()).toHaveLength(1);
});

test("the Monday of a week is found on each of its days", () => {
  for (const day of ["2026-04-20", "2026-04-22", "2026-04-26"]) expect(mondayOf(day)).toBe("2026-04-20");
  expect(mondayOf("2026-04-27")).toBe("2026-04-27");
});

test("by schedule it is made once for a month, whoever is to read it is told, and no figure stands in the task", async () => {
  await head().save.mutate({ ...saved, schedule: "monthly" });
  await host.advance({ days: 1 });
  await host.advance({ days: 1 });
  expect((await made()).map((one) => [one.period, one.title, one.chart])).toEqual([
    ["2026-03", "重复信访走势", "lines"],
  ]);
  const tasks = await host.kernelSql("select text from kernel.tasks");
  expect(tasks).toEqual([{ text: expect.stringContaining("“重复信访走势”已经做好") }]);
  expect(String(tasks[0]?.text)).not.toMatch(/\d/);
});

test("what was made stays as it stood when figures are corrected, and the next is made for the next release", async () => {
  const [edition] = (await head().list.query()).made;
  const before = await host.reportsAs("officer").run("edition", { edition: edition?.id });
  await registered("2026-03", [8, 20, null], 80);
  await registered("2026-04", [8, 20, 12], 40);
  expect(await host.reportsAs("officer").run("edition", { edition: edition?.id })).toEqual(before);
  const { columns } = await head().preview.query(asked);
  expect(columns[0]?.title["zh-CN"]).toBe("月份（2026-03有更正）");
  await host.advance({ days: 1 });
  expect((await made()).map((one) => one.period)).toEqual(["2026-03", "2026-04"]);
  await expect(host.reportsAs("officer", "first").run("edition", { edition: edition?.id })).rejects.toThrow(
    "module.refused",
  );
});

test("each week a new one; removed with all that was made of it", async () => {
  await head().save.mutate({ ...saved, schedule: "weekly" });
  await host.advance({ days: 1 });
  await host.advance({ days: 7 });
  expect((await made()).map((one) => one.period).filter((one) => String(one).length === 10)).toHaveLength(2);
  await head().remove.mutate({ id });
  await head().remove.mutate({ id });
  expect([await kept(), await made()]).toEqual([[], []]);
});

test("only whoever may build saves, previews and removes; reading is for those who may read", async () => {
  const officer = host.as("officer");
  for (const call of [
    () => officer.preview.query(asked),
    () => officer.save.mutate(saved),
    () => officer.remove.mutate({ id }),
    () => officer.datasets.query(),
    () => host.as("handler").list.query(),
  ])
    await expect(call()).rejects.toMatchObject({ data: { code: "forbidden" } });
  expect(await officer.list.query()).toMatchObject({ reports: [] });
});
