import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { openTestDatabase, type TestDatabase } from "@doorstep/database/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { asAShell, type Ended, program, surroundings } from "../testing/as-a-shell.ts";

let database: TestDatabase;
const dataDir = mkdtempSync(join(tmpdir(), "doorstep-cli-"));
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
});

const doorstep = (...args: string[]): Promise<Ended> =>
  asAShell({ DATABASE_URL: database.url, DOORSTEP_DATA_DIR: dataDir })(...args);

const person = ["--username", "Zhou.Zheng", "--name", "周正"];

describe("doorstep admin", () => {
  it("is told apart by its exit code: 2 for wrong use, 1 for a refusal, 0 for done", async () => {
    for (const wrong of [[], ["admin"], ["admin", "create"], ["admin", "create", "--nonsense"], ["constructor"]])
      expect([wrong, await runCli(wrong, { out: () => undefined, err: () => undefined })]).toEqual([wrong, 2]);
    expect((await doorstep("admin", "create", ...person)).err).toContain("--organisation");
    expect((await doorstep("admin", "reset", "--username", "nobody")).code).toBe(1);

    const made = await doorstep("admin", "create", ...person, "--organisation", "示范旅", "--json");
    expect([made.code, made.err.includes("Error")]).toEqual([0, false]);
    const slip = JSON.parse(made.out);
    expect(slip).toMatchObject({ ok: true, username: "zhou.zheng" });

    const again = await doorstep("admin", "create", ...person, "--json");
    expect([again.code, JSON.parse(again.out).code]).toEqual([1, "person.usernameTaken"]);

    const mended = JSON.parse((await doorstep("admin", "reset", "--username", "ZHOU.ZHENG", "--json")).out);
    expect(mended.oneTimePassword).not.toBe(slip.oneTimePassword);
    const { rows } = await database.pool.query(
      `select u.must_change_password, u.slip_until > now() as valid, g.role, g.subtree,
         (select count(*)::int from kernel.ledger where type in ('account.mended', 'grant.changed')) as entries
       from auth.users u join kernel.role_grants g on g.person_id = u.id`,
    );
    expect(rows).toEqual([
      { must_change_password: true, valid: true, role: "platformAdmin", subtree: true, entries: 2 },
    ]);
  }, 60_000);

  it("ends as a process with the code it was told apart by", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...program, "admin"], { env: surroundings({}) });
    expect([status, String(stdout), String(stderr).includes("doorstep admin create")]).toEqual([2, "", true]);
  });

  it("prints no password where the slip does not belong: neither in complaints nor twice", async () => {
    const { err } = await doorstep("admin", "reset", "--username", "zhou.zheng");
    expect(err).not.toMatch(/[a-z2-9]{4}(-[a-z2-9]{4}){3}/);
  });
});
