import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** Due dates, ends of days and hours around the changes of clocks of several zones, as one text. */
const PROGRAM = `
const { dueDate } = await import("./due-date.ts");
const { effectivePack, resolveRule } = await import("./policy-rules.ts");
const { workCalendar } = await import("../calendars/work-calendar.ts");
const { testCalendar, testPack } = await import("../testing/test-policy.ts");
const { signalsOf } = await import("./signals.ts");
const calendar = workCalendar(testCalendar);
const pack = effectivePack(testPack);
const said = [];
for (const timeZone of ["Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "America/New_York"])
  for (const at of ["2026-02-03T15:59:59.999Z", "2026-02-03T16:00:00Z", "2026-03-28T23:30:00Z", "2026-10-25T00:30:00Z", "2026-11-01T05:30:00Z"])
    for (const role of ["route", "handling", "objection", "askReview", "urgentPhone"]) {
      const rule = resolveRule(pack, {}, role, "ordinary");
      const due = dueDate(rule, { startedAt: at, timeZone, calendar });
      said.push([role, timeZone, due.startOn, due.dueOn, due.dueAt, ...signalsOf({ ...due, ...rule, startedAt: at, timeZone }).map((s) => s.at)]);
    }
process.stdout.write(JSON.stringify(said));
`;

const inZone = async (TZ: string): Promise<string> => {
  const { stdout } = await run(
    process.execPath,
    ["--conditions=@doorstep/source", "--input-type=module", "--eval", PROGRAM],
    { cwd: import.meta.dirname, env: { TZ } },
  );
  return stdout;
};

test("the zone of the machine and its summer time never matter", { timeout: 120_000 }, async () => {
  const zones = ["UTC", "Asia/Shanghai", "America/Los_Angeles", "Australia/Lord_Howe", "Pacific/Apia"];
  const said = [];
  for (const zone of zones) said.push(await inZone(zone));

  const lines: readonly unknown[] = JSON.parse(said[0] ?? "[]");
  expect(lines).toHaveLength(100);
  expect(lines[1]).toContain("2026-04-07");
  for (const [n, other] of said.entries()) expect([zones[n], other]).toEqual([zones[n], said[0]]);
});
