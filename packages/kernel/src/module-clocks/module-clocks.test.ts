import type { DoorstepError } from "@doorstep/contracts";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { registerCase } from "../cases/register.ts";
import type { Kernel } from "../kernel.ts";
import { execute } from "../pipeline/execute.ts";
import { calendarsHandlers } from "../rules/handlers.ts";
import { caller } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, claim, file, inHandling, rows, staffOf } from "../testing/story.ts";
import { clocksOfModule, readModuleClocks, startClockOfModule, stopClockOfModule } from "./module-clocks.ts";
import { sweepModuleClocks } from "./sweep-module-clocks.ts";

const visit = {
  pluginId: "talks",
  title: { "zh-CN": "调解", en: "Mediation" },
  code: "visit",
  name: { "zh-CN": "七日回访", en: "Visit after seven days" },
  why: { "zh-CN": "协议达成后回访双方。", en: "Both sides are visited." },
  amount: 7,
  unit: "day" as const,
  atEnd: { to: "handler" as const, words: { "zh-CN": "该回访了。", en: "A visit is due." } },
};
/** The module is on, or off, wherever it is asked for. */
const withModule = (t: TestKernel, on = true): Kernel => ({
  ...t.kernel,
  modules: { ...t.kernel.modules, isOn: async () => on },
});
const start = (t: TestKernel, by: Actor | null, caseId: string, more: object = {}, from: string | null = null) =>
  startClockOfModule(withModule(t), { by, unitId: t.units.first }, { caseId, from }, { ...visit, ...more });
const stop = (t: TestKernel, by: Actor | null, caseId: string) =>
  stopClockOfModule(t.kernel, { by, unitId: t.units.first }, caseId, { pluginId: "talks", code: "visit" });
const of = (t: TestKernel, by: Actor | null, caseId: string, pluginId = "talks") =>
  clocksOfModule(t.kernel, { by, unitId: t.units.first }, caseId, pluginId);
const entriesOf = async (t: TestKernel) =>
  await rows<{ type: string; body: string }>(
    t,
    "select type, body from kernel.ledger where type like 'moduleClock.%' order by at, seq",
  );
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: DoorstepError) => error.reasons[0]?.code ?? error.code,
  );

test("a module's period is counted by the unit's calendar, runs once a code, and moves none of the petition's own", async () => {
  await using t = await openTestKernel({ now: "2026-02-10T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const before = await rows(t, "select code, state, due_on from kernel.clocks where case_id = $1 order by code", [id]);

  // seven days end in the Spring Festival and roll to the first day of work
  expect(await start(t, s.handler, id)).toEqual({ dueOn: "2026-02-24" });

  expect(await codeOf(start(t, s.officer, id))).toBe("moduleClock.running");
  expect(await start(t, s.handler, id, { code: "long", amount: 3, unit: "workday" }, "2026-02-12")).toEqual({
    dueOn: "2026-02-24",
  });
  expect(await start(t, s.handler, id, { pluginId: "other" })).toMatchObject({ dueOn: "2026-02-24" });
  const [shown] = await readModuleClocks(withModule(t), s.officer, id);
  expect(shown).toMatchObject({
    ...{ module: visit.title, name: visit.name, state: "running", dueOn: "2026-02-24" },
    sentence: {
      "zh-CN": "自2026年2月10日次日起算7日，至2026年2月24日止。协议达成后回访双方。",
      en: "7 days from the day after 10 February 2026, ends on 24 February 2026. Both sides are visited.",
    },
  });
  expect((await readModuleClocks(withModule(t, false), s.officer, id)).map((one) => one.state)).toEqual([
    "stopped",
    "stopped",
    "stopped",
  ]);
  expect(await of(t, s.officer, id)).toMatchObject([{ code: "visit", state: "running" }, { code: "long" }]);

  await stop(t, s.handler, id);
  expect(await codeOf(stop(t, s.handler, id))).toBe("moduleClock.notRunning");
  expect(await start(t, s.handler, id)).toMatchObject({ dueOn: "2026-02-24" });
  expect((await of(t, s.officer, id)).map((one) => one.state)).toEqual(["stopped", "running", "running"]);
  expect(await rows(t, "select code, state, due_on from kernel.clocks where case_id = $1 order by code", [id])).toEqual(
    before,
  );
  expect((await entriesOf(t))[0]).toMatchObject({
    type: "moduleClock.started",
    body: expect.stringMatching(/"code":"visit".*"dueOn":"2026-02-24".*"module":"talks"/),
  });
});

test("whoever may not see the petition, has no part in it, or stands at another unit, starts and reads none", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
  const custodian = await t.person("保管", "first", [{ role: "custodian", unit: "first" }]);

  for (const [by, code] of [
    [stranger, "case.notFound"],
    [custodian, "forbidden"],
  ] as const) {
    expect(await codeOf(start(t, by, id))).toBe(code);
    expect(await codeOf(stop(t, by, id))).toBe(code);
  }
  expect(await codeOf(of(t, stranger, id))).toBe("case.notFound");
  expect(await codeOf(readModuleClocks(t.kernel, stranger, id))).toBe("case.notFound");
  const elsewhere = { by: null, unitId: t.units.second };
  expect(await codeOf(startClockOfModule(t.kernel, elsewhere, { caseId: id, from: null }, visit))).toBe(
    "case.notFound",
  );
  expect(await codeOf(clocksOfModule(t.kernel, elsewhere, id, "talks"))).toBe("case.notFound");
  expect(await start(t, null, id)).toMatchObject({ dueOn: expect.any(String) });
  expect(await of(t, null, id)).toHaveLength(1);
});

test("at its end the kernel tells whom the module names, once, and the module hears of it; where it is off nobody is told", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await start(t, s.handler, id);
  await start(t, s.handler, id, { code: "later", amount: 8 });
  const told = () => rows(t, "select recipient, params from kernel.notifications where kind = 'module'");

  t.clock.now = new Date("2026-03-09T15:59:00Z");
  expect(await sweepModuleClocks(withModule(t))).toBe(0);
  t.clock.advance({ minutes: 1 });
  expect(await sweepModuleClocks(withModule(t))).toBe(1);
  expect(await sweepModuleClocks(withModule(t))).toBe(0);

  expect(await told()).toMatchObject([{ params: { module: "talks", zh: "该回访了。", en: "A visit is due." } }]);
  const [event] = await rows(t, "select unit_id, payload from kernel.outbox where type = 'moduleClock.passed'");
  expect(event).toMatchObject({ unit_id: t.units.first, payload: { module: "talks", code: "visit" } });
  t.clock.advance({ days: 1 });
  expect(await sweepModuleClocks(withModule(t, false))).toBe(1);
  expect(await told()).toHaveLength(1);
  expect((await of(t, s.officer, id)).map((one) => one.state)).toEqual(["passed", "stopped"]);
  expect((await entriesOf(t)).map((one) => one.type).slice(-2)).toEqual(["moduleClock.passed", "moduleClock.stopped"]);
});

test("of an accusation a module starts, stops and reads nothing, and what still ran ends without a word", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const id = await file(t, {});
  await start(t, s.clerk, id);
  const accusation = { ...claim, category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 };
  await execute(t.kernel, registerCase, byPerson(t, id, s.clerk), accusation as never);
  await t.database.pool.query("update kernel.cases set handler_id = $2 where id = $1", [id, organ.personId]);

  expect(await codeOf(start(t, organ, id, { code: "x" }))).toBe("module.sealed");
  expect(await codeOf(stop(t, organ, id))).toBe("module.sealed");
  expect(await of(t, organ, id)).toEqual([]);
  expect(await readModuleClocks(withModule(t), organ, id)).toHaveLength(1);

  t.clock.advance({ days: 30 });
  expect(await sweepModuleClocks(withModule(t))).toBe(1);
  expect(await rows(t, "select from kernel.notifications where kind = 'module'")).toEqual([]);
  expect((await entriesOf(t)).at(-1)?.type).toBe("moduleClock.stopped");
});

test("a day beyond the announced holidays is counted anew once they are known", async () => {
  await using t = await openTestKernel({ now: "2026-12-01T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const admin = await t.person("管理员", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  expect(await start(t, s.handler, id, { amount: 66 })).toEqual({ dueOn: "2027-02-05" });

  const holiday = { "zh-CN": "春节", en: "Spring Festival" };
  const days = ["05", "06", "07", "08", "09"].map((day) => ({ date: `2027-02-${day}`, kind: "off", name: holiday }));
  const source = { "zh-CN": "通知", en: "Notice" };
  await caller(t.kernel, { calendars: calendarsHandlers })(admin).calendars.announce({
    ...{ unitId: t.units.brigade, year: 2027, days: days as never, source },
  });
  await sweepModuleClocks(withModule(t));

  expect(await of(t, s.officer, id)).toMatchObject([{ dueOn: "2027-02-10", state: "running" }]);
  expect((await entriesOf(t)).at(-1)?.type).toBe("moduleClock.recounted");
  await sweepModuleClocks(withModule(t));
  expect(await entriesOf(t)).toHaveLength(2);
});
