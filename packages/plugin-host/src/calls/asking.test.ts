import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Actor, kernelHandlers } from "@doorstep/kernel";
import {
  fileForTest,
  inHandlingForTest,
  openTestKernel,
  staffForTest,
  type TestKernel,
} from "@doorstep/kernel/testing";
import { type AnyPluginServer, manifestOf } from "@doorstep/sdk/server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { archiveStore } from "../installed/archive-store.ts";
import { askingServer } from "../testing/asking-plugin.ts";
import { openTestHost, pluginFolder, post, sourceOf, type TestPluginHost } from "../testing/index.ts";
import { rawArchive, testPublisher } from "../testing/raw-archive.ts";

/** A neighbour on the network: answers what it was asked. */
async function neighbour(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      if (request.url === "/in/away") return response.writeHead(302, { location: "/out" }).end();
      if (request.url === "/in/none") return response.writeHead(204).end();
      if (request.url === "/in/huge") return response.end(Buffer.alloc(5 * 1024 * 1024));
      response.writeHead(200, { "content-type": "text/x-said", "set-cookie": "a=b" });
      return response.end(`${request.method} ${request.url} ${request.headers.host} ${Buffer.concat(parts)}`);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const reaching = (address: string): AnyPluginServer => ({
  ...askingServer,
  plugin: { ...askingServer.plugin, http: [address] },
});

/** The very same plugin in this process, and in a thread of its own behind the line of protocol 1. */
const modes = ["inline", "in a thread"] as const;

describe.each(modes)("a plugin %s", (mode) => {
  const data = mkdtempSync(join(tmpdir(), "doorstep-asking-"));
  const folder = pluginFolder("1.0.0");
  let t: TestKernel;
  let at: TestPluginHost;
  let beside: Awaited<ReturnType<typeof neighbour>>;
  let staff: Awaited<ReturnType<typeof staffForTest>>;
  let caseId: string;

  beforeAll(async () => {
    [t, beside] = await Promise.all([openTestKernel(), neighbour()]);
    const server = reaching(`${beside.url}/in/`);
    const own = testPublisher("built here");
    at = await openTestHost({
      on: t,
      handlers: kernelHandlers as never,
      ...(mode === "inline"
        ? { sources: [sourceOf(server, folder.root)] }
        : { sources: [], archives: { store: archiveStore(data, () => t.kernel.newId()), own: own.publisher } }),
    });
    if (mode !== "inline") {
      const manifest = manifestOf(server, "1.0.0");
      const code = `import { askingServer as server } from ${JSON.stringify(import.meta.resolve("../testing/asking-plugin.ts"))};
        import { ownPort, runPlugin } from ${JSON.stringify(import.meta.resolve("@doorstep/sdk/runner").replace("/src/runner.ts", "/dist/runner.js"))};
        runPlugin(server, ownPort());`;
      const archive = await rawArchive({ id: "asking", server: code, manifest, privateKey: own.privateKey });
      const by = { by: "system", why: "test" } as const;
      const approved = [...manifest.capabilities, `http:${beside.url}/in/`];
      await expect(at.host.archives?.install(archive, manifest.capabilities, by)).rejects.toMatchObject({
        code: "module.notApproved",
        params: { capabilities: `http:${beside.url}/in/` },
      });
      await at.host.archives?.install(archive, approved, by);
    }
    staff = await staffForTest(t);
    caseId = await inHandlingForTest(t, staff);
  }, 60_000);
  afterAll(async () => {
    await at[Symbol.asyncDispose]();
    await t[Symbol.asyncDispose]();
    beside.server.close();
    folder[Symbol.dispose]();
    rmSync(data, { recursive: true, force: true });
  });

  const ask = async (actor: Actor | undefined, name: string, ...args: readonly unknown[]) => {
    const answer = await post(at, "asking", "ask", { name, args }, { unitId: t.units.first, ...(actor && { actor }) });
    return answer.error ? { refused: answer.error.code } : answer.data;
  };
  const fetched = async (url: string, more: object = {}) =>
    (await post(at, "asking", "fetch", { url, ...more }, { unitId: t.units.first })).data;

  test("keeps a few fields at a petition in the name of whoever asks", async () => {
    expect(await ask(staff.officer, "caseData.get", caseId)).toBeNull();

    expect(await ask(staff.handler, "caseData.set", caseId, { visits: 2 })).toBeNull();

    const kept = { visits: 2, next: null, remark: "" };
    expect(await ask(staff.officer, "caseData.get", caseId)).toEqual(kept);
    // what the plugin may hear of is told to events and jobs, never to somebody who asks
    expect(await ask(staff.officer, "events.heard", [caseId])).toEqual([]);
    expect(await at.as(staff.officer).cases.moduleFacts({ caseId })).toMatchObject([
      { pluginId: "asking", facts: [{ label: { "zh-CN": "走访次数", en: "Visits" }, value: "2" }] },
    ]);
    expect(await ask(undefined, "caseData.get", caseId)).toEqual({ refused: "unauthorized" });
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "caseData.get", caseId)).toBeNull();
    expect(await ask(stranger, "caseData.set", caseId, { visits: 1 })).toEqual({ refused: "case.notFound" });
    for (const wrong of [{ visits: 10 }, {}, { visits: 1, remark: "长".repeat(6_000) }])
      expect(await ask(staff.handler, "caseData.set", caseId, wrong)).toEqual({ refused: "unexpected" });
    expect(await ask(staff.officer, "caseData.get", caseId)).toEqual(kept);
  });

  test("tells which of some petitions the asker may see, and counts none for nobody", async () => {
    const other = t.kernel.newId();
    expect(await ask(staff.officer, "cases.visible", [caseId, other])).toEqual([caseId]);
    const stranger = await t.person("外单位", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "cases.visible", [caseId])).toEqual([]);
    const aside = await t.person("回避者", "first", [{ role: "officer", unit: "first" }]);
    expect(await ask(aside, "cases.visible", [caseId])).toEqual([caseId]);
    await at.as(aside).recusal.declare({ caseId, key: t.key(), reason: "来信人是亲属" });
    expect(await ask(aside, "cases.visible", [caseId])).toEqual([]);
    expect(await ask(undefined, "cases.visible", [caseId])).toEqual({ refused: "unauthorized" });
    for (const wrong of [["x"], Array.from({ length: 2_001 }, () => other)])
      expect(await ask(staff.officer, "cases.visible", wrong)).toEqual({ refused: "input.invalid" });
  });

  test("tells who took part in petitions the asker may see, so that nobody checks his own work", async () => {
    const { handler, officer } = staff;
    const people = [handler.personId, officer.personId];
    const part = [{ caseId, personId: handler.personId }];
    expect(await ask(officer, "cases.tookPart", [caseId], people)).toEqual(part);
    expect(await ask(officer, "cases.tookPart", [caseId], [officer.personId])).toEqual([]);
    const signer = await t.person("签发人", "first", [{ role: "signer", unit: "first" }]);
    await t.database.pool.query(
      "insert into kernel.case_actors (case_id, person_id, part, level, at) values ($1, $2, 'signer', 'handle', $3)",
      [caseId, signer.personId, t.kernel.now()],
    );
    expect(await ask(officer, "cases.tookPart", [caseId], [signer.personId])).toEqual([
      { caseId, personId: signer.personId },
    ]);
    const stranger = await t.person("别处的人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "cases.tookPart", [caseId], people)).toEqual([]);
    expect(await ask(undefined, "cases.tookPart", [caseId], people)).toEqual({ refused: "unauthorized" });
    for (const wrong of [["x"], Array.from({ length: 101 }, () => t.kernel.newId())])
      expect(await ask(officer, "cases.tookPart", [caseId], wrong)).toEqual({ refused: "input.invalid" });
  });

  test("tells petitioners alone that a petition is theirs, and nothing of an accusation", async () => {
    const own = async (by: object, id = caseId) =>
      (await post(at, "asking", "ask", { name: "cases.own", args: [id] }, { unitId: t.units.first, ...by })).data;
    const mine = { caseId, state: "inHandling", category: "claim", himself: true };
    expect(await own({ codeOf: caseId })).toMatchObject({ ...mine, holder: { id: t.units.first } });
    const soldier = await t.person("来信人", "company", []);
    const filer = { actor: soldier.personId, petitionerId: soldier.personId };
    const other = await fileForTest(t, { anonymity: "confidential" }, filer);
    for (const by of [{}, { codeOf: other }, { actor: staff.handler }]) expect(await own(by)).toBeNull();
    expect(await own({ codeOf: caseId }, "x")).toBeNull();
    expect(await own({ actor: soldier }, other)).toMatchObject({ caseId: other, himself: true });
    expect(await own({ actor: soldier })).toBeNull();
    await t.database.pool.query("update kernel.cases set confidentiality = 3 where id = $1", [other]);
    expect(await own({ actor: soldier }, other)).toBeNull();
    await t.database.pool.query(
      "update kernel.cases set confidentiality = 1, destroyed_on = '2026-03-02' where id = $1",
      [other],
    );
    expect(await own({ actor: soldier }, other)).toBeNull();
  });

  test("tells a leader which petitions he has taken upon himself, and lists what counts as backlog", async () => {
    const leader = await t.person("包案领导", "first", [{ role: "chargeLeader", unit: "first" }]);
    expect(await ask(leader, "cases.charges")).toEqual([]);
    const { version } = await at.as(leader).cases.get({ caseId });
    await at.as(leader).cases.takeCharge({ caseId, version, key: t.key() });
    expect(await ask(leader, "cases.charges")).toEqual([{ caseId, takenAt: t.kernel.now().toISOString() }]);
    expect(await ask(staff.officer, "cases.charges")).toEqual([]);
    expect(await ask(undefined, "cases.charges")).toEqual({ refused: "unauthorized" });

    expect(await ask(leader, "cases.find", { backlog: true })).toEqual([]);
    await t.database.pool.query("update kernel.cases set flags = flags || '{backlog}' where id = $1", [caseId]);
    await t.database.pool.query("update kernel.case_audience set backlog = true where case_id = $1", [caseId]);
    expect(await ask(leader, "cases.find", { backlog: true })).toMatchObject([{ caseId }]);
    await t.database.pool.query(
      "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', now())",
      [leader.personId, caseId],
    );
    expect(await ask(leader, "cases.charges")).toEqual([]);
    expect(await ask(leader, "cases.find", { backlog: true })).toEqual([]);
  });

  test("names people of its unit to whoever does its work, and those who do it to anybody signed in", async () => {
    const talker = await t.person("谈心员", "first", [{ role: "talkOfficer", unit: "first" }]);
    const soldier = await t.person("战士", "company", []);
    const above = await t.person("旅谈心员", "brigade", [{ role: "talkOfficer", unit: "brigade", subtree: true }]);
    const named = (answer: unknown) => (answer as readonly { readonly name: string }[]).map((one) => one.name);

    const all = named(await ask(talker, "people.ofUnit"));
    expect(all).toEqual(expect.arrayContaining(["谈心员", "战士"]));
    expect(all).not.toContain("旅谈心员");
    const only = { ids: [soldier.personId, above.personId] };
    expect(await ask(talker, "people.ofUnit", only)).toMatchObject([{ id: soldier.personId, name: "战士" }]);
    expect(named(await ask(talker, "people.ofUnit", { q: "战" }))).toEqual(["战士"]);
    const people = (await ask(talker, "people.ofUnit")) as readonly { readonly id: string }[];
    expect(await ask(talker, "people.ofUnit", { after: people[0]?.id })).toEqual(people.slice(1));
    const ids = (await ask(talker, "people.idsOfUnit")) as readonly string[];
    expect(ids.toSorted()).toEqual(people.map((one) => one.id).toSorted());
    expect(await ask(talker, "people.idsOfUnit", { after: ids[0], limit: 1 })).toEqual([ids[1]]);
    expect(await ask(soldier, "people.idsOfUnit")).toEqual({ refused: "forbidden" });
    expect(await ask(undefined, "people.idsOfUnit")).toEqual({ refused: "unauthorized" });
    expect(named(await ask(soldier, "people.holding", "talkOfficer"))).toEqual(["谈心员", "旅谈心员"]);

    expect(await ask(soldier, "people.ofUnit")).toEqual({ refused: "forbidden" });
    expect(await ask(soldier, "people.holding", "discipline")).toEqual({ refused: "forbidden" });
    expect(await ask(undefined, "people.ofUnit")).toEqual({ refused: "unauthorized" });
    expect(await ask(undefined, "people.holding", "talkOfficer")).toEqual({ refused: "unauthorized" });
    expect(await ask(talker, "people.ofUnit", { limit: 501 })).toEqual({ refused: "input.invalid" });

    const news = { news: "due", params: { count: 1, on: "2026-03-09" } };
    expect(await ask(talker, "notify.tell", { ...news, to: { people: [soldier.personId] }, key: "his" })).toBe(1);
    expect((await at.as(soldier).notifications.list({})).items).toMatchObject([{ kind: "module", caseId: null }]);
    const many = { people: Array.from({ length: 21 }, () => soldier.personId) };
    expect(await ask(talker, "notify.tell", { ...news, to: many, key: "all" })).toEqual({ refused: "input.invalid" });
  });

  test("writes into the log what nobody wrote and nobody is, and no more", async () => {
    const lines: unknown[] = [];
    const warn = vi.spyOn(at.kernel.log, "warn").mockImplementation((...line) => void lines.push(line));
    await ask(staff.handler, "log.warn", "called back", { unit: "FIRST", who: "王小虎" });
    await ask(staff.handler, "log.warn", "给王小虎回了电话", { count: 2 });
    warn.mockRestore();
    expect(lines).toEqual([
      ["called back", { unit: "FIRST", who: "withheld", plugin: "asking" }],
      ["withheld: no plain English sentence", { count: 2, plugin: "asking" }],
    ]);
  });

  test("refuses in its own words, and keeps a way in to its own pages", async () => {
    const answer = await post(at, "asking", "refuse", {}, { unitId: t.units.first });
    expect(answer).toMatchObject({ status: 409, error: { code: "module.refused", params: { reason: "tooLate" } } });
    expect(answer.error?.params).toMatchObject({ whyEn: "That time is over. Choose another." });

    const { channels } = await at.as().registry.forUnit({ unitId: t.units.first });
    expect(channels.map((one) => one.key)).toEqual(["asking/desk"]);
  });

  test("the same fields again are no act", async () => {
    const entries = async () =>
      (await t.database.pool.query("select from kernel.ledger where type = 'case.dataKept'")).rowCount;
    await ask(staff.handler, "caseData.set", caseId, { visits: 3 });
    const before = await entries();

    await ask(staff.handler, "caseData.set", caseId, { visits: 3 });

    expect(await entries()).toBe(before);
  });

  const toldOf = async (actor: Actor) =>
    (await at.as(actor).notifications.list({ unread: false })).items.filter((one) => one.kind === "module");

  test("tells people in its own sentences, of numbers and dates alone", async () => {
    const news = { caseId, to: "handler", news: "due", params: { count: 3, on: "2026-03-09" }, key: "a" };

    expect(await ask(staff.officer, "notify.tell", news)).toBe(1);

    expect(await toldOf(staff.handler)).toMatchObject([
      { caseId, params: { module: "asking", zh: "2026-03-09前还需走访3户。", en: "3 visits are due by 2026-03-09." } },
    ]);
    expect(await ask(undefined, "notify.tell", news)).toEqual({ refused: "unauthorized" });
    for (const wrong of [
      { ...news, params: { count: 3, on: "张三" } },
      { ...news, params: { count: 3 } },
      { ...news, news: "other" },
      { ...news, news: "constructor" },
    ])
      expect(await ask(staff.officer, "notify.tell", wrong)).toEqual({ refused: "unexpected" });
    expect(await toldOf(staff.handler)).toHaveLength(1);
  });

  test("names the unit that its news is about, and none that is not there", async () => {
    const news = { caseId, to: "handler", news: "left" };
    await ask(staff.officer, "notify.tell", { ...news, key: "own" });
    await ask(staff.officer, "notify.tell", { ...news, about: t.units.company, key: "below" });

    const told = (await toldOf(staff.handler)).map((one) => String(one.params.en));
    expect(told.filter((one) => one.endsWith("has visits left.")).toSorted()).toEqual([
      "company unit has visits left.",
      "first unit has visits left.",
    ]);
    for (const about of [t.kernel.newId(), "first"])
      expect(await ask(staff.officer, "notify.tell", { ...news, about, key: "no" })).toEqual({
        refused: "input.invalid",
      });
  });

  test("reads the feed in its repeated work, and in nobody's name", async () => {
    expect(await ask(staff.officer, "feed.read", null)).toEqual({ refused: "forbidden" });
    expect(await ask(undefined, "feed.read", null)).toEqual({ refused: "forbidden" });
  });

  test("in its repeated work it tells in the name of the unit", async () => {
    await at.host.jobs.runDue();

    expect(await toldOf(staff.officer)).toMatchObject([
      { caseId: null, params: { en: expect.stringMatching(/^[1-9]\d* visits are due by 2026-03-09\.$/) } },
    ]);
  });

  test("in its repeated work it writes as the platform, into what is held there and is no accusation", async () => {
    const { rows } = await t.database.pool.query(
      "select case_id, author, visibility from kernel.messages where text = '已送达' or author = 'system'",
    );
    expect(rows).not.toEqual([]);
    for (const row of rows) expect(row).toMatchObject({ author: "system", visibility: "petitioner" });
  });

  test("suggests an act in the name of whoever asks", async () => {
    expect(await ask(staff.handler, "cases.propose", caseId, "T15", "等待外单位回信")).toBeNull();

    expect((await at.as(staff.officer).cases.get({ caseId })).proposals).toMatchObject([
      { act: "extend", module: { "zh-CN": "询问", en: "Asking" }, input: { why: "等待外单位回信" } },
    ]);
    expect(await ask(staff.handler, "cases.propose", caseId, "T27", "x")).toEqual({ refused: "act.refused" });
    for (const why of [" ", "长".repeat(501)])
      expect(await ask(staff.handler, "cases.propose", caseId, "T14", why)).toEqual({ refused: "input.invalid" });
    expect(await ask(undefined, "cases.propose", caseId, "T15", "x")).toEqual({ refused: "unauthorized" });
  });

  test("reads and writes the conversation by the rights of whoever asks", async () => {
    await ask(staff.handler, "thread.write", caseId, { text: "请补充材料", to: "petitioner" });
    await ask(staff.handler, "thread.write", caseId, { text: "已电话核实", to: "inside" });

    const said = (await ask(staff.officer, "thread.list", caseId)) as readonly object[];
    expect(said.slice(-2)).toMatchObject([
      { from: "office", to: "petitioner", text: "请补充材料", files: 0 },
      { from: "office", to: "inside", text: "已电话核实" },
    ]);
    expect(JSON.stringify(said)).not.toContain(staff.handler.name);
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "thread.list", caseId)).toBeNull();
    expect(await ask(stranger, "thread.write", caseId, { text: "x", to: "inside" })).toEqual({
      refused: "case.notFound",
    });
    const unknown = { text: "x", to: "inside", fileIds: [crypto.randomUUID()] };
    expect(await ask(staff.handler, "thread.write", caseId, unknown)).toEqual({ refused: "file.notFound" });
    expect(await ask(undefined, "thread.list", caseId)).toEqual({ refused: "unauthorized" });
    expect(await ask(staff.handler, "thread.write", caseId, { text: "", to: "inside" })).toEqual({
      refused: "input.invalid",
    });
  });

  test("lays in what the petitioner wrote later, by whoever registers there, as his own words", async () => {
    const words = { text: "又寄来一张单据。", channel: "asking/counter", receivedOn: "2026-02-27", key: "later" };
    const lay = (by: Actor | undefined, more: object = {}) =>
      ask(by, "thread.fromPetitioner", caseId, { ...words, ...more });
    const fileIds = [await attached(staff.clerk, "单据.pdf", "%PDF-1.4\n% a bill\n%%EOF\n")];

    expect(await lay(staff.clerk, { fileIds })).toBeNull();
    expect(await lay(staff.clerk, { fileIds })).toBeNull();

    const takenDown = { channel: { "zh-CN": "询问", en: "Asking" }, receivedOn: words.receivedOn };
    const { thread } = await at.as(staff.handler).cases.get({ caseId });
    expect(thread.filter((one) => one.text === words.text)).toMatchObject([
      { from: "petitioner", visibility: "petitioner", author: null, takenDown: { ...takenDown, by: staff.clerk.name } },
    ]);
    expect(thread.at(-1)?.files).toMatchObject([{ id: fileIds[0], name: "单据.pdf" }]);

    const stranger = await t.person("外人", "second", [{ role: "clerk", unit: "second" }]);
    expect(await lay(stranger)).toEqual({ refused: "case.notFound" });
    expect(await lay(staff.handler)).toEqual({ refused: "forbidden" });
    expect(await lay(undefined)).toEqual({ refused: "unauthorized" });
    expect(await lay(staff.clerk, { text: "另一封" })).toEqual({ refused: "key.reused" });
    const other = { key: "other" };
    expect(await lay(staff.clerk, { ...other, channel: "other/mail" })).toEqual({ refused: "intake.channelClosed" });
    expect(await lay(staff.clerk, { ...other, channel: "asking/none" })).toEqual({ refused: "intake.channelClosed" });
    expect(await lay(staff.clerk, { ...other, receivedOn: "2999-01-01" })).toEqual({ refused: "act.refused" });
    expect(await lay(staff.clerk, { ...other, fileIds })).toEqual({ refused: "file.notFound" });
    for (const wrong of [{ text: "" }, { receivedOn: "soon" }, { key: "" }, { fileIds: ["x"] }])
      expect(await lay(staff.clerk, { ...other, ...wrong })).toEqual({ refused: "input.invalid" });

    const sealed = await fileForTest(t, { purpose: "solve" });
    await t.database.pool.query("update kernel.cases set confidentiality = 3 where id = $1", [sealed]);
    const organ = await t.person("纪检干事", "brigade", [{ role: "discipline", unit: "brigade" }]);
    for (const by of [staff.clerk, organ])
      expect(await ask(by, "thread.fromPetitioner", sealed, words)).toMatchObject({ refused: expect.any(String) });
    expect((await t.database.pool.query("select from kernel.messages where case_id = $1", [sealed])).rowCount).toBe(0);
  });

  test("keeps records for a discipline organ, which its members read and nobody else", async () => {
    const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
    const [own] = (await ask(organ, "organs.mine")) as { organId: string }[];
    const organId = own?.organId ?? "";
    const recordId = t.kernel.newId();
    const record = { recordId, version: 0, data: { measure: "诫勉" } };
    expect(await ask(organ, "organs.keep", organId, record)).toBe(1);
    expect(await ask(organ, "organs.keep", organId, { ...record, data: { measure: "批评" } })).toBeNull();
    expect(await ask(organ, "organs.list", organId)).toMatchObject([{ recordId, version: 1, data: record.data }]);
    expect(await ask(staff.officer, "organs.mine")).toEqual([]);
    for (const [who, code] of [
      [staff.officer, "forbidden"],
      [staff.signer, "forbidden"],
      [undefined, "unauthorized"],
    ] as const) {
      expect(await ask(who, "organs.list", organId)).toEqual({ refused: code });
      expect(await ask(who, "organs.keep", organId, record)).toEqual({ refused: code });
    }
    const handed = { recordId: t.kernel.newId(), data: { from: "督查" } };
    expect(await ask(staff.officer, "organs.hand", handed)).toBe(true);
    const nearest = await t.person("营纪检", "first", [{ role: "discipline", unit: "first" }]);
    const [near] = (await ask(nearest, "organs.mine")) as { organId: string }[];
    expect(await ask(nearest, "organs.list", near?.organId)).toMatchObject([
      { recordId: handed.recordId, data: handed.data, by: staff.officer.personId },
    ]);
    expect(await ask(nearest, "organs.list", organId)).toEqual({ refused: "forbidden" });
    for (const wrong of [{ recordId: "1" }, { version: -1 }, { data: "x" }, { data: { x: "长".repeat(64_001) } }])
      expect(await ask(organ, "organs.keep", organId, { ...record, ...wrong })).toEqual({ refused: "input.invalid" });
  });

  test("gives people tasks, and ends those of its own", async () => {
    const task = { caseId, text: "走访", to: "handler", dueOn: "2026-03-09", key: "v" };

    const taskId = await ask(staff.officer, "tasks.give", task);

    expect(taskId).toEqual(expect.any(String));
    expect(await ask(staff.officer, "tasks.give", task)).toBe(taskId);
    expect(await ask(staff.handler, "tasks.list", caseId)).toMatchObject([{ taskId, text: "走访", mine: true }]);
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "tasks.list", caseId)).toEqual([]);
    expect(await ask(undefined, "tasks.give", task)).toEqual({ refused: "unauthorized" });
    for (const wrong of [{ text: "" }, { text: "长".repeat(501) }, { dueOn: "soon" }, { key: "x".repeat(101) }])
      expect(await ask(staff.officer, "tasks.give", { ...task, ...wrong })).toEqual({ refused: "input.invalid" });
    await t.database.pool.query("update kernel.tasks set plugin_id = 'other' where id = $1", [taskId]);
    const how = { done: true, result: "已走访" };
    expect(await ask(staff.handler, "tasks.end", taskId, how)).toEqual({ refused: "task.notFound" });
    await t.database.pool.query("update kernel.tasks set plugin_id = 'asking' where id = $1", [taskId]);
    expect(await ask(staff.handler, "tasks.end", taskId, { ...how, result: " " })).toEqual({
      refused: "input.invalid",
    });
    expect(await ask(staff.handler, "tasks.end", taskId, how)).toBeNull();
    expect(await at.as(staff.clerk).tasks.list({})).toMatchObject([{ text: "开箱", case: null }]);
    const { rows } = await t.database.pool.query("select distinct state from kernel.tasks where text = '收箱'");
    expect(rows).toEqual([{ state: "dropped" }]);
  });

  const caller = { name: "赵强", kind: "conscript", contact: "13800000000", filingFor: "self" };
  const call = (key: string, more: object = {}) => ({
    key: `call-000000000000${key}`,
    channel: "asking/desk",
    via: "phone",
    purpose: "solve",
    title: "津贴少发",
    body: "三月调动后少发一档。",
    anonymity: "named",
    petitioner: caller,
    readBack: true,
    ...more,
  });

  test("what the office takes down for somebody is his, not of whoever takes it down; who he is lies in the vault alone", async () => {
    const filed = (await ask(staff.clerk, "intake.fileFor", call("1"))) as { readonly caseNo: string };

    expect(await ask(staff.clerk, "intake.fileFor", call("1"))).toMatchObject({ caseNo: filed.caseNo });
    const of = await at.as(staff.officer).cases.byNo({ caseNo: filed.caseNo });
    expect(of).toMatchObject({ anonymity: "named", channelLabel: { en: "Asking" } });
    expect(JSON.stringify(of)).not.toContain("赵强");
    expect(await at.as(staff.clerk).intake.mine({})).toMatchObject({ items: [] });
    const { rows } = await t.database.pool.query("select actor from kernel.ledger where stream = $1 and seq = 1", [
      of.caseId,
    ]);
    expect(rows).toEqual([{ actor: `person:${staff.clerk.personId}` }]);
    expect(await ask(staff.handler, "intake.fileFor", call("2"))).toEqual({ refused: "forbidden" });
    expect(await ask(undefined, "intake.fileFor", call("3"))).toEqual({ refused: "unauthorized" });
    expect(await ask(staff.clerk, "intake.fileFor", call("4", { petitioner: undefined }))).toEqual({
      refused: "input.invalid",
    });
    expect(await ask(staff.clerk, "intake.fileFor", call("5", { channel: "other/desk" }))).toEqual({
      refused: "intake.channelClosed",
    });
    expect(await ask(staff.clerk, "intake.file", call("6"))).toEqual({ refused: "unexpected" });
  });

  const attached = async (actor: Actor | undefined, name: string, content: string, to = "intake") => {
    const input = { name, data: Buffer.from(content).toString("base64"), to };
    const answer = await post(at, "asking", "attach", input, { unitId: t.units.first, ...(actor && { actor }) });
    return answer.error ? { refused: answer.error.code } : String(answer.data);
  };

  test("what came with it is handed over once, and the day it came; spoken words are read back", async () => {
    const scan = await attached(staff.clerk, "来信.pdf", "%PDF-1.4\n% a letter\n%%EOF\n");
    const letter = { channel: "asking/counter", via: "letter", receivedOn: "2026-02-26", fileIds: [scan] };

    const filed = (await ask(staff.clerk, "intake.fileFor", call("A", letter))) as { readonly caseId: string };

    const of = await at.as(staff.officer).cases.get({ caseId: filed.caseId });
    expect(of).toMatchObject({ receivedAt: "2026-02-26T12:00:00.000Z", files: [{ id: scan, name: "来信.pdf" }] });
    expect(await ask(staff.clerk, "intake.fileFor", call("A", letter))).toMatchObject({ caseId: filed.caseId });
    expect(await ask(staff.clerk, "intake.fileFor", call("B", letter))).toEqual({ refused: "file.notFound" });
    const ahead = { ...letter, fileIds: [], receivedOn: "2026-12-01" };
    expect(await ask(staff.clerk, "intake.fileFor", call("C", ahead))).toEqual({ refused: "intake.receivedLater" });
    expect(await ask(staff.clerk, "intake.fileFor", call("D", { ...ahead, receivedOn: "soon" }))).toEqual({
      refused: "input.invalid",
    });
    const unread = { refused: "intake.readBack" };
    expect(await ask(staff.clerk, "intake.fileFor", call("E", { readBack: false }))).toEqual(unread);
    expect(await ask(staff.clerk, "intake.fileFor", call("F", { readBack: undefined }))).toEqual(unread);
    const record = await attached(staff.handler, "笔录.pdf", "%PDF-1.4\n% a record\n%%EOF\n", "thread");
    const note = { text: "听证笔录", to: "inside", fileIds: [record] };
    expect(await ask(staff.handler, "thread.write", caseId, note)).toBeNull();
    const said = (await at.as(staff.officer).cases.get({ caseId })).thread.find((one) => one.text === "听证笔录");
    expect(said).toMatchObject({ files: [{ id: record, name: "笔录.pdf" }] });
    expect(await ask(staff.handler, "thread.write", caseId, note)).toEqual({ refused: "file.notFound" });
    expect(await attached(undefined, "笔录.pdf", "%PDF-1.4\n%%EOF\n", "thread")).toEqual({ refused: "unauthorized" });
    expect(await attached(staff.clerk, "来信.exe", "MZ nothing that is looked at")).toEqual({ refused: "file.type" });
    expect(await attached(undefined, "来信.pdf", "%PDF-1.4\n%%EOF\n")).toEqual({ refused: "unauthorized" });
  });

  test("a petition of several is filed by one of them; each has the code he was given, and names are not read back", async () => {
    const secret = "s".repeat(32);
    const code = await ask(undefined, "intake.signerCode", secret);
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/);
    expect(await ask(staff.clerk, "intake.signerCode", secret)).toBe(code);
    expect(await ask(staff.clerk, "intake.signerCode", "short")).toEqual({ refused: "input.invalid" });

    const one = { secret, name: "联名人", kind: "conscript", contact: "13800000009", represents: false };
    const joint = (key: string, more: object = {}) => ({
      ...{ key: `joint-000000000000${key}`, channel: "asking/desk", purpose: "solve", title: "没有热水" },
      ...{ body: "三号楼没有热水。", anonymity: "named", petitioner: caller, coSigners: [one] },
      ...more,
    });
    const filed = (await ask(staff.clerk, "intake.fileJoint", joint("1"))) as { readonly caseNo: string };
    expect(filed).not.toHaveProperty("caseId");
    expect(await ask(staff.clerk, "intake.fileJoint", joint("1"))).toMatchObject({ caseNo: filed.caseNo });
    expect(await at.as().intake.track({ code: String(code) })).toMatchObject({ caseId: expect.any(String) });
    expect(await at.as(staff.clerk).intake.mine({})).toMatchObject({ items: [{ caseNo: filed.caseNo }] });

    for (const [asker, more, code] of [
      [undefined, {}, "unauthorized"],
      [staff.clerk, { channel: "other/desk" }, "intake.channelClosed"],
      [staff.clerk, { purpose: "accuse" }, "module.sealed"],
      [staff.clerk, { coSigners: [] }, "input.invalid"],
      [staff.clerk, { coSigners: [one, one] }, "input.invalid"],
      [staff.clerk, { coSigners: [{ ...one, name: "" }] }, "input.invalid"],
      [staff.clerk, { anonymity: "anonymous", petitioner: undefined }, "intake.identityMissing"],
      [
        staff.clerk,
        { coSigners: Array.from({ length: 5 }, (_, n) => ({ ...one, secret: `${n}`.repeat(32), represents: true })) },
        "intake.representatives",
      ],
    ] as const)
      expect([code, await ask(asker, "intake.fileJoint", joint("2", more))]).toEqual([code, { refused: code }]);
  });

  test("what people write themselves is theirs: by name among their matters, else behind the code alone", async () => {
    const own = (key: string, more: object = {}) => call(key, { via: "leaderMailbox", readBack: undefined, ...more });
    const filed = (await ask(staff.handler, "intake.fileOwn", own("O"))) as Readonly<Record<string, string>>;
    expect(await ask(staff.handler, "intake.fileOwn", own("O"))).toMatchObject({ caseNo: filed.caseNo });
    expect(await at.as(staff.handler).intake.mine({})).toMatchObject({ items: [{ caseNo: filed.caseNo }] });
    const nameless = { anonymity: "anonymous", petitioner: undefined };
    const silent = (await ask(staff.handler, "intake.fileOwn", own("P", nameless))) as { readonly caseNo: string };
    expect(JSON.stringify(await at.as(staff.handler).intake.mine({}))).not.toContain(silent.caseNo);
    const stranger = (await ask(undefined, "intake.fileOwn", own("Q"))) as Readonly<Record<string, string>>;
    expect(await at.as().intake.track({ code: String(stranger.returnCode) })).toMatchObject({
      caseId: stranger.caseId,
    });
    expect(await ask(staff.handler, "intake.fileOwn", own("R", { purpose: "accuse" }))).toMatchObject({ caseId: null });
    const under = (key: string) => ask(undefined, "intake.filed", `call-000000000000${key}`);
    const { caseId, caseNo, returnCode } = stranger;
    expect(await under("Q")).toEqual({ caseId, caseNo, returnCode });
    expect(await under("R")).toMatchObject({ caseId: null, returnCode: expect.any(String) });
    expect(await under("T")).toBeNull();
    await t.database.pool.query("update kernel.cases set channel_key = 'another/desk' where id = $1", [caseId]);
    expect(await under("Q")).toBeNull();
    for (const [more, code] of [
      [{ channel: "other/desk" }, "intake.channelClosed"],
      [{ petitioner: undefined }, "input.invalid"],
      [{ anonymity: "anonymous" }, "input.invalid"],
      [{ title: "" }, "input.invalid"],
    ] as const)
      expect([code, await ask(staff.handler, "intake.fileOwn", own("S", more))]).toEqual([code, { refused: code }]);
  });

  test("whoever gives no address is answered by return code; of an accusation no module keeps a trace", async () => {
    const nowhere = { petitioner: { name: "李某", kind: "family" } };
    const filed = (await ask(staff.clerk, "intake.fileFor", call("G", nowhere))) as { readonly caseId: string };
    expect(await ask(staff.officer, "people.get", filed.caseId, "回电核实")).toMatchObject({ contact: "—" });

    const accusation = call("H", { purpose: "accuse" });
    expect(await ask(staff.clerk, "intake.fileFor", accusation)).toMatchObject({ caseId: null });
  });

  test("a channel without a form is the office's own: nobody files there himself", async () => {
    const { channels } = await at.as(staff.officer).registry.forUnit({ unitId: t.units.first });
    expect(channels.map((one) => one.key)).toEqual(["asking/desk"]);
    const filing = { key: "own-0000000000000001", anonymity: "anonymous", purpose: "solve", form: { words: "灯坏了" } };
    const fileBy = (channel: string) =>
      post(at, "asking", "channel.file", { ...filing, channel }, { unitId: t.units.first });
    expect((await fileBy("counter")).error?.code).toBe("intake.channelClosed");
    expect((await fileBy("desk")).error).toBeNull();
  });

  test("who the petitioner is is opened by the kernel's rules, and he reads by whom and what for", async () => {
    const { caseNo } = (await ask(staff.clerk, "intake.fileFor", call("7"))) as { readonly caseNo: string };
    const { caseId: id } = await at.as(staff.officer).cases.byNo({ caseNo });

    expect(await ask(staff.officer, "people.get", id, "回电核实")).toEqual({
      name: "赵强",
      kind: "conscript",
      contact: "13800000000",
    });

    const { rows } = await t.database.pool.query("select purpose from vault.openings where case_id = $1", [id]);
    expect(rows).toEqual([{ purpose: "询问：回电核实" }]);
    expect(await ask(staff.clerk, "people.get", id, "回电核实")).toEqual({ refused: "forbidden" });
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "people.get", id, "回电核实")).toEqual({ refused: "case.notFound" });
    expect(await ask(undefined, "people.get", id, "回电核实")).toEqual({ refused: "unauthorized" });
    expect(await ask(staff.officer, "people.get", id, "x")).toEqual({ refused: "input.invalid" });
    expect(await ask(staff.officer, "people.get", caseId, "回电核实")).toEqual({ refused: "act.refused" });
  });

  test("what lies sealed with an organ is closed to it, whoever uses it", async () => {
    const { caseNo } = (await ask(staff.clerk, "intake.fileFor", call("8"))) as { readonly caseNo: string };
    const { caseId: id, version } = await at.as(staff.clerk).cases.byNo({ caseNo });
    await at.as(staff.clerk).cases.register({
      ...{ caseId: id, version, key: t.key() },
      ...{ category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 },
      ...{ demands: [{ text: "查清" }], safetyAnswered: true, duplicatesChecked: true },
    });
    const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
    expect(await at.as(organ).cases.get({ caseId: id })).toMatchObject({ confidentiality: 3 });

    expect(await ask(organ, "caseData.get", id)).toBeNull();
    expect(await ask(organ, "thread.list", id)).toBeNull();
    expect(await ask(organ, "tasks.list", id)).toEqual([]);
    const sealed = { refused: "module.sealed" };
    expect(await ask(organ, "thread.write", id, { text: "x", to: "inside" })).toEqual(sealed);
    expect(await ask(organ, "people.get", id, "核实身份")).toEqual(sealed);
    expect(await ask(organ, "procedures.runs", id, "talk")).toBeNull();
    expect(
      await ask(organ, "notify.tell", {
        caseId: id,
        to: "handler",
        news: "due",
        params: { count: 1, on: "2026-03-09" },
        key: "s",
      }),
    ).toEqual(sealed);
    await t.database.pool.query(
      "update kernel.cases set handler_id = $2, status = 'accepted', flags = array['inMediation'] where id = $1",
      [id, organ.personId],
    );
    const end = { because: "escalation", note: "转纪检" };
    expect(await ask(organ, "procedures.close", id, "talk", end)).toEqual({ refused: "act.refused" });
  });

  test("books people and rooms, and gives the hour as a calendar file", async () => {
    const { personId } = staff.handler;
    const hours = { startsAt: "2026-03-09T01:00:00Z", endsAt: "2026-03-09T02:00:00Z" };
    const asked = { caseId, place: "接访室", room: "101", people: [personId], ...hours, key: "m" };

    const made = await ask(staff.officer, "appointments.book", asked);

    expect(await ask(staff.officer, "appointments.book", asked)).toBe(made);
    expect(await ask(staff.officer, "appointments.book", { ...asked, key: "n" })).toEqual({
      refused: "appointment.taken",
    });
    expect(await ask(staff.handler, "appointments.list", caseId)).toMatchObject([
      { appointmentId: made, place: "接访室", mine: true },
    ]);
    expect(await ask(staff.handler, "appointments.calendar", made)).toContain("DTSTART:20260309T010000Z");
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "appointments.list", caseId)).toEqual([]);
    expect(await ask(stranger, "appointments.calendar", made)).toEqual({ refused: "appointment.notFound" });
    expect(await ask(undefined, "appointments.book", asked)).toEqual({ refused: "unauthorized" });
    for (const wrong of [{ place: "" }, { people: [] }, { startsAt: "soon" }, { key: "" }])
      expect(await ask(staff.officer, "appointments.book", { ...asked, ...wrong })).toEqual({
        refused: "input.invalid",
      });
    expect(await ask(staff.officer, "appointments.cancel", made)).toBeNull();
    expect(await ask(staff.officer, "appointments.book", { ...asked, key: "n" })).toEqual(expect.any(String));
  });

  test("opens and ends the procedures it conducts by the kernel's own acts, and no other", async () => {
    const id = await inHandlingForTest(t, staff);
    const how = { bothConsented: true, note: "由营调解小组调解", key: "m" };

    expect(await ask(staff.handler, "procedures.runs", id, "talk")).toBe(false);
    expect(await ask(staff.handler, "procedures.open", id, "talk", how)).toBeNull();
    expect(await ask(staff.handler, "procedures.open", id, "talk", how)).toBeNull();

    expect(await at.as(staff.officer).cases.get({ caseId: id })).toMatchObject({ marks: ["inMediation"] });
    expect(await ask(staff.officer, "procedures.runs", id, "talk")).toBe(true);
    const { rows } = await t.database.pool.query<{ body: string }>(
      "select body from kernel.ledger where stream = $1 and type = 'mediation.opened'",
      [id],
    );
    expect(rows).toMatchObject([{ body: expect.stringContaining('"module":"asking"') }]);
    expect(await ask(staff.handler, "procedures.open", id, "talk", { ...how, key: "n" })).toEqual({
      refused: "act.refused",
    });
    expect(
      await ask(staff.handler, "procedures.close", id, "talk", { because: "noAgreement", note: "可申请仲裁" }),
    ).toBe(null);
    expect(await ask(staff.officer, "procedures.runs", id, "talk")).toBe(false);
    const soon = { hearingOn: "2026-03-03", open: true, note: "主持人：王五", key: "h" };
    expect(await ask(staff.officer, "procedures.open", id, "board", soon)).toEqual({ refused: "act.refused" });
    expect(await ask(staff.officer, "procedures.open", id, "board", { ...soon, hearingOn: "2026-03-20" })).toBeNull();
    expect(await ask(staff.officer, "procedures.close", id, "board", { note: "应当补发" })).toBeNull();
    const led = { ...soon, hearingOn: "2026-03-20", chairId: staff.handler.personId, key: "led" };
    expect(await ask(staff.officer, "procedures.open", id, "board", led)).toEqual({ refused: "act.refused" });
    const free = { ...led, chairId: staff.signer.personId, panelIds: [staff.clerk.personId] };
    expect(await ask(staff.officer, "procedures.open", id, "board", free)).toBeNull();
    const seat = { personIds: [staff.handler.personId], note: "接替", key: "seat" };
    expect(await ask(staff.officer, "procedures.seat", id, "board", seat)).toEqual({ refused: "act.refused" });
    const other = await t.person("评议员", "second", []);
    const joins = { ...seat, personIds: [other.personId] };
    expect(await ask(staff.handler, "procedures.seat", id, "board", joins)).toEqual({ refused: "forbidden" });
    expect(await ask(staff.officer, "procedures.seat", id, "talk", joins)).toEqual({ refused: "input.invalid" });
    expect(await ask(staff.officer, "procedures.seat", id, "board", joins)).toBeNull();
    expect(await ask(staff.officer, "procedures.seat", id, "board", joins)).toBeNull();
    const changed = await t.database.pool.query<{ body: string }>(
      "select body from kernel.ledger where stream = $1 and type = 'hearing.panelChanged'",
      [id],
    );
    expect(changed.rows).toMatchObject([{ body: expect.stringContaining('"joined":1') }]);
    expect(await ask(staff.officer, "procedures.close", id, "board", { note: "应当补发" })).toBeNull();
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "procedures.runs", id, "talk")).toBeNull();
    expect(await ask(stranger, "procedures.open", id, "talk", how)).toEqual({ refused: "case.notFound" });
    expect(await ask(staff.signer, "procedures.open", id, "talk", how)).toEqual({ refused: "forbidden" });
    expect(await ask(undefined, "procedures.open", id, "talk", how)).toEqual({ refused: "unauthorized" });
    for (const wrong of [{ bothConsented: false }, { note: "" }])
      expect(await ask(staff.handler, "procedures.open", id, "talk", { ...how, ...wrong, key: "w" })).toEqual({
        refused: "input.invalid",
      });
    expect(await ask(staff.handler, "procedures.open", id, "daily", how)).toEqual({ refused: "unexpected" });
  });

  test("neither opens nor asks consent to a mediation of what is never mediated", async () => {
    const id = await inHandlingForTest(t, staff);
    await t.database.pool.query(
      "insert into kernel.case_topics (case_id, topic_id) select $1, id from kernel.topics where code = 'violence'",
      [id],
    );
    const how = { bothConsented: true, note: "由营调解小组调解", key: "v" };
    const words = { "zh-CN": "同意吗？", en: "Do you agree?" };

    expect(await ask(staff.handler, "procedures.open", id, "talk", how)).toEqual({ refused: "act.refused" });
    expect(await ask(staff.handler, "consents.ask", id, { code: "talk", words })).toEqual({ refused: "act.refused" });
    // any other consent, and a hearing, is as free as before
    expect(await ask(staff.handler, "consents.ask", id, { code: "board", words })).toBeNull();
    expect(await ask(staff.handler, "consents.list", id)).toMatchObject([{ code: "board" }]);
  });

  test("runs the periods it has declared, and no other", async () => {
    expect(await ask(staff.handler, "clocks.start", caseId, "visit", { from: "2026-03-03" })).toEqual({
      dueOn: "2026-03-10",
    });

    expect(await ask(staff.officer, "clocks.list", caseId)).toEqual([
      { code: "visit", state: "running", startedOn: "2026-03-03", dueOn: "2026-03-10" },
    ]);
    expect(await at.as(staff.officer).clocks.ofModules({ caseId })).toMatchObject([
      { module: { en: "Asking" }, name: { en: "Visit after seven days" }, state: "running" },
    ]);
    expect(await ask(staff.handler, "clocks.start", caseId, "visit")).toEqual({ refused: "act.refused" });
    expect(await ask(staff.handler, "clocks.start", caseId, "constructor")).toEqual({ refused: "unexpected" });
    expect(await ask(staff.handler, "clocks.start", caseId, "visit", { from: "soon" })).toEqual({
      refused: "input.invalid",
    });
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "clocks.list", caseId)).toEqual([]);
    expect(await ask(stranger, "clocks.stop", caseId, "visit")).toEqual({ refused: "case.notFound" });
    expect(await ask(undefined, "clocks.start", caseId, "visit")).toEqual({ refused: "unauthorized" });
    expect(await ask(staff.handler, "clocks.stop", caseId, "visit")).toBeNull();
    expect(await at.as(staff.officer).clocks.ofModules({ caseId })).toMatchObject([{ state: "stopped" }]);
  });

  test("asks the petitioner for his consent, in both languages", async () => {
    const question = { code: "talk", words: { "zh-CN": "同意调解吗？", en: "Do you want to mediate?" } };

    expect(await ask(staff.handler, "consents.ask", caseId, question)).toBeNull();

    expect(await ask(staff.officer, "consents.list", caseId)).toMatchObject([{ code: "talk", state: "asked" }]);
    expect(await at.as(staff.officer).cases.consents({ caseId })).toMatchObject([
      { module: { en: "Asking" }, words: question.words, state: "asked" },
    ]);
    expect(await ask(staff.handler, "consents.ask", caseId, question)).toEqual({ refused: "act.refused" });
    for (const wrong of [
      { code: "" },
      { words: { "zh-CN": "同意吗？" } },
      { words: { "zh-CN": "长".repeat(2_001), en: "x" } },
    ])
      expect(await ask(staff.handler, "consents.ask", caseId, { ...question, ...wrong })).toEqual({
        refused: "input.invalid",
      });
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "consents.list", caseId)).toEqual([]);
    expect(await ask(stranger, "consents.ask", caseId, question)).toEqual({ refused: "case.notFound" });
    expect(await ask(undefined, "consents.ask", caseId, question)).toEqual({ refused: "unauthorized" });
    expect(await ask(staff.handler, "consents.drop", caseId, "talk")).toBeNull();
    expect(await ask(staff.officer, "consents.list", caseId)).toMatchObject([{ state: "dropped" }]);
  });

  test("drafts letters from its templates, and no other", async () => {
    const on = { on: "2026-03-20" };

    const noticeId = await ask(staff.handler, "notices.draft", caseId, "invite", on);

    expect(await ask(staff.officer, "notices.list", caseId)).toEqual([
      { noticeId, template: "invite", state: "draft", sentBack: false, number: null, issuedOn: null },
    ]);
    const { doc } = await at.as(staff.signer).notices.preview({ caseId, noticeId: String(noticeId) });
    expect(JSON.stringify(doc)).toContain("请于2026-03-20参加。");
    expect(await ask(staff.handler, "notices.draft", caseId, "constructor", on)).toEqual({ refused: "unexpected" });
    expect(await ask(staff.handler, "notices.draft", caseId, "invite", { on: "soon" })).toEqual({
      refused: "input.invalid",
    });
    expect(await ask(staff.handler, "notices.draft", caseId, "invite", { ...on, empty: true })).toEqual({
      refused: "unexpected",
    });
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    expect(await ask(stranger, "notices.draft", caseId, "invite", on)).toEqual({ refused: "case.notFound" });
    expect(await ask(stranger, "notices.list", caseId)).toEqual([]);
    expect(await ask(undefined, "notices.draft", caseId, "invite", on)).toEqual({ refused: "unauthorized" });
  });

  test("writes letters to other units, which people of its unit sign", async () => {
    const letterId = t.kernel.newId();
    const letter = { letterId, toUnit: t.units.brigade, template: "invite", data: { on: "2026-03-20" } };

    expect(await ask(staff.officer, "letters.toUnit", letter)).toBeNull();

    const own = { letterId, template: "invite", toUnit: t.units.brigade, receivedAt: null };
    const waiting = { ...own, state: "toSign", number: null, issuedOn: null };
    expect(await ask(staff.officer, "letters.list", [letterId, t.kernel.newId()])).toEqual([waiting]);
    await at.as(staff.signer).unitLetters.sign({ letterId, readVersion: 1 });
    expect(await ask(staff.handler, "letters.list", [letterId])).toMatchObject([{ ...own, state: "issued" }]);
    const { doc } = await at.as(staff.reviewer).unitLetters.read({ letterId });
    expect(JSON.stringify(doc)).toContain("请于2026-03-20参加。");
    expect(await ask(staff.officer, "letters.withdraw", letterId)).toEqual({ refused: "notice.state" });

    const another = { ...letter, letterId: t.kernel.newId() };
    const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
    for (const [who, code] of [
      [stranger, "forbidden"],
      [staff.handler, "forbidden"],
      [undefined, "unauthorized"],
    ] as const)
      expect(await ask(who, "letters.toUnit", another)).toEqual({ refused: code });
    expect(await ask(stranger, "letters.list", [letterId])).toEqual([]);
    expect(await ask(staff.officer, "letters.toUnit", { ...another, toUnit: t.kernel.newId() })).toEqual({
      refused: "unit.notFound",
    });
    expect(await ask(staff.officer, "letters.toUnit", { ...another, caseId: t.kernel.newId() })).toEqual({
      refused: "case.notFound",
    });
    for (const wrong of [{ letterId: "1" }, { toUnit: "1" }, { caseId: "1" }, { data: { on: "soon" } }])
      expect(await ask(staff.officer, "letters.toUnit", { ...another, ...wrong })).toEqual({
        refused: "input.invalid",
      });
    expect(await ask(staff.officer, "letters.list", ["1"])).toEqual({ refused: "input.invalid" });
    await ask(staff.officer, "letters.toUnit", { ...another, caseId });
    expect(await ask(staff.officer, "letters.withdraw", another.letterId)).toBeNull();
    expect(await ask(staff.officer, "letters.list", [another.letterId])).toEqual([]);
  });

  test("reaches the addresses it has listed, and no other", async () => {
    const { url } = beside;
    expect(await fetched(`${url}/in/a?b=1`, { method: "POST", body: "说" })).toEqual({
      status: 200,
      type: "text/x-said",
      text: `POST /in/a?b=1 ${new URL(url).host} 说`,
    });
    expect(await fetched(`${url}/in/none`)).toEqual({ status: 204, type: null, text: "" });
    expect(await fetched(`${url}/in/away`)).toMatchObject({ status: 302, text: "" });
    const other = expect.stringContaining("not among those");
    for (const away of [
      `${url}/out`,
      `${url}/in/../out`,
      `${url.replace("//", "//a:b@")}/in/a`,
      "https://example.org/",
      "x",
    ])
      expect(await fetched(away)).toEqual({ failed: other });
    expect(await fetched(`${url}/in/a`, { method: "TRACE" })).toEqual({ failed: expect.stringContaining("not sent") });
    expect(await fetched(`${url}/in/huge`)).toEqual({ failed: expect.stringContaining("too large") });
  });
});
