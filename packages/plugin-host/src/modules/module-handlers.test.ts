import { DoorstepError, errorText } from "@doorstep/contracts";
import { definePlugin } from "@doorstep/sdk";
import { channel, pluginServer } from "@doorstep/sdk/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { storedValues } from "../settings/read-settings.ts";
import { openTestHost, pluginFolder, sourceOf, type TestPluginHost } from "../testing/index.ts";
import { plain } from "../testing/sample-plugins.ts";

const title = { "zh-CN": "意见箱", en: "Suggestion box" };
const box = definePlugin({
  id: "box",
  title,
  purpose: title,
  sdk: "^1.0.0",
  permissions: { open: { title, grants: ["officer"] } },
  settings: z.object({
    days: z.number().int().min(1).max(30).default(15).meta({ cascade: "atMost" }),
    hint: z.string().max(20).default("hello"),
    token: z.string().default("s3cret").meta({ secret: true }),
  }),
});
const boxServer = pluginServer(box, {
  channels: {
    letters: channel(box, {
      title,
      form: z.object({ words: z.string() }),
      anonymous: (ctx) => ctx.settings.days < 20,
      toCase: (_ctx, form) => ({ title: "x", body: form.words }),
    }),
  },
});

/** The box, a module that needs it, and one that is on by default. */
async function open() {
  const folder = pluginFolder("1.2.0");
  const at = await openTestHost({
    sources: [
      sourceOf(boxServer, folder.root),
      sourceOf(plain("needs-box", { requires: { box: "^1.0.0" } }), folder.root),
      sourceOf(plain("by-default", { onByDefault: true }), folder.root),
    ],
  });
  const { test: kernel } = at;
  const admin = (unit: "brigade" | "first" | "company", subtree = true) =>
    kernel.person(unit, unit, [{ role: "unitAdmin", unit, subtree }]);
  return {
    at,
    units: kernel.units,
    people: {
      brigade: await admin("brigade"),
      first: await admin("first"),
      company: await admin("company"),
      officer: await kernel.person("officer", "first", [{ role: "officer", unit: "first" }]),
      flat: await admin("first", false),
    },
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}
type Opened = Awaited<ReturnType<typeof open>>;
type Person = keyof Opened["people"];

const revisionOf = async (at: TestPluginHost): Promise<number> =>
  (await at.kernel.pool.query("select revision from kernel.plugin_registry")).rows[0].revision;

async function choose(
  o: Opened,
  by: Person,
  unit: keyof Opened["units"],
  choice: "inherit" | "on" | "off",
  more: { readonly lock?: boolean; readonly pluginId?: string } = {},
) {
  return await o.at.as(o.people[by]).modules.choose({
    revision: await revisionOf(o.at),
    changes: [
      { unitId: o.units[unit], pluginId: more.pluginId ?? "box", choice, lock: more.lock ?? false, why: "reason" },
    ],
  });
}
const explained = (o: Opened, unit: keyof Opened["units"], pluginId = "box") =>
  o.at.as(o.people.brigade).modules.explain({ unitId: o.units[unit], pluginId });

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    const cause = (error as { cause?: unknown }).cause;
    return cause instanceof DoorstepError ? cause.code : String(error);
  }
}

test("each row of the table of DESIGN §5 is explained in both languages", async () => {
  await using o = await open();

  expect((await explained(o, "company")).sentence).toEqual({ "zh-CN": "默认：关闭。", en: "Off by default." });
  expect((await explained(o, "company", "by-default")).sentence.en).toBe("On by default.");

  await choose(o, "brigade", "brigade", "on");
  expect(await explained(o, "company")).toMatchObject({
    effective: true,
    own: "inherit",
    decidedBy: { code: "BRIGADE" },
  });
  expect((await explained(o, "company")).sentence).toEqual({
    "zh-CN": "由“brigade单位”开启，本单位可以更改。",
    en: "Turned on by “brigade unit”; this unit may change it.",
  });

  await choose(o, "first", "first", "off");
  expect((await explained(o, "first")).sentence).toEqual({
    "zh-CN": "本单位关闭（上级为开启）。",
    en: "Turned off by this unit (on above).",
  });

  await choose(o, "brigade", "brigade", "on", { lock: true });
  expect(await explained(o, "first")).toMatchObject({ effective: true, own: "off", lockedBy: { code: "BRIGADE" } });
  expect((await explained(o, "first")).sentence).toEqual({
    "zh-CN": "由“brigade单位”锁定为开启。本单位原来的选择（关闭）保留，解锁后恢复。",
    en: "Locked on by “brigade unit”. This unit's own choice (off) is kept and returns when the lock goes.",
  });

  await choose(o, "brigade", "brigade", "on");
  expect(await explained(o, "first")).toMatchObject({ effective: false, own: "off", lockedBy: null, why: "reason" });

  await choose(o, "brigade", "brigade", "on", { pluginId: "needs-box" });
  expect(await explained(o, "first", "needs-box")).toMatchObject({
    effective: false,
    blockedBy: [{ dependency: "box" }],
  });
  expect((await explained(o, "first", "needs-box")).sentence["zh-CN"]).toContain("等待：意见箱 未启用。");
  expect(await explained(o, "second", "needs-box")).toMatchObject({ effective: true, blockedBy: [] });
});

/** What the refused person reads, in both languages. */
async function refusalTexts(work: Promise<unknown>): Promise<readonly string[]> {
  const { cause } = await work.then(
    () => ({ cause: null }),
    (error: { cause?: unknown }) => error,
  );
  if (!(cause instanceof DoorstepError)) throw new Error("not refused");
  return [errorText(cause.code, cause.params, "zh-CN"), errorText(cause.code, cause.params, "en")];
}

test("a lock names its unit in the reader's language, for a choice and for a setting", async () => {
  await using o = await open();
  const texts = [
    "该模块由上级“brigade单位”锁定，可向其申请解锁。",
    "This module is locked by “brigade unit”. Ask it to unlock.",
  ];

  await choose(o, "brigade", "first", "on", { lock: true });
  expect(await refusalTexts(choose(o, "first", "first", "off"))).toEqual(texts);
  await save(o, "brigade", "brigade", { hint: "ours" }, ["hint"]);
  expect(await refusalTexts(save(o, "company", "company", { hint: "mine" }))).toEqual(texts);
});

test("nobody undoes from below what a superior has locked, and only a superior locks", async () => {
  await using o = await open();

  expect(await refusal(choose(o, "flat", "first", "on", { lock: true }))).toBe("module.lockRight");
  await choose(o, "brigade", "first", "on", { lock: true });

  // The locked row is the battalion's own, set by the brigade: the battalion cannot write over it.
  expect(await refusal(choose(o, "first", "first", "off"))).toBe("module.locked");
  expect(await refusal(choose(o, "first", "first", "on", { lock: true }))).toBe("module.locked");
  expect(await refusal(choose(o, "company", "company", "off"))).toBe("module.locked");
  expect(await explained(o, "company")).toMatchObject({ effective: true });

  await choose(o, "brigade", "first", "inherit");
  await choose(o, "first", "first", "off", { lock: true });
  expect(await refusal(choose(o, "company", "company", "on"))).toBe("module.locked");
  await choose(o, "brigade", "company", "on");
  expect(await explained(o, "company")).toMatchObject({ effective: false, own: "on" });
});

test("whoever may not is refused, and what is not there is not found", async () => {
  await using o = await open();

  expect(await refusal(choose(o, "first", "brigade", "on"))).toBe("forbidden");
  expect(await refusal(choose(o, "officer", "first", "on"))).toBe("forbidden");
  expect(await refusal(choose(o, "flat", "company", "on"))).toBe("forbidden");
  expect(await refusal(choose(o, "brigade", "first", "on", { pluginId: "nothing" }))).toBe("module.notFound");
  expect(await refusal(choose(o, "brigade", "first", "inherit", { lock: true }))).toBe("input.invalid");
  const elsewhere = { unitId: o.units.second, pluginId: "box" };
  expect(await refusal(o.at.as(o.people.first).modules.explain(elsewhere))).toBe("unit.notFound");
  expect(await refusal(o.at.as(o.people.first).modules.settings(elsewhere))).toBe("unit.notFound");
});

test("of two administrators who save at once one is told to look again", async () => {
  await using o = await open();
  const revision = await revisionOf(o.at);
  const save = (choice: "on" | "off") =>
    o.at.as(o.people.brigade).modules.choose({
      revision,
      changes: [{ unitId: o.units.first, pluginId: "box", choice, why: "x" }],
    });

  const outcomes = await Promise.all([refusal(save("on")), refusal(save("off"))]);

  expect(outcomes.toSorted()).toEqual(["done", "module.stale"]);
});

test("the preview says what choosing does, and changes nothing", async () => {
  await using o = await open();
  await choose(o, "company", "company", "off");
  const changes = [
    { unitId: o.units.first, pluginId: "box", choice: "on" as const, lock: true, why: "x" },
    { unitId: o.units.brigade, pluginId: "needs-box", choice: "on" as const, lock: false, why: "x" },
  ];
  const before = await o.at.kernel.pool.query("select * from kernel.plugin_effective order by 1, 2");

  const preview = await o.at.as(o.people.brigade).modules.preview({ changes });

  const seen = preview.map((p) => [p.unit.code, p.pluginId, p.before, p.after, p.cause, p.missing]);
  expect(seen).toHaveLength(5);
  expect(seen).toEqual(
    expect.arrayContaining([
      ["FIRST", "box", false, true, "own", []],
      ["COMPANY", "box", false, true, "inherited", []],
      ["FIRST", "needs-box", false, true, "inherited", []],
      ["COMPANY", "needs-box", false, true, "inherited", []],
      ["BRIGADE", "needs-box", false, false, "own", ["box"]],
    ]),
  );
  expect((await o.at.kernel.pool.query("select * from kernel.plugin_effective order by 1, 2")).rows).toEqual(
    before.rows,
  );
  const chosen = await o.at.as(o.people.brigade).modules.choose({ revision: await revisionOf(o.at), changes });
  expect(chosen.affected).toBe(4);
});

test("the preview counts running petitions of a plugin's channels, but none of a discipline organ", async () => {
  await using o = await open();
  await choose(o, "brigade", "brigade", "on");
  const { pool } = o.at.test.database;
  const insert = (confidentiality: number, status: string, channelKey = "box/slips") =>
    pool.query(
      `insert into kernel.cases (id, case_no, intake_unit_id, holder_unit_id, status, channel, channel_key, channel_label_zh, channel_label_en,
         track, purpose, confidentiality, anonymity, title, body, pack, pack_version, calendar, received_at, entered_at, version,
         ledger_seq, ledger_hash)
       values (gen_random_uuid(), gen_random_uuid()::text, $1, $1, $2, 'online', $4, '旧名称', 'An older name', 'ordinary', 'solve', $3,
         'named', 't', 'b', 'p', '1', 'c', now(), now(), 1, 1, '\\x00')`,
      [o.units.first, status, confidentiality, channelKey],
    );
  await insert(1, "inHandling");
  await insert(2, "received");
  await insert(1, "archived");
  await insert(1, "received", "other/slips");
  await insert(3, "received");

  const [own] = await o.at
    .as(o.people.brigade)
    .modules.preview({ changes: [{ unitId: o.units.first, pluginId: "box", choice: "off", lock: false, why: "x" }] });

  expect(own).toMatchObject({ unit: { code: "FIRST" }, before: true, after: false, openCases: 2 });
});

test("every choice leaves an entry in the chain of its unit", async () => {
  await using o = await open();

  await choose(o, "brigade", "first", "on", { lock: true });
  await choose(o, "brigade", "first", "off");

  const { rows } = await o.at.kernel.pool.query(
    "select type, actor, body from kernel.ledger where stream = $1 order by seq",
    [o.units.first],
  );
  expect(rows.map((r) => [r.type, r.actor, JSON.parse(r.body).facts])).toEqual([
    [
      "module.changed",
      `person:${o.people.brigade.personId}`,
      { plugin: "box", choice: "on", lock: true, was: "inherit", wasLock: false },
    ],
    [
      "module.changed",
      `person:${o.people.brigade.personId}`,
      { plugin: "box", choice: "off", lock: false, was: "on", wasLock: true },
    ],
  ]);
});

test("the matrix shows each administrator his own part of the tree", async () => {
  await using o = await open();
  await choose(o, "brigade", "first", "on", { lock: true });
  await choose(o, "brigade", "brigade", "on", { pluginId: "needs-box" });
  const { brigade, first, second } = o.units;

  const all = await o.at.as(o.people.brigade).modules.matrix({ expanded: [brigade, first] });
  expect(all.rows.map((r) => [r.unit.code, r.depth, r.children, r.manageable])).toEqual([
    ["BRIGADE", 0, 2, true],
    ["FIRST", 1, 1, true],
    ["COMPANY", 2, 0, true],
    ["SECOND", 1, 0, true],
  ]);
  const cell = (code: string, pluginId: string) =>
    all.rows.find((r) => r.unit.code === code)?.cells.find((c) => c.pluginId === pluginId);
  expect(cell("FIRST", "box")).toMatchObject({ own: "on", lock: true, effective: true, lockedByAbove: false });
  expect(cell("COMPANY", "box")).toMatchObject({ own: "inherit", effective: true, lockedByAbove: true });
  expect(cell("SECOND", "needs-box")).toMatchObject({ effective: false, warning: true });

  const own = await o.at.as(o.people.first).modules.matrix({ expanded: [brigade, second] });
  expect(own.rows.map((r) => [r.unit.code, r.depth])).toEqual([["FIRST", 0]]);
  const found = await o.at.as(o.people.brigade).modules.matrix({ q: "comp" });
  expect(found.rows.map((r) => r.unit.code)).toEqual(["COMPANY"]);
  expect((await o.at.as(o.people.first).modules.matrix({ q: "second" })).rows).toEqual([]);
  expect(all.modules.map((m) => [m.id, m.state, m.enabledUnits, m.hasSettings])).toEqual([
    ["box", "active", 2, true],
    ["by-default", "active", 4, false],
    ["needs-box", "active", 2, false],
  ]);
});

test("a unit with more below it than are sent at once says how many are left out", async () => {
  await using o = await open();
  const { brigade, second } = o.units;
  expect((await o.at.as(o.people.brigade).modules.matrix({ expanded: [brigade] })).hidden).toBe(0);
  await o.at.kernel.pool.query(
    `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, policy_pack, valid_from)
     select made.id, 'Z' || made.n, '连', 'Company', u.level + 1, u.id, u.path || made.id, u.time_zone, u.policy_pack, u.valid_from
       from kernel.units u, (select gen_random_uuid() as id, n from generate_series(1, 2600) n) made where u.id = $1`,
    [second],
  );

  const some = await o.at.as(o.people.brigade).modules.matrix({ expanded: [brigade, second] });

  expect([some.rows.length, some.hidden]).toEqual([2_500, 103]);
  // what was opened stands above what is below it
  expect(some.rows.slice(0, 3).map((row) => row.unit.code)).toEqual(["BRIGADE", "FIRST", "SECOND"]);
});

const save = async (
  o: Opened,
  by: Person,
  unit: keyof Opened["units"],
  values: Record<string, unknown>,
  lock: string[] = [],
) =>
  await o.at.as(o.people[by]).modules.saveSettings({
    unitId: o.units[unit],
    pluginId: "box",
    revision: await revisionOf(o.at),
    values,
    lock,
    why: "x",
  });

test("settings come down key by key, and a unit may be stricter but not looser", async () => {
  await using o = await open();

  await save(o, "brigade", "brigade", { days: 10, hint: "ask" });
  const company = await save(o, "company", "company", { days: 7 });
  expect(company.values.days).toMatchObject({ value: 7, own: true, from: { code: "COMPANY" } });
  expect(company.values.hint).toMatchObject({ value: "ask", own: false, from: { code: "BRIGADE" } });
  expect(company.values.token).toBeUndefined();

  expect(await refusal(save(o, "company", "company", { days: 11 }))).toBe("module.settingsAtMost");
  expect(await refusal(save(o, "company", "company", { days: 0 }))).toBe("module.settings");
  expect(await refusal(save(o, "company", "company", { nothing: 1 }))).toBe("module.settings");
  expect(await refusal(save(o, "officer", "first", { days: 7 }))).toBe("forbidden");

  // The superior tightens later: the looser value below does not count any more.
  await save(o, "brigade", "brigade", { days: 5 });
  const view = await o.at.as(o.people.company).modules.settings({ unitId: o.units.company, pluginId: "box" });
  expect(view.values.days).toMatchObject({ value: 5, from: { code: "BRIGADE" }, own: false });

  const back = await save(o, "company", "company", { days: null });
  expect(back.values.days).toMatchObject({ value: 5 });
});

test("a refusal names the setting, the superior and its bound; a preview shows what would change below, and changes nothing", async () => {
  await using o = await open();
  await save(o, "brigade", "brigade", { days: 10 });
  await save(o, "company", "company", { days: 8 });
  const tooMuch = await save(o, "company", "company", { days: 11 }).catch((error) => error.cause ?? error);
  expect(tooMuch).toMatchObject({ params: { key: "days", unit: "brigade单位", bound: "10" } });

  const preview = (values: Record<string, unknown>, lock: string[] = []) =>
    o.at.as(o.people.brigade).modules.previewSettings({ unitId: o.units.brigade, pluginId: "box", values, lock });
  const tighter = await preview({ days: 6, token: "another" });
  const changes = tighter.changes.map(({ unit, key, before, after }) => [unit.code, key, before, after]);
  expect(changes.filter(([, key]) => key === "days")).toEqual([
    ["BRIGADE", "days", 10, 6],
    ["FIRST", "days", 10, 6],
    ["SECOND", "days", 10, 6],
    ["COMPANY", "days", 8, 6],
  ]);
  expect(changes).toContainEqual(["COMPANY", "token", null, null]);
  expect(JSON.stringify(tighter)).not.toContain("another");
  expect(tighter.units).toBe(4);
  expect(await refusal(preview({ days: 0 }))).toBe("module.settings");
  const { rows } = await o.at.test.database.pool.query("select key, value from kernel.plugin_setting order by value");
  expect(rows).toEqual([
    { key: "days", value: 8 },
    { key: "days", value: 10 },
  ]);
  const below = { unitId: o.units.company, pluginId: "box", values: { days: 7 }, lock: [] };
  expect((await o.at.as(o.people.company).modules.previewSettings(below)).units).toBe(1);
  expect(await refusal(o.at.as(o.people.officer).modules.previewSettings(below))).toMatch(/forbidden|notFound/);
});

test("a secret lies encrypted, reaches the module and nobody's browser; what stood in clear is sealed at the start", async () => {
  await using o = await open();
  await save(o, "brigade", "brigade", { token: "geheim-1" });
  const all = async () =>
    JSON.stringify((await o.at.test.database.pool.query("select * from kernel.plugin_setting")).rows);
  const heard = async () => {
    const unit = await o.at.test.database.pool.query("select path from kernel.units where id = $1", [o.units.company]);
    const stored = await storedValues(o.at.kernel, { path: unit.rows[0].path }, ["box"]);
    return stored.find((one) => one.key === "token")?.value;
  };
  expect(await all()).not.toContain("geheim-1");
  expect(await heard()).toBe("geheim-1");
  const view = await o.at.as(o.people.company).modules.settings({ unitId: o.units.company, pluginId: "box" });
  expect(view.secrets).toEqual({
    token: { from: expect.objectContaining({ code: "BRIGADE" }), lockedBy: null, own: false },
  });
  expect(JSON.stringify(view)).not.toContain("geheim");

  await o.at.test.database.pool.query(
    "update kernel.plugin_setting set value = to_jsonb('geheim-2'::text), kek = null, dek = null, sealed = null",
  );
  expect(await heard()).toBe("geheim-2");
  await o.at.host.reload();
  expect(await all()).not.toContain("geheim-2");
  expect(await heard()).toBe("geheim-2");
  await o.at.test.database.pool.query("update kernel.plugin_setting set sealed = sealed || '\\x00'::bytea");
  expect(await heard(), "what cannot be opened counts as not set").toBeUndefined();
});

test("a locked key cannot be changed from below", async () => {
  await using o = await open();
  await save(o, "company", "company", { hint: "mine" });

  await save(o, "brigade", "brigade", { hint: "ours" }, ["hint"]);

  expect(await refusal(save(o, "company", "company", { hint: "mine" }))).toBe("module.locked");
  const view = await o.at.as(o.people.company).modules.settings({ unitId: o.units.company, pluginId: "box" });
  expect(view.values.hint).toMatchObject({ value: "ours", lockedBy: { code: "BRIGADE" } });
  expect(await refusal(save(o, "brigade", "brigade", {}, ["days"]))).toBe("module.settings");
  await save(o, "brigade", "brigade", { hint: "ours" });
  const open2 = await o.at.as(o.people.company).modules.settings({ unitId: o.units.company, pluginId: "box" });
  expect(open2.values.hint).toMatchObject({ value: "mine", lockedBy: null });
});

test("the registry lists what is on at a unit, with the reader's permissions and no secret", async () => {
  await using o = await open();
  await choose(o, "brigade", "first", "on");
  await save(o, "brigade", "company", { days: 25 });

  const first = await o.at.as(o.people.officer).registry.forUnit({});
  expect(first.unit?.code).toBe("FIRST");
  expect(first.plugins.find((p) => p.id === "box")).toEqual({
    id: "box",
    version: "1.2.0",
    ui: null,
    title,
    settings: { days: 15, hint: "hello" },
    permissions: ["open"],
  });
  expect(first.channels).toEqual([
    {
      key: "box/letters",
      pluginId: "box",
      title,
      anonymousAllowed: true,
      page: null,
      form: expect.objectContaining({ properties: { words: { type: "string" } } }),
    },
  ]);

  const nobody = await o.at.as().registry.forUnit({ unitCode: "company" });
  expect(nobody.channels[0]).toMatchObject({ key: "box/letters", anonymousAllowed: false });
  expect(nobody.plugins.find((p) => p.id === "box")?.permissions).toEqual([]);
  const root = await o.at.as().registry.forUnit({});
  expect(root).toMatchObject({ unit: null, channels: [] });
  expect(root.plugins.map((p) => p.id)).toEqual(["by-default"]);
  expect(await refusal(o.at.as().registry.forUnit({ unitCode: "NONE" }))).toBe("unit.notFound");
});

test("the kernel learns of a channel only where it is offered", async () => {
  await using o = await open();
  await choose(o, "brigade", "first", "on");

  expect(await o.at.host.channels.at(o.units.first, "box/letters")).toEqual({ label: title, anonymousAllowed: true });
  expect(await o.at.host.channels.at(o.units.second, "box/letters")).toBeNull();
  expect(await o.at.host.channels.at(o.units.first, "box/other")).toBeNull();
  expect(await o.at.host.channels.at(o.units.first, "box/constructor")).toBeNull();
  expect(await o.at.host.channels.at(o.units.first, "nothing/letters")).toBeNull();
});

test("moving a unit says beforehand which modules it gains and loses", async () => {
  await using o = await open();
  await choose(o, "brigade", "first", "on");
  await choose(o, "brigade", "second", "off", { pluginId: "by-default" });
  const client = await o.at.kernel.pool.connect();
  try {
    await client.query("begin");

    const changes = await o.at.host.modules.changesByMove(client, o.units.company, o.units.second);

    expect(changes).toEqual({ on: [], off: ["box", "by-default"] });
    const { rows } = await client.query("select parent_id from kernel.units where id = $1", [o.units.company]);
    expect(rows[0].parent_id).toBe(o.units.first);
  } finally {
    await client.query("rollback");
    client.release();
  }
});

test("a unit that is split leaves its choices, locks and settings to each part; what stood by its right stands by theirs", async () => {
  await using o = await open();
  await choose(o, "first", "first", "on", { lock: true });
  await choose(o, "first", "company", "off", { pluginId: "by-default" });
  const heir = crypto.randomUUID();
  const { pool } = o.at.kernel;
  await pool.query(
    `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, policy_pack, valid_from)
     values ($1, 'HEIR', '新', 'New', 2, $2, array[$2, $1]::uuid[], 'Asia/Shanghai', 'x', '2020-01-01')`,
    [heir, o.units.brigade],
  );
  await pool.query("update kernel.units set parent_id = $1, path = array[$2, $1, $3]::uuid[] where id = $3", [
    heir,
    o.units.brigade,
    o.units.company,
  ]);
  const before = await revisionOf(o.at);

  const changes = await o.at.host.modules.carry(pool, { from: o.units.first, to: heir, copy: true });

  expect(changes).toEqual({ on: [], off: [] });
  const { rows } = await pool.query(
    "select unit_id, plugin_id, choice, locked, authority from kernel.plugin_choice where unit_id <> $1 order by plugin_id",
    [o.units.first],
  );
  expect(rows).toEqual([
    { unit_id: heir, plugin_id: "box", choice: "on", locked: true, authority: heir },
    { unit_id: o.units.company, plugin_id: "by-default", choice: "off", locked: false, authority: heir },
  ]);
  const on = await pool.query(
    "select enabled, locked_by from kernel.plugin_effective where unit_id = $1 and plugin_id = 'box'",
    [o.units.company],
  );
  expect(on.rows).toEqual([{ enabled: true, locked_by: heir }]);
  expect(await revisionOf(o.at)).toBe(before + 1);
});

test("a unit that is merged into another takes that one's modules, and it is said which that changes", async () => {
  await using o = await open();
  await choose(o, "brigade", "first", "on");
  await choose(o, "brigade", "second", "off", { pluginId: "by-default" });

  const changes = await o.at.host.modules.carry(o.at.kernel.pool, {
    from: o.units.first,
    to: o.units.second,
    copy: false,
  });

  expect(changes).toEqual({ on: [], off: ["box", "by-default"] });
});
