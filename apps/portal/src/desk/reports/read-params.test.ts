import { expect, test } from "vitest";
import { answersOf, readParams } from "./read-params.ts";

test("the questions of a schema become fields with their words, bounds and defaults", () => {
  const params = readParams({
    properties: {
      only: { type: "boolean", default: false, title: "只看", "x-labels": { en: "Only" } },
      kind: { type: "string", enum: ["a", "b"], title: "种类" },
      days: { type: "integer", minimum: 1, maximum: 30, default: 7 },
      from: { type: "string", format: "date" },
      words: { type: "string", maxLength: 20 },
      list: { type: "array", items: { type: "string" } },
    },
  });

  expect(params.map(({ name, kind, label }) => [name, kind, label.en])).toEqual([
    ["only", "tick", "Only"],
    ["kind", "choice", "种类"],
    ["days", "number", "days"],
    ["from", "date", "from"],
    ["words", "text", "words"],
  ]);
  expect(params[2]).toMatchObject({ min: 1, max: 30, initial: 7 });
});

test("what is no schema asks nothing, and an empty answer is none", () => {
  expect(readParams(null)).toEqual([]);
  expect(readParams({ properties: "x" })).toEqual([]);
  expect(answersOf({ a: "", b: undefined, c: false, d: 0 })).toEqual({ c: false, d: 0 });
});
