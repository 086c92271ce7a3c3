import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "../server.ts";
import { checks } from "./checklist.ts";

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
const results = Object.fromEntries(checks.map((code) => [code, "yes"])) as never;
const sampleOf = async (inspectionId: string) => await brigade.inspection.query({ inspectionId });

/** Eight petitions that the first battalion handles, and the one of the brigade. */
beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" });
  brigade = host.as("supervisor");
  await Promise.all([brigade.list.query({}), host.as("officer", "first").received.query()]);
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
