import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { expect, test } from "vitest";
import server from "../server.ts";
import { dryRun, type Rpc, runToEnd, upload, wholeReport } from "../testing/drive.ts";
import { reportCsv } from "./report.ts";

const root = join(import.meta.dirname, "..", "..");
const open = () => createTestHost(server, { root, now: "2026-03-02T02:00:00.000Z" });
type Host = TestHost<typeof server>;
const rpcOf = (host: Host): Rpc => host.as("officer", "brigade");
const mapping = { key: ["id"], title: ["subject"], body: ["text"], receivedAt: "date" };
const register = (rows: readonly string[]): Buffer => Buffer.from(["id,subject,text,date", ...rows].join("\n"));
const plain = register(["1,Heating,It is cold,2019-01-02", "2,Lamps,It is dark,2019-01-03", "3,,,2019-01-04"]);

const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    return (error as { data?: { code?: unknown } }).data?.code ?? error;
  }
};

test("the choices for a set of columns are proposed again to the unit, and to no other", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  await dryRun(rpc, "a.csv", plain, { mapping, source: "old book" });
  const other = host.as("officer", "brigade", "first");

  const again = await rpc.sample.mutate({
    importId: await upload(rpc, "b.csv", plain),
    encoding: "utf-8",
    delimiter: null,
  });
  const elsewhere = await other.sample.mutate({
    importId: await upload(other, "b.csv", plain),
    encoding: "utf-8",
    delimiter: null,
  });

  expect(again.remembered).toMatchObject({ source: "old book", mapping: { title: ["subject"], receivedAt: "date" } });
  expect(again.proposal).toMatchObject({ key: ["id"], title: ["subject"], body: ["text"], receivedAt: "date" });
  expect(again.rows[0]).toEqual(["1", "Heating", "It is cold", "2019-01-02"]);
  expect(elsewhere.remembered).toBeNull();
});

test("an import belongs to its unit", async () => {
  await using host = await open();
  const tried = await dryRun(rpcOf(host), "a.csv", plain, { mapping, source: "old book" });
  const other = host.as("officer", "brigade", "first");

  expect(await codeOf(other.get.query({ importId: tried.importId }))).toBe("import.notFound");
  expect(await codeOf(other.run.mutate({ importId: tried.importId }))).toBe("import.notFound");
  expect(await codeOf(other.report.query({ importId: tried.importId, only: "all" }))).toBe("import.notFound");
  expect(await other.list.query()).toEqual([]);
});

test("the kernel's own right to import is asked for every record's unit", async () => {
  await using host = await open();
  const rows = Buffer.from("id,subject,text,date,unit\n1,Heating,It is cold,2019-01-02,BRIGADE\n");
  const first = host.as("officer", "first");

  const tried = await dryRun(first, "a.csv", rows, { mapping: { ...mapping, unit: "unit" }, source: "s" });

  expect(tried.counts.ready).toBe(1);
  expect(await codeOf(first.run.mutate({ importId: tried.importId }))).toBe("forbidden");
  expect(await host.kernelSql("select 1 from kernel.cases")).toEqual([]);
});

test("another content under a known key is refused and nothing is overwritten", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  const first = await dryRun(rpc, "a.csv", plain, { mapping, source: "old book" });
  await runToEnd(rpc, first.importId);

  const changed = register([
    "1,Heating,It is warm now,2019-01-02",
    "2,Lamps,It is dark,2019-01-03",
    "4,New,A new one,2019-02-01",
  ]);
  const second = await dryRun(rpc, "b.csv", changed, { mapping, source: "old book" });
  const done = await runToEnd(rpc, second.importId);

  expect(done.counts).toMatchObject({ created: 1, same: 1, refused: 1, bad: 0 });
  const report = await wholeReport(rpc, second.importId, "bad");
  expect(report).toMatchObject([{ row: 2, key: "1", problems: [{ code: "import.changedKey", params: { key: "1" } }] }]);
  expect(await host.kernelSql("select body from kernel.cases where title = 'Heating'")).toEqual([
    { body: "It is cold" },
  ]);
});

test("the report is a file that spreadsheets open, in the reader's language, without formulas", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  const bytes = register(["=1+1,Heating,It is cold,2019-01-02", "2,,,2019-01-03"]);
  const tried = await dryRun(rpc, "old book.csv", bytes, { mapping, source: "old book" });
  await runToEnd(rpc, tried.importId);

  const { fileName, csv } = await rpc.reportFile.query({ importId: tried.importId, locale: "en" });

  expect(fileName).toBe("old book-report.csv");
  const lines = csv.split("\r\n");
  expect(lines[0]).toBe("\uFEFFRow,Key,Result,Case number,Codes,Explanation");
  expect(lines[1]).toMatch(/^2,'=1\+1,imported,\d{4}-[0-9A-Z]{6}-[0-9A-Z],,$/);
  expect(lines[2]).toBe("3,2,not imported,,import.noText,The row has no text and was not imported.");
});

test("a cell with commas and quotation marks stays one cell", () => {
  const csv = reportCsv([{ row: 2, key: 'a,"b"', state: "created", caseNo: "x", problems: [] }], "zh-CN");

  expect(csv.split("\r\n")[1]).toBe('2,"a,""b""",已导入,x,,');
});

test("what was imported stays in the kernel alone: the file and the texts are gone from the plugin", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  const tried = await dryRun(rpc, "a.csv", plain, { mapping, source: "old book" });
  expect(await host.kernelSql("select count(*)::int as n from kernel.plugin_file")).toEqual([{ n: 1 }]);

  await runToEnd(rpc, tried.importId);

  expect(await host.kernelSql("select 1 from kernel.plugin_file")).toEqual([]);
  expect(await host.sql("select 1 from p_ledger_import.rows where record is not null")).toEqual([]);
  expect(await codeOf(rpc.discard.mutate({ importId: tried.importId }))).toBe("import.state");
});

test("an import that has not begun to write can be thrown away", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  const tried = await dryRun(rpc, "a.csv", plain, { mapping, source: "old book" });

  await rpc.discard.mutate({ importId: tried.importId });

  expect(await rpc.list.query()).toEqual([]);
  expect(await host.sql("select 1 from p_ledger_import.rows")).toEqual([]);
  expect(await host.kernelSql("select 1 from kernel.plugin_file")).toEqual([]);
});

test("pieces may come twice and in any order, and never more than was announced", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  const bytes = register(Array.from({ length: 30_000 }, (_, n) => `${n},Subject ${n},Text ${n},2019-01-02`));
  const { importId, chunkBytes } = await rpc.begin.mutate({ fileName: "big.csv", size: bytes.byteLength });
  const piece = (no: number) => ({
    importId,
    no,
    data: bytes.subarray(no * chunkBytes, (no + 1) * chunkBytes).toString("base64"),
  });
  const count = Math.ceil(bytes.byteLength / chunkBytes);
  expect(count).toBeGreaterThan(2);

  for (const no of [...Array(count).keys()].toReversed()) await rpc.chunk.mutate(piece(no));
  expect(await codeOf(rpc.chunk.mutate(piece(0)))).toBe("import.state");
  const sample = await rpc.sample.mutate({ importId, encoding: "utf-8", delimiter: null });
  expect(sample.columns).toEqual(["id", "subject", "text", "date"]);

  const next = await rpc.begin.mutate({ fileName: "big.csv", size: 10 });
  expect(await codeOf(rpc.chunk.mutate({ ...piece(0), importId: next.importId }))).toBe("input.invalid");
  await rpc.begin.mutate({ fileName: "x.csv", size: chunkBytes * 2 }).then(async (two) => {
    const half = { importId: two.importId, no: 0, data: bytes.subarray(0, chunkBytes).toString("base64") };
    expect(await rpc.chunk.mutate(half)).toEqual(await rpc.chunk.mutate(half));
  });
});

test("a file that is too large, empty or has no rows is refused with what to do", async () => {
  await using host = await open();
  await host.enable("brigade", { maxMegabytes: 1 });
  const rpc = rpcOf(host);

  expect(await codeOf(rpc.begin.mutate({ fileName: "a.csv", size: 2 * 1024 * 1024 }))).toBe("file.tooLarge");
  expect(await codeOf(rpc.begin.mutate({ fileName: "a.csv", size: 0 }))).toBe("file.empty");
  const importId = await upload(rpc, "a.csv", Buffer.from("id,subject\n"));
  expect(await codeOf(rpc.sample.mutate({ importId, encoding: "utf-8", delimiter: null }))).toBe("import.empty");
  const other = await upload(rpc, "b.csv", plain);
  await rpc.inspect.mutate({ importId: other });
  const choices = { importId: other, encoding: "utf-8" as const, delimiter: null, source: "s" };
  expect(await codeOf(rpc.configure.mutate({ ...choices, mapping: { ...mapping, body: ["nothing"] } }))).toBe(
    "import.columnMissing",
  );
});

test("a dry run broken off goes on where it stopped, and still knows the keys before", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  const lines = Array.from({ length: 60 }, (_, n) => `${n},Subject ${n},Text ${n},2019-01-02`);
  const bytes = register([...lines, "3,Again,The same key,2019-01-02"]);
  const tried = await dryRun(rpc, "a.csv", bytes, { mapping, source: "old book" });
  const whole = await wholeReport(rpc, tried.importId, "all");
  expect(tried.counts).toMatchObject({ ready: 60, bad: 1 });

  await host.sql("delete from p_ledger_import.rows where row > 20");
  await host.sql("update p_ledger_import.imports set state = 'checking', read_to = 20");
  const again = await rpc.check.mutate({ importId: tried.importId });

  expect(again).toMatchObject({ done: true, state: "checked", counts: { ready: 60, bad: 1 } });
  expect(await wholeReport(rpc, tried.importId, "all")).toEqual(whole);
});
