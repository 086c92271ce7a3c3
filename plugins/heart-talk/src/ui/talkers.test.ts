import { expect, test } from "vitest";
import { otherTalkers, talkerLabel } from "./talkers.ts";

test("of two talk officers of one name the other one can still be chosen", () => {
  const all = [
    { id: "a", name: "王强", words: "指导员" },
    { id: "b", name: "王强", words: "军医" },
    { id: "c", name: "刘英", words: "" },
  ];
  expect(otherTalkers(all, "a").map(talkerLabel)).toEqual(["王强 · 军医", "刘英"]);
});
