import { expect, test } from "vitest";
import { offeredFor, runBulk } from "./bulk.ts";

test("an act is offered only where it fits every chosen case", () => {
  expect(offeredFor([{ state: "registered" }, { state: "registered" }])).toEqual(["transfer"]);
  expect(offeredFor([{ state: "registered" }, { state: "replied" }])).toEqual([]);
  expect(offeredFor([{ state: "final" }, { state: "withdrawn" }])).toEqual(["archive"]);
  expect(offeredFor([])).toEqual([]);
});

test("a refused case does not keep the others from being done", async () => {
  const told: string[] = [];
  const act = (item: { caseId: string }) =>
    item.caseId === "b" ? Promise.reject(new Error("stale")) : Promise.resolve();

  const outcomes = await runBulk([{ caseId: "a" }, { caseId: "b" }, { caseId: "c" }], act, (o) => told.push(o.caseId));

  expect(told).toEqual(["a", "b", "c"]);
  expect(outcomes.map((outcome) => outcome.error === undefined)).toEqual([true, false, true]);
});
