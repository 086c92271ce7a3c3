import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { writeMessage } from "../cases/thread.ts";
import { inChange } from "../change.ts";
import { fileCase } from "../intake/file-case.ts";
import { execute } from "../pipeline/execute.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPetitioner, file, register, rows, staffOf } from "../testing/story.ts";
import { checkChainDaily } from "./check-chain.ts";
import { ledgerHandlers } from "./handlers.ts";
import { recordAccess } from "./record-access.ts";
import { recordFact } from "./record-fact.ts";
import { underRequest } from "./request-number.ts";
import { sealLedger } from "./seal-ledger.ts";

const auditorOf = (t: TestKernel): Promise<Actor> =>
  t.person("审计", "brigade", [{ role: "auditor", unit: "brigade", subtree: true }]);
const ask = (t: TestKernel, actor: Actor) => caller(t.kernel, { ledger: ledgerHandlers })(actor).ledger;
const say = (t: TestKernel, caseId: string) =>
  execute(t.kernel, writeMessage, byPetitioner(t, caseId), { text: "补充", visibility: "petitioner", fileIds: [] });
const numberOf = async (t: TestKernel, caseId: string): Promise<string> =>
  (await rows<{ n: string }>(t, "select case_no as n from kernel.cases where id = $1", [caseId]))[0]?.n ?? "";

test("only an auditor of the whole house reads it; one of a unit below, or an administrator, does not", async () => {
  await using t = await openTestKernel();
  const below = await t.person("营审计", "first", [{ role: "auditor", unit: "first", subtree: true }]);
  const admin = await t.person("管理", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  await file(t);
  for (const actor of [below, admin])
    for (const asked of [
      () => ask(t, actor).page({}),
      () => ask(t, actor).state({}),
      () => ask(t, actor).verify({}),
      () => ask(t, actor).export({ reason: "年度审计" }),
      () => ask(t, actor).entry({ stream: t.units.first, seq: 1 }),
    ])
      expect(await refusalOf(asked())).toBe("forbidden");
  expect((await ask(t, await auditorOf(t)).page({})).items).toHaveLength(1);
});

test("pages follow each other without a gap and without a double, also within one instant of one chain", async () => {
  await using t = await openTestKernel();
  const auditor = await auditorOf(t);
  for (const id of [await file(t), await file(t)]) for (let n = 0; n < 4; n += 1) await say(t, id);
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await ask(t, auditor).page({ limit: 3, ...(cursor && { cursor }) });
    seen.push(...page.items.map((item) => `${item.stream}.${item.seq}`));
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(seen).toHaveLength(10);
  expect(new Set(seen).size).toBe(10);
  expect(await refusalOf(ask(t, auditor).page({ cursor: "bm8" }))).toBe("request.unknown");
});

test("it is asked by who, kind, unit, petition, module and day", async () => {
  await using t = await openTestKernel();
  const auditor = await auditorOf(t);
  const s = await staffOf(t);
  const one = await file(t);
  await register(t, s, one);
  const other = await file(t, { unitId: t.units.second });
  await inChange(t.kernel, `person:${auditor.personId}`, (change) =>
    recordFact(change.client, {
      stream: t.units.second,
      at: change.at,
      type: "module.changed",
      actor: change.by,
      facts: { plugin: "hotline", choice: "on", was: "inherit" },
    }),
  );
  t.clock.advance({ days: 3 });
  await say(t, one);
  const types = async (filter: object) => (await ask(t, auditor).page(filter)).items.map((item) => item.type);
  expect(await types({ who: s.clerk.personId })).toEqual(["case.registered"]);
  expect(await types({ kind: "modules" })).toEqual(["module.changed"]);
  expect(await types({ kind: "identity" })).toEqual([]);
  expect((await types({ unitId: t.units.second })).toSorted()).toEqual(["case.received", "module.changed"]);
  expect(await types({ caseNo: (await numberOf(t, other)).toLowerCase() })).toEqual(["case.received"]);
  expect(await types({ caseNo: "2026-000000-0" })).toEqual([]);
  expect(await types({ pluginId: "hotline" })).toEqual(["module.changed"]);
  expect(await types({ pluginId: "mediation" })).toEqual([]);
  expect(await types({ from: "2026-03-05" })).toEqual(["case.messageSent"]);
  expect(await types({ until: "2026-03-04", stream: one })).toEqual(["case.registered", "case.received"]);
});

test("an error's number leads to what the request wrote, within 30 days or the days given, and to no accusation", async () => {
  await using t = await openTestKernel();
  const auditor = await auditorOf(t);
  const request = randomUUID();
  const id = await underRequest(request, () => file(t));
  await underRequest(request, () => file(t, { purpose: "accuse", unitId: t.units.company }));
  await file(t);
  const page = async (filter: object) => (await ask(t, auditor).page({ request, ...filter })).items;
  const [entry, ...more] = await page({});
  expect([entry?.stream, more]).toEqual([id, []]);
  expect(await ask(t, auditor).entry({ stream: id, seq: entry?.seq ?? 0 })).toMatchObject({ request });
  const accusation =
    (await rows<{ id: string }>(t, "select id from kernel.cases where confidentiality = 3"))[0]?.id ?? "";
  expect(await ask(t, auditor).entry({ stream: accusation, seq: 1 })).toMatchObject({ request: null });
  t.clock.advance({ days: 31 });
  expect(await page({})).toEqual([]);
  expect(await page({ from: "2026-03-01" })).toHaveLength(1);
  // what the house does by itself has none
  expect(await rows(t, "select count(*)::int as n from kernel.ledger where body::jsonb ? 'request'")).toEqual([
    { n: 2 },
  ]);
});

test("of an accusation it tells that something happened; neither number nor unit lead there", async () => {
  await using t = await openTestKernel();
  const auditor = await auditorOf(t);
  const id = await file(t, { purpose: "accuse", unitId: t.units.company });
  const [entry] = (await ask(t, auditor).page({ stream: id })).items;
  expect(entry).toMatchObject({ sealed: true, facts: {}, names: {}, type: "case.received" });
  expect((await ask(t, auditor).page({ caseNo: await numberOf(t, id) })).items).toEqual([]);
  expect((await ask(t, auditor).page({ unitId: t.units.brigade })).items).toEqual([]);
  expect((await ask(t, auditor).entry({ stream: id, seq: 1 })).entry.facts).toEqual({});
});

test("staff stand there by name, whoever filed from his account does not, and not in the ledger itself either", async () => {
  await using t = await openTestKernel();
  const auditor = await auditorOf(t);
  const s = await staffOf(t);
  const soldier = await t.person("林小满", "company", []);
  const filing = { key: t.key(), unitId: t.units.first, via: "online", channelKey: "online-petition/online" } as const;
  const { caseId } = await fileCase(
    t.kernel,
    {
      ...filing,
      channelLabel: { "zh-CN": "网上", en: "Online" },
      purpose: "solve",
      title: "津贴",
      body: "津贴少发了一档",
      alreadyTried: "",
      desiredOutcome: "",
      concernsLeader: false,
      urgentSafety: false,
      anonymity: "confidential",
      petitioner: { name: "林小满", kind: "conscript", contact: "13800000000", filingFor: "self" },
      headcount: 1,
      fileIds: [],
      locale: "zh-CN",
    },
    { actor: `person:${soldier.personId}`, petitionerId: soldier.personId },
  );
  await register(t, s, caseId);
  const page = await ask(t, auditor).page({});
  expect(page.items.map((item) => item.actor)).toEqual([
    { kind: "person", id: s.clerk.personId, name: "文书" },
    { kind: "petitioner", id: null, name: null },
  ]);
  expect(JSON.stringify(page)).not.toContain("林小满");
  expect((await ask(t, auditor).page({ who: soldier.personId })).items).toEqual([]);
  const written = await rows<{ body: string }>(t, "select body from kernel.ledger");
  expect(written.map((row) => row.body).join()).not.toContain(soldier.personId);
});

test("one entry comes with the one before it about the same thing, and with its reason", async () => {
  await using t = await openTestKernel();
  const auditor = await auditorOf(t);
  const note = (plugin: string, choice: string) =>
    inChange(t.kernel, `person:${auditor.personId}`, (change) =>
      recordFact(change.client, {
        stream: t.units.first,
        at: change.at,
        type: "module.changed",
        actor: change.by,
        facts: { plugin, choice },
      }),
    );
  await note("hotline", "on");
  await note("mediation", "on");
  await note("hotline", "off");
  const detail = await ask(t, auditor).entry({ stream: t.units.first, seq: 3 });
  expect(detail.before).toMatchObject({ seq: 1, facts: { plugin: "hotline", choice: "on" } });
  expect(detail).toMatchObject({ entry: { facts: { choice: "off" } }, seal: null, reason: null });
  await sealLedger(t.kernel);
  expect((await ask(t, auditor).entry({ stream: t.units.first, seq: 3 })).seal).toBe(1);
  expect(await refusalOf(ask(t, auditor).entry({ stream: t.units.first, seq: 9 }))).toBe("ledger.notFound");
});

test("whoever takes entries out says why, and that stands in the ledger, marked as an export", async () => {
  await using t = await openTestKernel();
  const auditor = await auditorOf(t);
  await file(t);
  await recordAccess(t.kernel, { type: "access.contentRead", actor: "system", facts: {} });
  expect(await refusalOf(ask(t, auditor).export({ reason: " " }))).not.toHaveProperty("done");
  const taken = await ask(t, auditor).export({ kind: "cases", reason: "年度审计抽查" });
  expect(taken).toMatchObject({ complete: true, items: [{ type: "case.received" }] });
  const [entry] = (await ask(t, auditor).page({ kind: "export" })).items;
  expect(entry).toMatchObject({ actor: { name: "审计" }, facts: { what: "ledger", count: 1 } });
  expect(JSON.stringify(entry?.facts)).not.toContain("抽查");
  const detail = await ask(t, auditor).entry({ stream: entry?.stream ?? "", seq: entry?.seq ?? 0 });
  expect(detail.reason).toBe("年度审计抽查");
});

test("the last check is kept: by hand, or once a day by itself; a break shows", async () => {
  await using t = await openTestKernel();
  const auditor = await auditorOf(t);
  const id = await file(t);
  await sealLedger(t.kernel);
  expect(await ask(t, auditor).state({})).toMatchObject({ checked: null, seal: { no: 1 }, handedOut: null });
  expect(await checkChainDaily(t.kernel)).toMatchObject({ ok: true });
  expect(await checkChainDaily(t.kernel)).toBeNull();
  expect((await ask(t, auditor).state({})).checked).toMatchObject({ ok: true, entries: 1, faults: [] });
  const client = await t.database.pool.connect();
  await client.query("set session_replication_role = replica");
  await client.query("update kernel.ledger set body = replace(body, 'received', 'returned') where stream = $1", [id]);
  await client.query("set session_replication_role = default");
  client.release();
  t.clock.advance({ hours: 21 });
  expect(await checkChainDaily(t.kernel)).toMatchObject({ ok: false });
  expect((await ask(t, auditor).state({})).checked).toMatchObject({ ok: false, faults: [{ stream: id }, {}] });
});
