import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { casesHandlers } from "../cases/handlers.ts";
import { registerCase } from "../cases/register.ts";
import { blankWords } from "../organs/reseal.ts";
import { readOwnRecord } from "../own-data/own-record.ts";
import { execute } from "../pipeline/execute.ts";
import { caller } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, claim, file, inHandling, staffOf } from "../testing/story.ts";
import { forgetOldTasks } from "../workers/clean-up.ts";
import { type Given, giveTask } from "./give-task.ts";
import { tasksHandlers } from "./handlers.ts";
import { listTasks, tasksOfModule } from "./list-tasks.ts";
import { withdrawTask } from "./withdraw-task.ts";

const task = {
  pluginId: "visits",
  title: { "zh-CN": "走访", en: "Visits" },
  text: "zebrafinch 家走访",
  dueOn: "2026-03-09",
};
const give = (t: TestKernel, by: Actor | null, caseId: string | null, more: Partial<Given> = {}, what: object = {}) =>
  giveTask(t.kernel, { by, unitId: t.units.first, caseId, key: "1", to: "handler", ...more }, { ...task, ...what });
const end = (t: TestKernel, actor: Actor, taskId: string) =>
  caller(t.kernel, { tasks: tasksHandlers })(actor).tasks.end({ taskId, key: t.key(), done: true, result: "已走访" });
const state = async (t: TestKernel) =>
  (await t.database.pool.query("select state, result from kernel.tasks order by id")).rows;

test("a task of a petition has one person and a day, stands in his list, and is ended by him or whoever gave it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);

  const { taskId } = await give(t, s.officer, id);

  expect(await give(t, s.officer, id)).toEqual({ taskId });
  expect(await listTasks(t.kernel, s.handler)).toMatchObject([
    { taskId, text: task.text, dueOn: "2026-03-09", late: false, module: task.title, case: { id }, leftBy: null },
  ]);
  expect(await listTasks(t.kernel, s.officer)).toEqual([]);
  expect(await tasksOfModule(t.kernel, s.clerk, "visits", id)).toMatchObject([{ taskId, state: "open", mine: false }]);
  expect(await tasksOfModule(t.kernel, s.clerk, "other", id)).toEqual([]);
  t.clock.advance({ days: 10 });
  expect(await listTasks(t.kernel, s.handler)).toMatchObject([{ late: true }]);
  await expect(end(t, s.clerk, taskId)).rejects.toMatchObject({ cause: { reasons: [{ code: "task.notYours" }] } });
  await end(t, s.handler, taskId);
  await expect(end(t, s.officer, taskId)).rejects.toMatchObject({ cause: { code: "task.notFound" } });
  expect(await state(t)).toEqual([{ state: "done", result: "已走访" }]);
  expect((await readOwnRecord(t.kernel, s.handler)).tasks).toEqual([
    { module: task.title, dueOn: "2026-03-09", state: "done" },
  ]);
  const { rows } = await t.database.pool.query(
    "select type, body from kernel.ledger where type like 'task.%' order by seq",
  );
  expect(rows.map((row) => row.type)).toEqual(["task.made", "task.ended"]);
  expect(JSON.stringify(rows)).not.toMatch(/zebrafinch|已走访/);
  const told = await t.database.pool.query(
    "select type, payload->>'task' as task from kernel.outbox where type like 'task.%' order by seq",
  );
  expect(told.rows).toEqual(["task.made", "task.ended"].map((type) => ({ type, task: taskId })));
});

test("nobody is given work in a petition he may not know of, and nobody gives it who may not", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
  const custodian = await t.person("保管", "first", [{ role: "custodian", unit: "first" }]);
  const cannot = { reasons: [{ code: "task.personCannot" }] };

  await expect(give(t, s.officer, id, { to: { personId: stranger.personId } })).rejects.toMatchObject(cannot);
  await expect(give(t, s.officer, id, { to: { personId: t.kernel.newId() } })).rejects.toMatchObject(cannot);
  await expect(give(t, s.officer, id, { to: { role: "analyst" } })).rejects.toMatchObject({
    code: "task.personCannot",
  });
  await expect(give(t, s.officer, id, {}, { dueOn: "2026-03-01" })).rejects.toMatchObject({
    reasons: [{ code: "task.past" }],
  });
  await expect(give(t, stranger, id)).rejects.toMatchObject({ code: "case.notFound" });
  await expect(give(t, custodian, id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(give(t, null, id, { unitId: t.units.second })).rejects.toMatchObject({ code: "case.notFound" });
  expect(await state(t)).toEqual([]);

  await give(t, null, id, { unitId: t.units.brigade, to: { role: "custodian" } });
  expect(await listTasks(t.kernel, custodian)).toHaveLength(1);
  await t.database.pool.query(
    `insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', now())`,
    [custodian.personId, id],
  );
  expect(await listTasks(t.kernel, custodian)).toEqual([]);
  expect(await tasksOfModule(t.kernel, custodian, "visits", null)).toEqual([]);
});

test("the work of a unit is shared among those with the role, each given to whoever has the least", async () => {
  await using t = await openTestKernel();
  const one = await t.person("甲", "first", [{ role: "officer", unit: "first" }]);
  const two = await t.person("乙", "first", [{ role: "officer", unit: "first" }]);
  const outside = await t.person("外", "second", [{ role: "officer", unit: "second" }]);
  const role = { to: { role: "officer" } } as const;

  const first = await give(t, null, null, { ...role, key: "a" });
  expect(await give(t, null, null, { ...role, key: "a" })).toEqual(first);
  await give(t, one, null, { ...role, key: "b" });

  const [mine, his] = [await listTasks(t.kernel, one), await listTasks(t.kernel, two)];
  expect([mine.length, his.length]).toEqual([1, 1]);
  expect(mine[0]).toMatchObject({ case: null, text: task.text });
  await expect(give(t, outside, null, { ...role, key: "c" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(give(t, one, null, { to: { personId: outside.personId }, key: "d" })).rejects.toMatchObject({
    code: "task.personCannot",
  });
  await expect(give(t, one, null, { ...role, key: "e" }, { dueOn: "2026-03-01" })).rejects.toMatchObject({
    code: "task.past",
  });
  await expect(end(t, outside, first.taskId)).rejects.toMatchObject({ cause: { code: "task.notFound" } });
  const owner = mine[0]?.taskId === first.taskId ? one : two;
  await end(t, owner, first.taskId);
  expect((await state(t)).map((row) => row.state)).toEqual(["done", "open"]);
  const { rows } = await t.database.pool.query("select recipient from kernel.notifications where kind = 'task'");
  expect(rows).toHaveLength(2);
  t.clock.advance({ days: 731 });
  await forgetOldTasks(t.kernel);
  expect((await state(t)).map((row) => row.state)).toEqual(["open"]);
});

test("a module takes back by itself what it has given, of its unit and those below, and never of an accusation", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const { taskId } = await give(t, s.officer, id);
  const unitTask = await give(t, null, null, { to: { role: "officer" }, key: "u" });
  const back = (what: string, unitId = t.units.brigade, pluginId = "visits") =>
    withdrawTask(t.kernel, { unitId, pluginId }, what, "不必再去");
  const gone = { code: "task.notFound" };

  await expect(back(taskId, t.units.second)).rejects.toMatchObject(gone);
  await expect(back(unitTask.taskId, t.units.second)).rejects.toMatchObject(gone);
  await expect(back(taskId, t.units.brigade, "other")).rejects.toMatchObject(gone);
  await t.database.pool.query("update kernel.cases set confidentiality = 3 where id = $1", [id]);
  await expect(back(taskId)).rejects.toMatchObject(gone);
  await t.database.pool.query("update kernel.cases set confidentiality = 1 where id = $1", [id]);
  expect((await state(t)).map((row) => row.state)).toEqual(["open", "open"]);
  await back(taskId);
  await back(unitTask.taskId, t.units.first);

  expect(await state(t)).toEqual(Array(2).fill({ state: "dropped", result: "不必再去" }));
  expect(await listTasks(t.kernel, s.handler)).toEqual([]);
  await back(taskId);
  await expect(back(unitTask.taskId)).rejects.toMatchObject(gone);
  const { rows } = await t.database.pool.query(
    "select actor from kernel.ledger where type = 'task.ended' order by seq",
  );
  expect(rows.map((row) => row.actor)).toEqual(["system", "system"]);
});

test("it goes on with the work of whoever leaves; until then it is found with those who lead there", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const next = await t.person("接办", "first", [{ role: "handler", unit: "first" }]);
  await give(t, s.officer, id);
  await give(t, s.officer, null, { to: { personId: s.handler.personId }, key: "u" });
  const desk = caller(t.kernel, { cases: casesHandlers });
  await t.database.pool.query("update kernel.people set active = false where id = $1", [s.handler.personId]);

  expect((await listTasks(t.kernel, s.officer)).map((one) => one.leftBy)).toEqual([s.handler.name, s.handler.name]);
  expect(await listTasks(t.kernel, s.clerk)).toEqual([]);
  expect(await desk(s.officer).cases.handOverPreview({ fromPersonId: s.handler.personId })).toEqual({
    total: 1,
    tasks: 2,
  });
  const input = { fromPersonId: s.handler.personId, toPersonId: next.personId, why: "调离", key: t.key() };
  expect(await desk(s.officer).cases.handOver(input)).toMatchObject({ total: 1, done: 1, tasks: 2 });
  expect(await desk(s.officer).cases.handOver(input)).toMatchObject({ tasks: 2 });

  expect(await listTasks(t.kernel, next)).toHaveLength(2);
  expect(await listTasks(t.kernel, s.officer)).toEqual([]);
});

test("its words are sealed when the petition comes to an organ, and go when the file is destroyed", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await file(t);
  await give(t, s.officer, id, { to: { personId: s.clerk.personId } });

  const accusation = { ...claim, category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 };
  await execute(t.kernel, registerCase, byPerson(t, id, s.clerk), accusation as never);

  const text = async () => (await t.database.pool.query("select text from kernel.tasks")).rows[0]?.text;
  expect(await text()).toMatch(/^c3:/);
  expect([await listTasks(t.kernel, s.clerk), await tasksOfModule(t.kernel, s.clerk, "visits", null)]).toEqual([
    [],
    [],
  ]);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  await expect(give(t, organ, id, { to: { personId: organ.personId }, key: "2" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await tasksOfModule(t.kernel, organ, "visits", id)).toEqual([]);
  await blankWords(t.database.pool, id);
  expect(await text()).toBe("");
});
