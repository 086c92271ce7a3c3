import type { PetitionerCase } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { nextClock, primaryAct, stepsOf } from "./case-steps.ts";

const clock = (code: string, dueOn: string, state: "running" | "paused" | "stopped" | "breached") => ({
  code,
  name: { "zh-CN": code, en: code },
  dueOn,
  daysLeft: 1,
  state,
  sentence: { "zh-CN": code, en: code },
});

test("the stages before the present one are done, those after it lie ahead", () => {
  expect(stepsOf("handling").map((step) => step.state)).toEqual(["done", "done", "current", "ahead", "ahead"]);
});

test("what was not accepted is promised no further stage", () => {
  expect(stepsOf("notAccepted")).toEqual([
    { step: "received", state: "done" },
    { step: "notAccepted", state: "current" },
  ]);
});

test("the next date is the nearest that still runs; one that was missed stays in sight", () => {
  const found = nextClock([
    clock("K4", "2026-12-20", "running"),
    clock("K2", "2026-11-30", "stopped"),
    clock("K9", "2026-12-01", "breached"),
  ]);

  expect(found?.code).toBe("K9");
  expect(nextClock([clock("K2", "2026-11-30", "stopped")])).toBeUndefined();
});

test.each([
  [{ open: true, given: null }, true, "rate"],
  [{ open: true, given: { office: "not", unit: "not", comment: "" } }, true, "review"],
  [{ open: false, given: null }, true, "review"],
  [{ open: false, given: null }, false, "write"],
] as const)("rating %o and review %s ask first for: %s", (rating, reviewOpen, act) => {
  const matter = { rating, review: { open: reviewOpen } } as unknown as PetitionerCase;

  expect(primaryAct(matter)).toBe(act);
});
