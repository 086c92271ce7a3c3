import { MOST_ROWS_ON_PAPER } from "@doorstep/kernel";
import { DoorstepError, definePlugin } from "@doorstep/sdk";
import { pluginServer, type ReportTable, report } from "@doorstep/sdk/server";
import ExcelJs from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createLimiter, LIMITS } from "../calls/limits.ts";
import { openTestHost, pluginFolder, sourceOf, type TestPluginHost } from "../testing/index.ts";

const title = { "zh-CN": "表", en: "Table" };
const plugin = definePlugin({
  id: "tables",
  title,
  purpose: title,
  sdk: "^1.0.0",
  permissions: { look: { title, grants: ["officer", "officeHead"] }, carry: { title, grants: ["officeHead"] } },
});
const columns = [
  { key: "a", title: { "zh-CN": "甲", en: "A" } },
  { key: "b", title: { "zh-CN": "乙", en: "B" } },
];
const of = (run: () => unknown) =>
  report(plugin, { title, needs: "look", params: z.object({}), run: run as () => ReportTable });
const server = pluginServer(plugin, {
  reports: {
    good: report(plugin, {
      title,
      needs: "look",
      params: z.object({ n: z.number().min(1).max(5).default(1) }),
      run: (ctx, { n }) => ({ columns, rows: [{ a: `=${ctx.unit.code}`, b: n }, { a: null }] }),
    }),
    kept: report(plugin, {
      ...{ title, needs: "look", takeNeeds: "carry", params: z.object({}) },
      run: () => ({ columns, rows: [] }),
    }),
    refuses: of(() => {
      throw new DoorstepError("import.unknownUnit", { unit: "X" });
    }),
    breaks: of(() => {
      throw new Error("a secret of the inside");
    }),
    long: of(() => ({ columns, rows: Array.from({ length: MOST_ROWS_ON_PAPER + 1 }, (_, n) => ({ a: "x", b: n })) })),
    odd: of(() => ({ columns, rows: [{ a: { deep: true } }] })),
    hangs: of(() => new Promise(() => undefined)),
  },
});

const folder = pluginFolder("1.0.0");
let at: TestPluginHost;
const people: Record<string, Parameters<TestPluginHost["as"]>[0]> = {};
const as = (name: "admin" | "officer" | "clerk" | "head") => at.as(people[name]);

beforeAll(async () => {
  const limiter = createLimiter({ ...LIMITS, report: { ...LIMITS.report, deadlineMs: 200 } });
  at = await openTestHost({ sources: [sourceOf(server, folder.root)], limiter });
  people.admin = await at.test.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  people.officer = await at.test.person("officer", "first", [{ role: "officer", unit: "first", subtree: true }]);
  people.head = await at.test.person("head", "first", [{ role: "officeHead", unit: "first", subtree: true }]);
  people.clerk = await at.test.person("clerk", "first", [{ role: "clerk", unit: "first", subtree: true }]);
  const change = { unitId: at.test.units.first, pluginId: "tables", choice: "on", why: "x" } as const;
  await as("admin").modules.choose({ revision: (await as("admin").modules.matrix({})).revision, changes: [change] });
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

test("reports are offered where the module is on, to whoever holds what they need", async () => {
  const keys = async (name: "officer" | "clerk" | "admin", unitId?: string) =>
    (await as(name).reports.list({ unitId })).flatMap(({ key }) => (key.startsWith("kernel/") ? [] : [key]));

  const all = ["good", "kept", "refuses", "breaks", "long", "odd", "hangs"].map((name) => `tables/${name}`);
  expect(await keys("officer")).toEqual(all);
  expect(await keys("officer", at.test.units.company)).toEqual(all);
  expect(await keys("clerk")).toEqual([]);
  expect(await keys("officer", at.test.units.second)).toEqual([]);
  expect((await as("officer").reports.list({})).find((one) => one.key === all[0])).toMatchObject({
    ...{ title, mayTake: true },
    module: title,
    params: { properties: { n: { default: 1 } } },
  });
});

test("one that may be read is taken out only by whoever also holds what that needs", async () => {
  const mayTake = async (name: "officer" | "head") =>
    (await as(name).reports.list({})).find((one) => one.key === "tables/kept")?.mayTake;
  const take = (name: "officer" | "head") => as(name).reports.take({ key: "tables/kept", format: "csv" });

  expect((await as("officer").reports.run({ key: "tables/kept" })).table.rows).toEqual([]);
  expect([await mayTake("officer"), await mayTake("head")]).toEqual([false, true]);
  await expect(take("officer")).rejects.toThrow("forbidden");
  expect((await take("head")).fileName).toBe("tables-kept.csv");
});

test("the kernel's registers are offered and taken out where somebody has his desk, whatever is on", async () => {
  const registers = async (name: "officer" | "clerk" | "admin", unitId?: string) =>
    (await as(name).reports.list({ unitId })).flatMap(({ key, register }) => (register ? [key] : []));
  const own = ["kernel/petitions", "kernel/handedOn", "kernel/reviews"];

  expect(await registers("officer")).toEqual(own);
  expect(await registers("clerk")).toEqual(own);
  expect(await registers("admin")).toEqual([]);
  expect(await registers("officer", at.test.units.second)).toEqual([]);
  const { file, fileName, table } = await as("officer").reports.take({ key: "kernel/petitions", format: "csv" });
  expect(table.period?.en).toMatch(/^(\d{4})-01-01 to \1-\d\d-\d\d$/);
  const asked = { key: "kernel/petitions", params: { from: "2026-02-01", to: "2026-02-28" } };
  expect((await as("officer").reports.run(asked)).table.period?.["zh-CN"]).toBe("2026-02-01至2026-02-28");
  expect(fileName).toBe("kernel-petitions.csv");
  expect(Buffer.from(file ?? "", "base64").toString()).toMatch(/officer于.+导出/);
  for (const key of ["kernel/accusations", "kernel/petitions"])
    await expect(as(key === "kernel/petitions" ? "admin" : "officer").reports.run({ key })).rejects.toThrow(
      "forbidden",
    );
  await expect(as("officer").reports.run({ key: "kernel/petitions", unitId: at.test.units.second })).rejects.toThrow(
    "forbidden",
  );
  await expect(as("officer").reports.run({ key: "kernel/toString" })).rejects.toThrow("module.notFound");
});

test("a report is run at a unit with what was asked, else with its defaults", async () => {
  const { company } = at.test.units;
  const { table, unit } = await as("officer").reports.run({ key: "tables/good", unitId: company, params: { n: 3 } });

  expect(unit.code).toBe("COMPANY");
  expect(table).toEqual({ columns, rows: [{ a: "=COMPANY", b: 3 }, { a: null }] });
  expect((await as("officer").reports.run({ key: "tables/good" })).table.rows[0]).toEqual({ a: "=FIRST", b: 1 });
});

test("refused: without the permission, where the module is off, what there is not, a wrong question, signed out", async () => {
  const run = (name: "officer" | "clerk", input: object) =>
    as(name).reports.run({ key: "tables/good", ...input } as never);

  await expect(run("clerk", {})).rejects.toThrow("forbidden");
  await expect(run("officer", { unitId: at.test.units.second })).rejects.toThrow("module.notFound");
  await expect(run("officer", { unitId: at.test.kernel.newId() })).rejects.toThrow("unit.notFound");
  await expect(run("officer", { key: "tables/constructor" })).rejects.toThrow("module.notFound");
  await expect(run("officer", { key: "none/good" })).rejects.toThrow("module.notFound");
  await expect(run("officer", { params: { n: 9 } })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(at.as().reports.run({ key: "tables/good" })).rejects.toThrow("unauthorized");
});

test("one that fails, hangs or answers no table gives its asker a clear refusal, without a word of the inside", async () => {
  const run = (name: string) => as("officer").reports.run({ key: `tables/${name}` });

  await expect(run("refuses")).rejects.toThrow("import.unknownUnit");
  for (const name of ["breaks", "odd", "hangs"]) await expect(run(name), name).rejects.toThrow("module.failed");
  await expect(run("breaks")).rejects.not.toThrow("secret");
});

const MARK = /^officer于\d{4}-\d\d-\d\d \d\d:\d\d从.+导出，内部资料，导出已记录$/;

test("taken out in each form with who took it and when in it, texts stay texts, and the ledger holds each", async () => {
  const take = async (format: "csv" | "xlsx" | "pdf" | "print") => {
    const taken = await as("officer").reports.take({ key: "tables/good", format });
    expect(taken.mark["zh-CN"]).toMatch(MARK);
    return { ...taken, bytes: Buffer.from(taken.file ?? "", "base64") };
  };
  const xlsx = await take("xlsx");
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(xlsx.bytes as never);
  const [sheet] = book.worksheets;
  const mark = xlsx.mark["zh-CN"];
  expect(sheet?.getSheetValues().slice(1)).toEqual([
    ...[[undefined, "甲", "乙"], [undefined, "=FIRST", 1], undefined],
    [undefined, mark],
  ]);
  expect(sheet?.getCell("A2").type).toBe(ExcelJs.ValueType.String);
  expect(sheet?.headerFooter.oddFooter).toBe(mark);

  const csv = await take("csv");
  expect(csv.bytes.toString()).toBe(`\uFEFF"甲","乙"\r\n"'=FIRST","1"\r\n"",""\r\n"${mark}"\r\n`);
  expect(csv.fileName).toBe("tables-good.csv");

  const pdf = await take("pdf");
  expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect((await take("print")).file).toBeNull();

  const { rows } = await at.test.database.pool.query(
    "select body::jsonb -> 'facts' as facts from kernel.ledger where type = 'data.exported' and body like '%tables/good%'",
  );
  const facts = { what: "report", report: "tables/good", unit: at.test.units.first, count: 2 };
  expect(rows).toEqual(["xlsx", "csv", "pdf", "print"].map((format) => ({ facts: { ...facts, format } })));
});

test("a table that is too long for paper is refused as PDF, and is whole in the workbook", async () => {
  const { file } = await as("officer").reports.take({ key: "tables/long", format: "xlsx" });
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(Buffer.from(file ?? "", "base64") as never);
  expect(book.worksheets[0]?.rowCount).toBe(MOST_ROWS_ON_PAPER + 3);
  await expect(as("officer").reports.take({ key: "tables/long", format: "pdf" })).rejects.toThrow(
    "table.tooLongForPaper",
  );
});
