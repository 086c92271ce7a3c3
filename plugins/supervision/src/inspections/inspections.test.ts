import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import server from "../server.ts";
import { checksOf } from "./checklist.ts";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let brigade: Rpc;
let cases: string[] = [];

const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const wanted = (more: object = {}) => ({
  ...{ inspectionId: randomUUID(), aboutUnit: host.units.first.id, title: "第一季度办理质量", size: 3, ...more },
});
const allYes = (month: string | null) => Object.fromEntries(checksOf({ month }).map((code) => [code, "yes"])) as never;
const results = allYes(null);
const sampleOf = async (inspectionId: string) => await brigade.inspection.query({ inspectionId });

/** Eight petitions that the first battalion handles, and the one of the brigade. */
beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" });
  brigade = host.as("supervisor");
  await Promise.all([
    brigade.list.query({}),
    host.as("officer").received.query(),
    host.as("officer", "first").received.query(),
  ]);
  await host.events.emit("case.redo");
  await host.kernelSql(
    `insert into kernel.cases select (jsonb_populate_record(c, jsonb_build_object(
       'id', gen_random_uuid(), 'case_no', '2025-00000' || n || '-X', 'return_tag', '\\x' || lpad(n::text, 64, '0'), 'holder_unit_id', $1::uuid))).*
       from kernel.cases c, generate_series(1, 8) n`,
    [host.units.first.id],
  );
  await host.kernelSql(
    `insert into kernel.case_audience select (jsonb_populate_record(a, jsonb_build_object('case_id', c.id))).*
       from kernel.case_audience a, kernel.cases c where c.case_no like '2025-%'`,
  );
  cases = (await host.kernelSql("select id from kernel.cases where case_no like '2025-%' order by id")).map((row) =>
    String(row.id),
  );
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_supervision.inspections");
});

test("the database draws the sample once, of the unit's petitions alone, and by its seed the same is drawn again", async () => {
  const one = wanted();
  await brigade.inspect.mutate(one);
  const first = await sampleOf(one.inspectionId);
  await brigade.inspect.mutate(one);
  expect(await sampleOf(one.inspectionId)).toEqual(first);
  expect(first).toMatchObject({ pool: 8, drawn: 3, done: 0, result: null });
  const drawn = first.sample.map((petition) => petition.caseId);
  expect(drawn.every((caseId) => cases.includes(caseId))).toBe(true);
  const again = await host.sql(
    "select c.id::text from unnest($1::uuid[]) c(id) order by md5($2 || c.id::text) limit 3",
    [cases, first.seed],
  );
  expect(again.map((row) => row.id)).toEqual(drawn);
  const other = wanted();
  await brigade.inspect.mutate(other);
  expect((await sampleOf(other.inspectionId)).seed).not.toBe(first.seed);
  expect(await brigade.inspections.query()).toHaveLength(2);
});

test("every petition of the sample is checked before it is closed; the unit reads counts and words, and no petition", async () => {
  const one = wanted({ size: 2 });
  const { inspectionId } = one;
  await brigade.inspect.mutate(one);
  const [a, b] = (await sampleOf(inspectionId)).sample.map((petition) => petition.caseId);
  const close = { inspectionId, words: "两件都按期答复，一件没有逐项答复" };
  await brigade.check.mutate({ inspectionId, caseId: a ?? "", results, note: "" });
  expect(await refused(brigade.closeInspection.mutate(close))).toBe("unfinished");
  const outside = cases.find((caseId) => caseId !== a && caseId !== b) ?? "";
  expect(await refused(brigade.check.mutate({ inspectionId, caseId: outside, results, note: "" }))).toBe("inspection");
  const found = { ...(results as object), eachDemand: "no" } as never;
  await brigade.check.mutate({ inspectionId, caseId: b ?? "", results: found, note: "漏了第二项诉求" });
  expect(await host.as("officer", "first").inspectedHere.query()).toEqual([]);
  await brigade.closeInspection.mutate(close);
  expect(await refused(brigade.closeInspection.mutate(close))).toBe("closed");
  expect(await refused(brigade.check.mutate({ inspectionId, caseId: a ?? "", results, note: "" }))).toBe("closed");
  const [read] = await host.as("officer", "first").inspectedHere.query();
  expect(read).toMatchObject({ title: one.title, result: close.words, drawn: 2, done: 2 });
  expect(read?.counts).toContainEqual({ code: "eachDemand", yes: 1, no: 1 });
  expect(JSON.stringify(read)).not.toContain(b);
  expect(await host.as("officer", "second").inspectedHere.query()).toEqual([]);
});

test("nobody checks what he has handled himself: another does, and where there is nobody else it stays unchecked", async () => {
  const one = wanted({ size: 2 });
  const { inspectionId } = one;
  await brigade.inspect.mutate(one);
  const [own = "", other = ""] = (await sampleOf(inspectionId)).sample.map((petition) => petition.caseId);
  const [me] = await host.kernelSql(
    "select person_id as id from kernel.role_grants where role = 'supervisor' and unit_id = $1",
    [host.units.brigade.id],
  );
  await host.kernelSql(
    "insert into kernel.case_actors (case_id, person_id, part, level, at) values ($1, $2, 'drafter', 'handle', now())",
    [own, me?.id],
  );
  const check = (caseId: string) => refused(brigade.check.mutate({ inspectionId, caseId, results, note: "" }));
  const close = () => refused(brigade.closeInspection.mutate({ inspectionId, words: "一件由本人经办，没有核对" }));
  expect(await check(own)).toBe("ownWork");
  expect(await close()).toBe("unfinished");
  expect(await check(other)).toBe("done");

  const [second] = await host.kernelSql(
    `insert into kernel.role_grants select (jsonb_populate_record(g, jsonb_build_object('id', gen_random_uuid(), 'role', 'supervisor'))).*
       from kernel.role_grants g where g.role = 'officer' and g.unit_id = $1 limit 1 returning id`,
    [host.units.brigade.id],
  );
  const ofOwn = async () => (await sampleOf(inspectionId)).sample.find((petition) => petition.caseId === own);
  expect(await ofOwn()).toMatchObject({ isMine: true, isEverybodys: false, isDone: false });
  expect(await close()).toBe("ownWork");
  await host.kernelSql("delete from kernel.role_grants where id = $1", [second?.id]);

  expect(await ofOwn()).toMatchObject({ isMine: true, isEverybodys: true });
  expect(await close()).toBe("done");
  expect(await host.as("officer", "first").inspectedHere.query()).toMatchObject([{ drawn: 2, done: 1 }]);
  await host.kernelSql("delete from kernel.case_actors where person_id = $1", [me?.id]);
});

test("a unit right below that has petitions is inspected by whoever supervises, and by nobody else", async () => {
  for (const aboutUnit of [host.units.brigade.id, host.units.company.id])
    expect(await refused(brigade.inspect.mutate(wanted({ aboutUnit })))).toBe("inspectUnit");
  expect(await refused(brigade.inspect.mutate(wanted({ aboutUnit: host.units.second.id })))).toBe("noPetitions");
  const one = wanted();
  await brigade.inspect.mutate(one);
  const { inspectionId } = one;
  expect(await refused(host.as("supervisor", "first").inspection.query({ inspectionId }))).toBe("inspection");
  expect(await refused(host.as("supervisor", "first").closeInspection.mutate({ inspectionId, words: "查完" }))).toBe(
    "inspection",
  );
  const officer = host.as("officer");
  for (const call of [
    () => officer.inspect.mutate(wanted()),
    () => officer.inspections.query(),
    () => officer.inspection.query({ inspectionId }),
    () => officer.inspectable.query(),
    () => officer.check.mutate({ inspectionId, caseId: randomUUID(), results, note: "" }),
    () => officer.closeInspection.mutate({ inspectionId, words: "查完" }),
    () => brigade.inspectedHere.query(),
  ])
    expect(await refused(call())).toBe("forbidden");
});

test("what has become an accusation leaves the sample and what it was drawn from", async () => {
  const one = wanted();
  await brigade.inspect.mutate(one);
  const [gone] = (await sampleOf(one.inspectionId)).sample;
  await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [gone?.caseId]);
  await host.advance({ days: 1 });
  expect(await sampleOf(one.inspectionId)).toMatchObject({ pool: 7, drawn: 2 });
  expect(await host.sql("select from p_supervision.inspections where $1 = any(pool)", [gone?.caseId])).toEqual([]);
});

/** What the first battalion has concluded on a day. */
const concludedOn = (day: string, caseIds: readonly string[]) =>
  host.sql(
    `insert into p_supervision.concluded (case_id, unit_id, above_id, concluded_on)
     select unnest($1::uuid[]), $2, $3, $4`,
    [caseIds, host.units.first.id, host.units.brigade.id, day],
  );
const monthly = async () => (await brigade.inspections.query()).filter((one) => one.month !== null);
const taskOf = async (inspectionId: string) =>
  await host.kernelSql(
    "select t.state from kernel.tasks t, p_supervision.inspections i where t.id = i.task_id and i.id = $1",
    [inspectionId],
  );

describe("the sample of a month", () => {
  beforeEach(async () => {
    await host.sql("delete from p_supervision.concluded");
    await host.kernelSql("update kernel.cases set confidentiality = 1 where case_no like '2025-%'");
  });

  test("is drawn by itself and once of what a unit right below concluded in the month before, as a task of somebody", async () => {
    await concludedOn("2026-02-28", cases.slice(0, 6));
    await concludedOn("2026-01-31", cases.slice(6, 7));
    await concludedOn("2026-03-01", cases.slice(7));
    await host.advance({ days: 1 });
    const [one, ...more] = await monthly();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ month: "2026-02", pool: 6, drawn: 1, done: 0, faulty: 0, result: null });
    const inspectionId = one?.inspectionId ?? "";
    expect(await taskOf(inspectionId)).toEqual([{ state: "open" }]);
    const first = await sampleOf(inspectionId);
    expect(cases.slice(0, 6)).toContain(first.sample[0]?.caseId);

    // nothing more of that month, whoever comes a second time; what was concluded before it is forgotten
    await concludedOn("2026-02-27", [randomUUID()]);
    await host.advance({ days: 1 });
    expect(await monthly()).toHaveLength(1);
    expect(await sampleOf(inspectionId)).toEqual(first);
    await expect(
      host.sql(
        `insert into p_supervision.inspections (id, unit_id, path, about_unit, title, month, pool, opened_by, opened_at)
         select gen_random_uuid(), unit_id, path, about_unit, title, month, pool, opened_by, opened_at from p_supervision.inspections`,
      ),
    ).rejects.toThrow("inspections_month");
    const kept = await host.sql(
      "select count(*)::int as n from p_supervision.concluded where concluded_on < '2026-02-01'",
    );
    expect(kept).toEqual([{ n: 0 }]);
  });

  test("is as large a share as the unit wishes, without what has become an accusation, and none where nothing was concluded", async () => {
    await host.enable("brigade", { samplePercent: 50 });
    await host.advance({ days: 1 });
    expect(await monthly()).toEqual([]);
    await concludedOn("2026-02-10", cases);
    await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [cases[0]]);
    await host.advance({ days: 1 });
    expect(await monthly()).toMatchObject([{ pool: 7, drawn: 4 }]);
    expect(await host.sql("select from p_supervision.inspections where $1 = any(pool)", [cases[0]])).toEqual([]);
    expect(await host.sql("select from p_supervision.concluded where case_id = $1", [cases[0]])).toEqual([]);
    await host.enable("brigade", { samplePercent: 5 });
  });

  test("is drawn whole or not at all, and asked of somebody once, wherever its drawing breaks off", async () => {
    await concludedOn("2026-02-10", cases);
    await host.enable("brigade", { samplePercent: 50 });
    const breakOffAt = async (table: string, when: string) => {
      await host.kernelSql(
        `create or replace function p_supervision.broken_off() returns trigger language plpgsql
           as 'begin raise exception ''broken off''; end'`,
      );
      await host.kernelSql(
        `create trigger broken_off ${when} on p_supervision.${table} for each row execute function p_supervision.broken_off()`,
      );
    };
    const asked = () => host.kernelSql("select from kernel.tasks where text like '本月抽查%'");
    const before = await asked();
    await breakOffAt("inspected", "after insert");
    await host.advance({ days: 1 });
    expect(await host.sql("select from p_supervision.inspections")).toEqual([]);
    expect(await host.sql("select from p_supervision.concluded")).toHaveLength(cases.length);

    await host.kernelSql("drop trigger broken_off on p_supervision.inspected");
    await breakOffAt("inspections", "before update of task_id");
    await host.advance({ days: 1 });
    const [one] = await monthly();
    expect(one).toMatchObject({ pool: 8, drawn: 4 });
    const drawn = await sampleOf(one?.inspectionId ?? "");

    await host.kernelSql("drop trigger broken_off on p_supervision.inspections");
    await host.advance({ days: 1 });
    expect(await monthly()).toMatchObject([{ inspectionId: one?.inspectionId }]);
    expect(await sampleOf(one?.inspectionId ?? "")).toEqual(drawn);
    expect(await taskOf(one?.inspectionId ?? "")).toEqual([{ state: "open" }]);
    expect(await asked()).toHaveLength(before.length + 1);
    await host.enable("brigade", { samplePercent: 5 });
  });

  test("is held against what shows whether figures were made to look better, and is closed with what its closer may open", async () => {
    await host.enable("brigade", { samplePercent: 25 });
    await concludedOn("2026-02-10", cases);
    await host.advance({ days: 1 });
    const inspectionId = (await monthly())[0]?.inspectionId ?? "";
    const [a, b] = (await sampleOf(inspectionId)).sample.map((petition) => petition.caseId);
    const close = { inspectionId, words: "一件评价不是本人作出" };
    const check = (caseId = "", given: object = allYes("2026-02")) =>
      brigade.check.mutate({ inspectionId, caseId, results: given as never, note: "" });
    expect(await refused(check(a, results))).toBe("input.invalid");
    // one of the two is nobody's whom the closer could ask
    await host.kernelSql("delete from kernel.case_audience where case_id = $1", [b]);
    expect(await refused(brigade.closeInspection.mutate(close))).toBe("unfinished");
    await check(a, { ...(allYes("2026-02") as object), ratedHimself: "no" });
    await brigade.closeInspection.mutate(close);
    const read = await host.as("officer", "first").inspectedHere.query();
    expect(read).toMatchObject([{ month: "2026-02", drawn: 2, done: 1, faulty: 1, result: close.words }]);
    expect(read[0]?.counts).toContainEqual({ code: "ratedHimself", yes: 0, no: 1 });
    expect(await taskOf(inspectionId)).toEqual([{ state: "done" }]);
  });

  test("is drawn of what ended at the unit, and of nothing that was taken up again", async () => {
    const placed =
      "update kernel.units set path = case when $2::uuid is null then array[id] else array[$2::uuid, id] end where id = $1";
    const kept = () => host.sql("select unit_id, above_id, concluded_on::text from p_supervision.concluded");
    const { brigade: unit, second: above } = host.units;
    await host.events.emit("case.final");
    expect(await kept()).toMatchObject([{ unit_id: unit.id, above_id: unit.id }]);
    await host.kernelSql(placed, [unit.id, above.id]);
    await host.events.emit("case.final");
    await host.events.emit("case.final");
    expect(await kept()).toEqual([
      { unit_id: unit.id, above_id: above.id, concluded_on: expect.stringMatching("^2026-03-") },
    ]);
    await host.events.emit("case.reopened");
    expect(await kept()).toEqual([]);
    await host.kernelSql(placed, [unit.id, null]);
  });

  test("at the top is drawn of the unit's own work, and says that it is its own", async () => {
    await host.sql("insert into p_supervision.concluded values ($1, $2, $2, '2026-02-10')", [
      cases[0],
      host.units.brigade.id,
    ]);
    await host.advance({ days: 1 });
    const [one, ...more] = await monthly();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ month: "2026-02", isHere: true, isOwn: true, pool: 1, drawn: 1 });
    await concludedOn("2026-02-11", cases.slice(1, 2));
    await host.advance({ days: 1 });
    expect((await monthly()).map((each) => each.isOwn).toSorted()).toEqual([false, true]);
  });

  test("is drawn by the unit that is above when it is drawn, whichever was above before", async () => {
    const under = "update kernel.units set parent_id = $2 where id = $1";
    const { first, second, brigade: top } = host.units;
    await host.kernelSql(under, [first.id, second.id]);
    await concludedOn("2026-02-10", cases);
    await host.advance({ days: 1 });
    expect((await monthly()).filter((one) => one.isHere)).toEqual([]);
    expect(await host.sql("select unit_id from p_supervision.inspections where month = '2026-02'")).toEqual([
      { unit_id: second.id },
    ]);
    await host.kernelSql(under, [first.id, top.id]);
  });
});
