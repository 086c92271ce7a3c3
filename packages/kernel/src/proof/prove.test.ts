import { expect, test } from "vitest";
import { askAssist } from "../cases/assists.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, inHandling, register, reply, rows, staffOf } from "../testing/story.ts";
import { checks } from "./checks.ts";
import { proofHandlers } from "./handlers.ts";
import { PROVE_PAGE, prove, proveDaily } from "./prove.ts";

const found = async (t: TestKernel) =>
  Object.entries((await prove(t.kernel, { wait: true }))?.counts ?? {})
    .filter(([, n]) => n > 0)
    .map(([id]) => id);

/** Each fault as somebody with the database's password would make it: the proof must find that one. */
const faults: Readonly<Record<string, string>> = {
  noHolder:
    "update kernel.units set valid_until = '2026-03-01' where id = (select holder_unit_id from kernel.cases where id = $1)",
  noClock: "update kernel.clocks set state = 'stopped', next_at = null where case_id = $1",
  endWithoutReply: "update kernel.cases set status = 'guided' where id = $1",
  mergedNowhere: "update kernel.cases set status = 'merged' where id = $1",
  demandOpen: "update kernel.cases set status = 'replied' where id = $1",
  promiseWithoutOwner: `with gone as (update kernel.units set valid_until = '2026-03-01' where code = 'SECOND' returning id)
    insert into kernel.commitments (id, case_id, unit_id, text, owner, due_on, state, made_at)
    select gen_random_uuid(), $1, id, 'x', 'x', '2026-05-01', 'open', '2026-03-01' from gone`,
  taskWithoutPerson: `with gone as (insert into kernel.people (id, name, username, name_pinyin, kind, unit_id, active)
      select gen_random_uuid(), '离任', 'gone', '', kind, unit_id, false from kernel.people limit 1 returning id)
    insert into kernel.tasks (id, case_id, unit_id, plugin_id, title_zh, title_en, text, person_id, due_on, made_at)
    select gen_random_uuid(), c.id, c.holder_unit_id, 'x', 'x', 'x', 'x', gone.id, '2026-05-01', '2026-03-01' from kernel.cases c, gone where c.id = $1`,
  letterNotDelivered:
    "update kernel.notices set state = 'sealed', sealed_at = '2026-02-20' where code = 'D8' and case_id = $1",
  breachWithoutUrging:
    "update kernel.clocks set breached_at = '2026-02-20', state = 'breached' where code = 'K4' and case_id = $1",
  signalMissed: "update kernel.clocks set next_at = '2026-02-20' where code = 'K4' and case_id = $1",
  legUnrecorded: `insert into kernel.legs (id, case_id, no, from_unit_id, to_unit_id, kind, reason, sent_at)
    select gen_random_uuid(), $1, 1, intake_unit_id, (select id from kernel.units where code = 'SECOND'), 'transfer', 'x', now() from kernel.cases where id = $1`,
  audienceUnlike: "update kernel.case_audience set conf = 3 where case_id = $1",
  accessOutlived: `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder, until)
    select gen_random_uuid(), case_id, due, received, -2, conf, status, open, category, channel, holder, '2026-03-01'
      from kernel.case_audience where case_id = $1 limit 1`,
  secretInSearch: `with c as (update kernel.cases set confidentiality = 3 where id = $1 returning id)
    insert into kernel.case_text (case_id, aud, conf, received, tsv) select id, '{}', 3, now(), '' from c`,
  chainHead: "update kernel.cases set ledger_seq = ledger_seq + 1 where id = $1",
  recusedActing: `insert into kernel.recusals (person_id, case_id, source, state, at)
    select handler_id, id, 'self', 'granted', '2026-03-01' from kernel.cases where id = $1`,
  reviewNotAbove: `insert into kernel.reviews (id, case_id, level, requested_at, grounds, text, body_unit_id, of_unit_id)
    select gen_random_uuid(), $1, 'review', '2026-03-01', 'facts', 'x', (select id from kernel.units where code = 'SECOND'), holder_unit_id from kernel.cases where id = $1`,
  extendedUntold: "update kernel.clocks set extension = 20 where code = 'K4' and case_id = $1",
  notHisOwnWord: `insert into kernel.ledger (stream, seq, at, type, actor, body, prev, hash)
    select stream, 900, at, 'rating.given', actor, body, prev, hash from kernel.ledger where stream = $1 and actor like 'person:%' limit 1`,
  repeatUntold: "update kernel.cases set status = 'notReaccepted' where id = $1",
  signerWithoutWay: `with several as (update kernel.cases set headcount = 2 where id = $1 returning id)
    insert into kernel.mandates (id, case_id, filed, kind, relation, scope, consent, given_at, return_tag)
    select gen_random_uuid(), id, false, 'delegate', 'coSigner', '{}', 'given', '2026-03-01', sha256('x') from several`,
  dangerUnreported: "update kernel.cases set urgent_safety = true where id = $1",
  decidedTwice: `insert into kernel.case_actors (case_id, person_id, part, level, at)
    select id, handler_id, 'reviewer', 'review', '2026-03-01' from kernel.cases where id = $1`,
  standsStill: `with marked as (update kernel.cases set flags = flags || array['inMediation'] where id = $1 returning id)
    update kernel.clocks k set state = 'paused', paused_on = '2026-03-01', next_at = null from marked
     where k.case_id = marked.id and k.code = 'K4'`,
};

/** Each row of the audience is computed anew: one too many, one too few, one at the wrong height. */
const unlike: readonly string[] = [
  "update kernel.cases set flags = array['quarantined'] where id = $1",
  "update kernel.cases set destroyed_on = '2026-03-01' where id = $1",
  `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder)
    select (select id from kernel.units where code = 'SECOND'), case_id, due, received, 0, conf, status, open, category, channel, holder
      from kernel.case_audience where case_id = $1 limit 1`,
  "delete from kernel.case_audience where case_id = $1 and depth = 1",
  "update kernel.case_audience set depth = 2 where case_id = $1 and depth = 1",
  `insert into kernel.respondents (id, case_id, kind, unit_id, label)
    select gen_random_uuid(), id, 'unit', holder_unit_id, '' from kernel.cases where id = $1`,
  `insert into kernel.legs (id, case_id, no, from_unit_id, to_unit_id, kind, reason, sent_at)
    select gen_random_uuid(), id, 1, (select id from kernel.units where code = 'SECOND'), holder_unit_id, 'assign', 'x', now() from kernel.cases where id = $1`,
  `insert into kernel.assists (id, case_id, unit_id, lead_unit_id, clock_id, question, due_on, asked_at, asked_by)
    select gen_random_uuid(), id, (select id from kernel.units where code = 'SECOND'), holder_unit_id, gen_random_uuid(), 'x', '2026-05-01', now(), handler_id
      from kernel.cases where id = $1`,
];

test("a sound house has nothing stuck, and each planted fault is found, and found mended", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await reply(t, s, await inHandling(t, s));
  await register(t, s, await file(t), {
    category: "accusation",
    track: "accusation",
    subRoute: null,
    confidentiality: 3,
  });
  await file(t, {}, { quarantined: true });
  const toAssist = { unitId: t.units.second, question: "请查明发放标准", days: 10 };
  await execute(t.kernel, askAssist, byPerson(t, await inHandling(t, s), s.officer), toAssist);
  expect(await found(t)).toEqual([]);
  expect(Object.keys(faults).toSorted()).toEqual(checks.map((c) => c.id).toSorted());
  for (const [check, sql] of [...Object.entries(faults), ...unlike.map((sql) => ["audienceUnlike", sql] as const)]) {
    const client = await t.database.pool.connect();
    try {
      await client.query("begin");
      await client.query(sql, [id]);
      const { rows: hits } = await client.query(PROVE_PAGE, [[id], t.clock.now]);
      expect([check, hits.map((h) => h.check_id)]).toEqual([check, expect.arrayContaining([check])]);
    } finally {
      await client.query("rollback");
      client.release();
    }
  }
});

test("it runs once a day, however often the server is started", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  expect(await proveDaily(t.kernel)).toMatchObject({ cases: 0 });
  expect(await proveDaily(t.kernel)).toBeNull();
  t.clock.advance({ days: 1 });
  expect(await proveDaily(t.kernel)).not.toBeNull();
});

test("what is found is an item until a later run finds it mended; each sees that of his own cases, and an accusation counts for its organ alone", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const admin = await t.person("平台", "brigade", [{ role: "platformAdmin", unit: "brigade" }]);
  const other = await t.person("二营", "second", [{ role: "officer", unit: "second" }]);
  const id = await inHandling(t, s);
  const secret = await file(t);
  await register(t, s, secret, { category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 });
  await rows(t, "update kernel.cases set status = 'guided' where id = any ($1)", [[id, secret]]);
  await rows(t, "update kernel.case_audience set status = 'guided' where case_id = any ($1)", [[id, secret]]);
  expect(await found(t)).toEqual(["endWithoutReply"]);
  const noOf = async (caseId: string) =>
    (await rows<{ no: string }>(t, "select case_no as no from kernel.cases where id = $1", [caseId]))[0]?.no;
  const ctx = (actor: unknown) => ({ kernel: t.kernel, actor }) as never;
  const listed = async (actor: unknown, mended = false) =>
    (await proofHandlers.list(ctx(actor), { limit: 50, mended })).items.map((i) => i.caseNo);
  expect(await listed(s.officer)).toEqual([await noOf(id)]);
  expect(await listed(s.signer)).toEqual([await noOf(id)]);
  expect(await listed(organ)).toEqual([await noOf(secret)]);
  expect(await listed(other)).toEqual([]);
  expect(await listed(admin)).toEqual([]);
  const figures = async (actor: unknown) => {
    const [run] = await proofHandlers.latest(ctx(actor), {});
    return [run?.cases, run?.counts.find((c) => c.check === "endWithoutReply")?.found, run?.counts.length];
  };
  expect(await figures(s.officer)).toEqual([1, 1, checks.length]);
  expect(await figures(admin)).toEqual([1, 1, checks.length]);
  expect(await figures(organ)).toEqual([2, 2, checks.length]);

  await rows(
    t,
    "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', now())",
    [s.signer.personId, id],
  );
  expect(await listed(s.signer)).toEqual([]);
  await rows(t, "update kernel.cases set status = 'inHandling' where id = $1", [id]);
  await rows(t, "update kernel.case_audience set status = 'inHandling' where case_id = $1", [id]);
  t.clock.advance({ hours: 1 });
  await found(t);
  expect(await listed(s.officer)).toEqual([]);
  expect(await listed(s.officer, true)).toEqual([await noOf(id)]);
  expect(await listed(other, true)).toEqual([]);
});

test("a long list comes page by page, nothing twice and nothing left out", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  for (let n = 0; n < 3; n++) await file(t);
  await rows(t, "update kernel.cases set status = 'notReaccepted'", []);
  await prove(t.kernel, { wait: true });
  const ctx = { kernel: t.kernel, actor: s.officer } as never;
  const all: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await proofHandlers.list(ctx, { limit: 2, mended: false, ...(cursor && { cursor }) });
    all.push(...page.items.map((i) => `${i.caseNo} ${i.check}`));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const kept = await rows<{ n: number }>(t, "select count(*)::int as n from kernel.proof_items", []);
  expect(all).toHaveLength(kept[0]?.n ?? 0);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(5);
});
