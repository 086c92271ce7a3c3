import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import type { MappingInput } from "../mapping/mapping.ts";
import server from "../server.ts";
import { dryRun, type Rpc, runToEnd, wholeReport } from "../testing/drive.ts";
import { sharedData } from "../testing/shared-data.ts";

const root = join(import.meta.dirname, "..", "..");
const now = "2026-03-02T02:00:00.000Z";
const open = () => createTestHost(server, { root, now });
type Host = TestHost<typeof server>;
const rpcOf = (host: Host): Rpc => host.as("officer", "brigade");
const file = (name: string): Buffer => readFileSync(join(sharedData ?? "", name));

const real = test.skipIf(!sharedData);
test.runIf(!sharedData)("the folder of real registers is absent: their imports are not tested", (context) =>
  context.skip(),
);

/** Reads CSV by hand, so that the counts owe nothing to the library the plugin uses. */
function parseByHand(text: string): Record<string, string>[] {
  const table: string[][] = [[]];
  for (const [, quoted, bare, end] of text
    .replace(/^\uFEFF/, "")
    .matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    table.at(-1)?.push(quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'));
    if (end !== ",") table.push([]);
  }
  const [header = [], ...lines] = table;
  return lines
    .filter((line) => line.length === header.length)
    .map((line) => Object.fromEntries(header.map((name, i) => [name, line[i] ?? ""])));
}

const messages: MappingInput = {
  key: ["id"],
  title: ["subject"],
  body: ["body"],
  reply: ["reply"],
  receivedAt: "created_at",
  repliedAt: "replied_at",
  petitioner: "user",
};

real("704 messages with their replies become petitions with the dates, texts and answers of the file", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  const bytes = file("zh_messages/messages_replied_part.csv");
  const counted = parseByHand(bytes.toString("utf8"));
  expect(counted).toHaveLength(704);

  const tried = await dryRun(rpc, "messages.csv", bytes, { mapping: messages, source: "留言板" });
  expect(tried).toMatchObject({ state: "checked", encoding: "utf-8", counts: { ready: 704, bad: 0 } });
  expect(await host.kernelSql("select 1 from kernel.cases")).toEqual([]);
  const done = await runToEnd(rpc, tried.importId);

  expect(done).toMatchObject({ state: "done", counts: { ready: 0, created: 704, same: 0, refused: 0, bad: 0 } });
  const cases = await host.kernelSql(
    `select i.source_key as id, c.title as subject, c.body, d.opinion as reply, i.stated ->> 'alias' as user, c.imported, c.status,
        to_char(c.received_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') as created_at,
        to_char((i.stated ->> 'repliedAt')::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') as replied_at
       from kernel.case_imports i join kernel.cases c on c.id = i.case_id join kernel.demands d on d.case_id = c.id
      where i.source = '留言板'`,
  );
  expect(cases).toHaveLength(704);
  const byId = new Map(cases.map((one) => [one.id, one]));
  const trimmed = (text: string | undefined): string => (text ?? "").replaceAll("\r\n", "\n").trim();
  for (const row of counted)
    expect(byId.get(row.id)).toEqual({
      id: row.id,
      subject: trimmed(row.subject),
      body: trimmed(row.body),
      reply: trimmed(row.reply),
      user: row.user,
      created_at: row.created_at,
      replied_at: row.replied_at,
      imported: true,
      status: "final",
    });
  expect(await host.kernelSql("select 1 from kernel.clocks where next_at is not null")).toEqual([]);
});

real("the same register in three encodings and a workbook is one register", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  const asked = { mapping: messages, source: "台账" };
  const original = parseByHand(file("zh_messages/ledger_200_utf8bom.csv").toString("utf8"));
  const gbk = parseByHand(iconv.decode(file("zh_messages/ledger_200_gbk.csv"), "gbk"));
  const differing = new Set(
    original.flatMap((row, i) => (JSON.stringify(row) === JSON.stringify(gbk[i]) ? [] : [row.id])),
  );

  const first = await dryRun(rpc, "ledger.csv", file("zh_messages/ledger_200_utf8bom.csv"), asked);
  expect(first).toMatchObject({ encoding: "utf-8", counts: { ready: 200 } });
  expect(await runToEnd(rpc, first.importId)).toMatchObject({ counts: { created: 200 } });

  const second = await dryRun(rpc, "ledger18030.csv", file("zh_messages/ledger_200_gb18030.csv"), asked);
  expect(second.encoding).toBe("gb18030");
  expect(await runToEnd(rpc, second.importId)).toMatchObject({ counts: { created: 0, same: 200, refused: 0 } });

  // What GBK could not write is either seen to be damaged, or found to differ from what is there; never taken for the same.
  const third = await dryRun(rpc, "ledgergbk.csv", file("zh_messages/ledger_200_gbk.csv"), asked);
  expect(third.encoding).toBe("gbk");
  const damaged = await wholeReport(rpc, third.importId, "bad");
  expect(damaged.length).toBeGreaterThan(5);
  for (const row of damaged) {
    expect(row.problems).toEqual([{ code: "import.brokenEncoding", params: {} }]);
    expect(differing).toContain(row.key);
  }
  const end = await runToEnd(rpc, third.importId);
  expect(end.counts).toMatchObject({ created: 0, same: 200 - differing.size });
  expect(end.counts.bad + end.counts.refused).toBe(differing.size);
  expect(await host.kernelSql("select count(*)::int as n from kernel.cases")).toEqual([{ n: 200 }]);

  // The workbook's columns have other names, so it is a register of its own with the same content.
  const bookMapping: MappingInput = {
    key: ["留言编号"],
    title: ["留言主题"],
    body: ["留言详情"],
    reply: ["答复意见"],
    receivedAt: "留言时间",
    repliedAt: "答复时间",
    petitioner: "留言用户",
  };
  const bytes = file("zh_messages/ledger_120_written_by_openpyxl.xlsx");
  const book = await dryRun(rpc, "ledger.xlsx", bytes, { mapping: bookMapping, source: "工作簿" });
  expect(book).toMatchObject({ encoding: null, counts: { ready: 120, bad: 0 } });
  expect(await runToEnd(rpc, book.importId)).toMatchObject({ counts: { created: 120, same: 0, refused: 0 } });
  const twins = await host.kernelSql(
    `select count(*)::int as n from kernel.case_imports a join kernel.cases x on x.id = a.case_id
       join kernel.case_imports b on b.source_key = a.source_key and b.source = '台账' join kernel.cases y on y.id = b.case_id
      where a.source = '工作簿' and (x.title, x.body, x.received_at) = (y.title, y.body, y.received_at)`,
  );
  expect(twins).toEqual([{ n: 120 }]);
});

const council: MappingInput = {
  key: ["unique_key"],
  title: ["complaint_type", "descriptor"],
  receivedAt: "opendate",
  closedAt: "closedate",
  unit: "account",
};
const accounts = ["NYCC02", "NYCC03", "NYCC05", "NYCC17", "NYCC35", "NYCC40"];

real(
  "5,807 cases of a council: those without a word and the repeated key end in the report, the rest become petitions",
  { timeout: 120_000 },
  async () => {
    await using host = await open();
    for (const account of accounts) await host.addUnit(account, "brigade");
    const rpc = rpcOf(host);
    const bytes = file("en_nyc_council/constituent_cases_2019_6units.csv");
    const counted = parseByHand(bytes.toString("utf8"));
    expect(counted).toHaveLength(5_807);
    const wordless = counted.filter((row) => !row.complaint_type && !row.descriptor);
    const worded = counted.filter((row) => row.complaint_type || row.descriptor);
    const keys = new Set(worded.map((row) => row.unique_key));
    const repeated = worded.length - keys.size;
    expect([wordless.length, repeated]).toEqual([59, 1]);

    const tried = await dryRun(rpc, "council.csv", bytes, { mapping: council, source: "council 2019" });
    expect(tried.counts).toMatchObject({ ready: keys.size, bad: wordless.length + repeated });
    const bad = await wholeReport(rpc, tried.importId, "bad");
    const codes = Map.groupBy(bad, (row) => row.problems.map((one) => one.code).join(" "));
    expect(Object.fromEntries([...codes].map(([code, rows]) => [code, rows.length]))).toEqual({
      "import.noText": 59,
      "import.repeatedKey": 1,
    });
    const done = await runToEnd(rpc, tried.importId);

    expect(done.counts).toMatchObject({ created: keys.size, same: 0, refused: 0, ready: 0 });
    const units = await host.kernelSql(
      `select u.code, c.status = 'final' as ended, count(*)::int as n from kernel.cases c
       join kernel.units u on u.id = c.holder_unit_id group by 1, 2 order by 1, 2`,
    );
    const expected = Map.groupBy(
      worded.filter((row, i) => worded.findIndex((other) => other.unique_key === row.unique_key) === i),
      (row) => `${row.account} ${row.closedate !== ""}`,
    );
    expect(Object.fromEntries(units.map((one) => [`${one.code} ${one.ended}`, one.n]))).toEqual(
      Object.fromEntries([...expected].map(([key, rows]) => [key, rows.length])),
    );
    const [title] = await host.kernelSql(
      "select c.title from kernel.case_imports i join kernel.cases c on c.id = i.case_id where i.source_key = 'NYCC03550721'",
    );
    expect(title).toEqual({ title: "Housing and Buildings / Rent Overcharges" });
  },
);

real("an account that no unit has ends in the report, row by row", async () => {
  await using host = await open();
  await host.addUnit("NYCC02", "brigade");
  const bytes = file("en_nyc_council/constituent_cases_2019_6units.csv");
  const counted = parseByHand(bytes.toString("utf8"));

  const tried = await dryRun(rpcOf(host), "council.csv", bytes, { mapping: council, source: "council 2019" });

  const bad = await wholeReport(rpcOf(host), tried.importId, "bad");
  const unknown = bad.filter((row) => row.problems.some((one) => one.code === "import.unknownUnit"));
  expect(unknown).toHaveLength(counted.filter((row) => row.account !== "NYCC02").length);
});

real("a run broken off anywhere and taken up again neither loses nor doubles", async () => {
  await using host = await open();
  const rpc = rpcOf(host);
  const bytes = file("zh_messages/messages_replied_part.csv");
  const asked = { mapping: messages, source: "留言板" };
  const tried = await dryRun(rpc, "messages.csv", bytes, asked);
  await host.kernelSql("create table public.before_run as select * from p_ledger_import.rows");
  await runToEnd(rpc, tried.importId);
  const written = await host.kernelSql("select id, version, ledger_seq from kernel.cases order by id");

  // What a process leaves that was killed after the kernel had written and before the plugin had noted it.
  await host.sql("update p_ledger_import.imports set state = 'running', finished_at = null");
  await host.kernelSql(
    `update p_ledger_import.rows r set state = b.state, record = b.record, case_no = null
       from public.before_run b where b.row = r.row and r.row > 350`,
  );
  const done = await runToEnd(rpc, tried.importId);

  expect(done.counts).toMatchObject({ created: 349, same: 355, ready: 0, bad: 0, refused: 0 });
  expect(await host.kernelSql("select id, version, ledger_seq from kernel.cases order by id")).toEqual(written);
  expect(await host.kernelSql("select count(*)::int as n from kernel.case_imports")).toEqual([{ n: 704 }]);

  const again = await dryRun(rpc, "messages.csv", bytes, asked);
  expect((await runToEnd(rpc, again.importId)).counts).toMatchObject({ created: 0, same: 704 });
  expect(await host.kernelSql("select id, version, ledger_seq from kernel.cases order by id")).toEqual(written);
});
