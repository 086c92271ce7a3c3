import { demandOutcomes, deskViews, intakeChannels, states, tracks } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { deskText, nameOf } from "./text.ts";

const lists = { state: states, channel: intakeChannels, track: tracks, outcome: demandOutcomes, view: deskViews };

test.each(Object.entries(lists))("every %s of the contract has words in both languages", (group, codes) => {
  for (const code of codes) {
    expect(nameOf(deskText("zh-CN"), group, code)).not.toBe(code);
    // A missing English text would fall back to Chinese.
    expect(nameOf(deskText("en"), group, code)).not.toMatch(/\p{Script=Han}/u);
  }
});

test("English counts one day and many days differently", () => {
  expect(deskText("en")("desk.due.left", { count: 1 })).toBe("1 day left");
  expect(deskText("en")("desk.due.left", { count: 5 })).toBe("5 days left");
  expect(deskText("zh-CN")("desk.due.left", { count: 1 })).toBe("剩 1 天");
});

test("who covered words, and when, is said by name and day", () => {
  expect(deskText("en")("desk.case.redactionBy", { by: "Jiang", date: "2 March" })).toBe("Jiang, 2 March");
  expect(deskText("zh-CN")("desk.case.mandateUntil", { date: "3月2日" })).toBe("到 3月2日 为止");
});

test("a code that this build does not know is shown as it is", () => {
  expect(nameOf(deskText("en"), "letter", "D99")).toBe("D99");
});
