import { expect, test } from "vitest";
import { proposeTitle } from "./propose-title.ts";

test.each([
  ["热水器坏了三周。报修两次没人来。", "热水器坏了三周"],
  ["\n\n  热水器坏了\n报修两次", "热水器坏了"],
  ["The boiler is broken. Nobody came.", "The boiler is broken"],
  ["Room 3.5 is cold", "Room 3.5 is cold"],
  ["", ""],
  ["。。。", ""],
])("%j gives %j", (story, title) => {
  expect(proposeTitle(story)).toBe(title);
});

test("a long sentence is cut at its last pause and marked", () => {
  const story = "去年十月入伍后一直没有收到家属随军的住房补贴，问过财务两次，都说在等上级批复，到现在还是没有结果";

  expect(proposeTitle(story)).toBe("去年十月入伍后一直没有收到家属随军的住房补贴，问过财务两次…");
});

test("without a pause it is cut after thirty characters, never inside one", () => {
  expect(proposeTitle("👨‍👩‍👧".repeat(40))).toBe(`${"👨‍👩‍👧".repeat(30)}…`);
});

test("an English sentence is cut between words", () => {
  expect(proposeTitle("My housing allowance has not been paid since October last year at all")).toBe(
    "My housing allowance has not…",
  );
});
