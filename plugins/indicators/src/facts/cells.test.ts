import { join } from "node:path";
import type { FeedFact, FeedPage } from "@doorstep/sdk";
import { pluginServer } from "@doorstep/sdk/server";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobCtx } from "../indicators-ctx.ts";
import { plugin } from "../plugin.ts";
import { forgetCases, readFeed } from "./read-feed.ts";

/** A ledger of the test's own; a reader may be broken off after some pages. */
const ledger: FeedFact[] = [];
const PAGE = 5;
let pagesLeft = Number.POSITIVE_INFINITY;
let forgotten: readonly string[] = [];
const page = (next: string | null): FeedPage => {
  if (pagesLeft === 0) throw new Error("broken off");
  pagesLeft -= 1;
  const at = Number(next ?? 0);
  const facts = ledger.slice(at, at + PAGE);
  return { facts, next: String(at + facts.length) };
};
const reading = (ctx: JobCtx): JobCtx =>
  Object.assign(Object.create(ctx), {
    feed: { read: (next: string | null) => Promise.resolve().then(() => page(next)) },
  });

const server = pluginServer(plugin, {
  jobs: {
    read: {
      every: "1m",
      scope: "platform",
      run: async (ctx) => {
        if (forgotten.length > 0) await forgetCases(ctx.db, forgotten);
        await readFeed(reading(ctx));
      },
    },
  },
});

let host: TestHost<typeof server>;
let units: readonly string[];
beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: "2026-06-02T02:00:00.000Z" });
  units = (await host.kernelSql("select id from kernel.units order by code limit 3")).map((row) => String(row.id));
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

const read = () => host.advance({ minutes: 1 });
const cells = () =>
  host.sql(
    `select thing, month::text, unit_id, category, channel, marks, count from p_indicators.cells order by 1, 2, 3, 4, 5, 6`,
  );
const sums = () =>
  host.sql(`select thing, date_trunc('month', day)::date::text as month, unit_id, category, channel, marks, count(*)::int as count
              from p_indicators.counted group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`);
const rows = () => host.sql("select * from p_indicators.counted order by case_id, no");
const progress = async () => (await host.sql("select * from p_indicators.progress"))[0];
const isWhole = async () => (await progress())?.whole_until !== null;

const cases = Array.from({ length: 8 }, () => crypto.randomUUID());
const acts = [
  ["case.received", { due: { K2: "2026-01-20" } }],
  ["case.registered", {}],
  ["case.accepted", { due: { K4: "2026-03-06" }, letters: [{ code: "D8" }] }],
  ["case.routed", { hop: 3 }],
  ["case.extended", { due: { K4: "2026-04-05" } }],
  ["case.replied", { track: "simple" }],
  ["case.replied", { promised: { c1: "2026-03-10" } }],
  ["rating.given", { ratedUnit: "satisfied", office: "not" }],
  ["rating.given", { ratedUnit: "not" }],
  ["case.repeatJudged", { kind: "again", of: cases[0] }],
  ["case.reviewRequested", { due: { K14: "2026-04-12" } }],
  ["case.redo", {}],
  ["case.withdrawn", {}],
  ["case.merged", {}],
] as const;
const anAct = fc.record({
  act: fc.nat(acts.length - 1),
  of: fc.nat(cases.length - 1),
  unit: fc.nat(2),
  day: fc.integer({ min: 1, max: 150 }),
  category: fc.constantFrom("claim", "suggestion", undefined),
});
type Act = typeof anAct extends fc.Arbitrary<infer T> ? T : never;

/** The chain of a petition goes on by one; its time goes on too. */
function write({ act, of, unit, day, category }: Act): void {
  const [type, facts] = acts[act] ?? acts[0];
  const caseId = cases[of] ?? "";
  const own = ledger.filter((fact) => fact.caseId === caseId);
  const at = new Date(Date.UTC(2026, 0, day, 2)).toISOString();
  const last = own.at(-1)?.at ?? "";
  ledger.push({
    ...{ caseId, seq: own.length + 1, at: [at, last].toSorted().at(-1) ?? at, type, by: "person" },
    facts: { unit: units[unit], channel: "online", ...(category && { category }), ...facts },
  });
}

const aStep = fc.record({
  acts: fc.array(anAct, { minLength: 1, maxLength: 25 }),
  forgets: fc.option(fc.nat(cases.length - 1), { freq: 4 }),
});

test("the cells are the sum of what is counted, whatever happened, whatever was corrected, whatever was forgotten", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 2, maxLength: 4 }), async (steps) => {
      for (const step of steps) {
        for (const act of step.acts) write(act);
        forgotten = step.forgets === null ? [] : [cases[step.forgets] ?? ""];
        await read();
        forgotten = [];
        expect(await cells()).toEqual(await sums());
      }
    }),
    { numRuns: 8 },
  );
  // a short draw leaves few, and none would show nothing
  expect((await cells()).length).toBeGreaterThan(5);
}, 60_000);

test("all of it can be counted anew, broken off wherever, and what happens meanwhile is not lost", async () => {
  for (const act of fc.sample(anAct, { numRuns: 60, seed: 7 })) write(act);
  await read();
  // from nothing, in one go
  await host.sql("delete from p_indicators.counted");
  await host.sql("delete from p_indicators.cells");
  await host.sql("delete from p_indicators.entries");
  await host.sql("delete from p_indicators.progress");
  await read();
  const [right, rightCells] = [await rows(), await cells()];
  expect(rightCells.length).toBeGreaterThan(20);
  expect(rightCells).toEqual(await sums());

  // other formulas had counted otherwise, and their sums were wrong
  await host.sql("update p_indicators.counted set marks = '{kept}', day = day - 40");
  await host.sql("update p_indicators.cells set count = count + 3 where marks <> '{}'");
  await host.sql("update p_indicators.progress set formulas = 0");
  const before = await rows();
  // five entries are of six petitions at most, with one that they came back to: two are not reached
  pagesLeft = 1;
  await read();
  expect(await isWhole()).toBe(false);
  expect(await progress()).toMatchObject({ next: String(PAGE), cells_from: expect.anything() });
  // those not reached yet stand as they stood
  expect(await rows()).toHaveLength(before.length);
  expect(await rows()).not.toEqual(right);

  write({ act: 0, of: 1, unit: 2, day: 150, category: undefined });
  write({ act: 1, of: 1, unit: 2, day: 150, category: undefined });
  pagesLeft = 2;
  await read();
  expect(await progress()).toMatchObject({ next: String(3 * PAGE) });
  pagesLeft = Number.POSITIVE_INFINITY;
  await host.advance({ minutes: 10 });
  expect(await isWhole()).toBe(true);
  expect(await cells()).toEqual(await sums());

  const ours = await rows();
  expect(ours.filter((row) => row.case_id !== cases[1])).toEqual(right.filter((row) => row.case_id !== cases[1]));
  expect(ours).not.toEqual(right);
}, 60_000);
