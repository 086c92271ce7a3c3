import { join } from "node:path";
import type { Id } from "@doorstep/sdk";
import type { ReportTable } from "@doorstep/sdk/server";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "../server.ts";
import { counting } from "../testing/counting.ts";
import { release } from "../testing/release.ts";

let host: TestHost<typeof server>;
let brigade: Id;
let first: Id;
let second: Id;

beforeAll(async () => {
  host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, "../.."), now: "2026-04-20T02:00:00.000Z", beside: counting },
  });
  [brigade, first, second] = [host.units.brigade.id, host.units.first.id, host.units.second.id];
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

const yesNo = (yes: number | null, no: number | null) => ({ yes, no });

/** Registered in a month: of the brigade alone, of the first, of the second (hidden), and of all of them. */
const registered = (month: string, [own, ofFirst, whole]: readonly [number, number, number | null]) =>
  release(host.kernelSql, "indicators/registration", month, [
    {
      ...{ unitId: brigade, parentId: null, total: whole },
      figures: { category: { claim: whole, suggestion: null }, "+repeat": yesNo(whole && 6, whole && whole - 6) },
    },
    { unitId: brigade, own: true, parentId: null, total: own },
    { unitId: first, parentId: brigade, total: ofFirst },
    { unitId: second, parentId: brigade, total: null },
  ]);

const concluded = (month: string, inTime: number | null, all: number) =>
  release(host.kernelSql, "indicators/conclusion", month, [
    { unitId: brigade, parentId: null, total: all, figures: { "+inTime": yesNo(inTime, null) } },
    { unitId: brigade, own: true, parentId: null, total: 10, figures: { "+inTime": yesNo(5, 5) } },
    { unitId: first, parentId: brigade, total: 20, figures: { "+inTime": yesNo(15, 5) } },
    { unitId: second, parentId: brigade, total: 10, figures: { "+inTime": yesNo(null, null) } },
  ]);

type Params = Readonly<Record<string, unknown>>;
/** In Chinese, as the words are the key of a row here. */
const inChinese = (value: unknown) =>
  typeof value === "object" && value !== null ? (value as { "zh-CN": string })["zh-CN"] : value;
const read = (rows: ReportTable["rows"]) =>
  rows.map((one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, inChinese(value)])));
const rowsOf = async (report: string, params: Params = {}, at: "brigade" | "second" = "brigade") =>
  read((await host.reportsAs("officer", at).run(report, params)).rows);
const row = (rows: Awaited<ReturnType<typeof rowsOf>>, what: string) => rows.find((one) => one.what === what);

test("before anything was released each part says that there is nothing, and no number stands there", async () => {
  const rows = await rowsOf("yearly");
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((one) => one.count === null || one.count === undefined)).toBe(true);
  const empty = rows.filter((one) => String(one.what).startsWith("没有数据")).map((one) => one.part);
  expect(empty).toEqual(["（三）提出的建议和采纳情况"]);
});

test("the year adds up what was released, month by month, and says how many months are not in a sum", async () => {
  await registered("2026-01", [8, 20, 40]);
  await registered("2026-02", [7, 15, 30]);
  await registered("2026-03", [5, 5, null]);
  await registered("2025-02", [5, 5, 20]);
  const rows = await rowsOf("yearly");
  expect(row(rows, "登记的事项")).toMatchObject({ count: 70, countYear: 20, missing: 10 });
  expect(row(rows, "登记的事项：本级")).toMatchObject({ count: 20, missing: 9 });
  expect(row(rows, "类别：申诉求决")).toMatchObject({ count: 70 });
  // hidden everywhere: no number, not zero
  expect(row(rows, "类别：建议意见")).toMatchObject({ count: null, missing: 12 });
  expect(row(rows, "I7 重复信访率")).toMatchObject({ count: 12, of: 70, percent: 17.1, missing: 10 });
  expect(row(await rowsOf("yearly", { year: 2025 }), "登记的事项")).toMatchObject({ count: 20, countYear: null });
});

test("parts stand in the order of the article, units in their own order and never by how many they have", async () => {
  const { rows: table, groupBy } = await host.reportsAs("officer").run("yearly", { year: 2026 });
  const rows = read(table);
  const parts = [...new Set(rows.map((one) => String(one[groupBy ?? ""]).slice(0, 3)))];
  expect(parts).toEqual(["（一）", "（二）", "（三）", "（四）", "办理指", "问题根", "改进情"]);
  const units = rows.filter((one) => String(one.what).startsWith("登记的事项：")).map((one) => one.count);
  expect(units).toEqual([20, 40, null]);
});

test("a month stands beside the month before and the same month of the year before", async () => {
  const rows = await rowsOf("monthly", { month: "2026-02" });
  expect(row(rows, "登记的事项")).toMatchObject({ count: 30, countMonth: 40, countYear: 20, missing: 0 });
  expect(row(rows, "I7 重复信访率")).toMatchObject({ percent: 20, percentMonth: 15, percentYear: 30 });
  // without a choice the newest that was released
  expect(row(await rowsOf("monthly"), "登记的事项")).toMatchObject({ count: null, countMonth: 30, missing: 1 });
});

test("each report and each column says of which year or months it is, also where nobody chose any", async () => {
  const titlesOf = async (report: string, params: object) => {
    const { columns, period } = await host.reportsAs("officer").run(report, { ...params });
    return [period, ...columns.map(({ title }) => title)].map((title) => `${title?.["zh-CN"]}|${title?.en}`);
  };
  const yearly = await titlesOf("yearly", {});
  expect(yearly[0]).toBe("2026年|2026");
  for (const title of ["2026年 数量|2026: how many", "2025年 数量|2025: how many", "2025年 比例 %|2025: share %"])
    expect(yearly).toContain(title);
  const monthly = await titlesOf("monthly", {});
  expect(monthly[0]).toBe("2026-03|2026-03");
  for (const month of ["2026-03", "2026-02", "2025-03"]) expect(monthly).toContain(`${month} 数量|${month}: how many`);
  const comparison = await titlesOf("comparison", { months: 3 });
  expect(comparison[0]).toBe("2026-01至2026-03|2026-01 to 2026-03");
  expect(comparison).toContain("2026-01至2026-03 比例 %|2026-01 to 2026-03: share %");
});

test("units are compared by how they answer, over months in which both parts are shown, and by nothing else", async () => {
  await concluded("2026-02", 26, 40);
  await concluded("2026-03", null, 40);
  const { columns, rows } = await host.reportsAs("officer").run("comparison", { months: 3 });
  const of = (code: string) =>
    read(rows).flatMap((one) => (String(one.indicator).startsWith(`${code} `) ? [[one.unit, one.percent]] : []));
  expect(of("I2")).toEqual([
    ["brigade单位（本级）", 50],
    ["first单位", 75],
    ["second单位", null],
  ]);
  // what nobody has a share of is said once, not by a line of blanks for each unit
  expect(of("I4")).toEqual([["各单位都没有可以比较的数字。", null]]);
  expect(columns.map(({ key }) => key)).toEqual(["indicator", "unit", "percent"]);
  expect(row(await rowsOf("yearly"), "I2 按期办结率")).toMatchObject({ count: 26, of: 40, percent: 65, missing: 11 });
});

test("a unit without others below it reads its own alone, and no sibling", async () => {
  const rows = await rowsOf("yearly", {}, "second");
  expect(row(rows, "登记的事项")).toMatchObject({ count: null, missing: 12 });
  expect(rows.some((one) => JSON.stringify(one).includes("first单位"))).toBe(false);
  const compared = await rowsOf("comparison", {}, "second");
  expect(new Set(compared.map((one) => one.unit))).toEqual(new Set(["second单位"]));
});

test("of what a dataset falls into only what there was stands there, and what is hidden of what was received", async () => {
  const figures = { category: { claim: 9, suggestion: 0 } };
  await release(host.kernelSql, "others/talks", "2025-06", [{ unitId: brigade, parentId: null, total: 9, figures }]);
  const of = async (year: number, what: string) =>
    (await rowsOf("yearly", { year })).filter((one) => one.part === "（四）其他情况" && one.what === what).length;
  expect(await of(2025, "类别：申诉求决")).toBe(1);
  expect(await of(2025, "类别：建议意见")).toBe(0);
  // nothing this year: it stands beside the year before
  expect(await of(2026, "类别：申诉求决")).toBe(1);
  expect(await of(2024, "类别：申诉求决")).toBe(0);
  expect(await of(2024, "谈心")).toBe(1);
});

test("what other modules count stands among the other matters by itself", async () => {
  await release(host.kernelSql, "others/talks", "2026-02", [
    { unitId: brigade, parentId: null, total: 20, figures: { "+kept": yesNo(12, 8) } },
  ]);
  const rows = await rowsOf("yearly");
  expect(row(rows, "谈心：兑现")).toMatchObject({ part: "（四）其他情况", count: 12, of: 20, percent: 60 });
});

test("fixes that were verified stand among the causes, and those that helped under what was changed", async () => {
  await release(host.kernelSql, "root-cause/fixes", "2026-02", [
    { unitId: brigade, parentId: null, total: 14, figures: { "+fell": yesNo(9, 5) } },
  ]);
  const rows = (await rowsOf("yearly")).filter((one) => /^核验过的措施(：减少了)?$/.test(String(one.what)));
  expect(rows).toMatchObject([
    { part: "问题根源", count: 14 },
    { part: "问题根源", count: 9, of: 14 },
    { part: "改进情况", what: "核验过的措施：减少了", count: 9, of: 14, percent: 64.3 },
  ]);
});

test("reports of retaliation stand in the year as the platform released them, in absolute numbers", async () => {
  const at = (total: number | null, figures = {}) => [{ unitId: brigade, parentId: null, total, figures }];
  await release(host.kernelSql, "kernel/retaliation-reports", "2026-01", at(6));
  // none and four look alike
  await release(host.kernelSql, "kernel/retaliation-reports", "2026-02", at(null));
  const inTime = { "+inTime": yesNo(8, 5) };
  await release(host.kernelSql, "kernel/retaliation-protection", "2026-02", at(13, inTime));
  await release(
    host.kernelSql,
    "kernel/retaliation-findings",
    "2026-02",
    at(null, { "+confirmed": yesNo(null, null) }),
  );
  const rows = await rowsOf("yearly");
  const part = "办理指标";
  expect(row(rows, "I23 收到的打击报复反映")).toMatchObject({ part, count: 6, of: null, percent: null, missing: 11 });
  expect(row(rows, "I23 五个工作日内决定保护措施")).toMatchObject({ count: 8, of: 13, percent: null, missing: 11 });
  expect(row(rows, "I23 打击报复查证属实")).toMatchObject({ count: null, of: null, missing: 12 });
  expect(row(await rowsOf("monthly", { month: "2026-01" }), "I23 收到的打击报复反映")).toMatchObject({ count: 6 });
  // counted at the organ: units below, of which they may be, read nothing of it
  const below = (await rowsOf("yearly", {}, "second")).filter((one) => String(one.what).startsWith("I23"));
  expect(below.map(({ count, of }) => [count, of])).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ]);
  expect((await rowsOf("comparison")).some((one) => String(one.indicator).startsWith("I23"))).toBe(false);
});

test("petitions for each thousand stand in the year by the strength that is stated, and not where few have written", async () => {
  const rateOf = async (params: Params, at: "brigade" | "second" = "brigade") =>
    (await rowsOf("yearly", params, at)).find((one) => String(one.what).startsWith("I24"));
  expect(await rateOf({ year: 2026 })).toBeUndefined();
  expect(await rateOf({ year: 2026, strength: 4 })).toBeUndefined();
  expect(await rateOf({ year: 2026, strength: 1200 })).toMatchObject({ part: "办理指标", count: 58.3, missing: 10 });
  expect(await rateOf({ year: 2026, strength: 1200 }, "second")).toMatchObject({ count: null });
});

test("what was assigned stands among what was passed on, with how many reports came in time", async () => {
  const kinds = { kind: { transfer: 9, assign: 11 } };
  await release(host.kernelSql, "indicators/forwarding", "2026-02", [
    { unitId: brigade, parentId: null, total: 20, figures: kinds },
  ]);
  await release(host.kernelSql, "indicators/assignment", "2026-02", [
    { unitId: brigade, parentId: null, total: 14, figures: { "+inTime": yesNo(9, 5) } },
  ]);
  const part = "（二）转送、交办和督办";
  const rows = await rowsOf("yearly");
  expect(row(rows, "方式：交办")).toMatchObject({ part, count: 11 });
  expect(row(rows, "方式：转送")).toMatchObject({ part, count: 9 });
  expect(row(rows, "办结报告到期的交办：按期")).toMatchObject({ part, count: 9, of: 14, percent: 64.3 });
});

test("leaders, talks and mediation are read by themselves, and nothing else is among them", async () => {
  await release(host.kernelSql, "mediation/agreement", "2026-02", [
    { unitId: brigade, parentId: null, total: 12, figures: { "+kept": yesNo(9, 3) } },
  ]);
  const rows = await rowsOf("meetings", { months: 3 });
  expect(row(rows, "达成的协议")).toMatchObject({ count: 12, missing: 2 });
  expect(row(rows, "达成的协议：履行")).toMatchObject({ count: 9, of: 12, percent: 75 });
  expect(rows.some((one) => String(one.what).startsWith("登记的事项"))).toBe(false);
});

test("what was changed is signed in versions, stands in the year it is about, and no version is written over", async () => {
  const head = host.as("officeHead", "brigade");
  const first = {
    id: crypto.randomUUID(),
    year: 2026,
    after: 0,
    words: "修订了住房维修资金管理办法，每季度公布一次。",
  };
  expect(row(await rowsOf("yearly"), "文字说明：尚未签署。")).toBeDefined();
  await Promise.all([head.sign.mutate(first), head.sign.mutate(first)]);
  const second = { ...first, id: crypto.randomUUID(), after: 1, words: `${first.words}另设公示栏。` };
  await head.sign.mutate(second);
  await expect(head.sign.mutate({ ...second, id: crypto.randomUUID() })).rejects.toMatchObject({
    data: { code: "module.refused", params: { reason: "changedMeanwhile" } },
  });
  const kept = await head.changed.query({ year: 2026 });
  expect(kept.map(({ version, words, signedOn }) => [version, words, signedOn])).toEqual([
    [2, second.words, "2026-04-20"],
    [1, first.words, "2026-04-20"],
  ]);
  const rows = await rowsOf("yearly");
  expect(row(rows, second.words)).toMatchObject({ part: "改进情况" });
  expect(rows.some((one) => one.what === first.words)).toBe(false);
  expect(rows.some((one) => /^第2版，.+签署，2026-04-20$/.test(String(one.what)))).toBe(true);
  expect(row(await rowsOf("yearly", { year: 2025 }), second.words)).toBeUndefined();
  expect(row(await rowsOf("yearly", {}, "second"), second.words)).toBeUndefined();
  await expect(host.as("officer", "brigade").sign.mutate({ ...second, after: 2 })).rejects.toMatchObject({
    data: { code: "forbidden" },
  });
  await expect(head.sign.mutate({ ...second, id: crypto.randomUUID(), words: "短" })).rejects.toMatchObject({
    data: { code: "input.invalid" },
  });
});

test("a leader reads every report and takes none out", async () => {
  const leader = host.reportsAs("chargeLeader");
  expect((await leader.run("yearly", { year: 2026 })).rows.length).toBeGreaterThan(0);
  for (const format of ["csv", "xlsx", "pdf"] as const)
    await expect(leader.take("yearly", format, { year: 2026 })).rejects.toThrow("forbidden");
});

test("taken out in every form, a report holds what the screen holds, and its mark", async () => {
  const { bytes, mark } = await host.reportsAs("officeHead").take("yearly", "csv", { year: 2026 });
  const csv = Buffer.from(bytes ?? []).toString();
  expect(csv).toContain('"（一）收到的信访事项：数量、所涉领域和单位","登记的事项","70","","","20","","10"');
  expect(csv.trim().split("\r\n").at(-1)).toBe(`"${mark["zh-CN"]}"`);
});

test("who does no such work is refused, at another's unit too, and so is a question that is none", async () => {
  const refused = (role: "handler" | "officer", ...at: ["first", "second"] | []) =>
    host.reportsAs(role, ...at).run("yearly");
  await expect(refused("handler")).rejects.toThrow("forbidden");
  await expect(refused("officer", "first", "second")).rejects.toThrow("forbidden");
  await expect(host.reportsAs(null).run("yearly")).rejects.toThrow("unauthorized");
  await expect(host.reportsAs("handler").take("yearly", "pdf")).rejects.toThrow("forbidden");
  for (const [report, params] of [
    ["yearly", { year: -1 }],
    ["monthly", { month: "2026-13" }],
    ["comparison", { months: 25 }],
  ] as const)
    await expect(host.reportsAs("officer").run(report, params)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a month that was corrected is told in every report that is made of it, and in no other", async () => {
  const told = async (report: string, params: Params = {}) =>
    (await rowsOf(report, params)).flatMap((one) =>
      one.part === "更正" || one.indicator === "更正" ? [String(one.what ?? one.unit)] : [],
    );
  expect(await told("yearly")).toEqual([]);
  // two more reports came to light after the month was released
  const assigned = (total: number) =>
    release(host.kernelSql, "indicators/assignment", "2026-01", [
      { unitId: brigade, parentId: null, total, figures: { "+inTime": yesNo(9, total - 9) } },
    ]);
  await release(host.kernelSql, "indicators/conclusion", "2026-02", [{ unitId: brigade, parentId: null, total: 60 }]);
  await assigned(20);
  await assigned(26);
  const conclusions = expect.stringMatching(/^办结到期的事项 2026-02：第2次公布（更正），20\d\d-\d\d-\d\d$/);
  const assignments = expect.stringMatching(/^办结报告到期的交办 2026-01：第\d次公布（更正），20\d\d-\d\d-\d\d$/);

  expect(await told("yearly", { year: 2026 })).toEqual([assignments, conclusions]);
  expect(await told("monthly", { month: "2026-02" })).toEqual([assignments, conclusions]);
  expect(await told("comparison", { months: 3 })).toEqual([conclusions]);
  expect(await told("meetings", { months: 3 })).toEqual([]);
  expect(await told("yearly", { year: 2024 })).toEqual([]);
});
