import { expect, test } from "vitest";
import { readDays } from "./read-days.ts";

test("lines of an announcement, spans and single days, in either language", () => {
  const days = readDays(
    "2027-02-05~2027-02-07 休 春节\n\n2027年2月13日，班，春节\n2027/5/1\toff\t开放日\tOpen day\r\n",
    2027,
  );
  expect(days).toEqual([
    ...["05", "06", "07"].map((d) => ({
      date: `2027-02-${d}`,
      kind: "off",
      name: { "zh-CN": "春节", en: "Spring Festival" },
    })),
    { date: "2027-02-13", kind: "work", name: { "zh-CN": "春节", en: "Spring Festival" } },
    { date: "2027-05-01", kind: "off", name: { "zh-CN": "开放日", en: "Open day" } },
  ]);
});

test.each([
  ["2027-02-30 休 春节", { problem: "badLine", line: 1, text: "2027-02-30 休 春节" }],
  ["2027-02-07~2027-02-05 休 春节", { problem: "badLine", line: 1, text: "2027-02-07~2027-02-05 休 春节" }],
  ["2027-02-05 放假 春节", { problem: "badLine", line: 1, text: "2027-02-05 放假 春节" }],
  ["2027-02-05 休 春节\n2028-01-01 休 元旦", { problem: "otherYear", line: 2, text: "2028-01-01 休 元旦" }],
  ["2027-02-05 休 春节\n2027-02-05 班 春节", { problem: "twice", date: "2027-02-05" }],
  ["  \n", { problem: "noDays" }],
])("%j is refused with its place", (typed, problem) => {
  expect(readDays(typed, 2027)).toEqual(problem);
});
