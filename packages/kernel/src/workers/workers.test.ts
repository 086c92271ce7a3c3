import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderBlobs, keepFile } from "../files/index.ts";
import type { Kernel } from "../kernel.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { searchCases } from "../queue/search-cases.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, rows, staffOf } from "../testing/story.ts";
import { openEpoch } from "./open-epoch.ts";
import { runWorkersOnce, startWorkers } from "./start-workers.ts";

const months = (t: TestKernel) =>
  rows<{ name: string }>(
    t,
    "select relname as name from pg_class where relname like 'outbox_20%' and relkind = 'r' order by 1",
  );

test("a running house finds what was filed, tells of what is due and seals it, and stops when told", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  const workers = await startWorkers(t.kernel);
  const id = await file(t);
  const found = async () =>
    (await searchCases(t.kernel, officer, { q: "津贴", limit: 5, cursor: undefined })).items.map((i) => i.caseId);
  for (let n = 0; n < 200 && (await found()).length === 0; n++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await found()).toEqual([id]);

  t.clock.advance({ days: 30 });
  await runWorkersOnce(t.kernel);
  expect(await rows(t, "select state from kernel.clocks where code = 'K2'")).toEqual([{ state: "breached" }]);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true });
  expect((await verifyLedger(t.kernel)).seals).toBeGreaterThan(0);
  await workers.stop();
  const connections = await rows<{ n: number }>(
    t,
    "select count(*)::int as n from pg_stat_activity where application_name = 'doorstep pump' and datname = current_database()",
  );
  expect(connections).toEqual([{ n: 0 }]);
});

test("a round that fails is logged without what people wrote, and the house goes on", async () => {
  await using t = await openTestKernel();
  const errors: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (_m: string, data?: unknown) => void errors.push(data),
  };
  await rows(t, "revoke insert on kernel.seals from doorstep_app");
  const broken: Kernel = { ...t.kernel };
  await file(t);
  const workers = await startWorkers(broken, { log });
  for (let n = 0; n < 300 && errors.length === 0; n++) await new Promise((resolve) => setTimeout(resolve, 10));
  await workers.stop();
  expect(errors).toEqual([{ worker: "seal", error: "42501" }]);
});

test("months are made ahead, keys of a month ago and files nobody sent in are forgotten", async () => {
  await using t = await openTestKernel();
  const folder = mkdtempSync(join(tmpdir(), "doorstep-workers-"));
  try {
    const blobs = folderBlobs(folder);
    async function* content() {
      yield Buffer.from("%PDF-1.7\n%%EOF\n");
    }
    await keepFile(t.kernel, blobs, { name: "a.pdf", content: content() });
    await file(t);
    await runWorkersOnce(t.kernel, { blobs });
    expect(await rows(t, "select 1 as kept from kernel.files")).toEqual([{ kept: 1 }]);
    expect((await rows(t, "select 1 from kernel.command_log")).length).toBe(1);
    await t.database.pool.query("select kernel.ensure_partitions('2028-01-01', '2028-01-01')");

    t.clock.now = new Date("2028-01-15T00:00:00Z");
    const tidied: string[] = [];
    await runWorkersOnce(t.kernel, { blobs, chores: [async () => tidied.push("modules")] });
    expect(tidied).toEqual(["modules"]);
    expect((await months(t)).map((m) => m.name).slice(-4)).toEqual([
      "outbox_2028_01",
      "outbox_2028_02",
      "outbox_2028_03",
      "outbox_2028_04",
    ]);
    expect(await rows(t, "select 1 from kernel.files")).toEqual([]);
    expect(await rows(t, "select 1 from kernel.command_log where command = 'file'")).toEqual([]);
    expect(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a database that another server carries on begins a new epoch, its own does not", async () => {
  await using t = await openTestKernel();
  await openEpoch(t.kernel);
  await openEpoch(t.kernel);
  expect(await rows(t, "select epoch from kernel.epochs")).toEqual([{ epoch: 1 }]);
  await rows(t, "update kernel.epochs set system_identifier = 'another'");
  await openEpoch(t.kernel);
  await file(t);
  expect(await rows(t, "select distinct epoch from kernel.outbox")).toEqual([{ epoch: 2 }]);
});
