import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { registerCase } from "../cases/register.ts";
import { inChange } from "../change.ts";
import { notificationsHandlers } from "../notifications/handlers.ts";
import { listNotifications } from "../notifications/read-notifications.ts";
import { overviewHandlers } from "../overview/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { whereIsWritten } from "../testing/find-words.ts";
import { openTestKernel, type TestKernel, type TestUnit } from "../testing/index.ts";
import { byPerson, claim, file, inHandling, rows, staffOf } from "../testing/story.ts";
import { runWorkersOnce } from "../workers/start-workers.ts";
import { ANSWER_MS, flagUrgent, phonedDuty, reportDuty, takeDuty } from "./acts.ts";
import { dutyHandlers } from "./handlers.ts";
import { pageDue } from "./page-due.ts";
import { openPages, pageOf } from "./read-pages.ts";
import { gapsOf, type readRoster, saveShift } from "./roster.ts";

const WORD = "zebrafinch";
const ctxOf = (t: TestKernel, actor: Actor) => ({ kernel: t.kernel, actor }) as never;
const minutes = (n: number) => ({ minutes: n });
const ANSWER = minutes(ANSWER_MS / 60_000);

async function shift(t: TestKernel, unit: TestUnit, person: Actor, from: string, until: string): Promise<void> {
  await inChange(t.kernel, "system", (change) =>
    saveShift(change, person, { unitId: t.units[unit], personId: person.personId, from, until }),
  );
}

const pagedOf = async (t: TestKernel, people: readonly Actor[]): Promise<readonly string[]> => {
  const told: string[] = [];
  for (const p of people)
    if ((await listNotifications(t.kernel, p, { limit: 50, unread: false })).items.some((n) => n.mustAcknowledge))
      told.push(p.name);
  return told;
};
const runningOf = async (t: TestKernel, id: string): Promise<readonly string[]> =>
  (
    await rows<{ rule: string }>(
      t,
      "select explain->>'rule' as rule from kernel.clocks where case_id = $1 and code = 'K23' and state = 'running' order by 1",
      [id],
    )
  ).map((r) => r.rule);

test("danger pages the person on the roster and the next level at once; a missed answer pages the next one; taking it ends that", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const onShift = await t.person("值班", "first", [{ role: "handler", unit: "first" }]);
  const above = await t.person("上级", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  await shift(t, "first", onShift, "2026-03-02T08:00", "2026-03-03T08:00");
  const everybody = [onShift, above, s.officer, s.signer, s.clerk];

  const id = await file(t, { urgentSafety: true });
  expect(await runningOf(t, id)).toEqual(["K23", "K23.written"]);
  await pageDue(t.kernel);
  expect(await pagedOf(t, everybody)).toEqual(["值班", "上级"]);
  expect(await pageDue(t.kernel)).toBe(0);

  t.clock.advance(ANSWER);
  await pageDue(t.kernel);
  expect(await pagedOf(t, everybody)).toEqual(["值班", "上级", "干事"]);
  t.clock.advance(ANSWER);
  await pageDue(t.kernel);
  expect(await pagedOf(t, everybody)).toEqual(["值班", "上级", "干事", "营长"]);

  await execute(t.kernel, takeDuty, byPerson(t, id, onShift), {});
  t.clock.advance({ hours: 5 });
  expect(await pageDue(t.kernel)).toBe(0);
  expect(await openPages(t.kernel, onShift)).toMatchObject([
    { caseId: id, takenBy: "值班", pagedMe: true, mayAct: true },
  ]);
  expect(await openPages(t.kernel, s.clerk)).toEqual([]);
});

test("it goes round again while nobody answers, and tells the same people anew", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  await file(t, { urgentSafety: true });
  for (let n = 0; n < 3; n++) {
    await pageDue(t.kernel);
    t.clock.advance(ANSWER);
  }
  const told = await listNotifications(t.kernel, s.officer, { limit: 50, unread: false });
  expect(told.items.filter((n) => n.kind === "duty" && n.mustAcknowledge)).toHaveLength(2);
});

test("taken, told by phone, reported in writing: each once and in its order, and the report ends K23", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t, { urgentSafety: true });
  const on = () => byPerson(t, id, s.officer);
  const report = { reached: ["medical"], text: "已送医，人身安全" } as const;
  const phoned = { reached: ["nextLevel"] } as const;
  const refused = (code: string) => ({ reasons: [{ code }] });
  await expect(execute(t.kernel, phonedDuty, on(), phoned)).rejects.toMatchObject(refused("duty.notTaken"));
  await expect(execute(t.kernel, reportDuty, on(), report as never)).rejects.toMatchObject(refused("duty.notTaken"));
  await expect(execute(t.kernel, takeDuty, byPerson(t, id, s.clerk), {})).rejects.toMatchObject({ code: "forbidden" });
  await execute(t.kernel, takeDuty, on(), {});
  await expect(execute(t.kernel, takeDuty, byPerson(t, id, s.signer), {})).rejects.toMatchObject(refused("duty.taken"));

  await execute(t.kernel, phonedDuty, on(), phoned);
  expect(await runningOf(t, id)).toEqual(["K23.written"]);
  await expect(execute(t.kernel, phonedDuty, on(), phoned)).rejects.toMatchObject(refused("duty.phonedAlready"));

  await execute(t.kernel, reportDuty, on(), report as never);
  expect(await runningOf(t, id)).toEqual([]);
  await expect(execute(t.kernel, reportDuty, on(), report as never)).rejects.toMatchObject({ code: "act.refused" });
  expect(await openPages(t.kernel, s.officer)).toEqual([]);
  expect(await pageOf(t.kernel, s.signer, id)).toMatchObject({
    reached: ["nextLevel", "medical"],
    report: "已送医，人身安全",
    phoneBy: null,
    writtenBy: null,
  });
  const quiet = await file(t);
  expect(await pageOf(t.kernel, s.officer, quiet)).toBeNull();
  await expect(execute(t.kernel, takeDuty, byPerson(t, quiet, s.officer), {})).rejects.toMatchObject({
    reasons: expect.arrayContaining([{ code: "duty.none" }]),
  });
});

test("neither the respondent nor anybody recused is paged; nobody at all is told to the platform's administrator", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const admin = await t.person("平台", "brigade", [{ role: "platformAdmin", unit: "brigade" }]);
  const unitAdmin = await t.person("管理", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);
  const id = await file(t, { urgentSafety: true });
  await rows(
    t,
    `insert into kernel.recusals (person_id, case_id, source, state, at)
     select p, $1, 'computed', 'granted', now() from unnest($2::uuid[]) p`,
    [id, [s.officer.personId, s.signer.personId]],
  );
  await pageDue(t.kernel);
  expect(await pagedOf(t, [s.officer, s.signer, s.clerk, s.handler])).toEqual([]);
  const reds = async (actor: Actor) =>
    (await overviewHandlers.get(ctxOf(t, actor), {})).items.filter((i) => i.code === "dutyNobody");
  expect(await reds(admin)).toEqual([{ level: "red", code: "dutyNobody", params: { count: 1 }, unit: null }]);
  expect(await reds(unitAdmin)).toEqual([]);

  const helper = await t.person("后来", "first", [{ role: "officer", unit: "first" }]);
  t.clock.advance(ANSWER);
  await pageDue(t.kernel);
  expect(await pagedOf(t, [helper])).toEqual(["后来"]);
  expect(await reds(admin)).toEqual([]);
  const entries = await rows(t, "select 1 from kernel.ledger where stream = $1 and type = 'duty.paged'", [id]);
  expect(entries).toHaveLength(2);
});

test("of an accusation the organ's people alone are paged, and the report lies under its key", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const leader = await t.person("旅长", "brigade", [{ role: "signer", unit: "brigade", subtree: true }]);
  await shift(t, "brigade", leader, "2026-03-02T08:00", "2026-03-03T08:00");
  const id = await file(t, { urgentSafety: true, purpose: "accuse", title: WORD });
  await pageDue(t.kernel);
  expect(await pagedOf(t, [organ, leader, s.officer, s.signer])).toEqual(["纪检"]);
  await expect(execute(t.kernel, takeDuty, byPerson(t, id, leader), {})).rejects.toMatchObject({
    code: "case.notFound",
  });
  await expect(pageOf(t.kernel, leader, id)).rejects.toMatchObject({ code: "case.notFound" });
  expect(await openPages(t.kernel, leader)).toEqual([]);
  await execute(t.kernel, takeDuty, byPerson(t, id, organ), {});
  await execute(t.kernel, reportDuty, byPerson(t, id, organ), { reached: ["petitioner"], text: `${WORD}已安全` });
  expect((await pageOf(t.kernel, organ, id))?.report).toBe(`${WORD}已安全`);
  expect(await whereIsWritten(t, WORD)).toEqual([]);
});

test("what was reported on an ordinary petition is sealed when it becomes an accusation", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const id = await file(t, { urgentSafety: true });
  await execute(t.kernel, takeDuty, byPerson(t, id, s.officer), {});
  await execute(t.kernel, reportDuty, byPerson(t, id, s.officer), { reached: ["police"], text: `${WORD}已报警` });
  await execute(t.kernel, registerCase, byPerson(t, id, s.clerk), {
    ...claim,
    category: "accusation",
    track: "accusation",
    subRoute: null,
    confidentiality: 3,
  } as never);
  expect(await whereIsWritten(t, WORD)).toEqual([]);
  expect((await pageOf(t.kernel, organ, id))?.report).toBe(`${WORD}已报警`);
});

test("danger that shows later is flagged at the desk, once, and pages like any other; what is over is not flagged", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const other = await t.person("别处", "second", [{ role: "officer", unit: "second" }]);
  const why = { reason: "来信人说有人威胁他" };
  await expect(execute(t.kernel, flagUrgent, byPerson(t, id, other), why)).rejects.toMatchObject({
    code: "case.notFound",
  });
  await execute(t.kernel, flagUrgent, byPerson(t, id, s.handler), why);
  await expect(execute(t.kernel, flagUrgent, byPerson(t, id, s.officer), why)).rejects.toMatchObject({
    reasons: [{ code: "duty.flagged" }],
  });
  await runWorkersOnce(t.kernel);
  expect(await pagedOf(t, [s.officer, s.signer])).toEqual(["干事"]);
  const [c] = await rows(t, "select urgent_safety, severity, title from kernel.cases where id = $1", [id]);
  expect(c).toEqual({ urgent_safety: true, severity: "urgent", title: "津贴少发一档" });
  const over = await file(t);
  await rows(t, "update kernel.cases set status = 'final' where id = $1", [over]);
  await expect(execute(t.kernel, flagUrgent, byPerson(t, over, s.officer), why)).rejects.toMatchObject({
    reasons: [{ code: "act.state" }],
  });
});

test("whoever says in the bell that he has seen it has taken it; a stranger's press takes nothing", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t, { urgentSafety: true });
  await pageDue(t.kernel);
  const [note] = (await listNotifications(t.kernel, s.officer, { limit: 5, unread: false })).items;
  await expect(notificationsHandlers.acknowledge(ctxOf(t, s.signer), { id: note?.id ?? "" })).rejects.toMatchObject({
    code: "notification.notFound",
  });
  expect((await pageOf(t.kernel, s.officer, id))?.takenBy).toBeNull();
  await notificationsHandlers.acknowledge(ctxOf(t, s.officer), { id: note?.id ?? "" });
  expect((await pageOf(t.kernel, s.officer, id))?.takenBy).toBe("干事");
});

test("the roster: who may stand in it, its times, its gaps, replacing and taking off, and who may change it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const admin = await t.person("管理", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);
  const elsewhere = await t.person("外单位", "second", [{ role: "unitAdmin", unit: "second" }]);
  const unitId = t.units.first;
  const day = { unitId, personId: s.handler.personId, from: "2026-03-02T08:00", until: "2026-03-02T20:00" };
  const save = (actor: Actor, more: object = {}) =>
    dutyHandlers.saveShift(ctxOf(t, actor), { ...day, ...more } as never);
  const read = (actor: Actor) => dutyHandlers.roster(ctxOf(t, actor), { unitId, from: "2026-03-02", days: 1 });
  await expect(save(elsewhere)).rejects.toMatchObject({ code: "unit.notFound" });
  await expect(read(elsewhere)).rejects.toMatchObject({ code: "unit.notFound" });
  await expect(save(admin, { personId: s.clerk.personId })).rejects.toMatchObject({ code: "duty.cannotSee" });
  await expect(save(admin, { until: "2026-03-02T08:00" })).rejects.toMatchObject({ code: "duty.times" });
  await expect(save(admin, { until: "2026-05-02T08:00" })).rejects.toMatchObject({ code: "duty.times" });
  await save(admin);
  const roster = (await read(admin)) as Awaited<ReturnType<typeof readRoster>>;
  expect(roster).toMatchObject({
    timeZone: "Asia/Shanghai",
    shifts: [{ person: { name: "承办" }, from: "2026-03-02T00:00:00.000Z", until: "2026-03-02T12:00:00.000Z" }],
    gaps: [
      { from: "2026-03-01T16:00:00.000Z", until: "2026-03-02T00:00:00.000Z" },
      { from: "2026-03-02T12:00:00.000Z", until: "2026-03-02T16:00:00.000Z" },
    ],
    fallback: [{ name: "干事" }, { name: "营长" }],
    manageable: true,
  });
  expect(roster.candidates.map((c) => c.name)).not.toContain("文书");
  const [first] = roster.shifts;
  await save(admin, { personId: s.officer.personId, replaces: first?.id });
  expect((await read(admin)).shifts.map((x) => x.person.name)).toEqual(["干事"]);
  await expect(save(admin, { replaces: first?.id })).rejects.toMatchObject({ code: "duty.noShift" });
  const end = (actor: Actor, shiftId: string) => dutyHandlers.endShift(ctxOf(t, actor), { unitId, shiftId });
  const shiftId = (await read(admin)).shifts[0]?.id ?? "";
  await expect(end(elsewhere, shiftId)).rejects.toMatchObject({ code: "unit.notFound" });
  await end(admin, shiftId);
  await expect(end(admin, shiftId)).rejects.toMatchObject({ code: "duty.noShift" });
  expect((await read(admin)).shifts).toEqual([]);
});

test("a unit without anybody for a week is red in the overview; a full roster or an officer above mends it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const admin = await t.person("平台", "brigade", [{ role: "platformAdmin", unit: "brigade" }]);
  const helper = await t.person("承办", "brigade", [{ role: "handler", unit: "brigade", subtree: true }]);
  const gaps = async () =>
    (await overviewHandlers.get(ctxOf(t, admin), {})).items
      .filter((i) => i.code === "dutyGap")
      .map((i) => [i.level, i.unit?.id, i.params["below"]]);
  expect(await gaps()).toEqual([["red", t.units.brigade, 3]]);
  await shift(t, "brigade", helper, "2026-03-02T08:00", "2026-03-05T08:00");
  expect(await gaps()).toHaveLength(1);
  await shift(t, "brigade", helper, "2026-03-05T08:00", "2026-03-12T08:00");
  expect(await gaps()).toEqual([]);
  await rows(t, "update kernel.duty_shifts set removed_at = now()", []);
  expect(await gaps()).toHaveLength(1);
  await t.person("干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  expect(await gaps()).toEqual([]);
});

test("gaps are what no shift covers, also where shifts overlap or stand out", () => {
  const whole = { from: 10, until: 20 };
  expect(gapsOf(whole, [])).toEqual([whole]);
  expect(
    gapsOf(whole, [
      { from: 5, until: 12 },
      { from: 11, until: 15 },
      { from: 18, until: 30 },
    ]),
  ).toEqual([{ from: 15, until: 18 }]);
  expect(gapsOf(whole, [{ from: 0, until: 30 }])).toEqual([]);
});
