import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Migrations, migrate } from "@doorstep/database";
import { openTestDatabase } from "@doorstep/database/testing";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { ownMigrations } from "../migrations.ts";
import { openPlatform, VERSION } from "../open-platform.ts";
import { type BackupPlan, backUp, forgetOldBackups, isDue, readPlan, savePlan } from "./back-up.ts";
import { checkArchive } from "./check-archive.ts";

const folder = mkdtempSync(join(tmpdir(), "doorstep-upgrade-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const newDir = (): string => mkdtempSync(join(folder, "d-"));

/** The first files of the kernel, as an older release had them. */
function olderRelease(): Migrations {
  const [kernel] = ownMigrations;
  const dir = newDir();
  for (const name of ["0001-ground.sql", "0002-cases.sql", "0003-workers.sql"])
    copyFileSync(join(kernel?.dir ?? "", name), join(dir, name));
  return { package: "kernel", dir };
}

const UNIT = `insert into kernel.units (id, code, name_zh, name_en, level, path, time_zone, calendar_region, policy_pack, valid_from)
  select id, 'A', '旅', 'Brigade', 1, array[id], 'Asia/Shanghai', 'cn', 'cn-civil-2022', '2020-01-01' from (select gen_random_uuid() as id) u`;

const open = (databaseUrl: string, dataDir: string, said: string[], more: { upgradeWithoutBackup?: boolean } = {}) =>
  openPlatform({
    env: { dataDir, databaseUrl, keyFile: undefined, keyCommand: undefined, safeMode: true, ...more },
    plugins: [],
    log: pino({ enabled: false }),
    print: (line) => said.push(line),
    now: () => new Date(),
  });

test("an older release's data are brought up to date after a backup that is announced; the same release makes none", async () => {
  await using database = await openTestDatabase();
  await migrate(database.pool, olderRelease());
  await database.pool.query(UNIT);
  const dataDir = newDir();
  const said: string[] = [];
  const platform = await open(database.url, dataDir, said);
  const { master } = platform;
  await platform.close();
  expect(said.join("\n")).toMatch(/A backup is made first\.\nBackup made: .+doorstep-upgrade-/);
  const [name = ""] = readdirSync(join(dataDir, "backups"));
  const { head, manifest } = await checkArchive(join(dataDir, "backups", name), { kind: "keyFile", key: master.key });
  // it holds the data as the older release left them
  expect(head.migrations.filter((one) => one.package === "kernel")).toHaveLength(3);
  expect(manifest.tables.find((table) => table.name === "kernel.units")).toMatchObject({ rows: 1 });

  const again: string[] = [];
  await (await open(database.url, dataDir, again)).close();
  expect(again).toEqual([]);
  expect(readdirSync(join(dataDir, "backups"))).toEqual([name]);
}, 60_000);

test("an empty database is filled without a backup, and who says so upgrades without one", async () => {
  for (const [unit, more] of [
    [false, {}],
    [true, { upgradeWithoutBackup: true }],
  ] as const) {
    await using database = await openTestDatabase();
    await migrate(database.pool, olderRelease());
    if (unit) await database.pool.query(UNIT);
    const said: string[] = [];
    await (await open(database.url, newDir(), said, more)).close();
    expect(said.join()).not.toContain("backup");
  }
}, 60_000);

test("where the backup cannot be made, nothing is changed", async () => {
  await using database = await openTestDatabase();
  await migrate(database.pool, olderRelease());
  await database.pool.query(UNIT);
  const dataDir = newDir();
  // a file where the folder should be
  writeFileSync(join(dataDir, "backups"), "");
  await expect(open(database.url, dataDir, [])).rejects.toMatchObject({ code: "backup.failed" });
  const { rows } = await database.pool.query("select name from doorstep_meta.migrations order by 1");
  expect(rows).toHaveLength(3);
}, 60_000);

test("data of a later release, and a restore that was broken off, are refused and left alone", async () => {
  await using database = await openTestDatabase();
  const dataDir = newDir();
  await (await open(database.url, dataDir, [])).close();
  await database.pool.query(
    "insert into doorstep_meta.releases (version, first_used) values ('7.1.0', now() + interval '1 hour')",
  );
  await database.pool.query(
    "insert into doorstep_meta.migrations (package, name, sha256) values ('kernel', '9999-later.sql', 'x')",
  );
  await expect(open(database.url, dataDir, [])).rejects.toMatchObject({
    code: "backup.newer",
    params: { version: "7.1.0", file: "kernel/9999-later.sql", ours: VERSION },
  });
  await database.pool.query("delete from doorstep_meta.migrations where name = '9999-later.sql'");
  await database.pool.query("create table doorstep_meta.unfinished_restore (since timestamptz)");
  await expect(open(database.url, dataDir, [])).rejects.toMatchObject({ code: "backup.unfinishedRestore" });
}, 60_000);

test("the daily backup is due at its hour, once; one that failed is tried again after an hour; old ones go, three stay", async () => {
  await using database = await openTestDatabase();
  const dataDir = newDir();
  const platform = await open(database.url, dataDir, []);
  try {
    const { owner, ownerUrl } = platform.database;
    const local = (day: number, hour: number): Date => new Date(2026, 10, day, hour);
    const plan = async (): Promise<BackupPlan> => await readPlan(owner, dataDir);
    expect(await isDue(owner, await plan(), local(24, 3))).toBe(false);
    await savePlan(owner, { onSchedule: true, keepDays: 5 });
    expect(await plan()).toMatchObject({ onSchedule: true, atHour: 2, keepDays: 5, folder: join(dataDir, "backups") });
    expect(await isDue(owner, await plan(), local(24, 1))).toBe(true);
    const source = (at: Date) => ({
      ownerUrl,
      dataDir,
      masterKey: platform.master.key,
      migrations: ownMigrations,
      version: VERSION,
      now: () => at,
    });
    const secret = { kind: "keyFile", key: platform.master.key } as const;
    for (const day of [20, 21, 22, 23, 24]) await backUp(source(local(day, 2)), { kind: "scheduled", secret });
    expect(await isDue(owner, await plan(), local(24, 23))).toBe(false);
    expect(await isDue(owner, await plan(), local(25, 1))).toBe(false);
    expect(await isDue(owner, await plan(), local(25, 2))).toBe(true);
    const failing = { ...source(local(25, 2)), ownerUrl, masterKey: Buffer.alloc(0) };
    await expect(
      backUp(failing, { kind: "scheduled", secret, target: join(dataDir, "doorstep.key", "x") }),
    ).rejects.toBeDefined();
    expect(await isDue(owner, await plan(), new Date(2026, 10, 25, 2, 30))).toBe(false);
    expect(await isDue(owner, await plan(), local(25, 3))).toBe(true);
    const longAfter = new Date(Date.now() + 6 * 86_400_000);
    await backUp(source(local(25, 3)), { kind: "byHand", secret });
    expect(await forgetOldBackups(await plan(), new Date())).toEqual([]);
    expect(await forgetOldBackups(await plan(), longAfter)).toHaveLength(2);
    expect(readdirSync(join(dataDir, "backups"))).toHaveLength(4);
  } finally {
    await platform.close();
  }
}, 120_000);
