import { expect, test } from "vitest";
import { deskText } from "../text.ts";
import { dueSentence, dueWords } from "./due.ts";

const text = deskText("en");

test.each([
  [{ dueOn: "2026-12-20", daysLeft: 11 }, "ample", "11 days left"],
  [{ dueOn: "2026-12-20", daysLeft: 3 }, "soon", "3 days left"],
  [{ dueOn: "2026-12-20", daysLeft: 0 }, "today", "Due today"],
  [{ dueOn: "2026-12-20", daysLeft: -1 }, "overdue", "1 day overdue"],
  [{ dueOn: "2026-12-20", daysLeft: -4, state: "paused" }, "paused", "Paused"],
  [{ dueOn: "2026-12-20", daysLeft: -4, state: "stopped" }, "done", "Done"],
  [{ dueOn: "2026-12-20", daysLeft: -4, state: "breached", ofPetitioner: true }, "done", "Time is over"],
  [{ dueOn: "2026-12-20", daysLeft: 2, state: "running", ofPetitioner: true }, "soon", "2 days left"],
] as const)("%o reads as %s", (clock, state, short) => {
  expect(dueWords(clock, text)).toEqual({ state, short });
});

test("the date stands before the days", () => {
  expect(dueSentence({ dueOn: "2026-12-20", daysLeft: 11 }, deskText("zh-CN"), "zh-CN")).toBe(
    "最迟 2026年12月20日（剩 11 天）",
  );
});

test("a case without a running clock has no date", () => {
  expect(dueWords({ dueOn: null, daysLeft: null }, text)).toBeUndefined();
  expect(dueSentence({ dueOn: null, daysLeft: null }, text, "en")).toBe("No date running");
});
