import { expect, test } from "vitest";
import { byNumber } from "./unit-letters.ts";

test("letters stand as their register counts them, those without a number last", () => {
  const letters = ["某师〔2026〕10-DM", null, "某师〔2026〕9-DM", "某师〔2026〕8-DM"].map((number) => ({ number }));

  expect(byNumber(letters).map((one) => one.number)).toEqual([
    "某师〔2026〕8-DM",
    "某师〔2026〕9-DM",
    "某师〔2026〕10-DM",
    null,
  ]);
});
