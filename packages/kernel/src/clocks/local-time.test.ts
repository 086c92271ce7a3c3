import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { endOfLocalDay, instantOfLocal, isTimeZone, localDateOf, localTimeOf } from "./local-time.ts";

test.each([
  ["late in the evening at UTC+8", "2026-03-01T15:30:00Z", "Asia/Shanghai", "2026-03-01", "23:30"],
  ["just after midnight at UTC+8", "2026-03-01T16:00:00Z", "Asia/Shanghai", "2026-03-02", "00:00"],
  ["west of Greenwich", "2026-03-01T03:00:00Z", "America/New_York", "2026-02-28", "22:00"],
  ["with the offset written in the instant", "2026-03-01T23:30:00+08:00", "Asia/Urumqi", "2026-03-01", "21:30"],
  ["a quarter-hour zone", "2026-01-01T18:20:00Z", "Asia/Kathmandu", "2026-01-02", "00:05"],
])("local date and time %s", (_, instant, zone, date, time) => {
  expect(localTimeOf(instant, zone)).toEqual({ date, time });
  expect(localDateOf(instant, zone)).toBe(date);
});

test.each([
  ["an ordinary day", "2026-02-10", "Asia/Shanghai", "2026-02-10T15:59:59.999Z"],
  ["the day of 23 hours", "2026-03-08", "America/New_York", "2026-03-09T03:59:59.999Z"],
  ["the day of 25 hours", "2026-11-01", "America/New_York", "2026-11-02T04:59:59.999Z"],
  ["a midnight that is skipped", "2018-11-03", "America/Sao_Paulo", "2018-11-04T02:59:59.999Z"],
  ["a day whose last hour comes twice", "2018-02-17", "America/Sao_Paulo", "2018-02-18T02:59:59.999Z"],
  ["a minute of tomorrow in between", "2010-11-06", "America/St_Johns", "2010-11-07T03:29:59.999Z"],
  ["the day before one that never was", "2011-12-29", "Pacific/Apia", "2011-12-30T09:59:59.999Z"],
  ["a day that never was", "2011-12-30", "Pacific/Apia", "2011-12-30T09:59:59.999Z"],
])("a local day ends: %s", (_, date, zone, end) => {
  expect(endOfLocalDay(date, zone)).toBe(end);
});

test("the last millisecond belongs to the day and the next one does not", () => {
  const zones = ["Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC"];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: new Date("1992-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
      (zone, at) => {
        const date = localDateOf(at.toISOString(), zone);
        const end = Date.parse(endOfLocalDay(date, zone));

        expect(localDateOf(new Date(end).toISOString(), zone)).toBe(date);
        expect(localDateOf(new Date(end + 1).toISOString(), zone) > date).toBe(true);
        expect(end).toBeGreaterThanOrEqual(at.getTime());
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ["an ordinary morning", "2026-03-02T08:00", "Asia/Shanghai", "2026-03-02T00:00:00.000Z"],
  ["an hour that comes twice: the first", "2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
  ["an hour that is skipped: after the gap", "2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
])("a wall time is an instant: %s", (_, wall, zone, at) => {
  expect(new Date(instantOfLocal(wall, zone)).toISOString()).toBe(at);
});

test("the wall shows again what an instant was made of", () => {
  const zones = ["Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC"];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: new Date("1992-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
      (zone, at) => {
        const { date, time } = localTimeOf(at.toISOString(), zone);
        const made = new Date(instantOfLocal(`${date}T${time}`, zone)).toISOString();
        expect(localTimeOf(made, zone)).toEqual({ date, time });
      },
    ),
    { numRuns: 300 },
  );
});

test("a name that is no time zone is recognised", () => {
  expect(isTimeZone("Asia/Shanghai")).toBe(true);
  expect(isTimeZone("Mars/Olympus")).toBe(false);
});

const script = `
  const { dueDate } = await import(${JSON.stringify(new URL("./due-date.ts", import.meta.url).href)});
  const { effectivePack, resolveRule } = await import(${JSON.stringify(new URL("./policy-rules.ts", import.meta.url).href)});
  const { explainSentence } = await import(${JSON.stringify(new URL("./explain-sentence.ts", import.meta.url).href)});
  const { workCalendar } = await import(${JSON.stringify(new URL("../calendars/work-calendar.ts", import.meta.url).href)});
  const { testCalendar, testPack } = await import(${JSON.stringify(new URL("../testing/test-policy.ts", import.meta.url).href)});
  const calendar = workCalendar(testCalendar);
  const rule = resolveRule(effectivePack(testPack), {}, "handling", "ordinary");
  const all = ["2026-02-03T15:59:00Z", "2026-02-03T16:00:00Z", "2026-10-31T23:30:00-05:00"].map((startedAt) => {
    const due = dueDate(rule, { startedAt, timeZone: "Asia/Shanghai", calendar });
    return [due, explainSentence(due.explain, "zh-CN"), explainSentence(due.explain, "en")];
  });
  process.stdout.write(JSON.stringify(all));
`;

test("the time zone of the machine makes no difference", () => {
  const under = (tz: string) =>
    execFileSync(process.execPath, ["--conditions=@doorstep/source", "--input-type=module", "-e", script], {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      env: { TZ: tz },
      encoding: "utf8",
    });

  const here = under("Asia/Shanghai");

  expect(here).toContain("2026-04-07T15:59:59.999Z");
  expect(under("America/New_York")).toBe(here);
  expect(under("Pacific/Kiritimati")).toBe(here);
});
