import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestDatabase } from "@doorstep/database/testing";
import { type Keys, openSealed, seal, sealKeys, verifyLedger } from "@doorstep/kernel";
import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { accountSecret } from "../accounts/second-factor-keys.ts";
import { backUp } from "../backup/back-up.ts";
import { ownMigrations } from "../migrations.ts";
import { openPlatform, type Platform, VERSION } from "../open-platform.ts";
import { type RotateOptions, rotateKeys } from "./rotate-keys.ts";

const folder = mkdtempSync(join(tmpdir(), "doorstep-rotate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = (): Date => new Date("2026-11-24T02:00:00Z");
const UNIT = `insert into kernel.units (id, code, name_zh, name_en, level, path, time_zone, calendar_region, policy_pack, valid_from)
  select id, 'A', '旅', 'Brigade', 1, array[id], 'Asia/Shanghai', 'cn', 'cn-civil-2022', '2020-01-01' from (select gen_random_uuid() as id) u`;

async function house() {
  const database = await openTestDatabase();
  const dataDir = mkdtempSync(join(folder, "d-"));
  const place = { dataDir, databaseUrl: database.url, keyFile: undefined, keyCommand: undefined };
  const open = (more: Partial<RotateOptions["place"]> = {}): Promise<Platform> =>
    openPlatform({
      env: { ...place, ...more, safeMode: true },
      plugins: [],
      log: pino({ enabled: false }),
      print: () => undefined,
      now,
    });
  const rotate = (more: Partial<RotateOptions> = {}) => rotateKeys({ place, print: () => undefined, now, ...more });
  return { database, dataDir, place, open, rotate, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}
type House = Awaited<ReturnType<typeof house>>;

const BACKUP_CODES = '["a-1","b-2"]';

/** Records of three batches, a module's file and a second step. @returns an id with what it holds */
async function fill({ pool }: House["database"], keys: Keys): Promise<ReadonlyMap<string, string>> {
  const records = new Map(Array.from({ length: 1_200 }, (_, n) => [randomUUID(), `person ${n}`]));
  const rows = [...records].map(([id, plain]) => {
    const dek = randomBytes(32);
    return [id, seal(keys.kek.key, dek, `dek:${id}`), seal(dek, plain, `rec:${id}`)] as const;
  });
  await pool.query(
    `insert into vault.persons (id, kek, dek, ct)
       select id, 'k1', dek, ct from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as r (id, dek, ct)`,
    [rows.map((r) => r[0]), rows.map((r) => r[1]), rows.map((r) => r[2])],
  );
  await pool.query(UNIT);
  const id = randomUUID();
  const key = randomBytes(32);
  await pool.query(
    "insert into kernel.plugin_file (plugin_id, id, kek, dek, bytes, at, used_at) values ('m', $1, 'k1', $2, $3, $4, $4)",
    [id, seal(keys.kek.key, key, `plugin_file:m:${id}`), seal(key, "a list", `plugin_file:m:${id}`), now()],
  );
  const unit = "(select id from kernel.units)";
  const place = "plugin_setting:m:password";
  await pool.query(
    `insert into kernel.plugin_setting (plugin_id, unit_id, key, kek, dek, sealed, authority, why, at)
     values ('m', ${unit}, 'password', 'k1', $1, $2, ${unit}, 'x', $3)`,
    [seal(keys.kek.key, key, place), seal(key, '"a secret"', place), now()],
  );
  await pool.query(
    `with p as (insert into kernel.people (id, username, name, kind, unit_id) values ($1, 'li', '李', 'officer', ${unit}) returning id)
     insert into auth.users (id, name, email, username) select id, 'li', 'li@x', 'li' from p`,
    [id],
  );
  const sealed = (data: string) => symmetricEncrypt({ key: accountSecret(keys), data });
  await pool.query("insert into auth.two_factors (id, user_id, secret, backup_codes) values ($1, $1, $2, $3)", [
    id,
    await sealed("TOTP"),
    await sealed(BACKUP_CODES),
  ]);
  return records;
}

async function expectAllReadable({ pool }: House["database"], keys: Keys, records: ReadonlyMap<string, string>) {
  const persons = await pool.query<{ id: string; dek: Buffer; ct: Buffer }>("select id, dek, ct from vault.persons");
  const read = persons.rows.map(({ id, dek, ct }) => [
    id,
    openSealed(openSealed(keys.kek.key, dek, `dek:${id}`), ct, `rec:${id}`).toString(),
  ]);
  expect(new Map(read as [string, string][])).toEqual(records);
  const [file] = (await pool.query("select id, dek, bytes from kernel.plugin_file")).rows;
  const at = `plugin_file:m:${file.id}`;
  expect(openSealed(openSealed(keys.kek.key, file.dek, at), file.bytes, at).toString()).toBe("a list");
  const [setting] = (await pool.query("select dek, sealed from kernel.plugin_setting")).rows;
  const place = "plugin_setting:m:password";
  expect(openSealed(openSealed(keys.kek.key, setting.dek, place), setting.sealed, place).toString()).toBe('"a secret"');
  const [factor] = (await pool.query("select secret, backup_codes from auth.two_factors")).rows;
  const opened = (data: string) => symmetricDecrypt({ key: accountSecret(keys), data });
  expect([await opened(factor.secret), await opened(factor.backup_codes)]).toEqual(["TOTP", BACKUP_CODES]);
}

const codeOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => "done",
    (error: { code?: unknown }) => error.code ?? error,
  );

test("refused while somebody works under the key; broken off it goes on; the old key is needed by nothing afterwards", async () => {
  await using h = await house();
  const keyFile = join(h.dataDir, "doorstep.key");
  const first = await h.open();
  const records = await fill(h.database, first.keys);
  await expectAllReadable(h.database, first.keys, records);
  const old = readFileSync(keyFile, "utf8");
  const code = first.keys.code;
  const signer = sealKeys(first.kernel);
  expect(await codeOf(h.rotate())).toBe("keys.inUse");
  expect([readFileSync(keyFile, "utf8"), existsSync(`${keyFile}.next`)]).toEqual([old, false]);
  await first.close();

  // in the midst of the records, and once more when everything was changed and not yet looked at
  const breakAt = (what: string) => ({
    onProgress: (at: string) => {
      if (at === what) throw new Error("power cut");
    },
  });
  await expect(h.rotate(breakAt("persons"))).rejects.toThrow("power cut");
  const kinds = "select kek, count(*)::int as n from vault.persons group by 1 order by 1";
  expect((await h.database.pool.query(kinds)).rows).toEqual([
    { kek: "k1", n: 700 },
    { kek: "k2", n: 500 },
  ]);
  expect(await codeOf(h.open())).toBe("keys.unfinished");
  const source = {
    ownerUrl: h.database.url,
    dataDir: h.dataDir,
    masterKey: first.master.key,
    migrations: ownMigrations,
    version: VERSION,
    now,
  };
  const backup = { kind: "byHand", secret: { kind: "keyFile", key: first.master.key } } as const;
  expect(await codeOf(backUp(source, backup))).toBe("keys.unfinished");
  renameSync(`${keyFile}.next`, `${keyFile}.away`);
  expect(await codeOf(h.rotate())).toBe("keys.nextLost");
  renameSync(`${keyFile}.away`, `${keyFile}.next`);
  await expect(h.rotate(breakAt("look persons"))).rejects.toThrow("power cut");
  expect(await codeOf(h.open())).toBe("keys.unfinished");

  const done = await h.rotate();
  expect(done).toMatchObject({
    from: 1,
    to: 2,
    counts: { persons: 1_200, pluginFiles: 1, secretSettings: 1, secondFactors: 1 },
    newKey: keyFile,
    oldKey: `${keyFile}.v1`,
  });
  expect(readFileSync(`${keyFile}.v1`, "utf8")).toBe(old);
  expect(existsSync(`${keyFile}.next`)).toBe(false);
  expect([statSync(keyFile).mode & 0o777, statSync(`${keyFile}.v1`).mode & 0o777]).toEqual([0o600, 0o600]);

  // the power went after the last word to the database and before the files changed their names
  const made = readFileSync(keyFile, "utf8");
  renameSync(keyFile, `${keyFile}.next`);
  writeFileSync(keyFile, old);
  expect(await codeOf(h.open())).toBe("keys.wrong");
  expect(await h.rotate()).toMatchObject({ to: 2, newKey: keyFile });
  expect(readFileSync(keyFile, "utf8")).toBe(made);

  rmSync(`${keyFile}.v1`);
  const second = await h.open();
  expect(second.keys.code).toEqual(code);
  await expectAllReadable(h.database, second.keys, records);
  expect(await verifyLedger(second.kernel, signer)).toMatchObject({ ok: true });
  const entries = await h.database.pool.query(
    "select type, body from kernel.ledger where type like 'keys.%' order by seq",
  );
  expect(entries.rows.map((row) => [row.type, JSON.parse(row.body).facts])).toEqual([
    ["keys.rotationBegun", { from: 1, to: 2 }],
    ["keys.rotated", { from: 1, to: 2, counts: done.counts }],
  ]);
  const [kept] = (await h.database.pool.query("select id from kernel.seal_keys")).rows;
  expect(kept).toEqual({ id: "k1" });
  await second.close();

  // and again, from the second to the third: what stayed stays
  await h.rotate();
  const third = await h.open();
  expect([third.master.version, third.keys.code]).toEqual([3, code]);
  await expectAllReadable(h.database, third.keys, records);
  await third.close();
}, 120_000);

test("the old key is not put away while the new one does not open everything", async () => {
  await using h = await house();
  const first = await h.open();
  const records = await fill(h.database, first.keys);
  await first.close();
  const [id = ""] = records.keys();
  const spoil = {
    onProgress: (at: string) => {
      if (at === "pluginFiles")
        spoilt = h.database.pool.query("update vault.persons set dek = '\\x00' where id = $1", [id]);
    },
  };
  let spoilt: Promise<unknown> | undefined;
  const failure = await h.rotate(spoil).catch((error: unknown) => error);
  await spoilt;
  expect(failure).toMatchObject({ code: "keys.notAll", params: { count: 1, kinds: "persons" } });
  const keyFile = join(h.dataDir, "doorstep.key");
  expect([existsSync(`${keyFile}.v1`), existsSync(`${keyFile}.next`)]).toEqual([false, true]);
});

test("where a command gives the key, the new one goes into a file that is named", async () => {
  await using h = await house();
  const at = (name: string): string => join(h.dataDir, name);
  writeFileSync(at("a"), JSON.stringify({ version: 1, key: randomBytes(32).toString("base64") }));
  const place = { ...h.place, keyCommand: `cat ${at("a")}` };
  const first = await h.open(place);
  const records = await fill(h.database, first.keys);
  await first.close();
  expect(await codeOf(h.rotate({ place }))).toBe("keys.nextNeeded");
  expect(await codeOf(h.rotate({ place, newKey: at("a") }))).toBe("keys.nextUnfit");
  expect(await h.rotate({ place, newKey: at("b") })).toMatchObject({ to: 2, newKey: at("b"), oldKey: null });
  expect(await codeOf(h.open(place))).toBe("keys.wrong");
  const second = await h.open({ ...h.place, keyCommand: `cat ${at("b")}` });
  await expectAllReadable(h.database, second.keys, records);
  await second.close();
});

test("data that this release has not opened yet are left alone", async () => {
  await using h = await house();
  writeFileSync(join(h.dataDir, "doorstep.key"), Buffer.alloc(32, 7).toString("base64"));
  expect(await codeOf(h.rotate())).toBe("keys.startFirst");
});

test("a key that is not the one of the data opens nothing and writes nothing", async () => {
  await using h = await house();
  await (await h.open()).close();
  const wrong = join(h.dataDir, "wrong.key");
  writeFileSync(wrong, Buffer.alloc(32, 7).toString("base64"));
  expect(await codeOf(h.open({ keyFile: wrong }))).toBe("keys.wrong");
  expect(await codeOf(h.rotate({ place: { ...h.place, keyFile: wrong } }))).toBe("keys.wrong");
  await (await h.open()).close();
});
