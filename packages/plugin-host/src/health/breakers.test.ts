import fc from "fast-check";
import { expect, test } from "vitest";
import { BREAKER_RULES, createBreakers, Paused } from "./breakers.ts";

const { pauseMs, longestMs, row, atLeast, windowMs } = BREAKER_RULES;

function open() {
  let at = Date.parse("2026-05-04T08:00:00Z");
  const breakers = createBreakers(() => new Date(at));
  return {
    breakers,
    wait: (ms: number) => {
      at += ms;
    },
    goes: (kind: "rpc" | "decide" = "rpc", id = "box"): boolean => {
      try {
        breakers.admit(id, kind);
        return true;
      } catch (error) {
        if (error instanceof Paused) return false;
        throw error;
      }
    },
    fail: (times: number) => {
      for (let i = 0; i < times; i += 1) breakers.failed("box", "rpc");
    },
    succeed: (times: number) => {
      for (let i = 0; i < times; i += 1) breakers.succeeded("box", "rpc");
    },
  };
}

test("five failures in a row pause calls of that kind to that plugin, and no other", () => {
  const { breakers, goes, fail, succeed } = open();
  fail(row - 1);
  succeed(1);
  fail(row - 1);
  expect(goes()).toBe(true);
  fail(1);
  expect(goes()).toBe(false);
  expect([goes("decide"), goes("rpc", "other")]).toEqual([true, true]);
  expect(breakers.pausedOf("box")).toEqual([{ kind: "rpc", until: new Date("2026-05-04T08:00:30Z") }]);
});

test("more than half of at least ten calls within a minute do so, too; older ones do not count", () => {
  const at = open();
  const mixed = (failures: number, successes: number) => {
    for (let i = 0; i < Math.max(failures, successes); i += 1) {
      if (i < failures) at.fail(1);
      if (i < successes) at.succeed(1);
    }
  };
  mixed(5, 5);
  expect(at.goes()).toBe(true);
  at.wait(windowMs + 1_000);
  mixed(4, 3);
  at.fail(1);
  expect(at.goes(), `${atLeast} calls are not reached`).toBe(true);
  at.succeed(1);
  at.fail(1);
  expect(at.goes(), "6 of 10").toBe(false);
});

test("after the pause one call tries; each that fails doubles the pause up to ten minutes, one that succeeds ends it", () => {
  const at = open();
  at.fail(row);
  let pause = pauseMs;
  for (let round = 0; round < 8; round += 1) {
    at.wait(pause - 1);
    expect(at.goes()).toBe(false);
    at.wait(1);
    expect([at.goes(), at.goes()], "one probe").toEqual([true, false]);
    at.fail(1);
    pause = Math.min(pause * 2, longestMs);
  }
  expect(pause).toBe(longestMs);
  at.wait(pause);
  expect(at.goes()).toBe(true);
  at.succeed(1);
  expect([at.goes(), at.goes()]).toEqual([true, true]);
  at.fail(row - 1);
  expect(at.goes()).toBe(true);
});

test("calls from before the pause neither end nor lengthen it; a probe without an answer costs one more pause", () => {
  const at = open();
  at.fail(row);
  at.succeed(1);
  at.fail(3);
  at.wait(pauseMs - 1);
  expect(at.goes()).toBe(false);
  at.wait(1);
  expect([at.goes(), at.goes()]).toEqual([true, false]);
  at.wait(pauseMs);
  expect([at.goes(), at.goes()]).toEqual([true, false]);
});

test("another version begins with a clean sheet", () => {
  const at = open();
  at.fail(row);
  at.breakers.forget("box");
  expect([at.goes(), at.breakers.pausedOf("box")]).toEqual([true, []]);
});

test("whatever happened, the plugin is tried again within ten minutes, and never while it is paused", () => {
  const acts = fc.array(fc.oneof(fc.constantFrom("ok", "fail", "call"), fc.integer({ min: 1, max: 700_000 })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(acts, (all) => {
      const at = open();
      for (const act of all) {
        if (typeof act === "number") at.wait(act);
        else if (act === "ok") at.succeed(1);
        else if (act === "fail") at.fail(1);
        else at.goes();
      }
      const until = at.breakers.pausedOf("box")[0]?.until;
      at.wait(longestMs);
      expect(at.goes(), `paused until ${until?.toISOString()}`).toBe(true);
    }),
    { numRuns: 300, seed: 20_261_128 },
  );
});
