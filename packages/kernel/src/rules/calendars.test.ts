import { expect, test } from "vitest";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { recountProvisional } from "../sweep/recount-provisional.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel, type TestUnit, testCalendar } from "../testing/index.ts";
import { file, inHandling, reply, rows, staffOf } from "../testing/story.ts";
import { calendarsHandlers } from "./handlers.ts";

const name = { "zh-CN": "元旦", en: "New Year" };
const adminOf = async (t: TestKernel, unit: TestUnit = "brigade", role = "unitAdmin") =>
  caller(t.kernel, { calendars: calendarsHandlers })(await t.person("管理员", unit, [{ role, unit, subtree: true }]))
    .calendars;
const clocksOf = async (t: TestKernel, id: string) =>
  Object.fromEntries((await readPetitionerCase(t.kernel, id)).clocks.map((c) => [c.code, c]));
const edit = (unitId: string, days: readonly object[], more: object = {}) => ({
  unitId,
  version: 0,
  year: 2026,
  reason: "战备值班调整",
  days: days.map((d) => ({ name: { "zh-CN": "旅安排", en: "Set by the brigade" }, ...d })) as never,
  ...more,
});
const off = (date: string) => ({ date, kind: "off" });
const work = (date: string) => ({ date, kind: "work" });
const year2027 = (unitId: string) => ({
  unitId,
  year: 2027,
  days: [
    ...["2027-01-01", "2027-01-02", "2027-01-03"].map((date) => ({ date, kind: "off" as const, name })),
    ...["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"].map(
      (date) => ({ date, kind: "off" as const, name: { "zh-CN": "春节", en: "Spring Festival" } }),
    ),
    { date: "2027-02-13", kind: "work" as const, name: { "zh-CN": "春节调休", en: "For Spring Festival" } },
  ],
  source: { "zh-CN": "国务院办公厅通知", en: "Notice of the State Council" },
});

test("days of the topmost unit count in every unit below, and running clocks keep theirs", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const calendars = await adminOf(t);
  const before = await file(t);
  expect((await clocksOf(t, before)).K2?.dueOn).toBe("2026-03-17");

  const view = await calendars.edit(edit(t.units.brigade, [off("2026-03-17"), work("2026-03-21")]));
  expect(view).toMatchObject({ version: 1, calendar: "test-2026.1+1", mayAddOff: true });
  expect(view.days.filter((d) => d.from === "own").map((d) => [d.date, d.kind])).toEqual([
    ["2026-03-17", "off"],
    ["2026-03-21", "work"],
  ]);
  const after = await file(t);
  const { K2 } = await clocksOf(t, after);
  expect(K2?.dueOn).toBe("2026-03-18");
  expect(K2?.sentence["zh-CN"]).toContain("日历：test-2026.1+1");
  expect((await clocksOf(t, before)).K2?.dueOn).toBe("2026-03-17");
  expect(
    (await calendars.get({ unitId: t.units.company, year: 2026 })).days.find((d) => d.date === "2026-03-17"),
  ).toMatchObject({ kind: "off", from: "above" });
  const [entry] = await rows<{ body: string }>(
    t,
    "select body from kernel.ledger where stream = $1 and type = 'calendar.changed'",
    [t.units.brigade],
  );
  expect(entry?.body).not.toContain("战备");
});

test("a unit below may only add working days; each keeps to its own tree", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const calendars = await adminOf(t);
  expect(await refusalOf(calendars.edit(edit(t.units.first, [off("2026-03-18")])))).toBe("calendar.looser");
  await calendars.edit(edit(t.units.brigade, [off("2026-03-17")]));
  const view = await calendars.edit(edit(t.units.first, [work("2026-03-17")]));
  expect(view).toMatchObject({ calendar: "test-2026.1+1+2", mayAddOff: false });
  expect((await clocksOf(t, await file(t))).K2?.dueOn).toBe("2026-03-17");
  expect((await clocksOf(t, await file(t, { unitId: t.units.second }))).K2?.dueOn).toBe("2026-03-18");
  // taken back: what was announced, or set above, holds again
  const back = await calendars.edit(edit(t.units.first, [{ date: "2026-03-17", kind: "announced" }], { version: 1 }));
  expect(back).toMatchObject({ version: 2, calendar: "test-2026.1+1" });
  expect((await clocksOf(t, await file(t))).K2?.dueOn).toBe("2026-03-18");
});

test("the topmost unit may take an announced working day off", async () => {
  await using t = await openTestKernel({ now: "2026-04-24T02:00:00Z" });
  const calendars = await adminOf(t);
  // the 15 days end on Saturday 9 May, which is worked for a holiday
  expect((await clocksOf(t, await file(t))).K2?.dueOn).toBe("2026-05-09");
  await calendars.edit(edit(t.units.brigade, [off("2026-05-09")]));
  expect((await clocksOf(t, await file(t))).K2?.dueOn).toBe("2026-05-11");
});

test("a right of the petitioner runs by what was announced alone", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const calendars = await adminOf(t);
  const id = await inHandling(t, s);
  // the 30 days end on Sunday 8 March: by the announced calendar on Monday
  t.clock.now = new Date("2026-02-04T02:00:00Z");
  await calendars.edit(edit(t.units.brigade, [work("2026-03-07"), work("2026-03-08")]));
  await reply(t, s, id);
  const { K12 } = await clocksOf(t, id);
  expect(K12?.dueOn).toBe("2026-03-09");
  expect(K12?.sentence.en).toContain("calendar test-2026.1)");
});

test.each([
  ["a day of another year", [work("2027-03-20")], {}, "calendar.otherYear"],
  ["an older version", [work("2026-03-21")], { version: 4 }, "calendar.stale"],
  ["no reason", [work("2026-03-21")], { reason: "" }, "BAD_REQUEST"],
] as const)("refused: %s", async (_what, days, more, code) => {
  await using t = await openTestKernel();
  const calendars = await adminOf(t);
  expect(await refusalOf(calendars.edit(edit(t.units.brigade, days, more)))).toBe(code);
  expect(await rows(t, "select * from kernel.calendar_edits", [])).toEqual([]);
});

test("only who administers the unit may set days, only the platform's administrator brings in a year", async () => {
  await using t = await openTestKernel({ now: "2026-11-03T02:00:00Z" });
  const second = await adminOf(t, "second");
  expect(await refusalOf(second.edit(edit(t.units.first, [work("2026-11-21")])))).toBe("unit.notFound");
  expect(await refusalOf(second.announce(year2027(t.units.second)))).toBe("forbidden");
  const officer = await adminOf(t, "first", "officer");
  expect(await refusalOf(officer.edit(edit(t.units.first, [work("2026-11-21")])))).toBe("forbidden");
  expect(await officer.get({ unitId: t.units.first, year: 2026 })).toMatchObject({
    mayEdit: false,
    mayAnnounce: false,
  });
});

test("a year announced later: dates that lay beyond are counted anew, said and written down, each once", async () => {
  await using t = await openTestKernel({ now: "2026-11-03T02:00:00Z" });
  const s = await staffOf(t);
  // 60 days end on Saturday 2 January, by the plain week on Monday 4 January
  const id = await inHandling(t, s);
  const untouched = await file(t);
  const before = (await clocksOf(t, id)).K4;
  expect(before?.dueOn).toBe("2027-01-04");
  expect(before?.sentence["zh-CN"]).toContain("放假安排尚未公布");
  expect(await recountProvisional(t.kernel)).toBe(0);

  const calendars = await adminOf(t, "brigade", "platformAdmin");
  const newYear = { ...year2027(t.units.brigade) };
  newYear.days.push({ date: "2027-01-04", kind: "off", name });
  const made = await calendars.announce(newYear);

  expect(made).toEqual({ calendar: "test-own-2027.1", officialUntil: "2027-12-31", recounted: 1 });
  const { K4 } = await clocksOf(t, id);
  expect(K4?.dueOn).toBe("2027-01-05");
  expect(K4?.sentence["zh-CN"]).toContain("放假安排公布后重新计算，原为2027年1月4日");
  expect(K4?.sentence["zh-CN"]).not.toContain("尚未公布");
  expect(K4?.sentence.en).toContain("counted anew once the holidays were announced, formerly 4 January 2027");
  const entries = await rows<{ stream: string; facts: object }>(
    t,
    "select stream, body::jsonb->'facts' as facts from kernel.ledger where type = 'clock.recounted'",
    [],
  );
  expect(entries).toMatchObject([{ stream: id, facts: { calendar: "test-own-2027.1", due: { K4: "2027-01-05" } } }]);
  expect((await clocksOf(t, untouched)).K2?.sentence.en).toContain("calendar test-2026.1)");
  const [due] = await rows<{ due: string }>(
    t,
    "select due::text from kernel.case_audience where case_id = $1 limit 1",
    [id],
  );
  expect(due?.due).toBe("2027-01-05");
  expect(await recountProvisional(t.kernel)).toBe(0);
  expect(await calendars.list({})).toMatchObject([
    { id: "test-2026.1", newest: false },
    { id: "test-own-2027.1", newest: true, endsSoon: false },
  ]);
});

test("announced with a module, it is the round of the sweep that counts anew; a make-up day makes a duty earlier, never a right", async () => {
  await using t = await openTestKernel({ now: "2026-12-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await reply(t, s, id);
  const duty = await inHandling(t, s);
  const right = (await clocksOf(t, id)).K12;
  // the 30 days end on Sunday 3 January
  expect(right?.dueOn).toBe("2027-01-04");
  expect((await clocksOf(t, duty)).K4?.dueOn).toBe("2027-02-01");
  const body = {
    ...testCalendar,
    id: "test-2027.1",
    officialUntil: "2027-12-31",
    days: [...testCalendar.days, { date: "2027-01-03", kind: "work", name }, { date: "2027-02-01", kind: "off", name }],
  };
  await t.database.pool.query(
    "insert into kernel.calendars (id, region, official_until, body, installed_at) values ($1, $2, $3, $4, $5)",
    [body.id, body.region, body.officialUntil, body, t.clock.now],
  );
  expect(await recountProvisional(t.kernel)).toBeGreaterThan(1);
  const { K12 } = await clocksOf(t, id);
  expect(K12?.dueOn).toBe("2027-01-04");
  expect(K12?.sentence["zh-CN"]).toContain("不早于已告知信访人的日期");
  expect((await clocksOf(t, duty)).K4?.dueOn).toBe("2027-02-02");
});

test.each([
  ["a year that is known", 2026, "calendar.announced"],
  ["a year that leaves a gap", 2028, "calendar.gap"],
] as const)("refused: %s", async (_what, year, code) => {
  await using t = await openTestKernel({ now: "2026-11-03T02:00:00Z" });
  const calendars = await adminOf(t, "brigade", "platformAdmin");
  const days = [{ date: `${year}-05-01`, kind: "off" as const, name }];
  expect(await refusalOf(calendars.announce({ ...year2027(t.units.brigade), year, days }))).toBe(code);
  const twice = { ...year2027(t.units.brigade), days: [...days, ...days].map((d) => ({ ...d, date: "2027-05-01" })) };
  expect(await refusalOf(calendars.announce(twice))).toBe("input.invalid");
});
