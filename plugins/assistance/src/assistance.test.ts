import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

const NOW = "2026-03-02T02:00:00.000Z";
const TODAY = "2026-03-02";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
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

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  officer = host.as("officer");
  await Promise.all([officer.toFollowUp.query(), host.as("signer").toFollowUp.query()]);
  await host.events.emit("case.routed");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  caseId = String(petition?.id);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_assistance.supports");
  await host.kernelSql("delete from kernel.tasks");
});

const help = (more: object = {}) => ({
  ...{ supportId: randomUUID(), caseId, kind: "money", found: "妻子住院，两个月没有收入", given: "困难补助两千元" },
  ...{ office: "政治工作部", givenOn: TODAY, followOn: "2026-03-20" },
  ...more,
});
const recorded = async (more: object = {}): Promise<string> => {
  const given = help(more);
  await officer.record.mutate(given as never);
  return given.supportId;
};
const tasks = async () =>
  (await host.kernelSql("select due_on::text as day, state from kernel.tasks order by due_on")).map(
    ({ day, state }) => `${day} ${state}`,
  );
const taskId = async (): Promise<string> =>
  String((await host.kernelSql("select id from kernel.tasks where state = 'open'"))[0]?.id);
const ofCase = () => officer.ofCase.query({ caseId });

test("what was found and given stands beside the petition, and somebody has the follow-up on its day", async () => {
  const given = help();
  const first = await officer.record.mutate(given as never);
  expect(first.caseNo).not.toBe("");
  expect(await officer.record.mutate(given as never)).toEqual(first);
  expect(await refused(officer.record.mutate({ ...given, given: "别的" } as never))).toBe("state");

  expect(await ofCase()).toMatchObject([
    {
      ...{ kind: "money", found: "妻子住院，两个月没有收入", given: "困难补助两千元", office: "政治工作部" },
      ...{ givenOn: TODAY, followOn: "2026-03-20", state: "open", isDue: false, mayAnswer: true, mayWithdraw: true },
    },
  ]);
  expect(await tasks()).toEqual(["2026-03-20 open"]);
  const [task] = await host.kernelSql("select text from kernel.tasks");
  expect(String(task?.text)).not.toContain("住院");
});

test("the days must fit: given by today, followed up within what the unit allows", async () => {
  expect(await refused(recorded({ givenOn: addDays(TODAY, 1) }))).toBe("givenOn");
  for (const followOn of [TODAY, addDays(TODAY, 31)])
    expect([followOn, await refused(recorded({ followOn }))]).toEqual([followOn, "followOn"]);
  await host.enable("brigade", { followUpDays: 7 });
  expect(await refused(recorded({ followOn: addDays(TODAY, 8) }))).toBe("followOn");
  await recorded({ followOn: addDays(TODAY, 7) });
  await host.enable("brigade", { followUpDays: 30 });
});

test("help that does not hold is followed up until it does", async () => {
  const supportId = await recorded();
  expect(await refused(officer.answer.mutate({ supportId, holds: false, words: "钱已用完" }))).toBe("again");
  expect(await refused(officer.answer.mutate({ supportId, holds: false, words: "钱已用完", againOn: TODAY }))).toBe(
    "followOn",
  );
  await officer.answer.mutate({ supportId, holds: false, words: "钱已用完", againOn: "2026-03-10" });
  expect(await tasks()).toEqual(["2026-03-10 open", "2026-03-20 done"]);
  await officer.answer.mutate({ supportId, holds: true, words: "已能维持", againOn: "2026-03-30" });
  await officer.answer.mutate({ supportId, holds: true, words: "妻子已复工" });

  expect(await tasks()).toEqual(["2026-03-10 done", "2026-03-20 done", "2026-03-30 done"]);
  expect(await officer.toFollowUp.query()).toEqual([]);
  expect(await ofCase()).toMatchObject([
    {
      ...{ state: "settled", followOn: null, mayAnswer: false },
      answers: [{ holds: false, againOn: "2026-03-10" }, { holds: true }, { holds: true, againOn: null }],
    },
  ]);
  expect(await refused(officer.answer.mutate({ supportId, holds: true, words: "再答一次" }))).toBe("state");
});

test("a task that was ended without an answer comes back", async () => {
  const supportId = await recorded({ followOn: "2026-03-03" });
  await host.events.emit("task.ended", { task: randomUUID() });
  await host.kernelSql("update kernel.tasks set state = 'done', ended_by = person_id, ended_at = made_at");
  await host.advance({ days: 2 });
  expect(await tasks()).toEqual(["2026-03-03 done"]);

  const [ended] = await host.kernelSql("select id from kernel.tasks");
  await host.events.emit("task.ended", { task: String(ended?.id) });
  await host.advance({ days: 1 });
  await host.advance({ days: 1 });
  expect(await tasks()).toEqual(["2026-03-03 done", "2026-03-12 open"]);
  expect(await officer.toFollowUp.query()).toMatchObject([{ supportId, isDue: true }]);
});

test("a colleague may answer what lies with somebody else; that one ends his task himself", async () => {
  const supportId = await recorded();
  const [other] = await host.kernelSql("select id from kernel.people where name = 'signer brigade'");
  await host.kernelSql("update kernel.tasks set person_id = $1, made_by = null", [other?.id]);
  await officer.answer.mutate({ supportId, holds: true, words: "管用" });
  expect(await tasks()).toEqual(["2026-03-20 open"]);
  await host.events.emit("task.ended", { task: await taskId() });
  expect(await ofCase()).toMatchObject([{ state: "settled" }]);
});

test("what was recorded by mistake is taken back by whoever recorded it, kept with its reason and not counted", async () => {
  const supportId = await recorded();
  const elsewhere = host.as("officer", "second");
  expect(await refused(elsewhere.withdraw.mutate({ supportId, why: "不归我管" }))).toBe("notFound");
  await host.sql("update p_assistance.supports set recorded_by = $1", [randomUUID()]);
  expect(await ofCase()).toMatchObject([{ mayAnswer: true, mayWithdraw: false }]);
  expect(await refused(officer.withdraw.mutate({ supportId, why: "重复登记" }))).toBe("notYours");
  const own = await recorded();
  await officer.withdraw.mutate({ supportId: own, why: "重复登记" });

  expect(await tasks()).toContain("2026-03-20 done");
  const both = await ofCase();
  expect(both.find((one) => one.supportId === own)).toMatchObject({ state: "withdrawn", withdrawnWhy: "重复登记" });
  expect(both.find((one) => one.supportId === supportId)).toMatchObject({ state: "open" });
  expect((await officer.register.query({})).given).toHaveLength(1);
});

test("the register counts by month and kind, and names nobody", async () => {
  await recorded();
  await recorded({ kind: "medical", givenOn: "2026-02-28" });
  await recorded({ kind: "medical", givenOn: "2026-02-01" });
  await recorded({ givenOn: "2025-03-01" });

  const now = await officer.register.query({ month: "2026-03" });
  expect(now.months.map((one) => one.month)).toEqual([
    ...["2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12"],
    ...["2026-01", "2026-02", "2026-03"],
  ]);
  expect(now.months.slice(-2).map((one) => [one.counts.money, one.counts.medical])).toEqual([
    [0, 2],
    [1, 0],
  ]);
  expect(now.given.map((one) => one.givenOn)).toEqual([TODAY]);
  const before = await officer.register.query({ month: "2026-02" });
  expect(before.given.map((one) => one.givenOn)).toEqual(["2026-02-28", "2026-02-01"]);
  expect(before.months[0]?.month).toBe("2025-03");
  expect(before.months[0]?.counts.money).toBe(1);
  expect(await refused(officer.register.query({ month: "2026-13" }))).toBe("input.invalid");
});

test("who has no part in it is told nothing, and for whoever may not see the petition there is no help", async () => {
  const supportId = await recorded();
  const signer = host.as("signer");
  expect(await signer.ofCase.query({ caseId })).toMatchObject([{ supportId, mayAnswer: false }]);
  expect(await refused(signer.record.mutate(help() as never))).toBe("forbidden");
  expect(await refused(signer.answer.mutate({ supportId, holds: true, words: "可以" }))).toBe("forbidden");
  for (const role of ["petitioner", "mediator", "unitAdmin", "supervisor"] as const)
    expect([role, await refused(host.as(role).ofCase.query({ caseId }))]).toEqual([role, "forbidden"]);
  expect(await refused(host.as(null).toFollowUp.query())).toBe("unauthorized");

  const other = host.as("officer", "second");
  expect(await other.ofCase.query({ caseId })).toEqual([]);
  expect(await other.toFollowUp.query()).toEqual([]);
  expect(await refused(other.one.query({ supportId }))).toBe("notFound");
  expect(await refused(other.record.mutate(help() as never))).toBe("notFound");
  const below = host.as("officer", "brigade", "first");
  expect(await refused(below.record.mutate(help() as never))).toBe("elsewhere");
  expect(await refused(below.answer.mutate({ supportId, holds: true, words: "管用" }))).toBe("notFound");

  await host.kernelSql(
    `insert into kernel.recusals (person_id, case_id, source, state, at)
       select id, $1, 'self', 'granted', $2 from kernel.people where name = 'signer brigade'`,
    [caseId, NOW],
  );
  expect(await signer.ofCase.query({ caseId })).toEqual([]);
  expect((await signer.register.query({})).months.at(-1)?.counts.money).toBe(0);
  await host.kernelSql("delete from kernel.recusals");

  const [row] = await host.kernelSql(
    "select to_jsonb(array_agg(a)) as rows from kernel.case_audience a where case_id = $1",
    [caseId],
  );
  await host.kernelSql("delete from kernel.case_audience where case_id = $1", [caseId]);
  expect(await ofCase()).toEqual([]);
  expect(await officer.toFollowUp.query()).toEqual([]);
  const hidden = await officer.register.query({});
  expect([hidden.given, hidden.months.at(-1)?.counts.money]).toEqual([[], 0]);
  for (const call of [
    () => officer.one.query({ supportId }),
    () => officer.answer.mutate({ supportId, holds: true, words: "管用" }),
    () => officer.withdraw.mutate({ supportId, why: "登记错了" }),
    () => officer.record.mutate(help() as never),
  ])
    expect(await refused(call())).toBe("notFound");
  await host.kernelSql(
    "insert into kernel.case_audience select * from jsonb_populate_recordset(null::kernel.case_audience, $1)",
    [JSON.stringify(row?.rows)],
  );
  expect(await ofCase()).toHaveLength(1);
});

test("the petition takes its follow-up along to another unit; the register stays where the help was given", async () => {
  const supportId = randomUUID();
  const row = `insert into p_assistance.supports (id, case_id, path, follow_path, kind, found, given, office, given_on, recorded_by,
    recorded_at, state, follow_on, task_id) values ($1, $2, $3, $3, 'goods', 'x', 'x', 'x', $4, $1, $5, 'open', $4, $1)`;
  await host.sql(row, [supportId, caseId, [host.units.second.id, host.units.brigade.id], TODAY, NOW]);
  await host.events.emit("case.returned");
  await host.events.emit("case.returned");

  const [moved] = await host.sql("select path, follow_path, round, task_id from p_assistance.supports");
  expect(moved).toEqual({
    ...{ path: [host.units.second.id, host.units.brigade.id], follow_path: [host.units.brigade.id] },
    ...{ round: 2, task_id: null },
  });
  await host.advance({ days: 1 });
  expect(await host.kernelSql("select state from kernel.tasks")).toEqual([{ state: "open" }]);
});

test("what has become an accusation leaves nothing here, and a destroyed file takes its help along", async () => {
  await recorded({ givenOn: "2026-03-01", followOn: "2026-03-25" });
  await host.kernelSql("update kernel.cases set category = 'accusation' where id = $1", [caseId]);
  expect(await ofCase()).toEqual([]);
  await host.kernelSql("update kernel.cases set category = null, confidentiality = 3 where id = $1", [caseId]);
  await host.advance({ days: 1 });
  expect(await host.sql("select from p_assistance.supports")).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 1 where id = $1", [caseId]);

  await recorded({ followOn: "2026-03-25" });
  await host.events.emit("retention.destroyed");
  expect(await host.sql("select from p_assistance.supports")).toEqual([]);
});
