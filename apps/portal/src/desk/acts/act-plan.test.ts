import { expect, test } from "vitest";
import { type AllowedAct, planActs } from "./act-plan.ts";

const act = (transition: string, ...codes: string[]): AllowedAct => ({
  act: transition,
  transition,
  refusals: codes.map((code) => ({ code, params: {} })),
  effect: { to: "registered", notices: [], starts: [], stops: [] },
});

test("open acts stand in the order of the life cycle, refused ones keep every reason", () => {
  const plan = planActs([act("T7", "category.chosen", "demands.split"), act("T4"), act("T3")]);

  expect(plan.open.map((entry) => entry.form)).toEqual(["transfer", "assign"]);
  expect(plan.refused.map((entry) => entry.refusals.map((refusal) => refusal.code))).toEqual([
    ["category.chosen", "demands.split"],
  ]);
});

test("what a later version offers is kept apart, so that nobody looks for the missing condition", () => {
  const plan = planActs([act("T13", "act.notOffered", "track.notAccusation"), act("T2")]);

  expect(plan.later.map((entry) => entry.transition)).toEqual(["T13"]);
  expect(plan.refused).toEqual([]);
});

test("an open act without a form of the desk is not drawn as a button that leads nowhere", () => {
  expect(planActs([act("T99")]).open).toEqual([]);
});

test("two outcomes of one decision are one button", () => {
  expect(planActs([act("T22"), act("T21")]).open.map((entry) => entry.act.transition)).toEqual(["T21"]);
});
