import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Browser,
  openBrowser,
  seedPeople,
  startTestServer,
  TEST_PASSWORD,
  type TestServer,
} from "../testing/index.ts";

let server: TestServer;
const outside = mkdtempSync(join(tmpdir(), "doorstep-plan-"));
const as = new Map<string, Browser>();

beforeAll(async () => {
  server = await startTestServer();
  await seedPeople(
    server,
    [{ code: "root" }, { code: "left", parent: "root" }],
    [
      { username: "platform", unit: "root", roles: [{ role: "platformAdmin", subtree: true }] },
      { username: "unit-admin", unit: "root", roles: [{ role: "unitAdmin", subtree: true }] },
      { username: "auditor", unit: "root", roles: [{ role: "auditor", subtree: true }] },
    ],
  );
  for (const username of ["platform", "unit-admin", "auditor"]) {
    const browser = openBrowser(server.url);
    await browser.post("/api/auth/sign-in/username", { username, password: TEST_PASSWORD });
    as.set(username, browser);
  }
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(outside, { recursive: true, force: true });
});

const call = async (by: string, path: string, input: unknown = {}) => {
  const answer = await (as.get(by) as Browser).post(`/rpc/${path}`, input);
  return { code: answer.code, data: answer.status === 200 ? answer.body.result.data : undefined, text: answer.text };
};
const plan = (more: object = {}) => ({
  onSchedule: true,
  folder: join(outside, "backups"),
  atHour: 3,
  keepDays: 30,
  rootFolder: join(outside, "roots"),
  ...more,
});

test("the plan belongs to the platform's administrators alone", async () => {
  for (const by of ["unit-admin", "auditor"])
    for (const [path, input] of [
      ["backups.state", {}],
      ["backups.savePlan", plan()],
      ["backups.now", {}],
    ] as const)
      expect([by, path, (await call(by, path, input)).code]).toEqual([by, path, "forbidden"]);
});

test("a folder that cannot be written, is no full path, or lies in the data is refused and nothing is kept", async () => {
  const before = (await call("platform", "backups.state")).data.plan;
  writeFileSync(join(outside, "file"), "");
  const unwritable = join(outside, "file", "backups");
  expect((await call("platform", "backups.savePlan", plan({ folder: join(outside, "no", "such") }))).code).toBe(
    "backup.folder",
  );
  expect((await call("platform", "backups.savePlan", plan({ folder: unwritable }))).code).toBe("backup.folder");
  expect((await call("platform", "backups.savePlan", plan({ folder: "backups" }))).code).toBe("backup.folder");
  expect((await call("platform", "backups.savePlan", plan({ rootFolder: unwritable }))).code).toBe("backup.folder");
  const inside = join(server.dataDir, "roots");
  expect((await call("platform", "backups.savePlan", plan({ rootFolder: inside }))).code).toBe("backup.folderInside");
  expect((await call("platform", "backups.savePlan", plan({ atHour: 24 }))).code).toBe("input.invalid");
  expect((await call("platform", "backups.state")).data.plan).toEqual(before);
});

test("what is saved is what is read, the place of the seal can be taken back, and both stand in the ledger", async () => {
  expect((await call("platform", "backups.savePlan", plan())).data).toEqual(plan());
  const without = plan({ rootFolder: null, onSchedule: false });
  expect((await call("platform", "backups.savePlan", without)).data).toEqual(without);
  expect((await call("platform", "backups.state")).data.plan).toEqual(without);
  const entries = (await call("auditor", "ledger.page", { kind: "house" })).data.items;
  expect(entries.map((e: { facts: { handsOutRoot: boolean } }) => e.facts.handsOutRoot)).toEqual([false, true]);
});

test("one by hand begins at once, a second waits for it, and how it went stands in the list", async () => {
  await call("platform", "backups.savePlan", plan({ rootFolder: null, onSchedule: false }));
  const hold = await server.database.pool.connect();
  await hold.query("select pg_advisory_lock($1, $2)", [0x646f_6f72, 12]);
  expect((await call("platform", "backups.state")).data.running).toBe(true);
  expect((await call("platform", "backups.now")).code).toBe("backup.running");
  await hold.query("select pg_advisory_unlock($1, $2)", [0x646f_6f72, 12]);
  hold.release();

  expect((await call("platform", "backups.now")).data).toEqual({ ok: true });
  await expect
    .poll(async () => (await call("platform", "backups.state")).data.backups.length, { timeout: 60_000 })
    .toBe(1);
  const [made] = (await call("platform", "backups.state")).data.backups;
  expect(made).toMatchObject({ kind: "byHand", good: true, there: true, problem: null });
  expect(existsSync(made.file)).toBe(true);
  rmSync(made.file);
  expect((await call("platform", "backups.state")).data.backups[0].there).toBe(false);
});
