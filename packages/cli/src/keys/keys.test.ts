import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestDatabase } from "@doorstep/database/testing";
import { afterAll, expect, test } from "vitest";
import { asAShell, program, surroundings } from "../testing/as-a-shell.ts";

const folder = mkdtempSync(join(tmpdir(), "doorstep-keys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("killed in the midst and run again, it ends; wrong use is told apart", { timeout: 120_000 }, async () => {
  await using database = await openTestDatabase();
  const { pool } = database;
  const where = { DATABASE_URL: database.url, DOORSTEP_DATA_DIR: folder };
  const doorstep = asAShell(where);
  const person = ["--username", "Zhou.Zheng", "--name", "周正", "--organisation", "示范旅", "--code", "BRIGADE"];
  expect((await doorstep("admin", "create", ...person)).code).toBe(0);
  const before = readFileSync(join(folder, "doorstep.key"), "utf8");

  // somebody else's transaction holds the table at which it will be when it dies
  const holder = await pool.connect();
  try {
    await holder.query("begin");
    await holder.query("lock table kernel.notifications in access exclusive mode");
    const child = spawn(process.execPath, [...program, "keys", "rotate"], {
      env: surroundings(where),
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
    const waiting = `select 1 from pg_stat_activity where application_name = 'doorstep keys' and wait_event_type = 'Lock'
       and datname = current_database()`;
    while ((await pool.query(waiting)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
  } finally {
    await holder.query("rollback");
    holder.release();
  }
  expect(readFileSync(join(folder, "doorstep.key"), "utf8")).toBe(before);
  expect((await pool.query("select version, next_version from kernel.key_state")).rows).toEqual([
    { version: 1, next_version: 2 },
  ]);

  const done = await doorstep("keys", "rotate", "--json");
  expect([done.code, JSON.parse(done.out)]).toMatchObject([0, { ok: true, from: 1, to: 2, counts: { pseudonyms: 1 } }]);
  expect(readFileSync(join(folder, "doorstep.key"), "utf8")).not.toBe(before);
  const proof = await doorstep("ledger", "verify");
  expect([proof.code, proof.out]).toEqual([0, expect.stringContaining("The ledger is whole.")]);
  const { rows } = await pool.query("select version, next_mark from kernel.key_state");
  expect(rows).toEqual([{ version: 2, next_mark: null }]);

  for (const wrong of [["keys"], ["keys", "turn"], ["keys", "rotate", "now"], ["keys", "rotate", "--fast"]])
    expect([wrong, (await doorstep(...wrong)).code]).toEqual([wrong, 2]);
});
