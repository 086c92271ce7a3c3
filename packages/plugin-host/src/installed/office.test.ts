import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DoorstepError } from "@doorstep/contracts";
import { verifyLedger } from "@doorstep/kernel";
import { openTestKernel } from "@doorstep/kernel/testing";
import { afterAll, expect, test } from "vitest";
import { MANIFEST, SERVER } from "../archive/check-archive.ts";
import { createSigningKey } from "../archive/signature.ts";
import { openTestHost, post, type TestHostOptions } from "../testing/index.ts";
import { LINE, type RawArchive, rawArchive, testPublisher } from "../testing/raw-archive.ts";
import { archiveStore } from "./archive-store.ts";

const data = mkdtempSync(join(tmpdir(), "doorstep-office-"));
afterAll(() => rmSync(data, { recursive: true, force: true }));

const own = testPublisher("built here");
const friend = testPublisher("a friend");
const by = { by: "system", why: "test" } as const;

/** Says which version answers; with a database it counts its own calls there. */
const says = (word: string): string => `${LINE}
  hear((m) => (m.type === "begin" ? post(ready) : m.type === "call" && answer(m.call, ${JSON.stringify(word)})));`;

const box = (more: Partial<RawArchive> = {}): Promise<Buffer> =>
  rawArchive({ id: "box", server: says("one"), privateKey: own.privateKey, ...more });

async function open(more: Partial<TestHostOptions> & { readonly root?: string; readonly unsigned?: boolean } = {}) {
  const root = more.root ?? join(data, randomUUID());
  const at = await openTestHost({
    sources: [],
    ...more,
    archives: {
      store: archiveStore(root, randomUUID),
      own: own.publisher,
      drainMs: 1_000,
      unsigned: more.unsigned ?? false,
    },
  });
  const { archives } = at.host;
  if (!archives) throw new Error("nothing can be installed");
  return { at, archives, root, go: () => post(at, "box", "go", {}) };
}

const codesOf = async (archive: Promise<Uint8Array>, office: Awaited<ReturnType<typeof open>>["archives"]) => {
  const looked = await office.look(await archive);
  return looked.ok ? [] : looked.problems.map((one) => one.code);
};

test("what is no archive, was changed, or comes from nobody known is refused before anything of it runs", async () => {
  const { at, archives } = await open();
  await using _ = at;
  const codes = (archive: Promise<Uint8Array>) => codesOf(archive, archives);
  const put = (name: string, text: string) => (files: Map<string, Buffer>) => void files.set(name, Buffer.from(text));

  expect(await codes(Promise.resolve(Buffer.from("nothing")))).toEqual(["plugin.archiveUnreadable"]);
  expect(await codes(box({ tamper: (files) => void files.delete(MANIFEST) }))).toEqual(["plugin.archiveManifest"]);
  expect(await codes(box({ tamper: put(MANIFEST, "{}") }))).toEqual(["plugin.archiveManifest"]);
  expect(await codes(box({ tamper: put(SERVER, "evil") }))).toEqual(["plugin.archiveFile"]);
  expect(await codes(box({ tamper: put("more.mjs", "evil") }))).toEqual(["plugin.archiveFile"]);
  expect(await codes(box({ tamper: (files) => void files.delete(SERVER) }))).toEqual(["plugin.archiveFile"]);
  expect(await codes(box({ tamper: put("../outside", "evil") }))).toEqual(["plugin.archiveUnreadable"]);
  expect(await codes(box({ tamper: put("/etc/outside", "evil") }))).toEqual(["plugin.archiveUnreadable"]);
  expect(await codes(rawArchive({ id: "box", server: says("one") }))).toEqual(["plugin.unsigned"]);
  expect(await codes(box({ privateKey: createSigningKey().privateKey }))).toEqual(["plugin.publisherUnknown"]);
  expect(await codes(box({ tamper: put("plugin.sig", "{}") }))).toEqual(["plugin.signatureWrong"]);
  const forged = JSON.stringify({ keyId: own.publisher.keyId, signature: Buffer.alloc(64).toString("base64") });
  expect(await codes(box({ tamper: put("plugin.sig", forged) }))).toEqual(["plugin.signatureWrong"]);
  const later = box({
    tamper: (files) => {
      const text = files.get(MANIFEST)?.toString().replace('"1.0.0"', '"1.0.1"') ?? "";
      files.set(MANIFEST, Buffer.from(text));
    },
  });
  expect(await codes(later)).toEqual(["plugin.signatureWrong"]);
  expect(await codes(box({ manifest: { sdk: "^9.0.0" } }))).toEqual(["plugin.sdkRange"]);
  expect(await codes(box({ manifest: { sdkFloor: "1.99.0" } }))).toEqual(["plugin.sdkFloor"]);
  expect(await codes(box({ manifest: { sdkFloor: "0.1.0" } }))).toEqual([]);
  expect(await codes(box({ manifest: { capabilities: ["everything" as never] } }))).toEqual([
    "plugin.capabilityUnknown",
  ]);
  const unknown = { point: "kernel/nothing@9", key: "box/x", title: null } as const;
  expect(await codes(box({ manifest: { contributions: [unknown] } }))).toEqual(["plugin.pointUnknown"]);
  expect(await codes(box({ manifest: { requires: { nobody: "*" } } }))).toEqual(["plugin.requiresMissing"]);
  expect(await codes(box())).toEqual([]);
});

test("only development takes archives that nobody signed", async () => {
  const { at, archives } = await open({ unsigned: true });
  await using _ = at;
  expect(await codesOf(rawArchive({ id: "box", server: says("one") }), archives)).toEqual([]);
});

test("nothing is installed of which a capability was not approved; an upgrade says what more it asks for", async () => {
  const { at, archives, go } = await open();
  await using _ = at;
  const reading = box({ manifest: { capabilities: ["units.read"] } });
  await expect(archives.install(await reading, [], by)).rejects.toMatchObject({ code: "module.notApproved" });
  expect((await go()).error?.code).toBe("module.notFound");

  await archives.install(await reading, ["units.read"], by);
  const more = box({ version: "1.1.0", server: says("two"), manifest: { capabilities: ["units.read", "files"] } });
  const looked = await archives.look(await more);

  expect(looked).toMatchObject({ ok: true, look: { runs: "1.0.0", more: ["files"] } });
  await expect(archives.install(await more, ["units.read"], by)).rejects.toMatchObject({
    code: "module.notApproved",
    params: { capabilities: "files" },
  });
  expect((await go()).data).toBe("one");
});

test("an upgrade that does not come up changes nothing", async () => {
  const { at, archives, go } = await open();
  await using _ = at;
  await archives.install(await box(), [], by);

  const broken = box({ version: "2.0.0", server: "throw new Error('boom')" });
  const dropping = box({
    version: "2.0.0",
    manifest: { capabilities: ["db"] },
    files: { "migrations/0001-x.sql": "drop table letters" },
  });
  const failing = box({
    version: "2.0.0",
    manifest: { capabilities: ["db"] },
    files: { "migrations/0001-x.sql": "create table a (id nothing)" },
  });
  for (const one of [broken, dropping, failing])
    await expect(archives.install(await one, ["db"], by)).rejects.toBeInstanceOf(DoorstepError);

  expect((await go()).data).toBe("one");
  expect((await archives.versions("box")).map((v) => [v.version, v.activeSince !== null])).toEqual([["1.0.0", true]]);
});

test("installed, upgraded, rolled back, ended and installed again under traffic: no call fails, no row is lost", async () => {
  const { at, archives, go } = await open();
  await using _ = at;
  const table = { "migrations/0001-rows.sql": "create table rows (id uuid primary key)" };
  const withTable = { manifest: { capabilities: ["db"] as const }, files: table };
  const [one, two] = [box(withTable), box({ version: "2.0.0", server: says("two"), ...withTable })];
  await archives.install(await one, ["db"], by);
  const rowsOf = async () => (await at.test.database.pool.query("select id from p_box.rows")).rowCount;
  await at.test.database.pool.query("insert into p_box.rows values (gen_random_uuid())");

  const answers: unknown[] = [];
  let running = true;
  const traffic = (async () => {
    while (running) {
      const { data: word, error } = await go();
      answers.push(word ?? error?.code);
    }
  })();
  await archives.install(await two, ["db"], by);
  const [, first] = await archives.versions("box");
  await archives.rollBack({ pluginId: "box", digest: first?.digest ?? "" }, by);
  await archives.install(await two, ["db"], by);
  running = false;
  await traffic;

  expect(new Set(answers)).toEqual(new Set(["one", "two"]));
  expect(await rowsOf()).toBe(1);
  await archives.end("box", by);
  expect((await go()).error?.code).toBe("module.notFound");
  expect(await rowsOf()).toBe(1);
  await archives.install(await one, ["db"], by);
  expect((await go()).data).toBe("one");
  expect(await rowsOf()).toBe(1);
  const { rows } = await at.test.database.pool.query(
    "select type from kernel.ledger where type like 'module.%' order by seq",
  );
  expect(rows.map((row) => row.type)).toEqual([
    ...Array(4).fill("module.installed"),
    "module.ended",
    "module.installed",
  ]);
  expect(await verifyLedger(at.kernel)).toMatchObject({ ok: true });
});

test("two who install at once do so one after the other", async () => {
  const { at, archives, go } = await open();
  await using _ = at;
  const [one, two] = [await box(), await box({ version: "2.0.0", server: says("two") })];

  await Promise.all([archives.install(one, [], by), archives.install(two, [], by)]);

  const versions = await archives.versions("box");
  expect(versions.filter((version) => version.activeSince)).toHaveLength(1);
  expect((await go()).data).toBe(versions[0]?.version === "1.0.0" ? "one" : "two");
});

test("what does not exist is neither rolled back to nor ended nor revoked; a key is an Ed25519 key", async () => {
  const { at, archives } = await open();
  await using _ = at;
  const of = { pluginId: "box", digest: "0".repeat(64) };
  await expect(archives.rollBack(of, by)).rejects.toMatchObject({ code: "module.versionUnknown" });
  await expect(archives.end("box", by)).rejects.toMatchObject({ code: "module.notFound" });
  await expect(archives.revoke("0".repeat(32), by)).rejects.toMatchObject({ code: "module.publisherUnknown" });
  await expect(archives.trust({ name: "x", publicKey: "no key" }, by)).rejects.toMatchObject({
    code: "module.publisherKey",
  });
});

test("a publisher is trusted from the moment it is named until it is revoked; what runs goes on", async () => {
  const { at, archives, go } = await open();
  await using _ = at;
  const theirs = box({ privateKey: friend.privateKey });
  expect(await codesOf(theirs, archives)).toEqual(["plugin.publisherUnknown"]);

  const keyId = await archives.trust({ name: "a friend", publicKey: friend.publisher.publicKey }, by);
  await archives.install(await theirs, [], by);
  await archives.revoke(keyId, by);

  expect((await go()).data).toBe("one");
  expect(await codesOf(theirs, archives)).toEqual(["plugin.publisherUnknown"]);
  expect((await archives.publishers()).map((one) => one.name)).toEqual(["built here"]);
  const [first] = await archives.versions("box");
  await archives.install(await box({ version: "2.0.0", server: says("two") }), [], by);
  const back = archives.rollBack({ pluginId: "box", digest: first?.digest ?? "" }, by);
  await expect(back).rejects.toMatchObject({ code: "module.publisherUnknown" });
  expect((await go()).data).toBe("two");
});

test("another process runs what was installed here once it is told, and one that starts later runs it at once", async () => {
  await using on = await openTestKernel();
  const root = join(data, randomUUID());
  const here = await open({ on, root });
  await using _here = here.at;
  const there = await open({ on, root });
  await using _there = there.at;
  await here.archives.install(await box(), [], by);
  expect((await there.go()).error?.code).toBe("module.notFound");

  await there.at.host.reload();
  const later = await open({ on, root });
  await using _later = later.at;

  expect([(await there.go()).data, (await later.go()).data]).toEqual(["one", "one"]);
});

test("a file that was changed on the disk since it was installed is not run, and the start says which", async () => {
  await using on = await openTestKernel();
  const root = join(data, randomUUID());
  const here = await open({ on, root });
  await using _here = here.at;
  await here.archives.install(await box(), [], by);
  const [version] = await here.archives.versions("box");
  if (!version) throw new Error("nothing was installed");
  const file = join(archiveStore(root, randomUUID).folderOf(version), SERVER);
  writeFileSync(file, says("evil"));

  const later = await open({ on, root });
  await using _later = later.at;

  const found = later.at.host.snapshot().plugins.get("box");
  expect(found?.problems.map((one) => [one.code, one.message.en])).toEqual([
    ["plugin.loadFailed", "The module's code could not be loaded: server.mjs was changed"],
  ]);
  expect((await later.go()).error?.code).toBe("module.notFound");

  // whoever looks at the first process, where it runs, learns of it
  const admin = await on.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  await later.at.host.serving.health.book.settled();
  const [health] = await here.at.as(admin).modules.health({});
  expect(health).toMatchObject({ id: "box", state: "active", incidents: [{ code: "notStarted", version: "1.0.0" }] });
});

test("in safe mode no module runs or is tried out; what was installed can be taken back and ended", async () => {
  await using on = await openTestKernel();
  const root = join(data, randomUUID());
  const before = await open({ on, root });
  await using _before = before.at;
  const ran = join(root, "ran");
  const marks = (word: string) =>
    `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(ran)}, "x");\n${says(word)}`;
  await before.archives.install(await box({ server: marks("one") }), [], by);
  await before.archives.install(await box({ version: "2.0.0", server: marks("two") }), [], by);
  rmSync(ran);

  const safe = await open({ on, root, safeMode: true });
  await using _safe = safe.at;
  expect(safe.at.host.snapshot().plugins.get("box")).toMatchObject({
    state: "rejected",
    manifest: { version: "2.0.0", title: { en: "Module box" } },
    problems: [{ code: "plugin.safeMode" }],
  });
  expect((await safe.go()).error?.code).toBe("module.notFound");
  await expect(
    safe.archives.install(await box({ version: "3.0.0", server: marks("three") }), [], by),
  ).rejects.toMatchObject({
    code: "module.archive",
    params: { problemEn: expect.stringContaining("Safe mode") },
  });
  const [, first] = await safe.archives.versions("box");
  await safe.archives.rollBack({ pluginId: "box", digest: first?.digest ?? "" }, by);
  expect((await safe.archives.versions("box"))[0]).toMatchObject({ version: "1.0.0", activeSince: expect.any(Date) });
  await safe.archives.end("box", by);

  expect(existsSync(ran), "nothing of it ran").toBe(false);
  expect((await safe.archives.versions("box")).some((one) => one.activeSince)).toBe(false);
});
