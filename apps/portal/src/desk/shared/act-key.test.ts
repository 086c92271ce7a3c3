import { expect, test } from "vitest";
import { createActKeys } from "./act-key.ts";

test("the same content sent again keeps its key; changed content gets a new one", () => {
  let made = 0;
  const keyFor = createActKeys(() => `key-${++made}`);

  const first = keyFor({ caseId: "1", version: 3, text: "a" });

  expect(keyFor({ caseId: "1", version: 3, text: "a" })).toBe(first);
  expect(keyFor({ caseId: "1", version: 4, text: "a" })).not.toBe(first);
});
