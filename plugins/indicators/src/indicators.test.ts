import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { movements } from "./facts/movements.ts";
import { things } from "./facts/things.ts";
import server from "./server.ts";

let host: TestHost<typeof server>;
const MONTH = "2026-03";

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: "2026-03-02T02:00:00.000Z" });
  await host.events.emit("case.received");
  await host.advance({ minutes: 1 });
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

type Where = Parameters<TestHost<typeof server>["as"]>[1];
const shareOf = async (code: string, role: Parameters<typeof host.as>[0] = "officer", at: Where = "brigade") => {
  const { indicators } = await host.as(role, at).month.query({ month: MONTH });
  return indicators.find((one) => one.code === code);
};
const rows = () => host.sql("select * from p_indicators.counted order by case_id, no");

test("a petition is counted by what the ledger says, once its day is over", async () => {
  expect(await shareOf("I1")).toEqual({ code: "I1", live: { above: 0, below: 0 }, spreads: [], released: null });
  await host.advance({ days: 20 });
  expect(await shareOf("I1")).toMatchObject({ live: { above: 0, below: 1 }, released: null });
  const { total, cases } = await host.as("officer").cases.query({ month: MONTH, code: "I1" });
  expect([total, cases]).toEqual([1, [expect.objectContaining({ counts: false, title: expect.any(String) })]]);
});

test("whoever may not see the petition sees a number without it, and it stands in no list", async () => {
  const other = host.as("officer", "second");
  expect(await shareOf("I1", "officer", "second")).toMatchObject({ live: { above: 0, below: 0 } });
  const above = host.as("officer", "second", "brigade");
  // not at a unit where he does no such work
  await expect(above.month.query({ month: MONTH })).rejects.toMatchObject({ data: { code: "forbidden" } });
  expect(await other.cases.query({ month: MONTH, code: "I1" })).toEqual({ total: 0, cases: [] });

  // and who stands out of it neither
  expect(await shareOf("I1", "supervisor")).toMatchObject({ live: { below: 1 } });
  await host.kernelSql(
    `insert into kernel.recusals (case_id, person_id, source, state, at)
     select c.id, p.id, 'self', 'granted', now() from kernel.cases c, kernel.people p where p.name = 'supervisor brigade'`,
  );
  expect(await shareOf("I1", "supervisor")).toMatchObject({ live: { above: 0, below: 0 } });
  expect(await host.as("supervisor").cases.query({ month: MONTH, code: "I1" })).toEqual({ total: 0, cases: [] });
  expect(await shareOf("I1")).toMatchObject({ live: { below: 1 } });
});

test("the unit alone is counted without those below it", async () => {
  const { indicators } = await host.as("officer").month.query({ month: MONTH, below: false });
  expect(indicators[0]).toMatchObject({ code: "I1", live: { below: 1 } });
});

test("a part is counted by its category and the way it came, exactly and never as released", async () => {
  const share = async (part: object) => {
    const { indicators } = await host.as("officer").month.query({ month: MONTH, ...part } as never);
    return indicators.find((one) => one.code === "I1")?.live?.below;
  };
  expect(await share({ category: "none", channel: "online" })).toBe(1);
  expect(await share({ category: "claim" })).toBe(0);
  expect(await share({ channel: "letter" })).toBe(0);
  const ofPart = { month: MONTH, code: "I1" as const, channel: "letter" as const };
  expect(await host.as("officer").cases.query(ofPart)).toEqual({ total: 0, cases: [] });
  await expect(share({ channel: "pigeon" })).rejects.toMatchObject({ data: { code: "input.invalid" } });
});

test("what was registered at a unit is listed for whoever may open it, and counted as released for everybody", async () => {
  await host.sql("update p_indicators.counted set thing = 'registration' where thing = 'acceptance'");
  const [brigade, first, second] = [host.units.brigade.id, host.units.first.id, host.units.second.id];
  const [row] = await rows();
  const at = String(row?.unit_id);
  const asked = { month: MONTH, at, category: "none" as const };
  const found = await host.as("officer").registered.query({ ...asked, at: brigade });
  expect(found).toMatchObject({ live: { count: 1, cases: [{ title: expect.any(String) }] } });
  expect(found.released).toBeUndefined();
  expect((await host.as("officer").registered.query(asked)).live?.count).toBe(1);
  const elsewhere = at === second ? first : second;
  expect((await host.as("officer").registered.query({ ...asked, at: elsewhere })).live?.count).toBe(0);
  expect((await host.as("officer").registered.query({ ...asked, at: brigade, category: "claim" })).live?.count).toBe(0);
  // who stands out of it counts without it
  expect((await host.as("supervisor").registered.query({ ...asked, at: brigade })).live?.count).toBe(0);
  // neither of a unit above nor of one beside
  for (const other of [brigade, first])
    await expect(host.as("officer", "second").registered.query({ ...asked, at: other })).rejects.toMatchObject({
      data: { code: "input.invalid" },
    });
  await expect(host.as("mediator").registered.query(asked)).rejects.toMatchObject({ data: { code: "forbidden" } });
  await host.sql("update p_indicators.counted set thing = 'acceptance' where thing = 'registration'");
});

test("counting all of it anew gives the same to the last petition", async () => {
  const before = await rows();
  // nobody has decided on it, and nobody has answered
  expect(before.map((one) => one.thing)).toEqual(["acceptance", "due"]);
  await host.sql("update p_indicators.progress set formulas = 0");
  await host.sql("update p_indicators.counted set marks = '{inTime}'");
  await host.advance({ minutes: 1 });
  expect(await rows()).toEqual(before);
  await host.advance({ minutes: 1 });
  expect(await rows()).toEqual(before);
});

test("what happens is counted at once, without waiting for the repeated work", async () => {
  await host.sql("update p_indicators.counted set marks = '{inTime}'");
  await host.sql("update p_indicators.progress set next = null");
  // what was never read to its end is long, and left to the repeated work
  await host.sql("update p_indicators.progress set whole_until = null");
  await host.events.emit("case.accepted");
  expect(await rows()).toMatchObject([{ marks: ["inTime"] }, { marks: ["inTime"] }]);
  await host.sql("update p_indicators.progress set whole_until = '2026-03-02T00:00:00Z'");
  await host.events.emit("case.accepted");
  expect(await rows()).toMatchObject([{ marks: [] }, { marks: [] }]);
  // what was written by hand here stands in no sum
  await host.sql("update p_indicators.progress set cells_from = '2026-01-01'");
});

test("ten days after the month everybody reads what was released of it, with nobody in it", async () => {
  await host.advance({ days: 20 });
  const released = await host.kernelSql("select dataset from kernel.figure_releases where month = $1 order by 1", [
    MONTH,
  ]);
  expect(released.map((one) => one.dataset)).toEqual(
    [...Object.keys(things), ...Object.keys(movements)].map((thing) => `indicators/${thing}`).toSorted(),
  );
  expect(await shareOf("I1")).toMatchObject({ live: { below: 1 }, released: { below: null, above: null, number: 1 } });
  expect(await shareOf("I12")).toMatchObject({ released: { below: 0, above: 0 } });
});

test("how many wrote of a thousand is context: by what was released and the strength that an officer entered", async () => {
  const of = (below = true) => host.as("officer").others.query({ month: MONTH, below });
  expect(await of()).toEqual({ others: [], context: { strength: null, rate: null, mayEnter: true } });
  expect(await of(false)).toEqual({ others: [], context: null });
  await host.as("officer").setStrength.mutate({ month: "2026-01", people: 500 });
  const strength = { month: "2026-01", people: 500 };
  // one petition: hidden
  expect((await of()).context).toEqual({ strength, rate: null, mayEnter: true });
  const release = (total: number | null) =>
    host.kernelSql(
      `update kernel.figure_rows w set total = $1 from kernel.figure_releases r
        where r.id = w.release_id and r.dataset = 'indicators/registration' and r.month = $2`,
      [total, MONTH],
    );
  await release(12);
  expect((await of()).context).toEqual({ strength, rate: 24, mayEnter: true });
  await host.as("officer").setStrength.mutate({ month: MONTH, people: 4 });
  expect((await of()).context).toMatchObject({ strength: { month: MONTH, people: 4 }, rate: null });
  await host.as("officer").setStrength.mutate({ month: MONTH, people: 600 });
  expect((await of()).context).toMatchObject({ rate: 20 });
  await release(null);
  expect((await of()).context).toMatchObject({ rate: null });
  const other = await host.as("supervisor").others.query({ month: MONTH, below: true });
  expect(other.context).toMatchObject({ mayEnter: false });
  await expect(host.as("supervisor").setStrength.mutate({ month: MONTH, people: 9 })).rejects.toMatchObject({
    data: { code: "forbidden" },
  });
  await expect(host.as("officer").setStrength.mutate({ month: "2027-01", people: 9 })).rejects.toMatchObject({
    data: { code: "input.invalid" },
  });
});

test("who has no work of that kind is refused, and so is a month that is none", async () => {
  await expect(host.as("mediator").month.query({ month: MONTH })).rejects.toMatchObject({
    data: { code: "forbidden" },
  });
  await expect(host.as("officer").month.query({ month: "2026-13" })).rejects.toMatchObject({
    data: { code: "input.invalid" },
  });
});

test("however many there are, the number is exact and of those alone that whoever asks may open", async () => {
  await host.sql(
    `insert into p_indicators.counted (case_id, no, thing, unit_id, path, day, category, channel, marks)
     select case_id, 100 + n, thing, unit_id, path, day, category, channel, '{inTime}'
       from p_indicators.counted, generate_series(1, 1500) n where thing = 'acceptance'
     union all select gen_random_uuid(), 0, thing, unit_id, path, day, category, channel, marks
       from p_indicators.counted, generate_series(1, 4001) where thing = 'acceptance'`,
  );
  expect(await shareOf("I1")).toMatchObject({ live: { above: 1500, below: 1501 } });
  expect(await shareOf("I1", "supervisor")).toMatchObject({ live: { above: 0, below: 0 } });
  const { total, cases } = await host.as("officer").cases.query({ month: MONTH, code: "I1" });
  expect([total, cases.length, cases[0]?.counts, cases[1]?.counts]).toEqual([1501, 50, false, true]);
  await host.sql(
    "delete from p_indicators.counted where no >= 100 or case_id not in (select case_id from p_indicators.entries)",
  );
});

test("what has become an accusation leaves nothing here", async () => {
  await host.kernelSql("update kernel.cases set confidentiality = 3");
  await host.advance({ days: 1 });
  expect(await rows()).toEqual([]);
  expect(await host.sql("select * from p_indicators.entries")).toEqual([]);
});
