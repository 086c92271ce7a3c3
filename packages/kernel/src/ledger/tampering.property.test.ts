import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeMessage } from "../cases/thread.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPetitioner, file, rows } from "../testing/story.ts";
import { nextEntry } from "./entry.ts";
import { LedgerCheck } from "./ledger-check.ts";
import { type LedgerItem, ledgerInOrder } from "./ledger-in-order.ts";
import { recordAccess } from "./record-access.ts";
import { handOutDailyRoot, handOutRoot, readRoot, verifyAgainst } from "./root-out.ts";
import { sealLedger } from "./seal-ledger.ts";
import { sealKeys, verifyLedger } from "./verify-ledger.ts";

const say = (t: TestKernel, caseId: string) =>
  execute(t.kernel, writeMessage, byPetitioner(t, caseId), { text: "补充", visibility: "petitioner", fileIds: [] });

/** Cases in three seals and a tail that no seal holds yet. */
async function written(t: TestKernel): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    const ids = [await file(t), await file(t)];
    for (const id of ids) await say(t, id);
    await recordAccess(t.kernel, { type: "access.contentRead", actor: "system", facts: { round } });
    await sealLedger(t.kernel);
  }
  await say(t, await file(t));
}

const itemsOf = async (t: TestKernel): Promise<readonly LedgerItem[]> => {
  const items: LedgerItem[] = [];
  for await (const item of ledgerInOrder(t.kernel.pool)) items.push(item);
  return items;
};

/** As verifyLedger takes what the database gives. */
function faultsOf(items: readonly LedgerItem[], t: TestKernel): readonly string[] {
  const check = new LedgerCheck(sealKeys(t.kernel));
  for (const item of items)
    if (item.kind === "entry") check.entry(item.entry, { ...item.entry, at: item.entry.at.toISOString() });
    else if (item.kind === "seal") check.seal(item.seal);
    else check.head(item.head);
  return check.finish(1_000).faults.map((fault) => fault.fault);
}

const otherHex = (hex: string, at: number): string => {
  const n = at % hex.length;
  return `${hex.slice(0, n)}${hex[n] === "0" ? "1" : "0"}${hex.slice(n + 1)}`;
};
const otherText = (text: string, at: number): string => {
  const n = at % text.length;
  return `${text.slice(0, n)}${text[n] === "x" ? "y" : "x"}${text.slice(n + 1)}`;
};

/** One single change of one single row, whichever column it hits. */
function tampered(items: readonly LedgerItem[], how: string, at: number, by: number): readonly LedgerItem[] {
  const all = items.flatMap((item, n) => (item.kind === (how.startsWith("seal") ? "seal" : "entry") ? [n] : []));
  // that the last seal is gone shows in nothing that is left: the root that left the house shows it
  const places = how === "sealRemoved" ? all.slice(0, -1) : all;
  const n = places[at % places.length] ?? 0;
  const item = items[n];
  if (item?.kind === "seal") {
    if (how === "sealRemoved") return items.toSpliced(n, 1);
    if (how === "sealDoubled") return items.toSpliced(n, 0, item);
    const { seal } = item;
    const fields = [
      { root: otherHex(seal.root, by) },
      { prev: otherHex(seal.prev, by) },
      { hash: otherHex(seal.hash, by) },
      { signature: otherHex(seal.signature, by) },
      { entries: seal.entries + 1 + (by % 5) },
      { at: new Date(Date.parse(seal.at) + 1 + by).toISOString() },
      { no: seal.no + 1 },
      { epoch: seal.epoch + 1 },
      { xidTo: String(BigInt(seal.xidTo) + 1n) },
      { keyId: `${seal.keyId}x` },
    ];
    return items.toSpliced(n, 1, { kind: "seal", seal: { ...seal, ...fields[by % fields.length] } });
  }
  if (item?.kind !== "entry") throw new Error("no entry");
  const { entry } = item;
  if (how === "removed") return items.toSpliced(n, 1);
  if (how === "doubled") return items.toSpliced(n, 0, item);
  if (how === "inserted") {
    const { row } = nextEntry(
      entry.stream,
      { seq: entry.seq, hash: entry.hash },
      { at: entry.at.toISOString(), type: "case.final", actor: "system", facts: { by } },
    );
    const forged = { ...entry, ...row, at: entry.at, prev: row.prev.slice(2), hash: row.hash.slice(2) };
    return items.toSpliced(n + 1, 0, { kind: "entry", entry: forged });
  }
  if (how === "reordered") {
    // two neighbours inside one seal; what no seal holds yet has no order that was stated
    const next = items[n + 1];
    const sealed = items.slice(n).some((one) => one.kind === "seal");
    if (next?.kind !== "entry" || !sealed) return tampered(items, "changed", at, by);
    return items.toSpliced(n, 2, next, item);
  }
  const fields = [
    { body: otherText(entry.body, by) },
    { prev: otherHex(entry.prev, by) },
    { hash: otherHex(entry.hash, by) },
    { actor: `${entry.actor}x` },
    { type: `${entry.type}x` },
    { at: new Date(entry.at.getTime() + 1 + by) },
    { seq: entry.seq + 1 },
    { stream: otherHex(entry.stream.replaceAll("-", ""), by) },
  ];
  return items.toSpliced(n, 1, { kind: "entry", entry: { ...entry, ...fields[by % fields.length] } });
}

const ways = ["changed", "removed", "doubled", "inserted", "reordered", "seal", "sealRemoved", "sealDoubled"] as const;

test("any single entry or seal that is changed, removed, doubled, put in or moved is found", async () => {
  await using t = await openTestKernel();
  await written(t);
  const items = await itemsOf(t);
  expect(faultsOf(items, t)).toEqual([]);
  fc.assert(
    fc.property(fc.constantFrom(...ways), fc.nat(1_000), fc.nat(100_000), (how, at, by) => {
      expect(faultsOf(tampered(items, how, at, by), t)).not.toEqual([]);
    }),
    // biome-ignore lint/style/noProcessEnv: how long a test runs is a setting of the run.
    { numRuns: process.env.DOORSTEP_LONG ? 20_000 : 1_500 },
  );
}, 120_000);

test("a ledger that was cut back, heads, seals and all, proves itself and is found out by the root that left the house", async () => {
  await using t = await openTestKernel();
  const folder = mkdtempSync(join(tmpdir(), "doorstep-root-"));
  try {
    await written(t);
    await sealLedger(t.kernel);
    await t.database.pool.query("update kernel.backup_plan set root_folder = $1", [folder]);
    const path = (await handOutDailyRoot(t.kernel)) ?? "";
    expect(await handOutDailyRoot(t.kernel)).toBeNull();
    const root = await readRoot(path);
    expect(await verifyAgainst(t.kernel, root)).toMatchObject({ ok: true, seals: 4 });
    // what leaves the house names nobody
    expect(readFileSync(path, "utf8")).not.toMatch(/[\u4e00-\u9fff]/);
    const letter = readFileSync(path.replace(".json", ".txt"), "utf8");
    expect(letter).toContain(root.seal.hash.slice(0, 8));

    const client = await t.database.pool.connect();
    await client.query("set session_replication_role = replica");
    const [kept] = await rows<{ to: string }>(t, "select xid_to::text as to from kernel.seals where no = 2");
    await client.query("delete from kernel.ledger where xid >= $1::xid8", [kept?.to]);
    await client.query("delete from kernel.seals where no > 2");
    await client.query(
      `update kernel.cases c set ledger_seq = l.seq, ledger_hash = l.hash
         from (select distinct on (stream) stream, seq, hash from kernel.ledger order by stream, seq desc) l where l.stream = c.id`,
    );
    await client.query(
      `update kernel.ledger_heads h set seq = l.seq, hash = l.hash
         from (select distinct on (stream) stream, seq, hash from kernel.ledger order by stream, seq desc) l where l.stream = h.stream`,
    );
    await client.query("delete from kernel.ledger_heads where stream not in (select stream from kernel.ledger)");
    for (const table of await rows<{ name: string }>(
      t,
      `select distinct conrelid::regclass::text as name from pg_constraint where confrelid = 'kernel.cases'::regclass`,
    ))
      await client.query(`delete from ${table.name} where case_id not in (select stream from kernel.ledger)`);
    await client.query("delete from kernel.cases where id not in (select stream from kernel.ledger)");
    await client.query("set session_replication_role = default");
    client.release();
    expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, seals: 2 });
    expect(await verifyAgainst(t.kernel, root)).toMatchObject({
      ok: false,
      faults: [{ stream: "seals", seq: 4, fault: "truncated" }],
    });
    // what goes on afterwards does not hide it
    await file(t);
    await sealLedger(t.kernel);
    await file(t);
    await sealLedger(t.kernel);
    expect((await verifyAgainst(t.kernel, root)).faults[0]?.fault).toBe("rootOther");
    writeFileSync(path, JSON.stringify({ ...root, seal: { ...root.seal, root: "0".repeat(64) } }));
    expect((await verifyAgainst(t.kernel, await readRoot(path))).faults[0]?.fault).toBe("rootForged");
    expect((await handOutRoot(t.kernel, folder))?.root.seal.no).toBe(4);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
