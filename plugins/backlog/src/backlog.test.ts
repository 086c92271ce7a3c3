import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

const NOW = "2026-03-02T02:00:00.000Z";
const TODAY = "2026-03-02";
const REVIEW_BY = "2026-04-01";
/** ninety days */
const LOOK_ON = "2026-05-31";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let officer: Rpc;
let signer: Rpc;
let third: Rpc;
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
const counted = async (backlog: boolean) => {
  await host.kernelSql("update kernel.cases set flags = $1", [backlog ? ["backlog"] : []]);
  await host.kernelSql("update kernel.case_audience set backlog = $1", [backlog]);
};
/** As though the petition lay with the first battalion; a unit that assists sees it. */
const heldBy = (unit: { readonly id: string }, handled = [unit.id]) =>
  host.sql("update p_backlog.items set path = $1, handled = $2", [[unit.id, host.units.brigade.id], handled]);
const periods = async () =>
  (await host.kernelSql("select due_on::text as day, state from kernel.module_clocks order by state")).map(
    ({ day, state }) => `${day} ${state}`,
  );
const sorted = (more: object = {}) => ({
  ...{ caseId, cause: "shifting", class: "solve", measures: "由营房股牵头，一周内定责任人", leaderId: null },
  ...more,
});
const found = (more: object = {}) => ({
  ...{ caseId, checkId: randomUUID(), interviewedOn: TODAY, kept: true, ok: true, words: "当面问过，热水已通" },
  ...more,
});
const ofCase = () => officer.ofCase.query({ caseId });
/** Sorted, lying with the first battalion, and being checked by the second. */
const asked = async () => {
  await officer.classify.mutate(sorted() as never);
  await heldBy(host.units.first);
  await officer.askCheck.mutate({ caseId, unitId: host.units.second.id });
};
const seenByThird = () =>
  host.kernelSql(
    `insert into kernel.case_audience select (jsonb_populate_record(a, jsonb_build_object('key', $1::uuid))).*
       from kernel.case_audience a where case_id = $2 limit 1 on conflict do nothing`,
    [host.units.second.id, caseId],
  );

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  officer = host.as("officer");
  signer = host.as("signer");
  third = host.as("officer", "second");
  const leader = host.as("chargeLeader").list.query({});
  await Promise.all([officer.list.query({}), signer.list.query({}), third.toCheck.query(), leader]);
  await host.events.emit("case.routed");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  caseId = String(petition?.id);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_backlog.items");
  for (const table of ["module_clocks", "tasks", "notifications"]) await host.kernelSql(`delete from kernel.${table}`);
  await counted(true);
});

test("what the platform counts stands in the list with its reasons, and is reviewed every month", async () => {
  expect((await officer.list.query({})).items).toMatchObject([{ caseId, state: "open", reasons: [], cause: null }]);
  await host.events.emit("backlog.entered", { reasons: ["age", "promise"] });
  await host.events.emit("backlog.entered", { reasons: ["age", "promise"] });
  expect((await officer.list.query({})).items).toMatchObject([{ caseId, reasons: ["age", "promise"], counted: true }]);
  expect(await periods()).toEqual([`${REVIEW_BY} running`]);

  const said = { caseId, reviewId: randomUUID(), words: "预算卡在财务科，下周协调" };
  await officer.review.mutate(said);
  await officer.review.mutate(said);
  expect((await ofCase())?.reviews).toEqual([{ on: TODAY, words: said.words }]);
  await host.sql("update p_backlog.reviews set written_at = '2026-01-20T00:00:00Z'");
  expect((await officer.list.query({})).items).toMatchObject([{ isDue: true }]);

  await host.kernelSql("update kernel.module_clocks set state = 'stopped'");
  await host.events.emit("moduleClock.passed", { module: "other", code: "review" });
  expect((await periods()).filter((one) => one.endsWith("running"))).toEqual([]);
  await host.events.emit("moduleClock.passed", { module: "backlog", code: "review", act: "again" });
  expect((await periods()).filter((one) => one.endsWith("running"))).toEqual([`${REVIEW_BY} running`]);
  await host.events.emit("backlog.left");
  expect((await officer.list.query({})).items).toMatchObject([{ counted: false, state: "open" }]);
});

test("it has its cause, its class, what is done and a leader, who is told; only somebody who leads there", async () => {
  const { leaders, units } = await officer.choices.query({ caseId });
  expect(leaders.map((one) => one.name)).toEqual(["chargeLeader brigade"]);
  expect(units).toEqual([]);
  expect(await refused(officer.classify.mutate(sorted({ leaderId: randomUUID() }) as never))).toBe("leader");
  expect(await refused(officer.classify.mutate(sorted({ cause: "malice" }) as never))).toBe("input.invalid");
  await officer.classify.mutate(sorted({ leaderId: leaders[0]?.id }) as never);
  await officer.classify.mutate(sorted({ leaderId: leaders[0]?.id, class: "help" }) as never);
  expect(await ofCase()).toMatchObject({ cause: "shifting", class: "help", leaderId: leaders[0]?.id });
  expect(await host.kernelSql("select from kernel.notifications where kind = 'module'")).toHaveLength(1);
});

test("no unit that handled it, and none in its line, checks it", async () => {
  expect(await refused(officer.askCheck.mutate({ caseId, unitId: host.units.second.id }))).toBe("cause");
  await officer.classify.mutate(sorted() as never);
  const { brigade, first, second, company } = host.units;
  for (const unit of [brigade, first, second, company])
    expect(await refused(officer.askCheck.mutate({ caseId, unitId: unit.id }))).toBe("line");
  await heldBy(first);
  for (const unit of [brigade, first, company])
    expect(await refused(officer.askCheck.mutate({ caseId, unitId: unit.id }))).toBe("line");
  expect((await officer.choices.query({ caseId })).units.map((one) => one.id)).toEqual([second.id]);
  await heldBy(first, [first.id, second.id]);
  expect(await refused(officer.askCheck.mutate({ caseId, unitId: second.id }))).toBe("line");

  await heldBy(first);
  await officer.askCheck.mutate({ caseId, unitId: second.id });
  await officer.askCheck.mutate({ caseId, unitId: second.id });
  expect(await ofCase()).toMatchObject({ state: "checking", mayCheck: false });
  expect(await refused(officer.classify.mutate(sorted() as never))).toBe("state");
  await officer.dropCheck.mutate({ caseId });
  expect(await refused(officer.dropCheck.mutate({ caseId }))).toBe("state");
  expect(await ofCase()).toMatchObject({ state: "open" });
});

test("the third unit asks the petitioner itself; only then it is struck off, and ninety days later somebody looks back", async () => {
  await asked();
  expect(await third.toCheck.query()).toEqual([]);
  expect(await refused(third.check.mutate(found()))).toBe("notFound");
  await seenByThird();
  expect(await third.toCheck.query()).toMatchObject([{ caseId }]);
  expect(await third.ofCase.query({ caseId })).toMatchObject({ mayCheck: true, mayKeep: false });
  expect(await refused(officer.check.mutate(found()))).toBe("notFound");
  expect(await refused(officer.strikeOff.mutate({ caseId, how: "solved", words: "已解决" }))).toBe("state");
  expect(await refused(third.check.mutate(found({ interviewedOn: "2026-03-03" })))).toBe("past");

  await third.check.mutate(found({ ok: false, kept: false, words: "来信人说热水没有通" }));
  expect(await ofCase()).toMatchObject({ state: "open", checks: [{ ok: false, kept: false }] });
  await officer.askCheck.mutate({ caseId, unitId: host.units.second.id });
  await third.check.mutate(found());
  expect(await refused(third.check.mutate(found()))).toBe("notFound");
  expect(await refused(third.strikeOff.mutate({ caseId, how: "solved", words: "已解决" }))).toBe("elsewhere");
  await officer.strikeOff.mutate({ caseId, how: "reasoned", words: "政策没有依据，已讲清，每季度走访" });
  expect((await officer.list.query({})).items).toEqual([]);
  expect((await officer.list.query({ which: "struck" })).items).toMatchObject([
    { caseId, state: "struck", lookOn: LOOK_ON },
  ]);
  expect((await periods()).filter((one) => one.endsWith("running"))).toEqual([]);
  expect(await host.kernelSql("select due_on::text as day from kernel.tasks")).toEqual([{ day: LOOK_ON }]);

  const look = { caseId, holds: true, words: "没有反复" };
  expect(await refused(signer.lookBack.mutate(look))).toBe("early");
  await host.sql("update p_backlog.items set look_on = $1", [TODAY]);
  expect(await refused(officer.lookBack.mutate(look))).toBe("own");
  await signer.lookBack.mutate({ caseId, holds: false, words: "又停了热水" });
  expect(await ofCase()).toMatchObject({ state: "open", lookWords: "又停了热水" });
  // struck off once more, it is looked back at once more
  await host.sql("update p_backlog.items set state = 'checked'");
  await officer.strikeOff.mutate({ caseId, how: "solved", words: "锅炉已经换新" });
  expect((await host.kernelSql("select 1 from kernel.tasks")).length).toBe(2);
  await host.sql("update p_backlog.items set look_on = $1", [TODAY]);
  await signer.lookBack.mutate(look);
  expect(await ofCase()).toMatchObject({ state: "closed" });
  await host.kernelSql("delete from kernel.case_audience where key = $1", [host.units.second.id]);
});

test("a unit that has come to handle it meanwhile does not check it", async () => {
  await asked();
  await seenByThird();
  await host.sql("update p_backlog.items set handled = handled || $1::uuid", [host.units.second.id]);
  expect(await refused(third.check.mutate(found()))).toBe("line");
  await host.kernelSql("delete from kernel.case_audience where key = $1", [host.units.second.id]);
});

test("who has no part in it is told nothing, and for whoever may not see the petition there is no backlog", async () => {
  await officer.classify.mutate(sorted() as never);
  const supervisor = host.as("supervisor");
  expect(await refused(supervisor.classify.mutate(sorted() as never))).toBe("forbidden");
  for (const call of [
    (rpc: Rpc) => rpc.review.mutate({ caseId, reviewId: randomUUID(), words: "会商" }),
    (rpc: Rpc) => rpc.askCheck.mutate({ caseId, unitId: caseId }),
    (rpc: Rpc) => rpc.dropCheck.mutate({ caseId }),
    (rpc: Rpc) => rpc.strikeOff.mutate({ caseId, how: "solved", words: "已办" }),
    (rpc: Rpc) => rpc.lookBack.mutate({ caseId, holds: true, words: "没有反复" }),
    (rpc: Rpc) => rpc.choices.query({ caseId }),
    (rpc: Rpc) => rpc.check.mutate(found()),
    (rpc: Rpc) => rpc.toCheck.query(),
  ])
    expect(await refused(call(supervisor))).toBe("forbidden");
  for (const role of ["petitioner", "mediator", "unitAdmin"] as const)
    expect([role, await refused(host.as(role).ofCase.query({ caseId }))]).toEqual([role, "forbidden"]);
  expect(await refused(host.as(null).list.query({}))).toBe("unauthorized");

  expect((await third.list.query({})).items).toEqual([]);
  expect(await third.ofCase.query({ caseId })).toBeNull();
  expect(await refused(third.classify.mutate(sorted() as never))).toBe("notFound");
  await host.sql("delete from p_backlog.items");
  await counted(false);
  expect(await ofCase()).toBeNull();
  expect(await refused(officer.classify.mutate(sorted() as never))).toBe("notFound");
});

test("of more than a page each stands on one, the nearest day first, and no one is counted that the asker may not see", async () => {
  await host.events.emit("backlog.entered", { reasons: ["age"] });
  const more = 120;
  await host.kernelSql(
    `insert into kernel.cases select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
         'case_no', '2025-' || lpad(n::text, 6, '0') || '-X', 'return_tag', null))).*
       from kernel.cases c, generate_series(1, $1) n where c.id = $2`,
    [more, caseId],
  );
  await host.kernelSql(
    `insert into kernel.case_audience select (jsonb_populate_record(a, jsonb_build_object('case_id', c.id))).*
       from kernel.case_audience a join kernel.cases c on c.case_no like '2025-%-X' where a.case_id = $1`,
    [caseId],
  );
  const first = await officer.list.query({});
  expect([first.items.length, first.total, first.page]).toEqual([first.size, more + 1, 0]);
  const pages = [first, await officer.list.query({ page: 1 }), await officer.list.query({ page: 2 })];
  expect(new Set(pages.flatMap((one) => one.items.map((each) => each.caseId))).size).toBe(more + 1);
  expect((await officer.list.query({ page: 3 })).items).toEqual([]);

  await host.sql("update p_backlog.items set entered_at = '2026-01-01T00:00:00Z' where case_id <> $1", [caseId]);
  expect((await officer.list.query({ page: 2 })).items.at(-1)).toMatchObject({ caseId });
  await host.sql("update p_backlog.items set entered_at = '2025-12-01T00:00:00Z' where case_id = $1", [caseId]);
  expect((await officer.list.query({})).items[0]).toMatchObject({ caseId });
  await host.kernelSql("delete from kernel.case_audience where case_id <> $1", [caseId]);
  expect(await officer.list.query({})).toMatchObject({ total: 1, items: [{ caseId }] });
  await host.kernelSql("delete from kernel.cases where id <> $1", [caseId]);
});

test("it goes along with the petition; of an accusation and of a destroyed file nothing stays", async () => {
  await officer.classify.mutate(sorted() as never);
  await heldBy(host.units.first);
  await host.events.emit("case.returned");
  expect(await host.sql("select path, handled from p_backlog.items")).toEqual([
    { path: [host.units.brigade.id], handled: [host.units.first.id, host.units.brigade.id] },
  ]);
  await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [caseId]);
  await host.advance({ days: 1 });
  expect(await host.sql("select from p_backlog.items")).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 1 where id = $1", [caseId]);
  await officer.classify.mutate(sorted() as never);
  await host.events.emit("retention.destroyed");
  expect(await host.sql("select from p_backlog.items")).toEqual([]);
});
