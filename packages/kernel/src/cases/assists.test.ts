import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { execute } from "../pipeline/execute.ts";
import { listCases } from "../queue/list-cases.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { petition } from "../testing/petition-row.ts";
import { byPerson, inHandling, reply, rows, staffOf } from "../testing/story.ts";
import { reaudienceCases } from "../units/reaudience.ts";
import { answerAssist, askAssist, endAssist } from "./assists.ts";
import { readCase } from "./read-case.ts";

const question = "请查明二营发放标准";
const ask = (t: TestKernel, caseId: string, by: Actor, unitId: string, days = 10) =>
  execute(t.kernel, askAssist, byPerson(t, caseId, by), { unitId, question, days });
const refused = (code: string) => ({ params: { reasons: code } });
const assistsOf = async (t: TestKernel, caseId: string) =>
  (
    await rows<{ id: string }>(t, "select id from kernel.assists where case_id = $1 order by asked_at, id", [caseId])
  ).map((r) => r.id);
const keysOf = async (t: TestKernel, caseId: string) =>
  (
    await rows<{ key: string }>(
      t,
      "select key from kernel.case_audience where case_id = $1 and depth >= 0 order by key",
      [caseId],
    )
  ).map((r) => r.key);
const clocksOf = (t: TestKernel, caseId: string) =>
  rows<{ state: string; due_on: string }>(
    t,
    "select state, due_on from kernel.clocks where case_id = $1 and code = 'K5' order by started_at, id",
    [caseId],
  );

async function open() {
  const t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const second = await t.person("二营干事", "second", [{ role: "officer", unit: "second" }]);
  const caseId = await inHandling(t, s);
  return { t, s, second, caseId };
}

test("a unit that is asked sees the case until it has reported, by a date of its own; the holder reads the report", async () => {
  const { t, s, second, caseId } = await open();
  await using _ = t;
  const before = await keysOf(t, caseId);
  await expect(readCase(t.kernel, second, caseId)).rejects.toMatchObject({ code: "case.notFound" });

  await ask(t, caseId, s.handler, t.units.second);
  const [assistId = ""] = await assistsOf(t, caseId);
  expect(await clocksOf(t, caseId)).toEqual([{ state: "running", due_on: "2026-03-12" }]);
  const seen = await readCase(t.kernel, second, caseId);
  expect(seen.assists).toMatchObject([{ question, dueOn: "2026-03-12", state: "open", mine: true, report: null }]);
  expect(seen.acts.map((a) => a.act)).toContain("answerAssist");
  expect(seen.acts.map((a) => a.act)).not.toContain("extend");
  const view = (by: Actor) => listCases(t.kernel, by, { view: "assisting", limit: 50 });
  expect((await view(second)).items.map((i) => i.caseId)).toEqual([caseId]);
  expect((await view(s.officer)).items).toEqual([]);
  const answer = (by: Actor, id = assistId) =>
    execute(t.kernel, answerAssist, byPerson(t, caseId, by), {
      assistId: id,
      report: "二营按二类区标准发放，有工资表为证。",
    });
  await expect(answer(s.officer)).rejects.toMatchObject({ code: "forbidden" });
  await expect(answer(second, crypto.randomUUID())).rejects.toMatchObject({ code: "assist.notFound" });
  await answer(second);

  expect(await clocksOf(t, caseId)).toMatchObject([{ state: "stopped" }]);
  expect(await keysOf(t, caseId)).toEqual(before);
  await expect(readCase(t.kernel, second, caseId)).rejects.toMatchObject({ code: "case.notFound" });
  expect((await readCase(t.kernel, s.officer, caseId)).assists).toMatchObject([
    { state: "answered", report: "二营按二类区标准发放，有工资表为证。", mine: false },
  ]);
  const told = await rows(t, "select body from kernel.ledger where type like 'assist.%'");
  expect(told).toHaveLength(2);
  expect(JSON.stringify(told)).not.toMatch(/查明|工资表/);
});

test("each of several has its own clock; one that is taken back leaves the other's running", async () => {
  const { t, s, second, caseId } = await open();
  await using _ = t;
  await ask(t, caseId, s.officer, t.units.second, 10);
  await ask(t, caseId, s.officer, t.units.company, 20);
  const [first = ""] = await assistsOf(t, caseId);
  await expect(ask(t, caseId, s.officer, t.units.second)).rejects.toMatchObject(refused("assist.open"));

  await execute(t.kernel, endAssist, byPerson(t, caseId, s.officer), { assistId: first, reason: "已从工资表查明" });

  expect(await clocksOf(t, caseId)).toEqual([
    { state: "stopped", due_on: "2026-03-12" },
    { state: "running", due_on: "2026-03-23" },
  ]);
  await expect(readCase(t.kernel, second, caseId)).rejects.toMatchObject({ code: "case.notFound" });
  expect(await keysOf(t, caseId)).toContain(t.units.company);
});

test("never the unit complained of, the holder itself or a unit that is gone; nobody else asks", async () => {
  const { t, s, second, caseId } = await open();
  await using _ = t;
  await rows(
    t,
    "insert into kernel.respondents (id, case_id, kind, unit_id) values (gen_random_uuid(), $1, 'unit', $2)",
    [caseId, t.units.second],
  );

  await expect(ask(t, caseId, s.officer, t.units.second)).rejects.toMatchObject(refused("unit.notRespondent"));
  await expect(ask(t, caseId, s.officer, t.units.first)).rejects.toMatchObject(refused("unit.sameHolder"));
  await expect(ask(t, caseId, s.officer, crypto.randomUUID())).rejects.toMatchObject({ code: "unit.notFound" });
  await expect(ask(t, caseId, s.clerk, t.units.company)).rejects.toMatchObject({ code: "forbidden" });
  await expect(ask(t, caseId, second, t.units.company)).rejects.toMatchObject({ code: "case.notFound" });
  const end = execute(t.kernel, endAssist, byPerson(t, caseId, s.officer), {
    assistId: crypto.randomUUID(),
    reason: "无",
  });
  await expect(end).rejects.toMatchObject(refused("assist.none"));
  expect(await assistsOf(t, caseId)).toEqual([]);
});

test("the reply does not wait for assistance: it ends with the delivery, clock and sight too", async () => {
  const { t, s, second, caseId } = await open();
  await using _ = t;
  const before = await keysOf(t, caseId);
  await ask(t, caseId, s.officer, t.units.second);

  await reply(t, s, caseId);

  expect(await clocksOf(t, caseId)).toMatchObject([{ state: "stopped" }]);
  expect(await keysOf(t, caseId)).toEqual(expect.not.arrayContaining([t.units.second]));
  expect(before).not.toContain(t.units.second);
  expect(await rows(t, "select 1 from kernel.assists where ended_at is null")).toEqual([]);
  await expect(readCase(t.kernel, second, caseId)).rejects.toMatchObject({ code: "case.notFound" });
});

test("a report that is late is urged from the unit that owes it, not from the holder", async () => {
  const { t, s, caseId } = await open();
  await using _ = t;
  await ask(t, caseId, s.officer, t.units.second, 5);
  t.clock.now = new Date("2026-03-11T02:00:00Z");
  await sweepClocks(t.kernel);
  await breachEffects(t.kernel);

  expect(await rows(t, "select to_unit_id, by_unit_id, code from kernel.supervision_items where code = 'K5'")).toEqual([
    { to_unit_id: t.units.second, by_unit_id: t.units.brigade, code: "K5" },
  ]);
});

test("what is written anew from the tree is what the act wrote; a case of an organ has no assisting unit", async () => {
  const { t, s, caseId } = await open();
  await using _ = t;
  await ask(t, caseId, s.officer, t.units.second);
  const written = await keysOf(t, caseId);
  await rows(t, "delete from kernel.case_audience where case_id = $1", [caseId]);
  await reaudienceCases(t.database.appPool, [caseId]);
  expect(await keysOf(t, caseId)).toEqual(written);
  expect(written).toContain(t.units.second);

  const [organ] = await rows<{ id: string }>(t, "select id from kernel.offices where kind = 'disciplineOrgan' limit 1");
  const sealed = await petition(t, { holder: "first", confidentiality: 3, organId: organ?.id ?? "" });
  await rows(
    t,
    `insert into kernel.assists (id, case_id, unit_id, lead_unit_id, clock_id, question, due_on, asked_at, asked_by)
     values (gen_random_uuid(), $1, $2, $3, gen_random_uuid(), 'x', '2026-05-01', now(), $4)`,
    [sealed, t.units.second, t.units.first, s.officer.personId],
  );
  await reaudienceCases(t.database.appPool, [sealed]);
  expect(await keysOf(t, sealed)).toEqual([organ?.id]);
});
