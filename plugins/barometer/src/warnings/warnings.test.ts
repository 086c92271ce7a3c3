import { join } from "node:path";
import type { Id } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addMonths, monthsTo } from "../figures/months.ts";
import server from "../server.ts";
import { type ReleasedOf, release } from "../testing/release.ts";

let host: TestHost<typeof server>;
let brigade: Id;
let first: Id;
let second: Id;

const NEWEST = "2026-03";
const NEXT = "2026-04";

const measure = (name: string, yes: number, all: number) => ({ [`+${name}`]: { yes, no: all - yes } });
const row = (unitId: Id, parentId: Id | null, claims: number, online: number) => ({
  ...{ unitId, parentId, total: claims },
  figures: {
    category: { claim: claims, suggestion: 0 },
    channel: { online, letter: claims - online },
    ...measure("repeat", 1, claims),
  },
});
const released = (month: string, ofFirst: number, onlineOfSecond: number) =>
  release(host.kernelSql, "registration", month, [
    row(brigade, null, ofFirst + 20, ofFirst + onlineOfSecond),
    row(first, brigade, ofFirst, ofFirst),
    row(second, brigade, 20, onlineOfSecond),
  ]);

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: "2026-04-20T02:00:00.000Z" });
  [brigade, first, second] = [host.units.brigade.id, host.units.first.id, host.units.second.id];
  for (const month of monthsTo(addMonths(NEWEST, -1), 12)) await released(month, 10, 10);
  // a task needs somebody who can be asked
  await host.as("officeHead").warnings.query();
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

const kept = () => host.sql("select * from p_barometer.warnings order by rule, about_id, month");
const opened = async (at: "brigade" | "first" = "brigade") =>
  (await host.as("officeHead", at).warnings.query()).filter((one) => one.state === "open");
const idOf = async (rule: string): Promise<Id> =>
  (await opened()).find((one) => one.rule === rule && one.isHere)?.id ?? "";

test("a history without anything unusual warns of nothing", async () => {
  await host.advance({ days: 1 });
  expect(await kept()).toEqual([]);
});

test("what the newest month shows is asked of the head of the office, with its evidence, a day and where it is", async () => {
  await released(NEWEST, 60, 0);
  await host.advance({ days: 1 });
  const here = await opened();
  expect(here.map((one) => [one.rule, one.unit?.en, one.about?.en, one.subject, one.since]).toSorted()).toEqual([
    ["silence", "brigade unit", "second unit", "online", NEWEST],
    ["spike", "brigade unit", "brigade unit", "claim", NEWEST],
    ["spike", "first unit", "first unit", "claim", NEWEST],
  ]);
  expect(here.find((one) => one.rule === "silence")).toMatchObject({
    ...{ actual: 0, expected: 10, dueOn: "2026-05-06", isLate: false, isAsked: true, isMine: true, isHere: true },
  });
});

test("the day after, the same is neither asked nor given a second time", async () => {
  const before = await kept();
  const tasks = await host.kernelSql("select id from kernel.tasks");
  await host.advance({ days: 1 });
  expect(await kept()).toEqual(before);
  expect(await host.kernelSql("select id from kernel.tasks")).toEqual(tasks);
});

test("what was released is looked through again once something of it is new, or a round was broken off", async () => {
  const before = await kept();
  const isLookedThrough = async (): Promise<boolean> => {
    await host.sql("update p_barometer.warnings set expected = -1 where state = 'open'");
    await host.advance({ days: 1 });
    const [row] = await host.sql("select bool_and(expected > 0) as is from p_barometer.warnings where state = 'open'");
    return row?.is === true;
  };

  expect(await isLookedThrough()).toBe(false);
  // the stamp was not kept
  await host.sql("delete from p_barometer.looked_through");
  expect(await isLookedThrough()).toBe(true);
  expect(await isLookedThrough()).toBe(false);
  await released(NEWEST, 60, 0);
  expect(await isLookedThrough()).toBe(true);
  expect(await kept()).toEqual(before);
});

test("a unit sees its own warnings, not those of its siblings or of the unit above", async () => {
  expect((await opened("first")).map((one) => [one.rule, one.isHere])).toEqual([["spike", true]]);
  expect(await host.as("officeHead", "second").warnings.query()).toEqual([]);
});

test("only who heads the office or is in charge answers, and only at the unit that is asked", async () => {
  const warningId = await idOf("silence");
  const given = { warningId, state: "answered", words: "网站改版时断了" } as const;
  await expect(host.as("officer").close.mutate(given)).rejects.toMatchObject({ data: { code: "forbidden" } });
  await expect(host.as("mediator").warnings.query()).rejects.toMatchObject({ data: { code: "forbidden" } });
  await expect(host.as("officeHead", "second").close.mutate(given)).rejects.toMatchObject({
    data: { params: { reason: "notFound" } },
  });
  await expect(host.as("officeHead").close.mutate({ ...given, words: " " })).rejects.toMatchObject({
    data: { code: "input.invalid" },
  });
  expect(await opened()).toHaveLength(3);
});

test("an answer ends it and its task, shows who gave it, and is given once", async () => {
  const warningId = await idOf("silence");
  const given = { warningId, state: "answered", words: "网站改版时断了，已经接通" } as const;
  await host.as("officeHead").close.mutate(given);
  const settled = (await host.as("officer").warnings.query()).find((one) => one.id === warningId);
  expect(settled).toMatchObject({ state: "answered", words: given.words, by: "officeHead brigade" });
  const [task] = await host.kernelSql("select state from kernel.tasks where text like '%预警%' order by state limit 1");
  expect(task).toEqual({ state: "done" });
  await expect(host.as("officeHead").close.mutate(given)).rejects.toMatchObject({
    data: { params: { reason: "state" } },
  });
});

test("a false alarm is not asked again for its month, and changes nothing about the next", async () => {
  await host
    .as("chargeLeader")
    .close.mutate({ warningId: await idOf("spike"), state: "falseAlarm", words: "集中换证" });
  await host.advance({ days: 1 });
  expect((await opened()).filter((one) => one.isHere)).toEqual([]);
  await released(NEXT, 60, 0);
  await host.advance({ days: 1 });
  const again = (await opened()).filter((one) => one.isHere).map((one) => [one.rule, one.since, one.actual]);
  expect(again.toSorted()).toEqual([
    ["silence", NEXT, 0],
    ["spike", NEXT, 80],
  ]);
});

test("what goes on for a second month stays one question, since its first", async () => {
  const own = (await opened("first")).filter((one) => one.isHere);
  expect(own.map((one) => [one.since, one.month])).toEqual([[NEWEST, NEXT]]);
});

const counted = (unitId: Id, parentId: Id | null, total: number, figures: NonNullable<ReleasedOf["figures"]>) => ({
  ...{ unitId, parentId, total, figures },
});
/** A month in which the first gets back from the second what it handed on, and little is adopted there. */
async function releasedBeside(month: string, bounced: number): Promise<void> {
  const of = (unit: number) => ({ other: { beside: unit, above: 0, below: 0, elsewhere: 0 } });
  const sql = host.kernelSql;
  await release(sql, "cameBack", month, [
    counted(brigade, null, bounced, of(bounced)),
    counted(first, brigade, bounced, of(bounced)),
    counted(second, brigade, 0, of(0)),
  ]);
  await release(sql, "sentBack", month, [
    counted(brigade, null, bounced, of(bounced)),
    counted(first, brigade, 0, of(0)),
    counted(second, brigade, bounced, of(bounced)),
  ]);
  await release(sql, "suggestion", month, [
    counted(brigade, null, 20, measure("adopted", 10, 20)),
    counted(first, brigade, 10, measure("adopted", 0, 10)),
    counted(second, brigade, 10, measure("adopted", 10, 10)),
  ]);
  // what nobody has answered was not turned down
  await release(sql, "supervision/recommendations", month, [
    counted(brigade, null, 30, { ...measure("adopted", 5, 30), ...measure("answered", 15, 30) }),
    counted(first, brigade, 10, { ...measure("adopted", 0, 10), ...measure("answered", 10, 10) }),
    counted(second, brigade, 20, { ...measure("adopted", 5, 20), ...measure("answered", 5, 20) }),
  ]);
  await release(sql, "together", month, [counted(brigade, null, 40, measure("joint", bounced + 5, 40))]);
  await release(sql, "decision", month, [counted(brigade, null, 40, measure("changed", bounced + 5, 40))]);
}

test("a pair is asked of the unit above both by their names, what is not adopted of the unit itself", async () => {
  for (const month of monthsTo(NEXT, 12)) await releasedBeside(month, month === NEXT ? 12 : 0);
  await host.advance({ days: 1 });
  const told = await opened();
  expect(told.find((one) => one.rule === "bouncePair")).toMatchObject({
    ...{ about: { en: "first unit" }, subjectName: { en: "second unit" }, actual: 12, since: NEXT, isHere: true },
  });
  const own = (await opened("first")).filter((one) => one.isHere);
  // ten answered a month, of which all were adopted elsewhere
  const unheeded = own.find((one) => one.rule === "unheeded");
  expect([unheeded?.actual, Math.round(unheeded?.expected ?? 0)]).toEqual([0, 118]);
  expect(own.map((one) => one.rule).toSorted()).toEqual(["spike", "unadopted", "unheeded"]);
  expect(told.filter((one) => one.isHere).map((one) => one.rule)).toEqual(
    expect.arrayContaining(["joint", "changedOnReview", "bouncePair"]),
  );
  // neither of the two that send to and fro is told by itself, and nobody else is
  expect((await host.as("officeHead", "second").warnings.query()).map((one) => one.rule)).not.toContain("bouncePair");
});

test("what falls due in the months to come stands beside what is answered in a month", async () => {
  expect(await host.as("officer").forecast.query()).toBeNull();
  for (const month of monthsTo(NEXT, 12))
    await release(host.kernelSql, "answer", month, [counted(brigade, null, 30, {})]);
  expect(await host.as("officer").forecast.query()).toEqual({
    pace: 30,
    months: [
      { month: "2026-05", due: 80, isExpected: false, season: null },
      { month: "2026-06", due: 80, isExpected: false, season: null },
      { month: "2026-07", due: expect.any(Number), isExpected: true, season: null },
    ],
  });
  await expect(host.as("mediator").forecast.query()).rejects.toMatchObject({ data: { code: "forbidden" } });
});

test("where nobody at the unit could be asked, whoever is asked above answers from there, and nobody else does", async () => {
  const below = (await opened()).find((one) => one.rule === "spike" && one.about?.en === "first unit");
  expect(below).toMatchObject({ isHere: false, isMine: true });
  const given = { warningId: below?.id ?? "", state: "answered", words: "老兵退伍集中办理" } as const;
  await expect(host.as("chargeLeader").close.mutate(given)).rejects.toMatchObject({
    data: { params: { reason: "notFound" } },
  });
  await host.as("officeHead").close.mutate(given);
  const settled = (await host.as("officeHead").warnings.query()).find((one) => one.id === given.warningId);
  expect(settled).toMatchObject({ state: "answered", by: "officeHead brigade", words: given.words });
  await expect(host.as("officeHead").close.mutate(given)).rejects.toMatchObject({
    data: { params: { reason: "state" } },
  });
});
