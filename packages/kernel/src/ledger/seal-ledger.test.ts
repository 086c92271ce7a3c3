import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { writeMessage } from "../cases/thread.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPetitioner, file, rows } from "../testing/story.ts";
import { deriveKeys } from "../vault/keys.ts";
import { exportLedger, verifyLedgerFile } from "./ledger-file.ts";
import { recordAccess } from "./record-access.ts";
import { sealLedger } from "./seal-ledger.ts";
import { sealKeys, verifyLedger } from "./verify-ledger.ts";

const say = (t: TestKernel, caseId: string) =>
  execute(t.kernel, writeMessage, byPetitioner(t, caseId), { text: "补充", visibility: "petitioner", fileIds: [] });

/** Three cases, some with more entries, in two seals, and an entry that is not sealed yet. */
async function written(t: TestKernel): Promise<readonly string[]> {
  const ids = [await file(t), await file(t), await file(t)];
  await sealLedger(t.kernel);
  for (const id of ids) await say(t, id);
  await recordAccess(t.kernel, { type: "access.contentRead", actor: "system", facts: {} });
  await sealLedger(t.kernel);
  await say(t, ids[0] as string);
  return ids;
}
const faults = async (t: TestKernel): Promise<readonly string[]> =>
  (await verifyLedger(t.kernel)).faults.map((f) => f.fault);
/** What only somebody with the owner's rights can do. */
const tamper = async (t: TestKernel, sql: string, values: readonly unknown[] = []): Promise<void> => {
  const client = await t.database.pool.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query(sql, [...values]);
    await client.query("set session_replication_role = default");
  } finally {
    client.release();
  }
};
async function* joined(lines: readonly string[], size = 1_000): AsyncGenerator<Buffer> {
  const all = Buffer.from(lines.join(""));
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}
const linesOf = async (t: TestKernel): Promise<string[]> => {
  const lines: string[] = [];
  for await (const l of exportLedger(t.kernel)) lines.push(l);
  return lines;
};

test("seals cover every entry once, in ranges that meet, and prove themselves", async () => {
  await using t = await openTestKernel();
  await written(t);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, entries: 8, streams: 4, seals: 2, faults: [] });
  expect(await rows(t, "select no, entries from kernel.seals order by no")).toEqual([
    { no: 1, entries: 3 },
    { no: 2, entries: 4 },
  ]);
  const [third] = (await sealLedger(t.kernel)) ?? [];
  expect(third).toMatchObject({ no: 3, entries: 1 });
  expect(await sealLedger(t.kernel)).toEqual([]);
});

test("an open transaction is not sealed over: its entries come into the next seal", async () => {
  await using t = await openTestKernel();
  const id = await file(t);
  const client = await t.database.appPool.connect();
  await client.query("begin");
  await client.query("select pg_current_xact_id()");
  await file(t);
  expect((await sealLedger(t.kernel))?.[0]).toMatchObject({ entries: 1 });
  await client.query("commit");
  client.release();
  await say(t, id);
  expect((await sealLedger(t.kernel))?.[0]).toMatchObject({ entries: 2 });
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true });
});

test("a long backlog is sealed in parts that end between transactions", async () => {
  await using t = await openTestKernel();
  for (let n = 0; n < 7; n++) await file(t);
  const made = await sealLedger(t.kernel, { most: 3 });
  expect(made?.map((s) => s.entries)).toEqual([3, 3, 1]);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, seals: 3 });
});

test("two sealers at once seal every entry once", async () => {
  await using t = await openTestKernel();
  for (let n = 0; n < 4; n++) await file(t);
  const other: Kernel = { ...t.kernel };
  await Promise.all([sealLedger(t.kernel, { wait: true }), sealLedger(other, { wait: true })]);
  expect(await rows(t, "select entries from kernel.seals")).toEqual([{ entries: 4 }]);
});

test("an epoch that is over is sealed to its end before the next begins", async () => {
  await using t = await openTestKernel();
  await file(t);
  await sealLedger(t.kernel);
  await file(t);
  await rows(t, "insert into kernel.epochs (epoch, system_identifier, opened_at) values (2, 'x', now())");
  await file(t);
  const made = await sealLedger(t.kernel);
  expect(made?.map((s) => [s.epoch, s.entries])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, seals: 3 });
});

test("every way of changing the past shows, by its name", async () => {
  const ways: readonly (readonly [string, string, string])[] = [
    [
      "a word of an entry",
      "update kernel.ledger set body = replace(body, 'received', 'receiued') where seq = 1 and stream = $1",
      "altered",
    ],
    ["the actor beside the body", "update kernel.ledger set actor = 'system' where seq = 1 and stream = $1", "columns"],
    ["an entry is gone", "delete from kernel.ledger where seq = 1 and stream = $1", "gap"],
    ["the end of a chain is gone", "delete from kernel.ledger where seq = 3 and stream = $1", "head"],
    [
      "the end is gone and the head was put back as well",
      `with c as (update kernel.cases set ledger_seq = 1, ledger_hash =
         (select hash from kernel.ledger where seq = 1 and stream = $1) where id = $1)
       delete from kernel.ledger where seq > 1 and stream = $1`,
      "sealCount",
    ],
    ["the count of a seal", "update kernel.seals set entries = 5 where no = 2 and $1::uuid is not null", "sealAltered"],
    ["the root of a seal", "update kernel.seals set root = '\\x00' where no = 2 and $1::uuid is not null", "sealRoot"],
    [
      "a signature",
      "update kernel.seals set signature = decode(repeat('00', 64), 'hex') where no = 1 and $1::uuid is not null",
      "sealSignature",
    ],
    ["a seal is gone", "delete from kernel.seals where no = 1 and $1::uuid is not null", "sealGap"],
  ];
  await using t = await openTestKernel();
  const [id] = await written(t);
  const kept = ["kernel.ledger", "kernel.seals", "kernel.cases"].map((table, n) => [table, `public.kept_${n}`]);
  for (const [table, copy] of kept) await rows(t, `create table ${copy} as select * from ${table}`);
  for (const [what, sql, fault] of ways) {
    await tamper(t, sql, [id]);
    expect([what, await faults(t)]).toEqual([what, expect.arrayContaining([fault])]);
    for (const [table, copy] of kept) {
      await tamper(t, `delete from ${table}`);
      await tamper(t, `insert into ${table} select * from ${copy}`);
    }
  }
  expect(await faults(t)).toEqual([]);
});

test("seals of somebody else's key do not pass, those of an earlier key do where it was kept", async () => {
  await using t = await openTestKernel();
  await written(t);
  const moved: Kernel = { ...t.kernel, keys: deriveKeys(randomBytes(32), 2) };
  // the key that signed was kept when it did; new seals follow under the new one
  expect(await verifyLedger(moved)).toMatchObject({ ok: true });
  await say(t, (await rows<{ id: string }>(t, "select id from kernel.cases limit 1"))[0]?.id ?? "");
  await sealLedger(moved);
  expect(await verifyLedger(moved)).toMatchObject({ ok: true, seals: 3 });
  expect(await rows(t, "select id from kernel.seal_keys order by id")).toEqual([{ id: "k1" }, { id: "k2" }]);
  await rows(t, "delete from kernel.seal_keys");
  expect((await verifyLedger(moved)).faults.map((f) => f.fault)).toContain("sealKeyUnknown");
  expect(await verifyLedger(moved, sealKeys(t.kernel))).toMatchObject({ ok: true });
  const forger: Kernel = { ...t.kernel, keys: deriveKeys(randomBytes(32)) };
  expect((await verifyLedger(forger)).faults.map((f) => f.fault)).toContain("sealSignature");
});

test("a ledger proves itself as a file, whatever the pieces it is read in", async () => {
  await using t = await openTestKernel();
  await written(t);
  const lines = await linesOf(t);
  const proof = await verifyLedger(t.kernel);
  for (const size of [1, 7, 100_000]) expect(await verifyLedgerFile(joined(lines, size))).toEqual(proof);
  expect(lines.join("")).not.toContain("津贴");
});

test("a file that was cut, reordered or changed does not pass, nor one with keys of its own making", async () => {
  await using t = await openTestKernel();
  await written(t);
  const lines = await linesOf(t);
  const verdict = async (changed: readonly string[], keys?: ReadonlyMap<string, string>) =>
    (await verifyLedgerFile(joined(changed), keys)).faults.map((f) => f.fault);
  const entry = lines.findIndex((l) => l.startsWith('{"k":"entry"'));

  expect(await verdict(lines)).toEqual([]);
  expect(await verdict(lines.slice(0, -1))).toEqual(["cut"]);
  expect(await verdict(lines.slice(0, -2))).toEqual(["cut"]);
  expect(await verdict(lines.slice(1))).toContain("line");
  expect(await verdict(lines.toSpliced(entry, 1))).toContain("sealCount");
  expect(await verdict(lines.toSpliced(entry, 2, lines[entry + 1] ?? "", lines[entry] ?? ""))).toEqual(["sealRoot"]);
  expect(await verdict(lines.map((l) => l.replace("received", "receiued")))).toContain("altered");
  expect(await verdict(["not a ledger\n"])).toEqual(["line", "cut"]);

  const forged = { ...t.kernel, keys: deriveKeys(randomBytes(32)) };
  expect(await verdict(lines, sealKeys(t.kernel))).toEqual([]);
  expect(await verdict(lines, sealKeys(forged))).toContain("sealSignature");
});

test("while people write, a check sees one moment and finds nothing wrong", async () => {
  await using t = await openTestKernel();
  const ids = await Promise.all(Array.from({ length: 6 }, () => file(t)));
  const writing = Promise.all(
    ids.map(async (id) => {
      for (let n = 0; n < 8; n++) await say(t, id);
    }),
  );
  const found: unknown[] = [];
  for (let n = 0; n < 5; n++) {
    await sealLedger(t.kernel);
    found.push(...(await verifyLedger(t.kernel)).faults);
  }
  await writing;
  expect(found).toEqual([]);
});
