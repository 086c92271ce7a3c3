import { existsSync, readFileSync } from "node:fs";
import type { Calendar, ExcludedSpan } from "@doorstep/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendars/local-days.ts";
import { workCalendar } from "../calendars/work-calendar.ts";
import { testCalendar } from "../testing/test-policy.ts";
import { dueOn, latestBefore, type Rule } from "./due-on.ts";

const calendar = workCalendar(testCalendar);
const rule = (ref: string, amount: number, unit: Rule["unit"]): Rule => ({
  ref,
  pack: "test@1",
  amount,
  unit,
  source: "TEST",
  basis: { "zh-CN": "测试", en: "test" },
  standing: "design",
  startedBy: { "zh-CN": "开始之日", en: "it began" },
});

describe("the vectors of domain SPEC §5", () => {
  test.each([
    ["15 days over Spring Festival", rule("K2", 15, "day"), "2026-02-10", {}, "2026-02-25", undefined],
    ["5 working days over Spring Festival", rule("K3", 5, "workday"), "2026-02-12", {}, "2026-02-26", undefined],
    ["60 days ending at Qingming", rule("K4", 60, "day"), "2026-02-03", {}, "2026-04-07", "2026-04-04"],
    [
      "an extension counted from the unrolled end",
      rule("K4", 60, "day"),
      "2026-02-03",
      { extension: 30 },
      "2026-05-06",
      "2026-05-04",
    ],
    ["30 days ending at Mid-Autumn", rule("K12", 30, "day"), "2026-08-28", {}, "2026-09-28", "2026-09-27"],
    ["3 working days with a worked Sunday", rule("K6", 3, "workday"), "2026-09-17", {}, "2026-09-21", undefined],
    ["10 working days over National Day", rule("K8", 10, "workday"), "2026-09-21", {}, "2026-10-12", undefined],
    [
      "30 days without six days of hearing",
      rule("K16", 30, "day"),
      "2026-06-01",
      { excluded: [{ from: "2026-06-10", to: "2026-06-15", why: "hearing" as const }] },
      "2026-07-07",
      undefined,
    ],
  ])("%s", (_, given, start, options, due, rolledFrom) => {
    const explain = dueOn(given, start, calendar, options);

    expect(explain.due).toBe(due);
    expect(explain.rolledFrom).toBe(rolledFrom);
    expect(explain.provisionalAfter).toBeUndefined();
  });
});

test("the explanation names every day passed over", () => {
  const explain = dueOn(rule("K4", 60, "day"), "2026-02-03", calendar, { extension: 30 });

  expect(explain).toMatchObject({
    counted: "2026-05-04",
    skipped: ["2026-05-04", "2026-05-05"],
    calendar: "test-2026.1",
  });
});

test("a period that starts on the last day before a holiday counts none of it", () => {
  expect(dueOn(rule("K1", 1, "workday"), "2026-02-14", calendar).due).toBe("2026-02-24");
});

test("a hearing that still runs on the day the period rolled to keeps it open", () => {
  const excluded = [{ from: "2026-09-28", to: "2026-09-29", why: "hearing" as const }];

  expect(dueOn(rule("K16", 30, "day"), "2026-08-28", calendar, { excluded }).due).toBe("2026-09-30");
});

test("days excluded before the start and after the end change nothing", () => {
  const excluded: ExcludedSpan[] = [
    { from: "2026-05-20", to: "2026-06-01", why: "hearing" },
    { from: "2026-07-20", to: "2026-07-25", why: "hearing" },
  ];

  const explain = dueOn(rule("K16", 30, "day"), "2026-06-01", calendar, { excluded });

  expect(explain.due).toBe("2026-07-01");
  expect(explain.excluded).toBeUndefined();
});

test("a due date beyond the announced calendar says so, and one on its last day does not", () => {
  expect(dueOn(rule("K4", 60, "day"), "2026-11-20", calendar).provisionalAfter).toBe("2026-12-31");
  expect(dueOn(rule("K2", 15, "day"), "2026-12-16", calendar).provisionalAfter).toBeUndefined();
});

test("a period that begins before the calendar says so", () => {
  expect(dueOn(rule("K2", 15, "day"), "2019-03-01", calendar).unknownBefore).toBe("2026-01-01");
  expect(dueOn(rule("K2", 15, "day"), "2025-12-31", calendar).unknownBefore).toBeUndefined();
});

test("what must come before an event is counted backwards without the event's day", () => {
  expect(latestBefore(rule("K17", 7, "day"), "2026-06-15", calendar)).toBe("2026-06-08");
  expect(latestBefore(rule("K33", 5, "workday"), "2026-06-22", calendar)).toBe("2026-06-12");
});

test("a date that does not exist is refused", () => {
  expect(() => dueOn(rule("K2", 15, "day"), "2026-02-30", calendar)).toThrow(RangeError);
});

/* ------------------------------------------------ an oracle of its own: walks day by day over date texts */

interface Asked {
  readonly amount: number;
  readonly unit: "day" | "workday";
  readonly start: string;
  readonly extension: number;
  readonly excluded: readonly ExcludedSpan[];
}

function oracle(asked: Asked, data: Calendar): string {
  const kinds = new Map(data.days.map((d) => [d.date, d.kind]));
  const works = (date: string) => {
    const kind = kinds.get(date);
    const ofWeek = new Date(`${date}T12:00:00Z`).getUTCDay();
    return kind === undefined ? ofWeek > 0 && ofWeek < 6 : kind === "work";
  };
  const counts = (date: string) => !asked.excluded.some((s) => s.from <= date && date <= s.to);
  const next = (date: string) => {
    const [y = 0, m = 0, d = 0] = date.split("-").map(Number);
    return new Date(Date.UTC(y, m - 1, d + 1)).toISOString().slice(0, 10);
  };
  let date = asked.start;
  let left = asked.amount + asked.extension;
  while (left > 0) {
    date = next(date);
    if (counts(date) && (asked.unit === "day" || works(date))) left -= 1;
  }
  const last = date;
  if (asked.unit === "day") while (!works(date) || (date !== last && !counts(date))) date = next(date);
  return date;
}

// biome-ignore lint/style/noProcessEnv: the long run asks for more of the same.
const RUNS = process.env.DOORSTEP_LONG === "1" ? 100_000 : 3_000;

const someDate = fc.integer({ min: 0, max: 1_500 }).map((n) => addDays("2024-06-01", n));
const someSpan = fc
  .tuple(fc.integer({ min: -10, max: 90 }), fc.integer({ min: 0, max: 12 }))
  .map(([from, length]) => ({ from, to: from + length }));
const someCalendar = fc
  .uniqueArray(
    fc.record({ at: fc.integer({ min: 0, max: 1_600 }), kind: fc.constantFrom("off" as const, "work" as const) }),
    {
      selector: (d) => d.at,
      maxLength: 400,
    },
  )
  .map(
    (days): Calendar => ({
      ...testCalendar,
      days: days.map((d) => ({ date: addDays("2024-06-01", d.at), kind: d.kind, name: testCalendar.title })),
    }),
  );

test("every due date equals that of an oracle which walks day by day", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(
      someCalendar,
      someDate,
      fc.integer({ min: 0, max: 90 }),
      fc.constantFrom("day" as const, "workday" as const),
      fc.constantFrom(0, 0, 10, 30),
      fc.array(someSpan, { maxLength: 3 }),
      (data, start, amount, unit, extension, spans) => {
        const excluded = spans.map((s) => ({
          from: addDays(start, s.from),
          to: addDays(start, s.to),
          why: "hearing" as const,
        }));
        const asked = { amount, unit, start, extension, excluded };

        const explain = dueOn(rule("K4", amount, unit), start, workCalendar(data), { extension, excluded });

        expect(explain.due).toBe(oracle(asked, data));
        expect(explain.due >= explain.counted).toBe(true);
      },
    ),
    { numRuns: RUNS },
  );
});

const shared = new URL("../../../../../shared/data/holiday-cn/", import.meta.url);

test.skipIf(!existsSync(shared))(
  "working days agree with the expected numbers of holiday-cn, all years merged (skipped: ../shared/data/holiday-cn is absent)",
  () => {
    const years = [2024, 2025, 2026, 2027].map((year) =>
      JSON.parse(readFileSync(new URL(`${year}.json`, shared), "utf8")),
    );
    const days: { date: string; isOffDay: boolean }[] = years.flatMap((y) => y.days);
    const merged = workCalendar({
      ...testCalendar,
      officialFrom: "2024-01-01",
      days: [...new Map(days.map((d) => [d.date, d])).values()].map((d) => ({
        date: d.date,
        kind: d.isOffDay ? ("off" as const) : ("work" as const),
        name: testCalendar.title,
      })),
    });
    const fifteen = rule("K11", 15, "workday");

    expect(dueOn(fifteen, "2025-09-26", merged).due).toBe("2025-10-23");
    expect(dueOn(fifteen, "2026-02-13", merged).due).toBe("2026-03-12");
  },
);
