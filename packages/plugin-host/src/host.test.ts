import { DoorstepError } from "@doorstep/contracts";
import { openTestKernel, testCalendar, testPack } from "@doorstep/kernel/testing";
import { definePlugin } from "@doorstep/sdk";
import { pluginRpc, pluginSchema, pluginServer } from "@doorstep/sdk/server";
import { uuid } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import type { PluginSource } from "./boot/sources.ts";
import { openTestHost, pluginFolder, post, sourceOf, type TestPluginHost } from "./testing/index.ts";
import { plain } from "./testing/sample-plugins.ts";

const title = { "zh-CN": "便笺", en: "Notes" };
const notes = definePlugin({
  id: "notes",
  title,
  purpose: title,
  sdk: "^1.0.0",
  capabilities: ["db"],
  onByDefault: true,
});
const rows = pluginSchema(notes).table("note", { id: uuid().primaryKey() });
const { router, procedure } = pluginRpc(notes);
const notesServer = pluginServer(notes, {
  router: router({
    add: procedure("public").mutation(async ({ ctx }) => {
      await ctx.db.insert(rows).values({ id: ctx.newId() });
      return (await ctx.db.select().from(rows)).length;
    }),
  }),
});
const table = { "0001-note.sql": "create table note (id uuid primary key);" };

const broken = (id: string, load: PluginSource["load"]): PluginSource => ({ id, root: "/nowhere", load });
const problemsOf = (at: TestPluginHost, id: string): readonly string[] =>
  (at.host.snapshot().plugins.get(id)?.problems ?? []).map((problem) => problem.code);

test("the start never fails because of a plugin, and says of each what is wrong and what to do", async () => {
  using good = pluginFolder("1.0.0");
  using noVersion = pluginFolder("");
  await using at = await openTestHost({
    sources: [
      broken("throws", () => Promise.reject(new Error("boom"))),
      broken("throws-at-once", () => {
        throw new Error("boom");
      }),
      broken("no-plugin", async () => ({ default: 42 as never })),
      sourceOf(plain("no-version"), noVersion.root),
      { ...sourceOf(plain("other-id"), good.root), id: "installed-id" },
      sourceOf(plain("too-new", { sdk: "^9.0.0" }), good.root),
      sourceOf(plain("lonely", { requires: { nobody: "^1.0.0" } }), good.root),
      sourceOf(plain("wants-newer", { requires: { fine: "^2.0.0" } }), good.root),
      sourceOf(plain("ring-a", { requires: { "ring-b": "*" } }), good.root),
      sourceOf(plain("ring-b", { requires: { "ring-a": "*" } }), good.root),
      sourceOf(plain("leans-on-ring", { requires: { "ring-a": "*" } }), good.root),
      sourceOf(plain("leans-on-fine", { requires: { fine: "^1.0.0" } }), good.root),
      sourceOf(plain("fine"), good.root),
    ],
  });

  const states = Object.fromEntries([...at.host.snapshot().ids].map((id) => [id, problemsOf(at, id)]));
  expect(states).toEqual({
    throws: ["plugin.loadFailed"],
    "throws-at-once": ["plugin.loadFailed"],
    "no-plugin": ["plugin.noDefinition"],
    "no-version": ["plugin.noVersion"],
    "other-id": ["plugin.idDiffers"],
    "too-new": ["plugin.sdkRange"],
    lonely: ["plugin.requiresMissing"],
    "wants-newer": ["plugin.requiresVersion"],
    "ring-a": ["plugin.requiresCycle"],
    "ring-b": ["plugin.requiresCycle"],
    "leans-on-ring": ["plugin.requiresRejected"],
    "leans-on-fine": [],
    fine: [],
  });
  for (const plugin of at.host.snapshot().plugins.values())
    for (const problem of plugin.problems) {
      expect(JSON.stringify(problem)).not.toMatch(/\{\w+\}/);
      expect(problem.fix?.["zh-CN"]).toBeTruthy();
      expect(problem.fix?.en).toBeTruthy();
    }
  const admin = await at.test.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const list = await at.as(admin).modules.list({});
  expect(list.find((one) => one.id === "throws")).toMatchObject({ state: "rejected", enabledUnits: 0 });
});

test("a plugin that hangs while it loads is left behind", async () => {
  using good = pluginFolder("1.0.0");
  await using at = await openTestHost({
    sources: [broken("hangs", () => new Promise(() => undefined)), sourceOf(plain("fine"), good.root)],
    loadSeconds: 0.2,
  });

  expect(problemsOf(at, "hangs")).toEqual(["plugin.loadTimeout"]);
  expect(at.host.snapshot().stateOf("fine")).toBe("active");
});

test("safe mode runs no plugin's code and still names them", async () => {
  using folder = pluginFolder("1.0.0", table);
  await using first = await openTestHost({ sources: [sourceOf(notesServer, folder.root)] });
  let loaded = 0;
  const source: PluginSource = {
    id: "notes",
    root: folder.root,
    load: async () => {
      loaded += 1;
      return { default: notesServer };
    },
  };

  await using at = await openTestHost({ sources: [source], safeMode: true, on: first.test });

  expect(loaded).toBe(0);
  expect(at.host.snapshot().plugins.get("notes")).toMatchObject({ state: "rejected", manifest: { title } });
  expect(problemsOf(at, "notes")).toEqual(["plugin.safeMode"]);
  expect((await post(at, "notes", "add", {})).error).toMatchObject({ code: "module.notFound" });
});

test("a plugin writes its own tables as its own login", async () => {
  using folder = pluginFolder("1.0.0", table);
  await using at = await openTestHost({ sources: [sourceOf(notesServer, folder.root)] });

  expect(await post(at, "notes", "add", {})).toMatchObject({ status: 200, data: 1 });
  expect(await post(at, "notes", "add", {})).toMatchObject({ data: 2 });
  const { rows: owners } = await at.test.database.pool.query(
    "select tableowner from pg_tables where schemaname = 'p_notes'",
  );
  expect(owners).toEqual([{ tableowner: "p_notes_owner" }]);
});

test.each([
  ["does more than add", "drop table note;", "plugin.migrationNotAdding"],
  ["fails", "create table other (id no_such_type);", "plugin.migrationFailed"],
])("a plugin whose migration %s is rejected, and its tables stay as they were", async (_, sql, code) => {
  using folder = pluginFolder("1.0.0", table);
  await using first = await openTestHost({ sources: [sourceOf(notesServer, folder.root)] });
  using next = pluginFolder("1.1.0", {
    ...table,
    "0002-extra.sql": "create table extra (id int);",
    "0003-bad.sql": sql,
  });

  await using at = await openTestHost({ sources: [sourceOf(notesServer, next.root)], on: first.test });

  expect(problemsOf(at, "notes")).toEqual([code]);
  const { rows: tables } = await at.test.database.pool.query(
    "select tablename from pg_tables where schemaname = 'p_notes'",
  );
  expect(tables).toEqual([{ tablename: "note" }]);
});

test("what requires a plugin that lost its tables falls with it", async () => {
  using folder = pluginFolder("1.0.0", { "0001-bad.sql": "drop table x;" });
  await using at = await openTestHost({
    sources: [sourceOf(plain("leans", { requires: { notes: "*" } }), folder.root), sourceOf(notesServer, folder.root)],
  });

  expect(problemsOf(at, "leans")).toEqual(["plugin.requiresRejected"]);
});

test("packs and calendars are copied, stay without their plugin, and are never overwritten", async () => {
  using folder = pluginFolder("1.0.0");
  const rules = (more: Partial<{ maxHops: number }>) => {
    const plugin = definePlugin({ id: "rules", title, purpose: title, sdk: "^1.0.0" });
    const pack = { ...testPack, id: "pack-x", ...more };
    return pluginServer(plugin, { policyPacks: [pack], calendars: [{ ...testCalendar, id: "x-2026.1" }] });
  };
  await using kernel = await openTestKernel();
  await using first = await openTestHost({ sources: [sourceOf(rules({}), folder.root)], on: kernel });
  expect(problemsOf(first, "rules")).toEqual([]);
  expect(first.kernel.rules.pack("pack-x", "1.0").key).toContain("pack-x");
  expect(first.kernel.rules.calendar("x-2026.1")).toBeDefined();

  await using again = await openTestHost({ sources: [sourceOf(rules({}), folder.root)], on: kernel });
  expect(problemsOf(again, "rules")).toEqual([]);
  await using changed = await openTestHost({ sources: [sourceOf(rules({ maxHops: 5 }), folder.root)], on: kernel });
  expect(problemsOf(changed, "rules")).toEqual(["plugin.packChanged"]);
  await using wrong = await openTestHost({ sources: [sourceOf(rules({ maxHops: -1 }), folder.root)], on: kernel });
  expect(problemsOf(wrong, "rules")).toEqual(["plugin.packInvalid"]);
  await using gone = await openTestHost({ sources: [], on: kernel });
  expect(gone.kernel.rules.pack("pack-x", "1.0").key).toContain("pack-x");
});

test("a choice outlives a start in which the plugin could not be loaded", async () => {
  using folder = pluginFolder("1.0.0");
  await using first = await openTestHost({ sources: [sourceOf(plain("fine", { onByDefault: true }), folder.root)] });
  const enabled = async () =>
    (await first.kernel.pool.query("select unit_id from kernel.plugin_effective where enabled")).rows.length;
  expect(await enabled()).toBe(4);

  await using at = await openTestHost({
    sources: [broken("fine", () => Promise.reject(new DoorstepError("unexpected")))],
    on: first.test,
  });

  expect(await enabled()).toBe(4);
  expect(at.host.snapshot().serves("fine")).toBe(false);
});
