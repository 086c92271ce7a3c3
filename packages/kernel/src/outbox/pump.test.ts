import { expect, test } from "vitest";
import { writeMessage } from "../cases/thread.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPetitioner, file, rows } from "../testing/story.ts";
import type { EachConsumer, OutboxEvent } from "./consumer.ts";
import { takeLease } from "./cursor.ts";
import { outboxState } from "./outbox-state.ts";
import { pumpOnce, retryParked, startPump } from "./pump.ts";

const say = (t: TestKernel, caseId: string) =>
  execute(t.kernel, writeMessage, byPetitioner(t, caseId), { text: "补充", visibility: "petitioner", fileIds: [] });

function recorder(
  name: string,
  fails: (e: OutboxEvent) => boolean = () => false,
): EachConsumer & { seen: OutboxEvent[] } {
  const seen: OutboxEvent[] = [];
  return {
    name,
    seen,
    async handle(event) {
      if (fails(event)) throw new TypeError("text that must not be kept");
      seen.push(event);
    },
  };
}
const ofCase = (seen: readonly OutboxEvent[], caseId: string) =>
  seen.filter((e) => e.caseId === caseId).map((e) => e.seq);
const until = async (done: () => boolean): Promise<void> => {
  for (let n = 0; n < 500 && !done(); n++) await new Promise((resolve) => setTimeout(resolve, 10));
};

test("every event of twelve writers arrives once, in the order of its case", async () => {
  await using t = await openTestKernel();
  const all = recorder("all");
  const pump = await startPump(t.kernel, [all]);
  const cases = await Promise.all(Array.from({ length: 12 }, () => file(t)));
  await Promise.all(
    cases.map(async (id) => {
      for (let n = 0; n < 4; n++) await say(t, id);
    }),
  );
  await pump.drain();
  await pump.stop();

  for (const id of cases) expect(ofCase(all.seen, id)).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(all.seen.map((e) => e.id)).size).toBe(60);
});

test("an event below an open transaction is waited for, not skipped", async () => {
  await using t = await openTestKernel();
  const all = recorder("all");
  const early = await file(t);
  const client = await t.database.appPool.connect();
  await client.query("begin");
  const [{ xid } = { xid: "" }] = (await client.query<{ xid: string }>("select pg_current_xact_id()::text as xid"))
    .rows;
  const late = await file(t);
  await pumpOnce(t.kernel, [all]);
  expect(all.seen.map((e) => e.caseId)).toEqual([early]);
  await client.query(
    `insert into kernel.outbox (id, at, case_id, seq, unit_id, type, payload) values ($1, $2, $3, 7, $4, 'case.heard', '{}')`,
    [t.kernel.newId(), t.clock.now, t.kernel.newId(), t.units.first],
  );
  await client.query("commit");
  client.release();
  await pumpOnce(t.kernel, [all]);

  expect(all.seen.map((e) => e.xid)[1]).toBe(xid);
  expect(all.seen.map((e) => e.caseId)).toContain(late);
});

test("a failed event is parked, its case waits behind it, others go on; it comes again after a while", async () => {
  await using t = await openTestKernel();
  const [bad, good] = [await file(t), await file(t)];
  let broken = true;
  const c = recorder("c", (e) => broken && e.caseId === bad && e.seq === 1);
  await say(t, bad);
  await pumpOnce(t.kernel, [c]);
  await say(t, bad);
  await say(t, good);
  await pumpOnce(t.kernel, [c]);

  expect(ofCase(c.seen, bad)).toEqual([]);
  expect(ofCase(c.seen, good)).toEqual([1, 2]);
  expect(
    await rows(t, "select attempts, error, retry_at is not null as due from kernel.parked order by attempts desc"),
  ).toEqual([
    { attempts: 1, error: "TypeError", due: true },
    { attempts: 0, error: null, due: false },
    { attempts: 0, error: null, due: false },
  ]);
  broken = false;
  await pumpOnce(t.kernel, [c]);
  expect(ofCase(c.seen, bad)).toEqual([]);
  t.clock.advance({ minutes: 1 });
  await pumpOnce(t.kernel, [c]);
  expect(ofCase(c.seen, bad)).toEqual([1, 2, 3]);
  expect(await rows(t, "select 1 from kernel.parked")).toEqual([]);
});

test("after eight attempts an event waits for a person, who can have it tried again", async () => {
  await using t = await openTestKernel();
  const id = await file(t);
  let broken = true;
  let attempts = 0;
  const c = recorder("c", () => {
    attempts += 1;
    return broken;
  });
  for (let n = 0; n < 12; n++) {
    await pumpOnce(t.kernel, [c]);
    t.clock.advance({ hours: 2 });
  }
  expect(attempts).toBe(8);
  expect(await rows(t, "select attempts, retry_at from kernel.parked")).toEqual([{ attempts: 8, retry_at: null }]);

  broken = false;
  expect(await retryParked(t.kernel, "c")).toBe(1);
  await pumpOnce(t.kernel, [c]);
  expect(ofCase(c.seen, id)).toEqual([1]);
});

test("one of many that fails is found; the rest of the batch is not lost", async () => {
  await using t = await openTestKernel();
  const [bad, good] = [await file(t), await file(t)];
  const seen: string[] = [];
  const many = {
    name: "many",
    async handleMany(events: readonly OutboxEvent[]) {
      if (events.some((e) => e.caseId === bad)) throw new Error("no");
      seen.push(...events.map((e) => e.caseId));
    },
  };
  await pumpOnce(t.kernel, [many]);
  expect(seen).toEqual([good]);
  expect(await rows(t, "select case_id from kernel.parked")).toEqual([{ case_id: bad }]);
});

test("one process at a time pumps a consumer, another takes over when it is gone", async () => {
  await using t = await openTestKernel();
  const other: Kernel = { ...t.kernel };
  const [a, b] = [recorder("c"), recorder("c")];
  const pumps = await Promise.all([startPump(t.kernel, [a]), startPump(other, [b])]);
  for (let n = 0; n < 10; n++) await file(t);
  await pumps[0].drain();
  expect([a.seen.length, b.seen.length].toSorted()).toEqual([0, 10]);

  const [busy, idle, idleSeen] = a.seen.length > 0 ? [pumps[0], pumps[1], b] : [pumps[1], pumps[0], a];
  await busy.stop();
  await file(t);
  await idle.drain();
  await idle.stop();
  expect(idleSeen.seen).toHaveLength(1);
});

test("a lease that nobody renews is free after its time", async () => {
  await using t = await openTestKernel();
  await rows(
    t,
    "insert into kernel.consumers (name, epoch, xid, id) values ('c', 1, '0', '00000000-0000-0000-0000-000000000000')",
  );
  expect(await takeLease(t.kernel.pool, "c", "one")).not.toBeNull();
  expect(await takeLease(t.kernel.pool, "c", "two")).toBeNull();
  await rows(t, "update kernel.consumers set lease_until = now() - interval '1 second'");
  expect(await takeLease(t.kernel.pool, "c", "two")).not.toBeNull();
});

test("commits of this process and of another wake the pump long before its next poll", async () => {
  await using t = await openTestKernel();
  const c = recorder("c");
  const pump = await startPump(t.kernel, [c]);
  const tookMs: number[] = [];
  for (let n = 1; n <= 5; n++) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    await file(t);
    const committed = performance.now();
    await until(() => c.seen.length === n);
    tookMs.push(performance.now() - committed);
  }
  await rows(
    t,
    "insert into kernel.outbox (id, at, case_id, seq, unit_id, type, payload) values ($1, $2, $1, 1, $3, 'case.heard', '{}')",
    [t.kernel.newId(), t.clock.now, t.units.first],
  );
  await rows(t, "select pg_notify('doorstep_outbox', 'another process')");
  const told = performance.now();
  await until(() => c.seen.length === 6);
  tookMs.push(performance.now() - told);
  await pump.stop();
  // the poll alone would need 250 ms on average
  expect(tookMs.toSorted((x, y) => x - y)[3]).toBeLessThan(150);
  expect(c.seen).toHaveLength(6);
});

test("other processes are told of commits of one moment together", async () => {
  await using t = await openTestKernel();
  const told: string[] = [];
  const listener = await t.database.pool.connect();
  listener.on("notification", (n) => told.push(n.channel));
  await listener.query("listen doorstep_outbox");
  const pump = await startPump(t.kernel, [recorder("c")]);
  await Promise.all(Array.from({ length: 20 }, () => file(t)));
  await pump.drain();
  await until(() => told.length > 0);
  await pump.stop();
  listener.release(true);
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThan(20);
});

test("an older epoch is read to its end before the current one, though its transactions have higher numbers", async () => {
  await using t = await openTestKernel();
  const insert = (epoch: number, xid: string) =>
    rows(
      t,
      "insert into kernel.outbox (id, epoch, xid, at, case_id, seq, unit_id, type, payload) values ($1, $2, $3, $4, $1, 1, $5, 'case.heard', '{}')",
      [t.kernel.newId(), epoch, xid, t.clock.now, t.units.first],
    );
  await insert(1, "9000000000");
  await rows(t, "insert into kernel.epochs (epoch, system_identifier, opened_at) values (2, 'x', now())");
  await file(t);
  const c = recorder("c");
  await pumpOnce(t.kernel, [c]);
  expect(c.seen.map((e) => e.epoch)).toEqual([1, 2]);
});

test("a consumer that begins now is not told of the past", async () => {
  await using t = await openTestKernel();
  await file(t);
  const c = { ...recorder("c"), from: "now" as const };
  await pumpOnce(t.kernel, [c]);
  const id = await file(t);
  await pumpOnce(t.kernel, [c]);
  expect(c.seen.map((e) => e.caseId)).toEqual([id]);
});

test("consumers may come and go while the pump runs, and whoever comes back goes on where it was", async () => {
  await using t = await openTestKernel();
  const [stays, comes] = [recorder("stays"), recorder("comes")];
  let there = [stays];
  const pump = await startPump(t.kernel, () => there);
  there = [stays, comes];
  const first = await file(t);
  await until(() => comes.seen.length === 1);
  there = [stays];
  const lease = () =>
    rows<{ held: boolean }>(t, "select lease_owner is not null as held from kernel.consumers where name = 'comes'");
  for (let n = 0; n < 500 && (await lease())[0]?.held; n++) await new Promise((resolve) => setTimeout(resolve, 10));
  const second = await file(t);
  await until(() => stays.seen.length === 2);
  expect(comes.seen.map((e) => e.caseId)).toEqual([first]);
  there = [stays, comes];
  await until(() => comes.seen.length === 2);
  await pump.stop();
  expect(comes.seen.map((e) => e.caseId)).toEqual([first, second]);
});

test("how far behind the consumers are counts those at work; one that rests keeps its place and is no alarm", async () => {
  await using t = await openTestKernel();
  const [quick, resting] = [recorder("quick"), recorder("plugin:gone", () => true)];
  await pumpOnce(t.kernel, [quick, resting]);
  const id = await file(t);
  await pumpOnce(t.kernel, [quick, resting]);
  await say(t, id);
  t.clock.advance({ minutes: 10 });
  expect(await outboxState(t.kernel)).toEqual({ parked: 1, behindSeconds: 600 });

  await pumpOnce(t.kernel, [quick]);
  expect(await outboxState(t.kernel)).toEqual({ parked: 1, behindSeconds: 600 });
  const rests = (name: string) => name === "plugin:gone";
  expect(await outboxState(t.kernel, rests)).toEqual({ parked: 0, behindSeconds: 0 });
});

const place = (t: TestKernel, name: string) =>
  rows<{ id: string; lease_owner: string | null }>(
    t,
    "select c.id, c.lease_owner from kernel.consumers c where name = $1",
    [name],
  );
const newest = (t: TestKernel) =>
  rows<{ id: string }>(t, "select id from kernel.outbox order by epoch desc, xid desc, id desc limit 1");

test("a consumer hears its own kinds alone and is moved past the others without being at work", async () => {
  await using t = await openTestKernel();
  const written = { ...recorder("written"), hears: ["case.messageSent"] };
  const never = { ...recorder("never"), hears: ["case.archived"] };
  const id = await file(t);
  await pumpOnce(t.kernel, [written, never]);
  const [end] = await newest(t);
  expect(await place(t, "written")).toEqual([{ id: end?.id, lease_owner: null }]);

  const pump = await startPump(t.kernel, [written, never]);
  await say(t, id);
  const after = await file(t);
  await pump.drain();
  await until(() => written.seen.length > 0);
  const [last] = await newest(t);
  for (let n = 0; n < 500 && (await place(t, "written"))[0]?.id !== last?.id; n++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(written.seen.map((e) => [e.caseId, e.type])).toEqual([[id, "case.messageSent"]]);
  expect(after).not.toBe(id);
  expect(await place(t, "never")).toEqual([{ id: last?.id, lease_owner: null }]);
  await pump.stop();
});

test("nobody is moved past what an open transaction may still put before, nor while another process has him", async () => {
  await using t = await openTestKernel();
  const never = { ...recorder("never"), hears: ["case.archived"] };
  await pumpOnce(t.kernel, [never]);
  await file(t);
  const [before] = await newest(t);
  const client = await t.database.appPool.connect();
  await client.query("begin");
  await client.query("select pg_current_xact_id()");
  await file(t);
  await pumpOnce(t.kernel, [never]);
  const [end] = await newest(t);
  expect((await place(t, "never"))[0]?.id).toBe(before?.id);
  await client.query("commit");
  client.release();

  await takeLease(t.kernel.pool, "never", "another process");
  await pumpOnce(t.kernel, [never]);
  expect((await place(t, "never"))[0]?.id).not.toBe(end?.id);
  await rows(t, "update kernel.consumers set lease_until = now() - interval '1 second'");
  await pumpOnce(t.kernel, [never]);
  expect((await place(t, "never"))[0]?.id).toBe(end?.id);
});

test("an event parked before its kind was no longer heard is tried all the same", async () => {
  await using t = await openTestKernel();
  let broken = true;
  const c = recorder("c", () => broken);
  const id = await file(t);
  await pumpOnce(t.kernel, [c]);
  broken = false;
  t.clock.advance({ minutes: 1 });
  await pumpOnce(t.kernel, [{ ...c, hears: [] }]);
  expect(ofCase(c.seen, id)).toEqual([1]);
});
