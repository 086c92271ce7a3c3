import process from "node:process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openTestKernel } from "../testing/index.ts";
import { MOODS, play, type Step, type Tally } from "./play.ts";
import { type House, openHouse } from "./random-house.ts";

// biome-ignore lint/style/noProcessEnv: how long to look is said by whoever starts the tests.
const LONG = process.env.DOORSTEP_LONG === "1" || process.env.LONG === "1";
const RUNS = LONG ? 10_000 : 40;
const HOUSES = LONG ? 400 : 12;

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat({ max: 999 }),
  what: fc.nat({ max: 999 }),
  how: fc.nat({ max: 999 }),
  which: fc.nat({ max: 1 }),
  mood: fc.nat({ max: MOODS - 1 }),
  hours: fc.oneof(
    { weight: 6, arbitrary: fc.nat({ max: 30 }) },
    { weight: 2, arbitrary: fc.nat({ max: 200 }) },
    { weight: 1, arbitrary: fc.nat({ max: 1_000 }) },
  ),
});

const EARLY = ["received", "registered", "routed", "accepted", "inHandling", "replied"];
const LATE = ["review", "rereview", "final", "archived", "withdrawn"];

/** A model that nothing reaches would hold of anything: the last states are seldom reached in a few sequences. */
function expectReached(tally: Tally): void {
  for (const state of LONG ? [...EARLY, ...LATE] : EARLY)
    expect([state, tally.get(`state ${state}`) ?? 0]).not.toEqual([state, 0]);
  const acts = [...tally.keys()].filter((k) => k.startsWith("did "));
  expect(acts.length).toBeGreaterThan(LONG ? 45 : 20);
  expect([(tally.get("read") ?? 0) > 0, (tally.get("not found") ?? 0) > 0]).toEqual([true, true]);
}

test(
  "the invariants hold whatever people of whatever tree do, and SPEC says beforehand what may be done",
  async () => {
    await using t = await openTestKernel({ now: "2026-01-05T02:00:00Z" });
    const start = t.clock.now;
    const houses = new Map<number, House>();
    const tally: Tally = new Map();
    let played = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: HOUSES - 1 }),
        fc.oneof(
          { weight: 3, arbitrary: fc.tuple(fc.nat({ max: 3 })) },
          { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })) },
        ),
        fc.array(step, { minLength: 8, maxLength: 25, size: "max" }),
        async (seed, kinds, steps) => {
          t.clock.now = start;
          const house = houses.get(seed) ?? (await openHouse(t, seed));
          houses.set(seed, house);
          expect(await play(house, kinds, steps, tally)).toEqual([]);
          played += 1;
          // nothing else says to the planner how the tables have grown: without it a long run gets slower and slower
          if (played % 500 === 0) await t.database.pool.query("analyze");
        },
      ),
      // an ordinary run plays the same every time; new ones are looked for in the long run
      { numRuns: RUNS, endOnFailure: true, ...(!LONG && { seed: 20_260_105, interruptAfterTimeLimit: 60_000 }) },
    );
    // a machine that is busy with other things plays fewer: enough to find a fault, not to have been everywhere
    if (played === RUNS) expectReached(tally);
    expect(played).toBeGreaterThan(0);
  },
  LONG ? 10_800_000 : 300_000,
);
