import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DoorstepError } from "@doorstep/contracts";
import { connect, pluginNames, withLogin } from "@doorstep/database";
import { verifyLedger } from "@doorstep/kernel";
import { afterAll, expect, test } from "vitest";
import { readFiles } from "../archive/read-files.ts";
import { openTestHost, post } from "../testing/index.ts";
import { LINE, type RawArchive, rawArchive, testPublisher } from "../testing/raw-archive.ts";
import { archiveHandlers } from "./archive-handlers.ts";
import { archiveStore } from "./archive-store.ts";
import { dropDate } from "./removals.ts";

const data = mkdtempSync(join(tmpdir(), "doorstep-removals-"));
afterAll(() => rmSync(data, { recursive: true, force: true }));

const own = testPublisher("built here");
const system = { by: "system", why: "test" } as const;
const WELL = `${LINE} hear((m) => (m.type === "begin" ? post(ready) : m.type === "call" && answer(m.call, "well")));`;
const sql = { "migrations/0001-rows.sql": "create table rows (id uuid primary key)" };
const box = (manifest: RawArchive["manifest"] = {}): Promise<Buffer> =>
  rawArchive({
    id: "box",
    server: WELL,
    privateKey: own.privateKey,
    manifest: { capabilities: ["db"], ...manifest },
    files: sql,
  });

/** The box with one row, out of service, and two administrators. */
async function open(manifest: RawArchive["manifest"] = {}) {
  const root = join(data, randomUUID());
  const at = await openTestHost({
    sources: [],
    archives: { store: archiveStore(root, randomUUID), own: own.publisher, drainMs: 0 },
  });
  const { archives } = at.host;
  if (!archives) throw new Error("nothing can be installed");
  const { pool } = at.test.database;
  await archives.install(await box(manifest), ["db"], system);
  await pool.query("insert into p_box.rows values (gen_random_uuid())");
  const one = await at.test.person("one", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const two = await at.test.person("two", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const handlers = archiveHandlers(at.host, { read: async () => undefined });
  const view = (actor = one) => handlers.installed(at.request(actor), {});
  const ask = (actor = one) => handlers.purge(at.request(actor), { pluginId: "box", why: "not used for a year" });
  const decide = async (approve: boolean, actor = two) =>
    handlers.decidePurge(at.request(actor), {
      id: (await view()).ended[0]?.removal?.id ?? randomUUID(),
      approve,
      why: "so be it",
    });
  const schemas = async () =>
    (
      await pool.query<{ name: string }>("select nspname as name from pg_namespace where nspname ~ 'p_box' order by 1")
    ).rows.map((row) => row.name);
  return { at, archives, root, pool, one, two, view, ask, decide, schemas };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: DoorstepError) => error.code,
  );

test("data of a module go only after it has ended, asked by one person and decided by another", async () => {
  const o = await open();
  await using _ = o.at;

  expect(await codeOf(o.ask())).toBe("module.running");
  await o.archives.end("box", system);
  expect(await codeOf(o.archives.removals.ask("box", system))).toBe("unauthorized");
  expect((await o.view()).ended).toMatchObject([{ id: "box", data: "kept", removal: null }]);
  expect((await o.ask()).ended).toMatchObject([
    { data: "asked", removal: { askedBy: "one", mine: true, dropOn: null } },
  ]);
  expect(await codeOf(o.ask(o.two))).toBe("module.noData");
  expect(await codeOf(o.decide(true, o.one))).toBe("module.samePerson");
  expect(await o.schemas()).toEqual(["p_box"]);

  const after = await o.decide(true);

  expect(after.ended).toMatchObject([{ data: "archived", removal: { dropOn: "2027-03-02", mine: false } }]);
  expect(await o.schemas()).toEqual([expect.stringMatching(/^zz_p_box_[0-9a-f]{12}$/)]);
  expect(await codeOf(o.decide(true))).toBe("module.noData");
  const login = connect(withLogin(o.at.test.database.url, pluginNames("box").login), { max: 1 });
  await expect(login.query("select 1")).rejects.toThrow(/not permitted to log in/);
  await login.end();
  const { rows } = await o.pool.query(
    "select type, actor from kernel.ledger where type like 'module.purge%' order by seq",
  );
  expect(rows).toEqual([
    { type: "module.purgeAsked", actor: `person:${o.one.personId}` },
    { type: "module.purgeDecided", actor: `person:${o.two.personId}` },
  ]);
  expect(await verifyLedger(o.at.kernel)).toMatchObject({ ok: true });
});

test("installed again within its term the module finds its rows, as often as one likes", async () => {
  const o = await open();
  await using _ = o.at;
  for (let round = 1; round <= 2; round += 1) {
    await o.archives.end("box", system);
    await o.ask();
    await o.decide(true);

    await o.archives.install(await box(), ["db"], system);

    expect((await post(o.at, "box", "go", {})).data).toBe("well");
    expect((await o.pool.query("select from p_box.rows")).rowCount).toBe(1);
    expect((await o.view()).ended).toEqual([]);
  }
  const { rows } = await o.pool.query("select name from doorstep_meta.migrations where package = 'p_box'");
  expect(rows).toEqual([{ name: "0001-rows.sql" }]);
  expect(await o.archives.removals.dropDue()).toBe(0);
});

test("over its term it is destroyed with its settings and files; what was declined stays", async () => {
  const o = await open({ retention: "none" });
  await using _ = o.at;
  await o.archives.end("box", system);
  await o.ask();
  expect((await o.decide(false, o.one)).ended).toMatchObject([{ data: "kept", removal: null }]);
  await o.ask();
  await o.decide(true);
  await o.pool.query(
    `insert into kernel.plugin_setting (plugin_id, unit_id, key, value, authority, why, at)
     values ('box', $1, 'x', '1', $1, 'x', now())`,
    [o.at.test.units.first],
  );
  // where it stood among the events, what it had failed at, and when its work would come next
  await o.pool.query("insert into kernel.consumers (name, epoch, xid, id) values ('plugin:box', 1, '0', $1)", [
    o.at.test.units.first,
  ]);
  await o.pool.query(
    "insert into kernel.parked (consumer, event_id, case_id, attempts) values ('plugin:box', $1, $1, 8)",
    [o.at.test.units.first],
  );
  await o.pool.query("insert into kernel.plugin_job (plugin_id, job, unit_id, due_at) values ('box', 'x', $1, now())", [
    o.at.test.units.first,
  ]);

  o.at.test.clock.advance({ days: 29 });
  expect(await o.archives.removals.dropDue()).toBe(0);
  o.at.test.clock.advance({ days: 1 });
  expect(await o.archives.removals.dropDue()).toBe(1);

  expect(await o.schemas()).toEqual([]);
  for (const left of [
    "kernel.plugin_setting",
    "kernel.plugin_job",
    "kernel.parked",
    "kernel.consumers where name = 'plugin:box'",
  ])
    expect([left, (await o.pool.query(`select from ${left}`)).rowCount]).toEqual([left, 0]);
  expect((await o.view()).ended).toMatchObject([{ data: "none", removal: null }]);
  expect(await codeOf(o.ask())).toBe("module.noData");
  await o.archives.install(await box({ retention: "none" }), ["db"], system);
  expect((await post(o.at, "box", "go", {})).data, "and it begins anew").toBe("well");
  expect((await o.pool.query("select from p_box.rows")).rowCount).toBe(0);
});

test("a module whose data are kept for good does not lose them; terms are those it names", async () => {
  const o = await open({ retention: "archive" });
  await using _ = o.at;
  await o.archives.end("box", system);
  expect(await codeOf(o.ask())).toBe("module.keepsData");
  expect(await o.schemas()).toEqual(["p_box"]);

  const now = new Date("2026-03-02T02:00:00Z");
  expect([dropDate("none", now), dropDate("1y", now), dropDate("10y", now)]).toEqual([
    "2026-04-01",
    "2027-03-02",
    "2036-03-02",
  ]);
});

test("in a house restored from a backup, which holds nothing that was put aside, the module begins anew", async () => {
  const o = await open();
  await using _ = o.at;
  await o.archives.end("box", system);
  await o.ask();
  await o.decide(true);
  const [aside] = await o.schemas();
  await o.pool.query(`drop schema "${aside}" cascade`);

  await o.archives.install(await box(), ["db"], system);

  expect((await o.pool.query("select from p_box.rows")).rowCount).toBe(0);
});

test("what stands in its tables is exported whole, while it runs, after it ended and while it is put aside", async () => {
  const o = await open();
  await using _ = o.at;
  await o.pool.query(
    'create table p_box."../Odd name" (words text); insert into p_box."../Odd name" values (\'一行\n两行\')',
  );
  const exported = async (name: string) => {
    const file = join(data, `${randomUUID()}-${name}.tar.gz`);
    const made = await o.archives.exportData("box", file, system);
    const read = await readFiles(readFileSync(file));
    return { made, files: new Map([...read].map(([path, bytes]) => [path, bytes.toString("utf8")])) };
  };

  const running = await exported("running");
  await o.archives.end("box", system);
  const ended = await exported("ended");
  await o.ask();
  await o.decide(true);
  const aside = await exported("aside");

  expect(running.made.tables.map(({ name, rows }) => [name, rows])).toEqual([
    ["../Odd name", 1],
    ["rows", 1],
  ]);
  expect(JSON.parse(running.files.get("1-___Odd_name.jsonl") ?? "")).toEqual({ words: "一行\n两行" });
  expect(JSON.parse(running.files.get("export.json") ?? "")).toEqual(running.made);
  expect([ended.made.tables, aside.made.tables]).toEqual([running.made.tables, running.made.tables]);
  await expect(o.archives.exportData("nothing", join(data, "none"), system)).rejects.toMatchObject({
    code: "module.noData",
  });
  expect(readdirSync(data).filter((name) => name.startsWith("export-"))).toEqual([]);
});

test("folders that nobody refers to go at the next start, unless somebody may be at them", async () => {
  const o = await open();
  await using _ = o.at;
  const [known] = readdirSync(join(o.root, "box"));
  const [left, young] = [join(o.root, "box", "0.1.0-0123456789abcdef"), join(o.root, "fresh", "1.0.0-x.new")];
  for (const folder of [left, young, join(o.root, ".staged")]) mkdirSync(folder, { recursive: true });
  const longAgo = new Date(Date.now() - 7_200_000);
  utimesSync(left, longAgo, longAgo);
  utimesSync(join(o.root, "box", known ?? ""), longAgo, longAgo);

  await using _again = await openTestHost({
    sources: [],
    on: o.at.test,
    archives: { store: archiveStore(o.root, randomUUID), own: own.publisher },
  });

  expect(readdirSync(join(o.root, "box"))).toEqual([known]);
  expect([existsSync(young), existsSync(join(o.root, ".staged"))]).toEqual([true, true]);
});
