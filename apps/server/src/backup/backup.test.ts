import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, ensurePluginRole, migrate } from "@doorstep/database";
import { openTestDatabase } from "@doorstep/database/testing";
import { folderBlobs, type Kernel, keepFile, kernelMigrations, sealKeys, verifyLedger } from "@doorstep/kernel";
import { fileForTest, openTestKernel, type TestKernel } from "@doorstep/kernel/testing";
import { afterAll, expect, test } from "vitest";
import { framesOf, readHeader } from "./archive.ts";
import type { ArchiveSecret } from "./archive-secret.ts";
import { admitArchive, restoreArchive } from "./restore-archive.ts";
import { writeArchive } from "./write-archive.ts";

const folder = mkdtempSync(join(tmpdir(), "doorstep-backup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const newDir = (): string => mkdtempSync(join(folder, "d-"));
const masterKey = randomBytes(32);
const secret: ArchiveSecret = { kind: "keyFile", key: masterKey };
const code = [kernelMigrations];

/** Every row of every table as text, sorted; by its own look at the catalogue. */
async function everyRow(url: string, snapshot?: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const pool = connect(url, { max: 1 });
  const client = await pool.connect();
  try {
    await client.query("begin transaction isolation level repeatable read read only");
    if (snapshot !== undefined) await client.query(`set transaction snapshot '${snapshot}'`);
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname in ('kernel', 'vault', 'p_sample') order by 1`,
    );
    const found = new Map<string, readonly string[]>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
      found.set(
        name,
        rows.map((r) => r.row),
      );
    }
    return found;
  } finally {
    await client.query("rollback");
    client.release();
    await pool.end();
  }
}

/** Every index as its definition says it; partitions name theirs by themselves. */
async function everyIndex(url: string): Promise<readonly string[]> {
  const pool = connect(url, { max: 1 });
  const { rows } = await pool.query<{ text: string }>(
    `select case when c.relispartition then regexp_replace(pg_get_indexdef(c.oid), 'INDEX S+ ON', 'INDEX ON') else pg_get_indexdef(c.oid) end as text
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('i', 'I') and n.nspname in ('kernel', 'vault', 'p_sample') order by 1`,
  );
  await pool.end();
  return rows.map((row) => row.text);
}

const below = (dir: string): readonly (readonly [string, string])[] =>
  existsSync(dir)
    ? readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes("unfinished"))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => [path.slice(dir.length), readFileSync(path).toString("base64")] as const)
    : [];

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const pdf = (n: number): string => `%PDF-1.4\n${String(n).repeat(200_000)}\n%%EOF\n`;

/** A house with petitions, files, a module with rows of its own, and a column of every awkward kind. */
async function house(): Promise<
  TestKernel & { readonly dataDir: string; readonly keep: (n: number) => Promise<void> }
> {
  const t = await openTestKernel();
  const dataDir = newDir();
  const blobs = folderBlobs(join(dataDir, "files"));
  const { schema } = await ensurePluginRole(t.database.pool, { id: "sample" });
  const dir = newDir();
  writeFileSync(
    join(dir, "0001-notes.sql"),
    `create table notes (no int generated always as identity primary key, text text not null, raw bytea, tags text[],
       at timestamptz not null default now(), twice int generated always as (length(text) * 2) stored);
     insert into notes (text) values ('to begin with');`,
  );
  await migrate(t.database.pool, { package: schema, dir, as: { schema, owner: `${schema}_owner` } });
  await t.database.pool.query(
    `insert into p_sample.notes (text, raw, tags) values
       (E'line\\nbreak\\ttab \\\\ and \\\\N', '\\x000aff', array['a', null, 'b,"c"']), ('', null, '{}'), ('津贴 🌸', '\\x', null)`,
  );
  const keep = async (n: number): Promise<void> => {
    await keepFile(t.kernel, blobs, { name: `${n}.pdf`, content: once(pdf(n)) });
  };
  return { ...t, dataDir, keep };
}

const sourceOf = (t: TestKernel, dataDir: string) => ({
  ownerUrl: t.database.url,
  dataDir,
  masterKey,
  migrations: code,
  version: "0.1.0",
  now: () => new Date("2026-11-24T02:00:00Z"),
});

const targetOf = (ownerUrl: string, dataDir: string) => ({
  ownerUrl,
  dataDir,
  masterKey,
  migrations: code,
  version: "0.1.0",
  passwordOf: undefined,
});

test("what is restored is, row for row and file for file, the moment of the backup, though people wrote on", async () => {
  await using t = await house();
  for (let n = 0; n < 5; n += 1) await fileForTest(t);
  await t.keep(1);
  await t.keep(2);
  const target = join(newDir(), "a.doorstep");
  const writing = { on: true, done: 0 };
  const writers = Array.from({ length: 3 }, async () => {
    while (writing.on) {
      await fileForTest(t);
      writing.done += 1;
    }
  });
  let source: ReadonlyMap<string, readonly string[]> | undefined;
  const before = below(join(t.dataDir, "files"));
  const written = await writeArchive(sourceOf(t, t.dataDir), {
    target,
    secret,
    onSnapshot: async (id) => {
      const begun = writing.done;
      source = await everyRow(t.database.url, id);
      // the backup goes on only when more has been written since its moment
      while (writing.done < begun + 3) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  });
  writing.on = false;
  await Promise.all(writers);
  expect(written).toMatchObject({ files: 2, missing: [] });
  const now = await everyRow(t.database.url);
  expect(now.get("kernel.cases")?.length).toBeGreaterThan(source?.get("kernel.cases")?.length ?? 0);

  await using other = await openTestDatabase();
  const dataDir = newDir();
  const checked = await admitArchive(target, secret, targetOf(other.url, dataDir));
  const indexes = await everyIndex(t.database.url);
  await restoreArchive(target, secret, checked, targetOf(other.url, dataDir));
  const restored = await everyRow(other.url);
  expect([...restored.keys()]).toEqual([...(source?.keys() ?? [])]);
  for (const [table, rows] of restored) expect([table, rows]).toEqual([table, source?.get(table)]);
  expect(restored.get("p_sample.notes")).toHaveLength(4);
  expect(below(join(dataDir, "files"))).toEqual(before);
  expect(indexes.length).toBeGreaterThan(100);
  expect(await everyIndex(other.url)).toEqual(indexes);

  // and it lives: rules hold, numbers go on, the ledger proves itself under the keys of the house
  const restoredKernel: Kernel = { ...t.kernel, pool: other.pool };
  expect(await verifyLedger(restoredKernel, sealKeys(t.kernel))).toMatchObject({ ok: true });
  await expect(other.pool.query("update kernel.ledger set actor = 'x'")).rejects.toMatchObject({ code: "DS001" });
  await other.pool.query("insert into p_sample.notes (text) values ('next')");
  expect((await other.pool.query("select no from p_sample.notes where text = 'next'")).rows).toEqual([{ no: 5 }]);
  await expect(
    other.pool.query("insert into kernel.demands select gen_random_uuid(), gen_random_uuid()"),
  ).rejects.toBeDefined();
  const { rows: keys } = await other.pool.query(
    "select count(*)::int as n from pg_constraint where contype = 'f' and convalidated and conparentid = 0",
  );
  expect(keys).toEqual(
    (
      await t.database.pool.query(
        "select count(*)::int as n from pg_constraint where contype = 'f' and convalidated and conparentid = 0",
      )
    ).rows,
  );
}, 120_000);

test("an archive that was cut, changed, reordered or made under another key is refused before anything is touched", async () => {
  await using t = await house();
  await fileForTest(t);
  for (let n = 0; n < 3; n += 1) await t.keep(n);
  const target = join(newDir(), "a.doorstep");
  // random bytes do not shrink, so that the archive has several pieces
  writeFileSync(join(t.dataDir, "files", "noise"), randomBytes(300_000));
  await writeArchive(sourceOf(t, t.dataDir), { target, secret });
  const whole = readFileSync(target);
  const { bytes: from } = await readHeader(target);
  const PIECE = 65_536 + 16;
  expect(whole.length - from).toBeGreaterThan(3 * PIECE);
  await using other = await openTestDatabase();
  const into = targetOf(other.url, newDir());
  const verdict = async (content: Buffer, by: ArchiveSecret = secret) => {
    const file = join(newDir(), "b.doorstep");
    writeFileSync(file, content);
    return await admitArchive(file, by, into).then(
      () => "taken",
      (error: { code?: string }) => error.code,
    );
  };
  const pieces = Array.from({ length: Math.ceil((whole.length - from) / PIECE) }, (_, n) =>
    whole.subarray(from + n * PIECE, Math.min(from + (n + 1) * PIECE, whole.length)),
  );
  const head = whole.subarray(0, from);
  const joinedUp = (parts: readonly Buffer[]): Buffer => Buffer.concat([head, ...parts]);
  const flipped = (at: number): Buffer => {
    const copy = Buffer.from(whole);
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
    return copy;
  };
  expect(await verdict(whole)).toBe("taken");
  expect(await verdict(whole.subarray(0, -1))).toBe("backup.damaged");
  expect(await verdict(whole.subarray(0, from))).toBe("backup.damaged");
  expect(await verdict(joinedUp(pieces.slice(0, -1)))).toBe("backup.damaged");
  expect(await verdict(joinedUp([...pieces, pieces[0] ?? head]))).toBe("backup.damaged");
  expect(await verdict(joinedUp(pieces.toSpliced(0, 2, pieces[1] ?? head, pieces[0] ?? head)))).toBe("backup.damaged");
  for (let n = 0; n < 40; n += 1)
    expect(await verdict(flipped(from + Math.floor((n / 40) * (whole.length - from))))).toBe("backup.damaged");
  expect(await verdict(Buffer.from("PK\u0003\u0004 something else\n"))).toBe("backup.notArchive");
  const otherSalt = Buffer.from(whole.toString("latin1").replace(/"salt":"./, '"salt":"_'), "latin1");
  expect(["backup.damaged", "backup.notArchive"]).toContain(await verdict(otherSalt));
  expect(await verdict(whole, { kind: "keyFile", key: randomBytes(32) })).toBe("backup.wrongKey");
  expect(await verdict(whole, { kind: "passphrase", text: "any" })).toBe("backup.noKey");
  // nothing was made for any of them
  const { rows } = await other.pool.query(
    "select nspname from pg_namespace where nspname in ('kernel', 'doorstep_meta')",
  );
  expect(rows).toEqual([]);
}, 120_000);

test("a passphrase locks as well; with it, still nobody restores without the key of the data", async () => {
  await using t = await house();
  const target = join(newDir(), "a.doorstep");
  const words: ArchiveSecret = { kind: "passphrase", text: "连心桥 下 的 河 4711" };
  await writeArchive(sourceOf(t, t.dataDir), { target, secret: words });
  const into = targetOf("postgres://nowhere", newDir());
  await expect(admitArchive(target, words, into)).resolves.toBeDefined();
  await expect(admitArchive(target, { kind: "passphrase", text: "other" }, into)).rejects.toMatchObject({
    code: "backup.damaged",
  });
  await expect(admitArchive(target, secret, into)).rejects.toMatchObject({ code: "backup.passphrase" });
  await expect(admitArchive(target, words, { ...into, masterKey: randomBytes(32) })).rejects.toMatchObject({
    code: "backup.wrongKey",
  });
  // keys are not in it
  let text = "";
  for await (const frame of framesOf(target, words))
    text += frame.kind === "data" ? frame.data : JSON.stringify(frame.json);
  expect(text).not.toContain(masterKey.toString("base64"));
}, 60_000);

test("a place with data is never restored over, and files that are gone make no good backup", async () => {
  await using t = await house();
  await t.keep(1);
  const target = join(newDir(), "a.doorstep");
  rmSync(join(t.dataDir, "files"), { recursive: true });
  const written = await writeArchive(sourceOf(t, t.dataDir), { target, secret });
  expect(written.missing).toHaveLength(1);
  const into = targetOf(t.database.url, newDir());
  const checked = await admitArchive(target, secret, into);
  const count = async () => (await t.database.pool.query("select count(*)::int as n from kernel.units")).rows;
  const before = await count();
  await expect(restoreArchive(target, secret, checked, into)).rejects.toMatchObject({ code: "backup.notEmpty" });
  expect(await count()).toEqual(before);
}, 60_000);

test("data of a later release are refused by name", async () => {
  await using t = await house();
  await t.database.pool.query(
    "insert into doorstep_meta.migrations (package, name, sha256, sql) values ('kernel', '9999-later.sql', encode(sha256('select 1'), 'hex'), 'select 1')",
  );
  const target = join(newDir(), "a.doorstep");
  await writeArchive({ ...sourceOf(t, t.dataDir), version: "9.0.0" }, { target, secret });
  await expect(admitArchive(target, secret, targetOf("postgres://nowhere", newDir()))).rejects.toMatchObject({
    code: "backup.newer",
    params: { version: "9.0.0", file: "kernel/9999-later.sql", ours: "0.1.0" },
  });
}, 60_000);
