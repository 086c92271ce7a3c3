import { expect, test } from "vitest";
import { answersOf, answersToSend, missingParts, outcomesFor } from "./reply-values.ts";

const answer = { outcome: "notSupported", facts: "f", opinion: "o", basis: "b", steps: "" } as const;

test("every demand needs outcome, facts, opinion and basis", () => {
  expect(missingParts(answer)).toEqual([]);
  expect(missingParts({ ...answer, basis: " " })).toEqual(["basis"]);
  expect(missingParts(undefined)).toEqual(["outcome", "facts", "opinion", "basis"]);
});

test("what is granted also says how it is carried out", () => {
  expect(missingParts({ ...answer, outcome: "supported" })).toEqual(["steps"]);
  expect(missingParts({ ...answer, outcome: "supported", steps: "月底前补发" })).toEqual([]);
});

test("a suggestion is adopted or not, a claim is supported or not", () => {
  expect(outcomesFor("suggestion")).toContain("partlyAdopted");
  expect(outcomesFor("claim")).not.toContain("adopted");
});

test("an answer that was sent back is there to be corrected", () => {
  const demand = { id: "d1", no: 1, text: "t", desiredOutcome: "", ...answer, outcome: "explained" as const };
  const promise = { owner: "财务股", dueOn: "2026-04-30" };

  const answers = answersOf({
    demands: [
      { ...demand, steps: null, promise: null },
      { ...demand, id: "d2", steps: "补发", promise },
    ],
  });

  expect(answersToSend(answers)).toEqual([
    { demandId: "d1", outcome: "explained", facts: "f", opinion: "o", basis: "b", steps: "" },
    { demandId: "d2", outcome: "explained", facts: "f", opinion: "o", basis: "b", steps: "补发", promise },
  ]);
});
