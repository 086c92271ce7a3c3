import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

const NOW = "2026-03-02T02:00:00.000Z";
const TODAY = "2026-03-02";
/** K31: five working days, and thirty days */
const PLAN_BY = "2026-03-09";
const VISIT_BY = "2026-04-01";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let leader: Rpc;
let officer: Rpc;
let caseId = "";

/** What a call was refused with: the reason of the module's own words, else the code. */
const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const take = () =>
  host.kernelSql(
    `insert into kernel.charges (id, case_id, leader_id, slot, taken_at)
       select gen_random_uuid(), $1, id, 1, $2 from kernel.people where name = 'chargeLeader brigade'`,
    [caseId, NOW],
  );
const end = () => host.kernelSql("update kernel.charges set ended_at = $1, outcome = 'handedOver'", [NOW]);
const periods = async () =>
  (await host.kernelSql("select code, due_on::text as day, state from kernel.module_clocks order by code, state")).map(
    ({ code, day, state }) => `${code} ${day} ${state}`,
  );
const plan = (more: object = {}) => ({
  ...{ caseId, metOn: TODAY, notMet: "", facts: "三个部门说法不一", law: "住房保障有关规定" },
  ...{ options: "先腾一间周转房", helpers: "营房股" },
  ...more,
});
const mine = async () => (await leader.mine.query())[0];

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  leader = host.as("chargeLeader");
  officer = host.as("officer");
  await Promise.all([leader.mine.query(), officer.ofUnit.query()]);
  await host.events.emit("case.routed");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  caseId = String(petition?.id);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_leader_desk.charges");
  for (const table of ["charges", "module_clocks", "tasks", "notifications"])
    await host.kernelSql(`delete from kernel.${table}`);
});

test("a petition that is taken has its days: a plan within five working days, a visit every thirty", async () => {
  await take();
  expect(await mine()).toMatchObject({ caseId, stage: "plan", takenOn: TODAY, plan: null, lastMoveOn: null });
  await host.events.emit("charge.taken");
  await host.events.emit("charge.taken");
  expect(await periods()).toEqual([`plan ${PLAN_BY} running`, `visit ${VISIT_BY} running`]);
  expect(await mine()).toMatchObject({ next: { what: "plan", on: PLAN_BY }, isLate: false });

  await leader.plan.mutate(plan());
  expect(await periods()).toEqual([`plan ${PLAN_BY} stopped`, `visit ${VISIT_BY} running`]);
  expect(await mine()).toMatchObject({
    ...{ stage: "working", lastMoveOn: TODAY, plan: { metOn: TODAY, options: "先腾一间周转房" } },
  });
  await leader.plan.mutate(plan({ options: "改为修旧房", metOn: null, notMet: "来信人出差" }));
  expect(await mine()).toMatchObject({ plan: { options: "改为修旧房", metOn: null, notMet: "来信人出差" } });
});

test("a plan says when the leader met whoever wrote, or why he did not", async () => {
  await take();
  expect(await refused(leader.plan.mutate(plan({ metOn: null })))).toBe("met");
  expect(await refused(leader.plan.mutate(plan({ metOn: addDays(TODAY, 1) })))).toBe("past");
  expect(await mine()).toMatchObject({ stage: "plan" });
});

test("milestones have their day, and are reached once with what came of it", async () => {
  await take();
  const step = { caseId, milestoneId: randomUUID(), what: "周转房钥匙交到本人", dueOn: "2026-03-05" };
  expect(await refused(leader.addMilestone.mutate(step))).toBe("plan");
  await leader.plan.mutate(plan());
  expect(await refused(leader.addMilestone.mutate({ ...step, dueOn: "2026-03-01" }))).toBe("ahead");
  await leader.addMilestone.mutate(step);
  await leader.addMilestone.mutate(step);
  expect(await mine()).toMatchObject({ next: { what: "milestone", on: "2026-03-05" } });
  expect((await mine())?.milestones).toHaveLength(1);

  const reached = { caseId, milestoneId: step.milestoneId, result: "已交钥匙" };
  await leader.reach.mutate(reached);
  expect(await refused(leader.reach.mutate(reached))).toBe("done");
  expect(await mine()).toMatchObject({ milestones: [{ doneOn: TODAY, result: "已交钥匙" }] });
  expect((await mine())?.next?.what).not.toBe("milestone");
  await host.sql(
    `insert into p_leader_desk.milestones (id, charge_id, what, due_on)
       select gen_random_uuid(), charge_id, what, due_on from p_leader_desk.milestones, generate_series(2, 20)`,
  );
  expect(await refused(leader.addMilestone.mutate({ ...step, milestoneId: randomUUID() }))).toBe("many");
});

test("the next visit counts from the last one, in whichever order they are written down", async () => {
  await take();
  await host.kernelSql("update kernel.charges set taken_at = '2026-02-20T02:00:00Z'");
  const visit = (visitedOn: string) => ({ caseId, visitId: randomUUID(), visitedOn, met: true, words: "看了住处" });
  expect(await refused(leader.visit.mutate(visit(addDays(TODAY, 1))))).toBe("past");
  expect(await refused(leader.visit.mutate(visit("2026-02-19")))).toBe("early");
  const first = visit("2026-03-01");
  await leader.visit.mutate(first);
  await leader.visit.mutate(first);
  await leader.visit.mutate(visit("2026-02-25"));
  expect((await periods())[0]).toBe("visit 2026-03-31 running");
  expect((await mine())?.visits.map((one) => one.visitedOn)).toEqual(["2026-03-01", "2026-02-25"]);
});

test("where no visit was written the leaders are told, and the next thirty days begin", async () => {
  await take();
  await host.events.emit("moduleClock.passed", { module: "leader-desk", code: "visit" });
  expect(await periods()).toEqual([]);
  await host.events.emit("charge.taken");
  await host.kernelSql("update kernel.module_clocks set state = 'stopped'");
  await host.events.emit("moduleClock.passed", { module: "leader-desk", code: "plan", act: "other" });
  await host.events.emit("moduleClock.passed", { module: "other", code: "visit" });
  expect((await periods()).filter((one) => one.endsWith("running"))).toEqual([]);
  await host.events.emit("moduleClock.passed", { module: "leader-desk", code: "visit", act: "again" });
  expect((await periods()).filter((one) => one.endsWith("running"))).toEqual([`visit ${VISIT_BY} running`]);
});

test("a report is asked of whoever has the petition, once, and shown beside it", async () => {
  await take();
  const asked = { caseId, words: "三天内报告修缮进度", dueOn: "2026-03-05", key: randomUUID() };
  await leader.askReport.mutate(asked);
  await leader.askReport.mutate(asked);
  expect(await leader.ofCase.query({ caseId })).toMatchObject({
    isMine: true,
    reports: [{ text: "三天内报告修缮进度", dueOn: "2026-03-05", state: "open" }],
  });
  expect(await refused(leader.askReport.mutate({ ...asked, dueOn: "2026-03-01", key: randomUUID() }))).not.toBe("done");
});

test("handed over it waits for another leader, who goes on with the plan; ended otherwise it begins anew", async () => {
  await take();
  await host.events.emit("charge.taken");
  await leader.plan.mutate(plan());
  const head = host.as("officeHead");
  expect(await head.ofUnit.query()).toMatchObject([{ caseId }]);
  await end();
  await host.events.emit("charge.ended", { outcome: "handedOver" });
  const given = `select t.due_on::text as day, p.name from kernel.tasks t join kernel.people p on p.id = t.person_id`;
  expect(await host.kernelSql(given)).toEqual([{ day: "2026-03-07", name: "officeHead brigade" }]);
  expect((await periods()).filter((one) => one.endsWith("running"))).toEqual([]);
  expect(await leader.mine.query()).toEqual([]);
  expect((await leader.waiting.query()).handedOver).toMatchObject([{ caseId }]);
  expect(await leader.ofCase.query({ caseId })).toMatchObject({ isMine: false, outcome: "handedOver" });
  expect(await refused(leader.plan.mutate(plan()))).toBe("notYours");

  await take();
  expect(await refused(leader.reach.mutate({ caseId, milestoneId: randomUUID(), result: "没有" }))).toBe("done");
  expect(await mine()).toMatchObject({ stage: "working", plan: { options: "先腾一间周转房" } });
  expect((await leader.waiting.query()).handedOver).toEqual([]);

  await host.sql("update p_leader_desk.charges set ended_at = $1, outcome = 'settled'", [NOW]);
  await host.kernelSql("delete from kernel.charges");
  await take();
  await leader.visit.mutate({ caseId, visitId: randomUUID(), visitedOn: TODAY, met: false, words: "又去看了" });
  expect(await mine()).toMatchObject({ stage: "plan", plan: null });
});

test("what is backlog and nobody has taken waits, with its age", async () => {
  expect(await leader.waiting.query()).toEqual({ handedOver: [], backlog: [] });
  await host.kernelSql("update kernel.cases set flags = flags || '{backlog}', received_at = '2025-08-01T02:00:00Z'");
  await host.kernelSql("update kernel.case_audience set backlog = true");
  expect((await leader.waiting.query()).backlog).toMatchObject([{ caseId, ageDays: 213 }]);
  await take();
  await host.events.emit("charge.taken");
  expect((await leader.waiting.query()).backlog).toEqual([]);
  await host.kernelSql("update kernel.cases set flags = '{}', received_at = $1", [NOW]);
  await host.kernelSql("update kernel.case_audience set backlog = false");
});

test("the unit's list names the leader while he is there, and says when he has left", async () => {
  await take();
  await leader.plan.mutate(plan());
  expect(await officer.ofUnit.query()).toMatchObject([{ caseId, leader: "chargeLeader brigade", isGone: false }]);
  await host.sql("update p_leader_desk.charges set leader_id = $1", [randomUUID()]);
  expect(await officer.ofUnit.query()).toMatchObject([{ caseId, leader: null, isGone: true }]);
  // a leader above hands it over; nobody at the unit itself does, and nobody who does not lead
  const ofCase = async (by: Rpc) => (await by.ofCase.query({ caseId }))?.mayHandOver;
  expect([await ofCase(host.as("signer")), await ofCase(officer)]).toEqual([false, false]);
  await host.sql("update p_leader_desk.charges set path = array[$1::uuid] || path", [host.units.first.id]);
  const above = host.as("chargeLeader", "brigade");
  await host.kernelSql("delete from kernel.charges");
  expect([await ofCase(above), await ofCase(officer)]).toEqual([true, false]);
  await host.sql("update p_leader_desk.charges set path = path[2:]");
  expect(await ofCase(above)).toBe(false);
});

test("only whoever has taken it writes, and for whoever may not see the petition there is nothing", async () => {
  await take();
  await leader.plan.mutate(plan());
  expect(await officer.ofCase.query({ caseId })).toMatchObject({ isMine: false, plan: { metOn: TODAY } });
  for (const call of [
    (rpc: Rpc) => rpc.plan.mutate(plan()),
    (rpc: Rpc) => rpc.mine.query(),
    (rpc: Rpc) => rpc.waiting.query(),
    (rpc: Rpc) => rpc.addMilestone.mutate({ caseId, milestoneId: randomUUID(), what: "x步", dueOn: TODAY }),
    (rpc: Rpc) => rpc.reach.mutate({ caseId, milestoneId: randomUUID(), result: "结果" }),
    (rpc: Rpc) => rpc.visit.mutate({ caseId, visitId: randomUUID(), visitedOn: TODAY, met: true, words: "看了" }),
    (rpc: Rpc) => rpc.askReport.mutate({ caseId, words: "报告", dueOn: TODAY, key: randomUUID() }),
  ])
    expect(await refused(call(officer))).toBe("forbidden");
  for (const role of ["petitioner", "mediator", "unitAdmin"] as const)
    expect([role, await refused(host.as(role).ofCase.query({ caseId }))]).toEqual([role, "forbidden"]);
  expect(await refused(host.as(null).ofUnit.query())).toBe("unauthorized");

  const elsewhere = host.as("chargeLeader", "second");
  expect(await elsewhere.ofCase.query({ caseId })).toBeNull();
  expect(await elsewhere.ofUnit.query()).toEqual([]);
  expect(await refused(elsewhere.plan.mutate(plan()))).toBe("notFound");

  await host.kernelSql(
    `insert into kernel.recusals (person_id, case_id, source, state, at)
       select id, $1, 'self', 'granted', $2 from kernel.people where name = 'chargeLeader brigade'`,
    [caseId, NOW],
  );
  expect(await leader.mine.query()).toEqual([]);
  expect(await leader.ofCase.query({ caseId })).toBeNull();
  expect(await refused(leader.plan.mutate(plan()))).toBe("notFound");
  await host.kernelSql("delete from kernel.recusals");
});

test("the plan goes along with the petition; of an accusation and of a destroyed file nothing stays", async () => {
  const row = "insert into p_leader_desk.charges (id, case_id, path, taken_at) values ($1, $2, $3, $4)";
  await host.sql(row, [randomUUID(), caseId, [host.units.second.id], NOW]);
  await host.events.emit("case.returned");
  expect(await host.sql("select path from p_leader_desk.charges")).toEqual([{ path: [host.units.brigade.id] }]);

  await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [caseId]);
  await host.advance({ days: 1 });
  expect(await host.sql("select from p_leader_desk.charges")).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 1 where id = $1", [caseId]);
  await host.sql(row, [randomUUID(), caseId, [host.units.brigade.id], NOW]);
  await host.events.emit("retention.destroyed");
  expect(await host.sql("select from p_leader_desk.charges")).toEqual([]);
});
