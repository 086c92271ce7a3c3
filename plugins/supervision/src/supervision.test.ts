import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

const NOW = "2026-03-02T02:00:00.000Z";
const TODAY = "2026-03-02";
/** K28: ten days, the start not counted */
const DUE = "2026-03-12";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let above: Rpc;
let unit: Rpc;
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
const told = async (name: string) =>
  (
    await host.kernelSql(
      `select n.params->>'en' as en from kernel.notifications n join kernel.people p on p.id = n.recipient
        where p.name = $1 and n.kind = 'module' order by n.at, n.id`,
      [name],
    )
  ).map((row) => row.en);

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  above = host.as("supervisor");
  unit = host.as("officer");
  await Promise.all([
    above.list.query({}),
    unit.toAnswer.query(),
    host.as("chargeLeader").ofCase.query({ caseId: crypto.randomUUID() }),
    host.as("signer").toAnswer.query(),
  ]);
  await host.events.emit("case.redo");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  caseId = String(petition?.id);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ["objections", "matters"]) await host.sql(`delete from p_supervision.${table}`);
  for (const table of ["notifications", "module_clocks"]) await host.kernelSql(`delete from kernel.${table}`);
});

const raised = async (more: object = {}): Promise<string> =>
  (await above.raise.mutate({ caseId, code: "shifting", why: "两个股互相推，一个月没有人管", ...more })).matterId;
const urge = (
  matterId: string,
  rung: "reminder" | "urging" | "second" | "interview" | "circular" | "listed",
  more = {},
) => above.ask.mutate({ matterId, rung, words: "说明为什么没有人办，并明确一名责任人", ...more });
const asked = async (): Promise<string> => {
  const matterId = await raised();
  await urge(matterId, "urging");
  return matterId;
};
const answered = async (): Promise<string> => {
  const matterId = await asked();
  await unit.answer.mutate({ matterId, words: "营房股负责，本周五前修好" });
  return matterId;
};
const runOut = async (): Promise<void> => {
  await host.kernelSql("update kernel.module_clocks set state = 'passed', ended_at = now() where state = 'running'");
  await host.sql("update p_supervision.steps set due_on = '2026-03-01'");
};

test("what happened raises a matter once, however often it is told, and whoever supervises is told", async () => {
  await host.events.emit("case.redo");
  await host.events.emit("case.redo");
  await host.events.emit("supervision.again");

  expect(await above.list.query({})).toMatchObject([
    { caseId, state: "raised", triggers: [{ code: "quashed" }, { code: "unanswered" }], next: ["reminder", "urging"] },
  ]);
  expect(await told("supervisor brigade")).toEqual([
    "A petition calls for supervision.",
    "A petition calls for supervision.",
  ]);
  expect(await unit.toAnswer.query()).toEqual([]);
});

test("who is not satisfied with how it was handled raises it, and who is content does not", async () => {
  for (const rated of ["satisfied", "basically"] as const) await host.events.emit("rating.given", { rated });
  expect(await above.list.query({})).toEqual([]);
  await host.events.emit("rating.given", { rated: "not" });
  expect(await above.list.query({})).toMatchObject([{ caseId, triggers: [{ code: "notSatisfied" }] }]);
});

test("what was told before opens no second matter after the first has ended", async () => {
  await host.events.emit("commitment.missing");
  const [matter] = await above.list.query({});
  await above.dismiss.mutate({ matterId: matter?.matterId ?? "", why: "当天已经落实，信访人确认" });
  await host.events.emit("commitment.missing");

  expect(await above.list.query({})).toEqual([]);
  expect(await above.list.query({ over: true })).toMatchObject([
    { state: "dismissed", triggers: [{ code: "notKept" }] },
  ]);
});

test("one unit's objection is its right; the second of a petition is looked at", async () => {
  await host.events.emit("case.objected");
  await host.events.emit("case.objected");
  expect(await above.list.query({})).toEqual([]);
  await host.sql("insert into p_supervision.objections (event_id, case_id) values ($1, $2)", [
    crypto.randomUUID(),
    caseId,
  ]);
  await host.events.emit("case.objected");

  expect(await above.list.query({})).toMatchObject([{ triggers: [{ code: "objections" }] }]);
});

test("a letter has ten days for its answer; accepted by somebody else the matter ends", async () => {
  const matterId = await asked();
  expect(await told("officer brigade")).toEqual([`A petition is supervised. Answer in writing by ${DUE}.`]);
  expect(await unit.toAnswer.query()).toMatchObject([{ matterId, dueOn: DUE, mayAnswer: true, next: [] }]);
  expect(await host.kernelSql("select due_on::text, state from kernel.module_clocks")).toEqual([
    { due_on: DUE, state: "running" },
  ]);

  await unit.answer.mutate({ matterId, words: "营房股负责，本周五前修好" });
  expect(await host.kernelSql("select state from kernel.module_clocks")).toEqual([{ state: "stopped" }]);
  expect(await told("supervisor brigade")).toEqual(["Supervision was answered. See whether it will do."]);
  expect(await refused(unit.answer.mutate({ matterId, words: "再答一次" }))).toBe("state");
  await above.judge.mutate({ matterId, accept: true, words: "已回访，确实修好" });

  expect(await above.list.query({ over: true })).toMatchObject([
    {
      ...{ matterId, state: "closed", result: "已回访，确实修好" },
      steps: [{ no: 1, rung: "urging", answer: "营房股负责，本周五前修好", bySelf: false }],
    },
  ]);
  expect(await unit.ofCase.query({ caseId })).toMatchObject([{ matterId, state: "closed" }]);
  expect(await refused(above.judge.mutate({ matterId, accept: false, words: "不够" }))).toBe("state");
});

test("an answer that will not do goes up a step, one at a time and never while an answer is awaited", async () => {
  const matterId = await answered();
  await above.judge.mutate({ matterId, accept: false, words: "没有说明责任人" });
  expect(await unit.ofCase.query({ caseId })).toMatchObject([
    { state: "raised", steps: [{ sentBack: "没有说明责任人" }] },
  ]);
  expect(await refused(urge(matterId, "interview"))).toBe("ladder");
  await urge(matterId, "second");
  expect(await refused(urge(matterId, "interview"))).toBe("awaited");
  for (const rung of ["interview", "circular"] as const) {
    await runOut();
    await urge(matterId, rung);
  }
  await runOut();
  for (const listedUntil of [undefined, TODAY, addDays(TODAY, 91)])
    expect([listedUntil, await refused(urge(matterId, "listed", { listedUntil }))]).toEqual([listedUntil, "listedOn"]);
  const [leader] = await host.kernelSql("select id from kernel.people where name = 'signer brigade'");
  const listed = { listedUntil: addDays(TODAY, 30), leaderId: String(leader?.id) };
  await urge(matterId, "listed", listed);

  expect(await above.one.query({ matterId })).toMatchObject({ rung: "listed", dueOn: addDays(TODAY, 30), next: [] });
});

test("where nobody answers, the second letter goes out by itself and the leader above is told; further up people decide", async () => {
  const matterId = await asked();
  await host.events.emit("moduleClock.passed");
  expect((await above.one.query({ matterId }))?.steps).toHaveLength(1);
  await runOut();
  await host.events.emit("moduleClock.passed");
  await host.events.emit("moduleClock.passed");

  expect((await above.one.query({ matterId }))?.steps).toMatchObject([
    { rung: "urging", bySelf: false },
    { rung: "second", bySelf: true, dueOn: DUE, words: "" },
  ]);
  expect(await told("chargeLeader brigade")).toEqual([
    "A unit below has not answered in time and was urged again. Its superior is asked to step in.",
  ]);
  await runOut();
  await host.events.emit("moduleClock.passed");
  expect(await above.one.query({ matterId })).toMatchObject({ rung: "second", isLate: true, next: ["interview"] });
});

test("nobody judges his own answer, and nobody takes the other side's part", async () => {
  const matterId = await answered();
  await host.sql("update p_supervision.steps set answered_by = given_by");
  expect(await refused(above.judge.mutate({ matterId, accept: true, words: "可以" }))).toBe("ownAnswer");
  expect((await above.one.query({ matterId }))?.mayJudge).toBe(false);

  expect(await refused(unit.list.query({}))).toBe("forbidden");
  expect(await refused(unit.raise.mutate({ caseId, code: "other", why: "我来督办" }))).toBe("forbidden");
  expect(await refused(unit.judge.mutate({ matterId, accept: true, words: "可以" }))).toBe("forbidden");
  expect(await refused(above.answer.mutate({ matterId, words: "替你答" }))).toBe("forbidden");
  for (const role of ["petitioner", "mediator", "unitAdmin"] as const)
    expect([role, await refused(host.as(role).ofCase.query({ caseId }))]).toEqual([role, "forbidden"]);
  expect(await refused(host.as(null).toAnswer.query())).toBe("unauthorized");
});

test("for whoever is elsewhere, or may not see the petition, there is no matter", async () => {
  const matterId = await asked();
  const other = host.as("supervisor", "second");
  expect(await other.list.query({})).toEqual([]);
  expect(await refused(other.one.query({ matterId }))).toBe("notFound");
  expect(await refused(other.raise.mutate({ caseId, code: "other", why: "不归我管" }))).toBe("notFound");
  expect(await refused(host.as("officer", "first").asked.query({ matterId }))).toBe("notFound");
  expect(await refused(host.as("officer", "brigade", "first").answer.mutate({ matterId, words: "不是本单位" }))).toBe(
    "notFound",
  );
  expect(
    await refused(
      host.as("supervisor", "brigade", "first").raise.mutate({ caseId, code: "other", why: "从下面督办上面" }),
    ),
  ).toBe("elsewhere");
  expect(await refused(above.dismiss.mutate({ matterId, why: "不督办了" }))).toBe("state");

  const [row] = await host.kernelSql(
    "select to_jsonb(array_agg(a)) as rows from kernel.case_audience a where case_id = $1",
    [caseId],
  );
  await host.kernelSql("delete from kernel.case_audience where case_id = $1", [caseId]);
  expect(await above.list.query({})).toEqual([]);
  expect(await unit.toAnswer.query()).toEqual([]);
  expect(await unit.ofCase.query({ caseId })).toEqual([]);
  expect(await refused(above.one.query({ matterId }))).toBe("notFound");
  await host.kernelSql(
    "insert into kernel.case_audience select * from jsonb_populate_recordset(null::kernel.case_audience, $1)",
    [JSON.stringify(row?.rows)],
  );
  expect(await above.list.query({})).toHaveLength(1);
});

test("what has become an accusation leaves nothing here, and a destroyed file takes its supervision along", async () => {
  await asked();
  await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [caseId]);
  await host.advance({ days: 1 });
  expect(await host.sql("select from p_supervision.steps")).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 1 where id = $1", [caseId]);

  await raised();
  await host.events.emit("retention.destroyed");
  for (const table of ["matters", "triggers"]) expect(await host.sql(`select from p_supervision.${table}`)).toEqual([]);
});
