import { expect, test } from "vitest";
import { caller } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { unitsHandlers } from "./handlers.ts";

const rows = [
  { 单位代码: "A-1", 上级代码: "AA", 单位名称: "一连", 英文名称: "Company 1" },
  { 单位代码: "AA", 上级代码: "BRIGADE", 单位名称: "三营", 英文名称: "Battalion 3", 人数: "300" },
];

async function open() {
  const t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const { units } = caller(t.kernel, { units: unitsHandlers })(admin);
  const count = async () =>
    (await t.database.pool.query<{ n: number }>("select count(*)::int as n from kernel.units")).rows[0]?.n;
  return { t, units, count };
}

test("a trial run says what would be done and does nothing", async () => {
  const { t, units, count } = await open();
  await using _ = t;

  const report = await units.import({ rows, apply: false });

  expect(report).toMatchObject({ applied: false, counts: { create: 2, update: 0, same: 0, error: 0 } });
  expect(report.rows.map((row) => [row.row, row.key, row.action])).toEqual([
    [1, "A-1", "create"],
    [2, "AA", "create"],
  ]);
  expect(await count()).toBe(4);
});

test("a list is taken in with parents in any order, and a second time nothing changes", async () => {
  const { t, units, count } = await open();
  await using _ = t;

  await units.import({ rows, apply: true });
  const second = await units.import({ rows, apply: true });

  expect(second.counts).toEqual({ create: 0, update: 0, same: 2, error: 0 });
  expect(await count()).toBe(6);
  expect(await units.tree({ q: "A-1" })).toMatchObject([{ level: 3, name: { "zh-CN": "一连", en: "Company 1" } }]);
});

test("a changed name and a changed parent are an update", async () => {
  const { t, units } = await open();
  await using _ = t;
  await units.import({ rows, apply: true });

  const report = await units.import({
    rows: [{ 单位代码: "a-1", 上级代码: "SECOND", 单位名称: "侦察连", 英文名称: "Recon" }],
    apply: true,
  });

  expect(report.counts).toMatchObject({ update: 1 });
  expect(await units.tree({ parentId: t.units.second })).toMatchObject([{ code: "A-1", name: { en: "Recon" } }]);
});

test("every bad row ends in the report with its column and the good ones are kept", async () => {
  const { t, units, count } = await open();
  await using _ = t;

  const report = await units.import({
    rows: [
      { code: "GG", parent: "BRIGADE", name: "好的" },
      { code: "", parent: "BRIGADE", name: "无代码" },
      { code: "x y", parent: "BRIGADE", name: "坏代码" },
      { code: "GG", parent: "BRIGADE", name: "重复" },
      { code: "NN", parent: "NOWHERE", name: "无上级" },
      { code: "PP", parent: "QQ", name: "环" },
      { code: "QQ", parent: "PP", name: "环" },
      { code: "MM", parent: "BRIGADE", name: "" },
      { code: "TT", parent: "BRIGADE", name: "时区", 时区: "Mars" },
      { code: "SS", parent: "BRIGADE", name: "人数", 人数: "许多" },
      { code: "RR", parent: "", name: "新根" },
      { code: "FIRST", parent: "COMPANY", name: "倒挂" },
    ],
    apply: true,
  });

  expect(report.rows.map((row) => [row.row, row.action, ...row.problems.map((p) => `${p.column}:${p.code}`)])).toEqual([
    [1, "create"],
    [2, "error", "code:import.columnMissing"],
    [3, "error", "code:unit.codeForm"],
    [4, "error", "code:import.repeatedKey"],
    [5, "error", "parent:unit.parentMissing"],
    [6, "error", "parent:unit.cycle"],
    [7, "error", "parent:unit.cycle"],
    [8, "error", "name:import.columnMissing"],
    [9, "error", "timeZone:unit.timeZone"],
    [10, "error", "strength:input.invalid"],
    [11, "error", "parent:forbidden"],
    [12, "error", "parent:unit.cycle"],
  ]);
  expect(report.counts).toEqual({ create: 1, update: 0, same: 0, error: 11 });
  expect(await count()).toBe(5);
});

test("nobody imports into units he does not administer", async () => {
  await using t = await openTestKernel();
  const admin = await t.person("李", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);
  const { units } = caller(t.kernel, { units: unitsHandlers })(admin);

  const report = await units.import({
    rows: [
      { code: "OK", parent: "FIRST", name: "可以" },
      { code: "NO", parent: "SECOND", name: "不可以" },
      { code: "SECOND", parent: "FIRST", name: "抢来" },
    ],
    apply: true,
  });

  expect(report.rows.map((row) => row.action)).toEqual(["create", "error", "error"]);
});
