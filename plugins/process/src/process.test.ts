import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "./server.ts";

let host: TestHost<typeof server>;
let caseId: string;
const MARCH = { from: "2026-03", to: "2026-03" } as const;

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: "2026-03-02T02:00:00.000Z" });
  await host.events.emit("case.received");
  await host.advance({ minutes: 1 });
  const [first] = await host.sql("select case_id from p_process.petitions");
  caseId = String(first?.case_id);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

/** Writes what happened next into the ledger, as the kernel does it. */
async function happened(...types: readonly string[]): Promise<void> {
  for (const type of types)
    await host.kernelSql(
      `insert into kernel.ledger (stream, seq, at, type, actor, body, prev, hash)
       select stream, seq + 1, at + interval '1 day', $2, 'person:' || gen_random_uuid(), body, prev, hash
         from kernel.ledger where stream = $1 order by seq desc limit 1`,
      [caseId, type],
    );
  await host.advance({ minutes: 1 });
}
const mapFor = (role: Parameters<typeof host.as>[0] = "officer", unit: Parameters<typeof host.as>[1] = "brigade") =>
  host.as(role, unit).map.query(MARCH);

test("a petition's way is read from the ledger, step by step", async () => {
  expect(await mapFor()).toMatchObject({ cases: 1, passages: [], variants: [{ path: ["case.received"], cases: 1 }] });

  await happened("case.registered", "case.routed", "case.messageSent", "case.returned", "case.accepted");

  const map = await mapFor();
  expect(map).toMatchObject({ cases: 1, events: 5, variantCount: 1 });
  // what is no step of the way stands in no map
  expect(map?.passages).toContainEqual(
    expect.objectContaining({ from: "case.routed", to: "case.returned", count: 1, medianHours: 48 }),
  );
  expect(map?.deviations).toEqual([
    { code: "back", cases: 1 },
    { code: "skipped", cases: 0 },
    { code: "deemed", cases: 0 },
    { code: "overdue", cases: 0 },
    { code: "hops", cases: 0 },
  ]);
  const { total, cases } = await host.as("officer").deviating.query({ ...MARCH, code: "back" });
  expect([total, cases]).toEqual([1, [expect.objectContaining({ title: expect.any(String) })]]);
});

test("months and units in which it is not know nothing of it", async () => {
  expect(await host.as("officer").map.query({ from: "2026-01", to: "2026-02" })).toMatchObject({ cases: 0 });
  expect(await host.as("officer").map.query({ ...MARCH, below: false })).toMatchObject({ cases: 1 });
  expect(await mapFor("officer", "second")).toMatchObject({ cases: 0 });
  expect(await host.as("officer", "second").deviating.query({ ...MARCH, code: "back" })).toEqual({
    total: 0,
    cases: [],
  });
});

test.each(["xes", "ocel"] as const)("an exported log (%s) holds steps, days and units, and nobody", async (format) => {
  const { text, fileName } = await host.as("officer").export.query({ ...MARCH, format });

  expect(fileName).toMatch(/^events-2026-03-2026-03-2026-03-\d\d\.(xes|jsonocel)$/);
  expect(text).toContain("petition 1");
  expect(text).toContain("case.returned");
  expect(text).not.toContain(caseId);
  const people = await host.kernelSql("select id::text as it from kernel.people union select name from kernel.people");
  const cases = await host.kernelSql("select case_no as it from kernel.cases union select title from kernel.cases");
  for (const { it } of [...people, ...cases]) expect(text).not.toContain(String(it));
  for (const actor of await host.kernelSql("select actor from kernel.ledger where actor like 'person:%'"))
    expect(text).not.toContain(String(actor.actor).slice("person:".length));
});

test("whoever stands out of a petition finds it in no map, no list and no log", async () => {
  expect(await mapFor("supervisor")).toMatchObject({ cases: 1 });
  await host.kernelSql(
    `insert into kernel.recusals (case_id, person_id, source, state, at)
     select $1, id, 'self', 'granted', now() from kernel.people where name = 'supervisor brigade'`,
    [caseId],
  );

  expect(await mapFor("supervisor")).toMatchObject({ cases: 0 });
  expect(await host.as("supervisor").deviating.query({ ...MARCH, code: "back" })).toEqual({ total: 0, cases: [] });
  const { text } = await host.as("supervisor").export.query({ ...MARCH, format: "xes" });
  expect(text).not.toContain("<trace>");
  expect(await mapFor()).toMatchObject({ cases: 1 });
});

test("who has no work of that kind, and what are no months, is refused", async () => {
  for (const role of ["mediator", null] as const)
    await expect(host.as(role).map.query(MARCH)).rejects.toMatchObject({
      data: { code: expect.stringMatching(/^forbidden|unauthorized$/) },
    });
  for (const wrong of [
    { from: "2026-13", to: "2026-13" },
    { from: "", to: "" },
  ])
    await expect(host.as("officer").map.query(wrong)).rejects.toMatchObject({ data: { code: "input.invalid" } });
  await expect(
    host.as("officer").export.query({ from: "2026-04", to: "2026-03", format: "xes" }),
  ).rejects.toMatchObject({ data: { code: "input.invalid" } });
});

test("where there are more petitions than can be asked at once nothing is shown of a part of them", async () => {
  await host.sql(
    `insert into p_process.petitions (case_id, begun, units, paths)
     select gen_random_uuid(), begun, units, paths from p_process.petitions, generate_series(1, 2000)`,
  );

  expect(await mapFor()).toBeNull();
  await expect(host.as("officer").export.query({ ...MARCH, format: "ocel" })).rejects.toMatchObject({
    data: { code: "input.invalid" },
  });
  await host.sql("delete from p_process.petitions where case_id <> $1", [caseId]);
});

test("what has become an accusation leaves nothing here", async () => {
  await host.kernelSql("update kernel.cases set confidentiality = 3");
  await host.advance({ days: 1 });

  expect(await host.sql("select * from p_process.steps")).toEqual([]);
  expect(await host.sql("select * from p_process.petitions")).toEqual([]);
});
