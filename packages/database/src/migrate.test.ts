import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { openTestDatabase } from "./testing/index.ts";

const FIRST = "create table petition (id int primary key);";
const SECOND = "alter table petition add column title text;";

function folderOf(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), "doorstep-migrations-"));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(dir, name), sql);
  return dir;
}

test("files run once, in the order of their names", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0002_title.sql": SECOND, "0001_petition.sql": FIRST });

  const first = await migrate(database.pool, { package: "kernel", dir });
  const second = await migrate(database.url, { package: "kernel", dir });

  expect(first).toEqual({ applied: ["0001_petition.sql", "0002_title.sql"], known: [] });
  expect(second).toEqual({ applied: [], known: ["0001_petition.sql", "0002_title.sql"] });
});

test("a file merged later that sorts before applied ones is applied too", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0001_petition.sql": FIRST, "0003_title.sql": SECOND });
  await migrate(database.pool, { package: "kernel", dir });
  writeFileSync(join(dir, "0002_place.sql"), "create table place (id int);");

  const report = await migrate(database.pool, { package: "kernel", dir });

  expect(report.applied).toEqual(["0002_place.sql"]);
  expect((await database.pool.query("select to_regclass('place') is not null as made")).rows).toEqual([{ made: true }]);
});

test("an edited file is refused by name, and nothing after it runs", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0001_petition.sql": FIRST });
  await migrate(database.pool, { package: "kernel", dir });
  writeFileSync(join(dir, "0001_petition.sql"), `${FIRST}\n-- harmless?`);
  writeFileSync(join(dir, "0002_title.sql"), SECOND);

  await expect(migrate(database.pool, { package: "kernel", dir })).rejects.toThrow(
    "kernel/0001_petition.sql was edited after it was applied",
  );
  expect((await database.pool.query("select name from doorstep_meta.migrations")).rows).toEqual([
    { name: "0001_petition.sql" },
  ]);
});

test("a checkout with other line ends is not an edit", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0001_petition.sql": `${FIRST}\n${SECOND}\n` });
  await migrate(database.pool, { package: "kernel", dir });
  writeFileSync(join(dir, "0001_petition.sql"), `${FIRST}\r\n${SECOND}\r\n`);

  expect((await migrate(database.pool, { package: "kernel", dir })).applied).toEqual([]);
});

test("a database that is ahead of the code is refused", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0001_petition.sql": FIRST });
  await migrate(database.pool, { package: "kernel", dir });
  rmSync(join(dir, "0001_petition.sql"));

  await expect(migrate(database.pool, { package: "kernel", dir })).rejects.toThrow("missing here");
});

test("a failing file is rolled back whole; files before it stay, and a repaired one goes on from there", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0001_petition.sql": FIRST, "0002_broken.sql": "create table half (id int); select 1/0;" });

  await expect(migrate(database.pool, { package: "kernel", dir })).rejects.toThrow("0002_broken.sql failed");
  expect((await database.pool.query("select to_regclass('half') is null as gone")).rows).toEqual([{ gone: true }]);
  writeFileSync(join(dir, "0002_broken.sql"), "create table half (id int);");

  expect((await migrate(database.pool, { package: "kernel", dir })).applied).toEqual(["0002_broken.sql"]);
});

test("a dry run tells what is missing and leaves nothing, not even the journal", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0001_petition.sql": FIRST, "0002_title.sql": SECOND });

  const report = await migrate(database.pool, { package: "kernel", dir }, { dryRun: true });

  expect(report.applied).toEqual(["0001_petition.sql", "0002_title.sql"]);
  const { rows } = await database.pool.query(
    "select to_regclass('petition') as petition, to_regnamespace('doorstep_meta') as journal",
  );
  expect(rows).toEqual([{ petition: null, journal: null }]);
});

test("a dry run finds the file that would fail", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0001_petition.sql": FIRST, "0002_broken.sql": "alter table nowhere add column x int;" });

  await expect(migrate(database.pool, { package: "kernel", dir }, { dryRun: true })).rejects.toThrow("0002_broken.sql");
});

test("three processes that migrate at once apply each file once, and none fails", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0001_petition.sql": `select pg_sleep(0.1); ${FIRST}`, "0002_title.sql": SECOND });
  const run = () => migrate(database.url, { package: "kernel", dir });

  const reports = await Promise.all([run(), run(), run()]);

  expect(reports.map((report) => report.applied.length).sort()).toEqual([0, 0, 2]);
});

test("packages with files of the same name do not disturb each other", async () => {
  await using database = await openTestDatabase();
  const kernel = folderOf({ "0001_first.sql": FIRST });
  const plugin = folderOf({ "0001_first.sql": "create table other (id int);" });

  await migrate(database.pool, { package: "kernel", dir: kernel });

  expect((await migrate(database.pool, { package: "p_calendar", dir: plugin })).applied).toEqual(["0001_first.sql"]);
});

test("a file that ends the transaction itself is refused", async () => {
  await using database = await openTestDatabase();
  const dir = folderOf({ "0001_early.sql": "create table early (id int); commit; create table late (id int);" });

  await expect(migrate(database.pool, { package: "kernel", dir })).rejects.toThrow("0001_early.sql");
});
