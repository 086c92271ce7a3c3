import { expect, test } from "vitest";
import { textsIn } from "./texts-in.ts";

test("what was written comes out, choices and ids stay behind", () => {
  const draft = {
    kind: "explain",
    answers: {
      "0192a000-0000-7000-8000-000000000001": {
        outcome: "supported",
        facts: "核对了工资表。",
        basis: "Article 3",
        steps: "",
      },
    },
    handlerId: "0192a000-0000-7000-8000-000000000002",
    safetyAnswered: true,
    respondents: [{ kind: "words", label: "某供应商" }],
  };

  expect(textsIn(draft)).toEqual(["核对了工资表。", "Article 3", "某供应商"]);
});

test("no draft is no text, and a sentence written twice is shown once", () => {
  expect(textsIn(undefined)).toEqual([]);
  expect(textsIn({ a: "同一句话", b: "同一句话" })).toEqual(["同一句话"]);
});
