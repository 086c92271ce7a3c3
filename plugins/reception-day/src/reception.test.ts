import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

/** A drawing of one transparent dot. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const NOW = "2026-03-02T02:00:00.000Z";
let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let officer: Rpc;
let visitor: Rpc;
let soldier: Rpc;
let ids: { readonly leader: string; readonly other: string; readonly soldier: string; readonly outside: string };
let places = 0;

const idOf = async (name: string): Promise<string> =>
  String((await host.kernelSql("select id from kernel.people where name = $1", [name]))[0]?.id);
const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const told = async (personId: string) =>
  (
    await host.kernelSql(
      "select params->>'en' as en from kernel.notifications where recipient = $1 and kind = 'module' order by at, id",
      [personId],
    )
  ).map((row) => row.en);

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  officer = host.as("officer", "first");
  visitor = host.as(null, "first");
  soldier = host.as("petitioner", "company");
  for (const one of [host.as("chargeLeader", "first"), host.as("signer", "first"), host.as("petitioner", "second")])
    await one.mine.query();
  await soldier.mine.query();
  await officer.mine.query();
  ids = {
    leader: await idOf("chargeLeader first"),
    other: await idOf("signer first"),
    soldier: await idOf("petitioner company"),
    outside: await idOf("petitioner second"),
  };
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ["promises", "bookings", "sessions", "wishes"])
    await host.sql(`delete from p_reception_day.${table}`);
  for (const table of ["appointment_claims", "appointments", "notifications", "tasks"])
    await host.kernelSql(`delete from kernel.${table}`);
});

const day = (more: object = {}) => {
  places += 1;
  return {
    ...{ kind: "reception", leaderId: ids.leader, post: "营长", portfolio: "后勤保障", place: `${places}号楼` },
    ...{ startsAt: "2026-03-10T01:00:00.000Z", endsAt: "2026-03-10T03:00:00.000Z" },
    ...more,
  } as const;
};
const published = async (more: object = {}) => (await officer.publish.mutate(day(more) as never)).sessionId;
const booking = (sessionId: string, slotNo = 0, by: Rpc = visitor) =>
  by.book.mutate({ sessionId, slotNo, topic: "想谈谈宿舍漏水", key: crypto.randomUUID() });
const matter = (more: object = {}) => ({
  unitId: host.units.first.id,
  purpose: "solve" as const,
  title: "宿舍漏水",
  body: "三号楼顶层一下雨就漏水。",
  anonymity: "anonymous" as const,
  readBack: true,
  ...more,
});

test("a day is made public to the unit and those below, and says when that was late", async () => {
  const sessionId = await published();
  await published({ startsAt: "2026-03-05T01:00:00.000Z", endsAt: "2026-03-05T02:00:00.000Z" });

  const days = await soldier.calendar.query();
  expect(days).toMatchObject([{ late: true }, { sessionId, late: false, leader: "chargeLeader first", post: "营长" }]);
  expect(days[1]?.slots).toHaveLength(4);
  expect(days[1]?.slots[1]).toEqual({ no: 1, startsAt: "2026-03-10T01:30:00.000Z", free: true });
  expect(await host.as(null, "second").calendar.query()).toEqual([]);
  expect(JSON.stringify(days)).not.toContain(ids.leader);
});

test("a leader receives at one place at a time, ahead of now, and has a desk at the unit", async () => {
  await published();
  for (const [more, reason] of [
    [{}, "busy"],
    [{ leaderId: ids.outside, startsAt: "2026-03-11T01:00:00.000Z", endsAt: "2026-03-11T02:00:00.000Z" }, "leader"],
    [{ leaderId: ids.soldier, startsAt: "2026-03-11T01:00:00.000Z", endsAt: "2026-03-11T02:00:00.000Z" }, "leader"],
    [{ startsAt: "2026-03-01T01:00:00.000Z", endsAt: "2026-03-01T02:00:00.000Z" }, "time"],
    [{ startsAt: "2026-03-11T01:00:00.000Z", endsAt: "2026-03-11T01:10:00.000Z" }, "time"],
    [{ startsAt: "2026-03-11T01:00:00.000Z", endsAt: "2026-03-13T01:00:00.000Z" }, "time"],
  ] as const)
    expect([more, await refused(published(more))]).toEqual([more, reason]);
  expect(await refused(host.as("signer", "first").publish.mutate(day() as never))).toBe("forbidden");
});

test("while no time is free a wish can be left; the next day that is published answers it", async () => {
  const wish = { key: crypto.randomUUID(), topic: "宿舍漏水" };
  await visitor.wish.mutate(wish);
  await visitor.wish.mutate(wish);
  await soldier.wish.mutate({ key: crypto.randomUUID(), topic: "" });
  await soldier.wish.mutate({ key: crypto.randomUUID(), topic: "想谈谈住房" });
  expect((await officer.wishes.query()).map((one) => one.topic).toSorted()).toEqual(["宿舍漏水", "想谈谈住房"]);
  expect(JSON.stringify(await officer.wishes.query())).not.toContain(ids.soldier);
  expect(await host.as("officer", "second").wishes.query()).toEqual([]);
  expect(await refused(visitor.wishes.query())).toBe("unauthorized");
  expect(await refused(soldier.wishes.query())).toBe("forbidden");

  await published();
  expect(await officer.wishes.query()).toEqual([]);
  expect(await told(ids.soldier)).toEqual(["A reception day was announced. You can take a time now."]);
  expect(await refused(visitor.wish.mutate({ ...wish, key: crypto.randomUUID() }))).toBe("free");

  await host.sql("update p_reception_day.sessions set state = 'cancelled'");
  await visitor.wish.mutate(wish);
  await host.sql(
    `insert into p_reception_day.wishes (id, path, at) select gen_random_uuid(), path, at from p_reception_day.wishes, generate_series(1, 199)`,
  );
  expect(await refused(visitor.wish.mutate({ ...wish, key: crypto.randomUUID() }))).toBe("manyWishes");
});

test("of forty who press at once four have a time, and each time has one", async () => {
  const sessionId = await published();

  const outcomes = await Promise.all(Array.from({ length: 40 }, (_, n) => refused(booking(sessionId, n % 4))));

  expect(outcomes.filter((one) => one === "done")).toHaveLength(4);
  expect(new Set(outcomes)).toEqual(new Set(["done", "taken"]));
  const rows = await host.sql("select slot_no from p_reception_day.bookings where state = 'booked' order by 1");
  expect(rows.map((row) => row.slot_no)).toEqual([0, 1, 2, 3]);
}, 30_000);

test("a code opens its booking alone, gives the hour as a calendar file, and gives the time back", async () => {
  const sessionId = await published({ place: "一号楼；接访室" });
  const key = crypto.randomUUID();
  const first = await visitor.book.mutate({ sessionId, slotNo: 1, topic: "", key });
  const { code } = await visitor.book.mutate({ sessionId, slotNo: 1, topic: "", key });

  expect(await refused(visitor.booking.mutate({ code: first.code }))).toBe("code");
  expect(await refused(visitor.booking.mutate({ code: "short" }))).toBe("code");
  expect(await visitor.booking.mutate({ code: code.toLowerCase().replaceAll("-", " ") })).toMatchObject({
    ...{ visit: "booked", at: "2026-03-10T01:30:00.000Z", place: "一号楼；接访室" },
  });
  const { ics } = await visitor.calendarFile.mutate({ code });
  expect(ics).toContain("DTSTART:20260310T013000Z\r\nDTEND:20260310T020000Z");
  expect(ics).toContain("STATUS:CONFIRMED");
  expect(await refused(booking(sessionId, 1))).toBe("taken");
  await visitor.cancel.mutate({ code });
  expect(await refused(visitor.cancel.mutate({ code }))).toBe("state");
  await booking(sessionId, 1);
  const kept = await host.sql("select * from p_reception_day.bookings");
  expect(JSON.stringify(kept)).not.toContain(code.replaceAll("-", ""));
});

test("whoever is signed in finds his own, and nobody else's; what is full, over, elsewhere or called off takes no booking", async () => {
  const sessionId = await published();
  const { bookingId } = await booking(sessionId, 0, soldier);
  expect(await soldier.mine.query()).toMatchObject([{ bookingId, visit: "booked" }]);
  expect(await refused(officer.booking.mutate({ bookingId }))).toBe("notFound");
  expect(await refused(visitor.booking.mutate({ bookingId }))).toBe("unauthorized");
  expect(await refused(visitor.mine.query())).toBe("unauthorized");
  expect(await refused(booking(sessionId, 4))).toBe("closed");
  expect(await refused(booking(sessionId, 1, host.as(null, "second")))).toBe("notFound");

  await officer.cancelDay.mutate({ sessionId, reason: "野外驻训，改期另行公布" });
  expect(await refused(booking(sessionId, 1))).toBe("closed");
  expect((await visitor.calendar.query())[0]).toMatchObject({ state: "cancelled", reason: "野外驻训，改期另行公布" });
  expect(await told(ids.soldier)).toEqual(["The reception day you booked has changed. See under Reception days."]);
  expect(await refused(officer.cancelDay.mutate({ sessionId, reason: "x" }))).toBe("closed");
});

test("another leader takes over with a public reason, by whoever published the day; a leader who is busy does not", async () => {
  const sessionId = await published();
  const by = { sessionId, leaderId: ids.other, post: "教导员", portfolio: "", reason: "营长外出学习" };
  expect(await refused(host.as("clerk", "first").swap.mutate(by))).toBe("notYours");
  const elsewhere = await published({ leaderId: ids.other });
  expect(await refused(officer.swap.mutate(by))).toBe("busy");
  expect(await refused(published())).toBe("busy");
  await officer.cancelDay.mutate({ sessionId: elsewhere, reason: "x" });
  await officer.swap.mutate(by);
  expect((await visitor.calendar.query()).find((one) => one.sessionId === sessionId)).toMatchObject({
    ...{ leader: "signer first", post: "教导员", reason: "营长外出学习", state: "published" },
  });
  await published();
});

test("the day is prepared, held and followed up: the petition's owner reads what was said, its promises are tasks", async () => {
  const sessionId = await published();
  const { bookingId } = await booking(sessionId, 0, soldier);
  const filed = await officer.file.mutate({ bookingId, taken: matter() });
  const [visit] = (await officer.pack.query({ sessionId })).visits;
  expect(visit).toMatchObject({ topic: "想谈谈宿舍漏水", petition: { title: "宿舍漏水" }, earlier: [] });
  const kept = await host.kernelSql("select channel from kernel.cases where case_no = $1", [filed.caseNo]);
  expect(kept).toEqual([{ channel: "receptionDay" }]);

  const promise = { words: "本周修好屋顶", ownerId: ids.other, dueOn: "2026-03-13" };
  const said = { bookingId, record: "已当面核实漏水情况。" };
  expect(await refused(officer.heard.mutate({ ...said, promises: [{ ...promise, dueOn: "2026-03-01" }] }))).toBe(
    "promise",
  );
  expect(await refused(officer.heard.mutate({ ...said, promises: [{ ...promise, ownerId: ids.soldier }] }))).toBe(
    "owner",
  );
  await officer.heard.mutate({ ...said, promises: [promise], signature: PNG });
  // sent again where the answer was lost: once is enough
  await officer.heard.mutate({ ...said, promises: [promise] });
  expect(await refused(officer.heard.mutate({ ...said, promises: [] }))).toBe("state");
  expect(await host.kernelSql("select person_id, due_on::text from kernel.tasks")).toEqual([
    { person_id: ids.other, due_on: "2026-03-13" },
  ]);
  expect(await host.kernelSql("select name from kernel.files")).toEqual([{ name: "接访记录签字.png" }]);
  expect((await officer.pack.query({ sessionId })).visits[0]).toMatchObject({ signed: true });
  const [letter] = await host.kernelSql(
    "select text from kernel.messages where visibility = 'petitioner' order by at desc limit 1",
  );
  expect(letter?.text).toBe("已当面核实漏水情况。\n· 本周修好屋顶（2026-03-13）");

  const next = await published({ startsAt: "2026-03-17T01:00:00.000Z", endsAt: "2026-03-17T02:00:00.000Z" });
  const again = await booking(next);
  const [choice] = await officer.cases.query();
  await officer.link.mutate({ bookingId: again.bookingId, caseId: choice?.caseId ?? "" });
  const [back] = (await officer.pack.query({ sessionId: next })).visits;
  expect(back?.earlier).toMatchObject([{ words: "本周修好屋顶" }]);
  await officer.keep.mutate({ promiseId: back?.earlier[0]?.promiseId ?? "" });
  expect((await officer.pack.query({ sessionId: next })).visits[0]?.earlier).toEqual([]);
  expect(await refused(officer.keep.mutate({ promiseId: back?.earlier[0]?.promiseId ?? "" }))).toBe("state");

  // who may not see the petition reads nothing that was said about it
  await host.kernelSql("update kernel.cases set confidentiality = 3, category = 'accusation' where case_no = $1", [
    filed.caseNo,
  ]);
  await host.kernelSql("update kernel.case_audience set conf = 3 where case_id = $1", [choice?.caseId]);
  expect((await officer.pack.query({ sessionId })).visits[0]).toMatchObject({
    ...{ isClosed: true, topic: "", record: "", promises: [], petition: null },
  });
});

test("of an accusation nothing stays with the visit, and it lies with the organ", async () => {
  const sessionId = await published();
  const { bookingId } = await booking(sessionId);
  const taken = matter({ purpose: "accuse", title: "采购送礼", body: "供应商逢签合同必送礼。" });

  await officer.file.mutate({ bookingId, taken });

  const [visit] = (await officer.pack.query({ sessionId })).visits;
  expect(visit).toMatchObject({ state: "sealed", topic: "", record: "", petition: null });
  expect(await refused(officer.link.mutate({ bookingId, caseId: null }))).toBe("sealed");
  expect(await refused(officer.heard.mutate({ bookingId, record: "他说……" }))).toBe("state");
  const rows = await host.kernelSql("select id, confidentiality from kernel.cases where title <> '宿舍漏水'");
  expect(rows).toMatchObject([{ confidentiality: 3 }]);
  const other = await booking(sessionId, 1);
  expect(await refused(officer.link.mutate({ bookingId: other.bookingId, caseId: String(rows[0]?.id) }))).toBe(
    "case.notFound",
  );
});

test("visits belong to their unit, and to those who receive there", async () => {
  const sessionId = await published();
  const { bookingId } = await booking(sessionId);
  const stranger = host.as("officer", "second");
  expect(await refused(stranger.pack.query({ sessionId }))).toBe("notFound");
  expect(await refused(stranger.absent.mutate({ bookingId }))).toBe("notFound");
  expect(await refused(soldier.pack.query({ sessionId }))).toBe("forbidden");
  await officer.absent.mutate({ bookingId });
  expect(await refused(officer.absent.mutate({ bookingId }))).toBe("state");
  expect(await officer.days.query()).toMatchObject([{ sessionId, slots: 4, booked: 1 }]);
});

test("the leader is told ahead and the day before, whoever booked by an account the day before; later nothing is left", async () => {
  const sessionId = await published();
  await booking(sessionId, 2, soldier);
  await host.advance({ days: 3, hours: 6 });
  await host.advance({ days: 4 });
  await host.advance({ hours: 7 });
  expect(await told(ids.leader)).toEqual([
    "You receive visitors on 2026-03-10.",
    "Tomorrow you receive; 1 have booked.",
  ]);
  expect(await told(ids.soldier)).toEqual(["Your time with the leader is at 2026-03-10T02:00:00.000Z."]);
  await host.sql("insert into p_reception_day.wishes (id, path, at) values (gen_random_uuid(), '{}', $1)", [NOW]);
  await host.advance({ days: 80 });
  expect(await host.sql("select from p_reception_day.wishes")).toHaveLength(1);
  await host.advance({ days: 800 });
  for (const table of ["sessions", "bookings", "promises", "wishes"])
    expect(await host.sql(`select from p_reception_day.${table}`)).toEqual([]);
});
