import { expect, test } from "vitest";
import { acceptCase } from "../cases/accept.ts";
import { writeMessage } from "../cases/thread.ts";
import { importCases } from "../intake/import-cases.ts";
import { rateCase } from "../intake/rate.ts";
import type { Kernel } from "../kernel.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, inHandling, register, reply, rows, staffOf } from "../testing/story.ts";
import { finaliseLapsed, REVIEWS_LAPSED } from "./finalise-lapsed.ts";
import { CLOCKS_DUE, sweepClocks } from "./sweep-clocks.ts";

const told = (t: TestKernel, caseId: string) =>
  rows<{ type: string; code: string; signal: string }>(
    t,
    `select type, body::jsonb->'facts'->>'code' as code, body::jsonb->'facts'->>'signal' as signal
       from kernel.ledger where stream = $1 and type like 'clock.%' order by seq`,
    [caseId],
  );
const clock = async (t: TestKernel, caseId: string, code: string) =>
  (
    await rows<{ state: string; breached_at: Date | null; due_at: Date; next_at: Date | null; due_on: string }>(
      t,
      "select state, breached_at, due_at, next_at, due_on from kernel.clocks where case_id = $1 and code = $2 order by started_at desc limit 1",
      [caseId, code],
    )
  )[0];
const to = (t: TestKernel, instant: string): void => {
  t.clock.now = new Date(instant);
};

test("a clock is told of at each of its moments, once, and is breached since its due date", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id);
  expect(await sweepClocks(t.kernel)).toBe(0);
  for (let hours = 0; hours < 18 * 24; hours += 2) {
    t.clock.advance({ hours: 2 });
    await sweepClocks(t.kernel);
    expect(await sweepClocks(t.kernel)).toBe(0);
  }

  expect(await told(t, id)).toEqual([
    { type: "clock.warning", code: "K2", signal: "half" },
    { type: "clock.warning", code: "K2", signal: "eightyPercent" },
    { type: "clock.warning", code: "K2", signal: "threeDaysLeft" },
    { type: "clock.breached", code: "K2", signal: "due" },
    { type: "clock.warning", code: "K2", signal: "overdue" },
  ]);
  const k2 = await clock(t, id, "K2");
  expect(k2).toMatchObject({ state: "breached", next_at: null, due_on: "2026-03-17" });
  expect(k2?.breached_at).toEqual(k2?.due_at);
  const events = await rows(
    t,
    "select type, payload->>'signal' as signal from kernel.outbox where case_id = $1 and type like 'clock.%' order by seq",
    [id],
  );
  expect(events).toHaveLength(5);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true });
});

test("what was missed while everything was down is told once, with the newest; a breach is never left out", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const [warned, broken] = [await file(t), await file(t)];
  await register(t, s, warned);
  await register(t, s, broken);
  await rows(t, "update kernel.clocks set next_at = null where case_id = $1", [broken]);
  to(t, "2026-03-15T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await told(t, warned)).toEqual([{ type: "clock.warning", code: "K2", signal: "threeDaysLeft" }]);

  await rows(t, "update kernel.clocks set next_at = started_at where case_id = $1 and state = 'running'", [broken]);
  to(t, "2026-04-20T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await told(t, broken)).toEqual([{ type: "clock.breached", code: "K2", signal: "overdue" }]);
  const k2 = await clock(t, broken, "K2");
  expect(k2?.breached_at).toEqual(k2?.due_at);
});

test("several clocks of a case are chained, and two sweepers at once tell of each clock once", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const ids = await Promise.all(Array.from({ length: 20 }, () => file(t, { via: "letter" })));
  to(t, "2026-05-02T02:00:00Z");
  const other: Kernel = { ...t.kernel };
  const [a, b] = await Promise.all([sweepClocks(t.kernel, { wait: true }), sweepClocks(other, { wait: true })]);

  expect((a ?? 0) + (b ?? 0)).toBe(40);
  for (const id of ids) expect((await told(t, id)).map((x) => x.code).toSorted()).toEqual(["K1", "K2"]);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true });
});

test("a sweeper leaves the round to the one that is at it", async () => {
  await using t = await openTestKernel();
  const client = await t.database.appPool.connect();
  await client.query("select pg_advisory_lock($1, $2)", [0x646f_6f72, 1]);
  expect(await sweepClocks(t.kernel)).toBeNull();
  await client.query("select pg_advisory_unlock_all()");
  client.release();
  expect(await sweepClocks(t.kernel)).toBe(0);
});

test("while people write, the sweep tells of every clock once and breaks no chain", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const ids = await Promise.all(Array.from({ length: 12 }, () => file(t, { via: "letter" })));
  to(t, "2026-05-02T02:00:00Z");
  const say = async (id: string): Promise<void> => {
    for (let n = 0; n < 5; n++)
      await execute(t.kernel, writeMessage, byPetitioner(t, id), {
        text: "补充",
        visibility: "petitioner",
        fileIds: [],
      });
  };
  await Promise.all([sweepClocks(t.kernel, { wait: true }), ...ids.map(say)]);
  await sweepClocks(t.kernel);

  for (const id of ids) expect(await told(t, id)).toHaveLength(2);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, faults: [] });
});

test("a stopped clock is told of no more, a breached one can still be stopped", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id);
  to(t, "2026-03-18T02:00:00Z");
  await sweepClocks(t.kernel);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "财务股", phone: "" });
  expect(await clock(t, id, "K2")).toMatchObject({ state: "stopped", next_at: null });
  to(t, "2026-03-25T02:00:00Z");
  await sweepClocks(t.kernel);
  expect((await told(t, id)).map((x) => x.signal)).toEqual(["due"]);
});

async function takenOver(t: TestKernel, receivedAt: string): Promise<string> {
  const officer = await t.person("管理", "first", [{ role: "officer", unit: "first" }]);
  const record = {
    source: "old",
    sourceKey: "1",
    unitId: t.units.first,
    via: "letter",
    receivedAt,
    title: "旧件",
    body: "旧台账",
    category: null,
    topicCode: null,
    petitionerAlias: null,
    reply: null,
    repliedAt: null,
    closedAt: null,
    original: {},
  } as const;
  await importCases(t.kernel, officer, [record]);
  const [{ id } = { id: "" }] = await rows<{ id: string }>(t, "select id from kernel.cases");
  return id;
}

test("a record taken over late is breached since its own date and told of from the day it came in", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const id = await takenOver(t, "2026-01-05T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await told(t, id)).toEqual([{ type: "clock.breached", code: "K2", signal: "overdue" }]);
  expect(await clock(t, id, "K2")).toMatchObject({ state: "breached", due_on: "2026-01-20" });
});

test("a record taken over in the middle of its period is told of what still lies ahead, each once", async () => {
  await using t = await openTestKernel({ now: "2026-03-10T02:00:00Z" });
  const id = await takenOver(t, "2026-03-01T02:00:00Z");
  for (let hours = 0; hours < 12 * 24; hours += 2) {
    await sweepClocks(t.kernel);
    t.clock.advance({ hours: 2 });
  }
  expect((await told(t, id)).map((x) => x.signal)).toEqual(["threeDaysLeft", "due", "overdue"]);
});

test("a reply nobody objects to becomes final by itself the day after the time for review, not before", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await reply(t, s, id);
  await execute(t.kernel, rateCase, byPetitioner(t, id), { office: "satisfied", unit: "satisfied", comment: "" });
  const status = async () =>
    (await rows<{ status: string }>(t, "select status from kernel.cases where id = $1", [id]))[0]?.status;
  const round = async (at: string): Promise<number> => {
    to(t, at);
    await sweepClocks(t.kernel);
    return finaliseLapsed(t.kernel);
  };

  expect(await round("2026-04-03T15:00:00Z")).toBe(0);
  expect(await status()).toBe("replied");
  expect(await round("2026-04-03T16:00:01Z")).toBe(1);
  expect(await status()).toBe("final");
  expect(await round("2026-04-03T16:02:00Z")).toBe(0);
  expect(await rows(t, "select actor from kernel.ledger where stream = $1 and type = 'case.final'", [id])).toEqual([
    { actor: "system" },
  ]);
  expect(await rows(t, "select state from kernel.notices where case_id = $1 and code = 'D24'", [id])).toEqual([
    { state: "delivered" },
  ]);
});

test("a case under review, or with a promise still open, is not made final", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await reply(t, s, id);
  await rows(t, "update kernel.cases set flags = '{fulfilling}' where id = $1", [id]);
  to(t, "2026-05-10T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await finaliseLapsed(t.kernel)).toBe(0);
  await rows(t, "update kernel.cases set flags = '{}' where id = $1", [id]);
  expect(await finaliseLapsed(t.kernel)).toBe(1);
});

test("a round costs what is due, not what exists, also with a plan made for any value", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const id = await file(t);
  await rows(
    t,
    `insert into kernel.clocks (id, case_id, code, state, started_at, start_on, amount, unit, due_on, due_at, next_at, calendar, explain)
     select gen_random_uuid(), $1, 'K4', case when n % 10 > 0 then 'running' else 'stopped' end, now(), '2026-03-02', 60, 'day',
       '2030-01-01', '2030-01-01', case when n % 10 > 0 then timestamptz '2030-01-01' end, 'x', '{}' from generate_series(1, 30000) n`,
    [id],
  );
  await rows(t, "analyze kernel.clocks");
  const buffers = async (text: string, types: string, values: string): Promise<number> => {
    const client = await t.database.pool.connect();
    try {
      await client.query("set plan_cache_mode = force_generic_plan");
      await client.query(`prepare looked_at (${types}) as ${text}`);
      const { rows: plan } = await client.query(
        `explain (analyze, buffers, format json) execute looked_at (${values})`,
      );
      return plan[0]["QUERY PLAN"][0].Plan["Shared Hit Blocks"] + plan[0]["QUERY PLAN"][0].Plan["Shared Read Blocks"];
    } finally {
      client.release(true);
    }
  };

  expect(await buffers(CLOCKS_DUE, "timestamptz, int", "'2026-03-02', 500")).toBeLessThan(20);
  expect(await buffers(REVIEWS_LAPSED, "date, uuid", "'0001-01-01', gen_random_uuid()")).toBeLessThan(20);
});
