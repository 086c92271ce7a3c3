import { join } from "node:path";
import type { Id } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addMonths, monthsTo } from "./figures/months.ts";
import server from "./server.ts";
import { release } from "./testing/release.ts";

let host: TestHost<typeof server>;
let brigade: Id;
let first: Id;
let second: Id;

const NEWEST = "2026-03";

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: "2026-04-20T02:00:00.000Z" });
  [brigade, first, second] = [host.units.brigade.id, host.units.first.id, host.units.second.id];
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

const registered = (month: string, [ownOf, firstOf, secondOf]: readonly (number | null)[], whole: number) =>
  release((text, values) => host.kernelSql(text, values), "registration", month, [
    { unitId: brigade, parentId: null, total: whole, figures: { category: { claim: whole, suggestion: 0 } } },
    {
      ...{ unitId: brigade, own: true, parentId: null, total: ownOf ?? null },
      figures: { category: { claim: ownOf ?? null, suggestion: 0 } },
    },
    {
      ...{ unitId: first, parentId: brigade, total: firstOf ?? null },
      figures: { category: { claim: firstOf ?? null, suggestion: 0 }, "+repeat": { yes: 6, no: 14 } },
    },
    { unitId: second, parentId: brigade, total: secondOf ?? null, figures: { category: { claim: secondOf ?? null } } },
  ]);

test("before the first month was released there is nothing to see, and that is said", async () => {
  const reader = host.as("officer");
  expect(await reader.headline.query()).toBeNull();
  expect(await reader.trend.query()).toEqual([]);
  expect(await reader.heat.query()).toBeNull();
  expect(await reader.share.query({ name: "repeat" })).toBeNull();
});

test("the first line says how much has changed and mainly where, from what was released", async () => {
  await registered(addMonths(NEWEST, -12), [5, 5, 5], 15);
  await registered(addMonths(NEWEST, -1), [8, 12, 10], 30);
  await registered(NEWEST, [8, 20, null], 40);
  expect(await host.as("officer").headline.query()).toMatchObject({
    ...{ month: NEWEST, total: 40, before: 30, change: 1 / 3 },
    from: { unitId: first, own: false, category: "claim", more: 8 },
  });
});

test("twelve months stand beside those of the year before, and a month without a release is empty", async () => {
  const trend = await host.as("officer").trend.query();
  expect(trend.map((one) => one.month)).toEqual(monthsTo(NEWEST, 12));
  expect(trend.at(-1)).toEqual({ month: NEWEST, season: "discharge", total: 40, yearBefore: 15, corrections: [] });
  expect(trend.at(-3)).toEqual({
    month: addMonths(NEWEST, -2),
    season: null,
    total: null,
    yearBefore: null,
    corrections: [],
  });
});

test("a month that was released again says so, in the newest year and in the one before", async () => {
  const correctedIn = async () =>
    (await host.as("officer").trend.query()).flatMap(({ corrections }) =>
      corrections.map(({ month, number }) => `${month} ${number}`),
    );
  expect(await correctedIn()).toEqual([]);
  await registered(addMonths(NEWEST, -12), [5, 5, 5], 15);
  await registered(addMonths(NEWEST, -1), [8, 12, 10], 30);
  expect(await correctedIn()).toEqual([`${addMonths(NEWEST, -1)} 2`, `${addMonths(NEWEST, -12)} 2`]);
});

test("units stand by category with what is hidden left out, the unit's own first", async () => {
  const heat = await host.as("officer").heat.query();
  expect(heat?.rows.map(({ unitId, own, total, categories }) => [unitId, own, total, categories.claim])).toEqual([
    [brigade, true, 8, 8],
    [first, false, 20, 20],
    [second, false, null, null],
  ]);
});

test("a unit without others below it is read with all it has, and sees no sibling", async () => {
  const heat = await host.as("officer", "second").heat.query();
  expect(heat?.rows.map((row) => row.unitId)).toEqual([second]);
  expect(await host.as("officer", "second").headline.query()).toMatchObject({ total: null, change: null, from: null });
});

test("shares are those of the newest month, by unit; a share of which a part is hidden is none", async () => {
  const found = await host.as("officer").share.query({ name: "repeat" });
  expect(found?.rows.find((row) => row.unitId === first)).toMatchObject({ above: 6, below: 20 });
  expect(found?.rows.find((row) => row.unitId === second)).toMatchObject({ above: null, below: null });
  expect(found?.whole).toEqual({ above: null, below: 40 });
});

test("a correction takes the place of what it corrects", async () => {
  await registered(NEWEST, [8, 25, null], 45);
  expect(await host.as("officer").headline.query()).toMatchObject({ total: 45, change: 0.5, from: { more: 13 } });
});

test("who has no work of that kind is refused, and so is a share that is none", async () => {
  const reader = host.as("mediator");
  for (const call of [
    () => reader.headline.query(),
    () => reader.trend.query(),
    () => reader.heat.query(),
    () => reader.themes.query(),
    () => reader.share.query({ name: "repeat" }),
  ])
    await expect(call()).rejects.toMatchObject({ data: { code: "forbidden" } });
  const other = host.as("officer").share.query({ name: "volume" as "repeat" });
  await expect(other).rejects.toMatchObject({ data: { code: "input.invalid" } });
});

test("what petitions speak of stands beside the month and the year before, what rose the most first", async () => {
  expect(await host.as("officer").themes.query()).toBeNull();
  const measure = (yes: number | null) => ({ yes, no: yes === null ? null : 40 - yes });
  const spoken = (month: string, heating: number | null, pay: number, leave = 0) =>
    release((text, values) => host.kernelSql(text, values), "registration", month, [
      {
        ...{ unitId: brigade, parentId: null, total: 40 },
        figures: {
          category: { claim: 40, suggestion: 0 },
          ...{ "+heating": measure(heating), "+pay": measure(pay), "+leave": measure(leave), "+meals": measure(0) },
        },
      },
      { unitId: second, parentId: brigade, total: null, figures: { "+heating": measure(9) } },
    ]);
  await spoken(addMonths(NEWEST, -1), 6, 12, 7);
  await spoken(NEWEST, 20, 13);
  expect(await host.as("officer").themes.query()).toEqual({
    ...{ month: NEWEST, names: {} },
    rows: [
      { theme: "heating", now: 20, before: 6 },
      { theme: "pay", now: 13, before: 12 },
      { theme: "leave", now: 0, before: 7 },
    ],
  });
  await spoken(NEWEST, null, 13);
  expect((await host.as("officer").themes.query())?.rows).toEqual([
    { theme: "pay", now: 13, before: 12 },
    { theme: "leave", now: 0, before: 7 },
    { theme: "heating", now: null, before: 6 },
  ]);
});
