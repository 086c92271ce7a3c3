import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestDatabase } from "@doorstep/database/testing";
import { afterAll, expect, test } from "vitest";
import { asAShell } from "../testing/as-a-shell.ts";

const folder = mkdtempSync(join(tmpdir(), "doorstep-move-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const doorstepAt = (databaseUrl: string, dataDir: string) =>
  asAShell({ DATABASE_URL: databaseUrl, DOORSTEP_DATA_DIR: dataDir });

test("a house moves into another database by export and import; the key goes apart, and nothing is overwritten", {
  timeout: 180_000,
}, async () => {
  await using one = await openTestDatabase();
  await using two = await openTestDatabase();
  const [here, there] = [join(folder, "here"), join(folder, "there")];
  const old = doorstepAt(one.url, here);
  const moved = doorstepAt(two.url, there);
  const archive = join(folder, "all.doorstep");
  const keys = join(folder, "house.key");

  expect((await old("export", "--all", archive)).err).toContain("There is no key here");
  const person = ["--username", "Zhou.Zheng", "--name", "周正", "--organisation", "示范旅", "--code", "BRIGADE"];
  expect((await old("admin", "create", ...person)).code).toBe(0);
  const exported = await old("export", "--all", archive, "--json");
  expect([exported.code, JSON.parse(exported.out)]).toMatchObject([0, { ok: true, missing: [] }]);
  expect((await old("export", "--all", archive)).code).toBe(2);
  const apart = await old("backup", "--keys", keys);
  expect([apart.code, apart.err]).toEqual([0, expect.stringContaining("Keep it in another place")]);
  expect(statSync(keys).mode & 0o777).toBe(0o600);

  expect((await moved("import", "--all", archive)).err).toContain("There is no key here");
  const wrong = join(folder, "wrong.key");
  writeFileSync(wrong, Buffer.alloc(32, 7).toString("base64"));
  const refused = await moved("import", "--all", archive, "--keys", wrong, "--json");
  expect([refused.code, JSON.parse(refused.out).code]).toEqual([1, "backup.wrongKey"]);
  expect(existsSync(there)).toBe(false);
  const imported = await moved("import", "--all", archive, "--keys", keys, "--json");
  expect([imported.code, JSON.parse(imported.out)]).toMatchObject([0, { ok: true, ledger: { ok: true } }]);
  expect(readFileSync(join(there, "doorstep.key"), "utf8")).toBe(readFileSync(keys, "utf8"));
  expect((await two.pool.query("select name_zh from kernel.units")).rows).toEqual([{ name_zh: "示范旅" }]);
  expect((await two.pool.query("select type from kernel.ledger where type = 'house.restored'")).rowCount).toBe(1);
  const again = await moved("restore", archive, "--json");
  expect([again.code, JSON.parse(again.out).code]).toEqual([1, "backup.notEmpty"]);
});

test("wrong use is told apart", async () => {
  const run = doorstepAt("postgres://nowhere/x", join(folder, "none"));
  for (const wrong of [
    ["restore"],
    ["export", "x"],
    ["backup", "a", "b"],
    ["backup", "--hour", "25"],
    ["restore", "none"],
  ])
    expect([wrong, (await run(...wrong)).code]).toEqual([wrong, 2]);
}, 60_000);
