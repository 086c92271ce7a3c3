import { expect, test } from "vitest";
import { type Deviation, deviationsOf } from "./deviations.ts";
import type { StepCode } from "./step-codes.ts";

const straight = ["received", "registered", "accepted", "handlingStarted", "replied", "final", "archived"];
const way = (...steps: readonly string[]): readonly StepCode[] =>
  steps.map((step) => (step.includes(".") ? step : `case.${step}`) as StepCode);

test.each<[string, readonly StepCode[], readonly Deviation[]]>([
  ["the straight way", way(...straight), []],
  [
    "the straight way by another unit, with a review",
    way(
      "received",
      "registered",
      "routed",
      "accepted",
      "handlingStarted",
      "replied",
      "reviewRequested",
      "reviewDecided",
      "final",
    ),
    [],
  ],
  ["a way that has only begun", way("received"), []],
  ["sent back to its sender", way("received", "registered", "routed", "returned"), ["back"]],
  ["registered again after it was passed on", way("received", "registered", "routed", "registered"), ["back"]],
  ["quashed and redone", way(...straight.slice(0, 5), "reviewRequested", "redo", "replied"), ["back"]],
  ["taken up again after its end", way(...straight.slice(0, 6), "reopened"), ["back"]],
  ["accepted without registration", way("received", "accepted"), ["skipped"]],
  ["answered without handling", way("received", "registered", "accepted", "replied"), ["skipped"]],
  [
    "deemed accepted, and missed",
    way("received", "registered", "clock.breached", "deemedAccepted"),
    ["deemed", "overdue"],
  ],
  ["handed over three times", way("received", "registered", "routed", "routed", "routed"), ["hops"]],
  ["handed over twice", way("received", "registered", "routed", "routed"), []],
])("%s", (_, codes, expected) => {
  expect(deviationsOf(codes)).toEqual(expected);
});
