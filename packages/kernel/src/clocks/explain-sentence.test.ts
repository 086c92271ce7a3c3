import { type Explain, explain as explainSchema } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { workCalendar } from "../calendars/work-calendar.ts";
import { testCalendar, testPack } from "../testing/test-policy.ts";
import { dueDate } from "./due-date.ts";
import { explainSentence, explainText } from "./explain-sentence.ts";
import { effectivePack, resolveRule } from "./policy-rules.ts";

const pack = effectivePack(testPack);
const calendar = workCalendar(testCalendar);
function explain(
  role: Parameters<typeof resolveRule>[2],
  more: Partial<Parameters<typeof dueDate>[1]>,
  tightening = {},
): Explain {
  const rule = resolveRule(pack, tightening, role, "ordinary");
  if (!rule) throw new Error(`the test pack has no clock for ${role}`);
  return dueDate(rule, { startedAt: "2026-02-03", timeZone: "Asia/Shanghai", calendar, ...more }).explain;
}

test("an extended period that rolled reads as one sentence in both languages", () => {
  const x = explain("handling", { extension: 30 });

  expect(explainSentence(x, "zh-CN")).toBe(
    "办理期限：自开始之日（2026年2月3日）次日起算60日，经批准延长30日，2026年5月4日期满，因逢休息日或节假日顺延，至2026年5月6日止（依据：测试规则；日历：test-2026.1）。",
  );
  expect(explainSentence(x, "en")).toBe(
    "Time to settle the petition: 60 days from the day after 3 February 2026, when it began, extended by 30 days, moved on from 4 May 2026, which is not a working day, ends on 6 May 2026 (basis: test rule; calendar test-2026.1).",
  );
});

test.each([
  [
    "a shortened period",
    explain(
      "handling",
      {},
      { K4: { amount: 45, unitId: "unit", unit: { "zh-CN": "一营", en: "Battalion 1" }, validFrom: "2026-01-01" } },
    ),
    "一营自2026年1月1日起将规定的60日自行缩短",
    "shortened by Battalion 1 from 60 days since 1 January 2026",
  ],
  [
    "working days",
    explain("objection", { startedAt: "2026-02-12" }),
    "其间9个休息日、节假日不计",
    "not counting 9 days of rest or holiday",
  ],
  [
    "a hearing",
    explain("decideRereview", {
      startedAt: "2026-06-01",
      excluded: [{ from: "2026-06-10", to: "2026-06-15", why: "hearing" }],
    }),
    "听证时间6日不计入",
    "not counting 6 days for the hearing",
  ],
  [
    "a date that may move",
    explain("handling", { startedAt: "2026-11-20" }),
    "2026年12月31日以后的放假安排尚未公布",
    "are not announced yet, so the date may move",
  ],
  [
    "a start before the calendar",
    explain("route", { startedAt: "2019-03-01" }),
    "2026年1月1日以前的节假日未计入",
    "were not taken into account",
  ],
  [
    "hours",
    explain("urgentPhone", { startedAt: "2026-02-03T15:30:00Z" }),
    "起算1小时，至2026年2月4日 00:30止",
    "ends on 4 February 2026 at 00:30",
  ],
  ["a promise", explain("commitment", { ownDate: "2026-03-20" }), "次日起算，至2026年3月20日止", "as promised"],
  [
    "a right that was told",
    explain("askReview", { toldOn: "2026-12-01" }),
    "不早于已告知信访人的日期",
    "not earlier than the petitioner was told",
  ],
])("the sentence says %s", (_, x, zh, en) => {
  expect(explainText(x)["zh-CN"]).toContain(zh);
  expect(explainText(x).en).toContain(en);
});

test("what is stored satisfies the contract, and the sentence survives storing", () => {
  const x = explain("handling", { extension: 30 });

  expect(explainText(explainSchema.parse(JSON.parse(JSON.stringify(x))))).toEqual(explainText(x));
});
