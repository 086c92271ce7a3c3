import { expect, test } from "vitest";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, inHandling, register, reply, rows, staffOf } from "../testing/story.ts";
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
  letterNotDelivered:
    "update kernel.notices set state = 'sealed', sealed_at = '2026-02-20' where code = 'D8' and case_id = $1",
  breachWithoutUrging:
    "update kernel.clocks set breached_at = '2026-02-20', state = 'breached' where code = 'K4' and case_id = $1",
  signalMissed: "update kernel.clocks set next_at = '2026-02-20' where code = 'K4' and case_id = $1",
  legUnrecorded: `insert into kernel.legs (id, case_id, no, from_unit_id, to_unit_id, kind, reason, sent_at)
    select gen_random_uuid(), $1, 1, intake_unit_id, (select id from kernel.units where code = 'SECOND'), 'transfer', 'x', now() from kernel.cases where id = $1`,
  audienceUnlike: "update kernel.case_audience set conf = 3 where case_id = $1",
  secretInSearch: `with c as (update kernel.cases set confidentiality = 3 where id = $1 returning id)
    insert into kernel.case_text (case_id, aud, conf, received, tsv) select id, '{}', 3, now(), '' from c`,
  chainHead: "update kernel.cases set ledger_seq = ledger_seq + 1 where id = $1",
  recusedActing: `insert into kernel.recusals (person_id, case_id, source, state, at)
    select handler_id, id, 'self', 'granted', '2026-03-01' from kernel.cases where id = $1`,
  decidedTwice: `insert into kernel.case_actors (case_id, person_id, part, level, at)
    select id, handler_id, 'reviewer', 'review', '2026-03-01' from kernel.cases where id = $1`,
};

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
  expect(await found(t)).toEqual([]);
  expect(Object.keys(faults).toSorted()).toEqual(checks.map((c) => c.id).toSorted());
  for (const [check, sql] of Object.entries(faults)) {
    const client = await t.database.pool.connect();
    await client.query("begin");
    await client.query(sql, [id]);
    const { rows: hits } = await client.query(PROVE_PAGE, [[id], t.clock.now]);
    expect([check, hits.map((h) => h.check_id)]).toEqual([check, expect.arrayContaining([check])]);
    await client.query("rollback");
    client.release();
  }
});

test("it runs once a day, however often the server is started", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  expect(await proveDaily(t.kernel)).toMatchObject({ cases: 0 });
  expect(await proveDaily(t.kernel)).toBeNull();
  t.clock.advance({ days: 1 });
  expect(await proveDaily(t.kernel)).not.toBeNull();
});

test("what is found is an item of its unit, until a later run finds it mended; an accusation stands in no list", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const secret = await file(t);
  await register(t, s, secret, { category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 });
  await rows(t, "update kernel.cases set status = 'guided' where id = any ($1)", [[id, secret]]);
  await rows(
    t,
    "insert into kernel.case_text (case_id, aud, conf, received, tsv) values ($1, '{}', 3, now(), '') on conflict do nothing",
    [secret],
  );
  expect(await found(t)).toEqual(expect.arrayContaining(["endWithoutReply", "secretInSearch"]));
  const ctx = { kernel: t.kernel, actor: s.officer } as never;
  const { items } = await proofHandlers.list(ctx, { limit: 50 });
  expect(items.map((i) => i.check)).toContain("endWithoutReply");
  const [{ case_no } = { case_no: "" }] = await rows<{ case_no: string }>(
    t,
    "select case_no from kernel.cases where id = $1",
    [id],
  );
  expect(new Set(items.map((i) => i.caseNo))).toEqual(new Set([case_no]));
  const [run] = await proofHandlers.latest(ctx, {});
  expect(run).toMatchObject({ cases: 2 });
  expect(run?.counts).toHaveLength(checks.length);
  await rows(t, "update kernel.cases set status = 'inHandling' where id = $1", [id]);
  t.clock.advance({ hours: 1 });
  await found(t);
  expect((await proofHandlers.list(ctx, { limit: 50 })).items).toEqual([]);
});
