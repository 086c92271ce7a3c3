import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "../server.ts";

const root = join(import.meta.dirname, "..", "..");
let host: TestHost<typeof server>;
beforeAll(async () => {
  host = await createTestHost(server, { root, now: "2026-03-09T01:00:00.000Z" });
  for (const [unit, name] of Object.entries(host.units))
    await host.kernelSql(
      "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) select gen_random_uuid(), $1, k, $2, $2, '010-1000', '2020-01-01' from unnest(array['petitionOffice', 'disciplineOrgan']) as k",
      [name.id, unit],
    );
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

type Rpc = ReturnType<TestHost<typeof server>["as"]>;
const clerk = (): Rpc => host.as("clerk", "first");
const officer = (): Rpc => host.as("officer", "first");

/** The code of a refusal; of one in the module's own words its reason. */
const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code?: string; params?: { reason?: string } } };
    return data?.code === "module.refused" ? data.params?.reason : (data?.code ?? error);
  }
};

async function ringing(by = clerk()): Promise<string> {
  const callId = crypto.randomUUID();
  await by.begin.mutate({ callId });
  return callId;
}
const taken = (more: object = {}) => ({
  unitId: host.units.first.id,
  purpose: "solve" as const,
  title: "孩子说熄灯后挨打",
  body: "孩子说熄灯后挨打，很害怕，请不要点名。",
  anonymity: "confidential" as const,
  petitioner: { name: "罗芳", kind: "family" as const, contact: "13700000000" },
  readBack: true,
  ...more,
});
const record = (callId: string, more: object = {}) => ({
  callId,
  taken: taken(),
  recording: "20260309-0031",
  callBackOn: null,
  ...more,
});

test("a call becomes a petition in one press, once, with danger paged and the recording's number in it", async () => {
  const callId = await ringing();
  const call = record(callId, { taken: taken({ urgentSafety: true }) });
  expect((await clerk().today.query()).running).toMatchObject({ callId, no: 1 });
  expect(await codeOf(clerk().file.mutate({ ...call, taken: taken({ readBack: false }) }))).toBe("intake.readBack");

  const filed = await clerk().file.mutate(call);
  const ended = await host.sql("select ended_at from calls where id = $1", [callId]);
  await host.advance({ minutes: 5 });
  const again = await clerk().file.mutate(call);

  expect(again).toMatchObject({ caseNo: filed.caseNo, returnCode: filed.returnCode, callBack: "none" });
  expect(await host.sql("select ended_at from calls where id = $1", [callId])).toEqual(ended);
  const [petition] = await host.kernelSql(
    "select id, channel, channel_key, anonymity, urgent_safety, body from kernel.cases where case_no = $1",
    [filed.caseNo],
  );
  expect(petition).toEqual({
    id: filed.caseId,
    channel: "phone",
    channel_key: "hotline/call",
    anonymity: "confidential",
    urgent_safety: true,
    body: "孩子说熄灯后挨打，很害怕，请不要点名。\n\n录音编号 Recording: 20260309-0031",
  });
  expect((await host.kernelSql("select 1 from kernel.duty_pages where case_id = $1", [filed.caseId])).length).toBe(1);
  const kept = JSON.stringify(await host.sql("select * from calls"));
  for (const word of ["罗芳", "13700000000", "挨打"]) expect(kept).not.toContain(word);
  expect((await clerk().today.query()).running).toBeNull();
  expect(await officer().ofCase.query({ caseId: filed.caseId ?? "" })).toMatchObject({ no: 1, callBackOn: null });
  expect(await codeOf(host.as("officer", "second").ofCase.query({ caseId: filed.caseId ?? "" }))).toBe("case.notFound");
  expect(await codeOf(clerk().file.mutate(record(callId, { taken: taken({ title: "另一件" }) })))).toBe("record.state");
});

test("a promised call back is a task of whoever answered, until the petitioner is reached", async () => {
  const callId = await ringing();
  expect(await codeOf(clerk().file.mutate(record(callId, { callBackOn: "2026-03-08" })))).toBe("callBackOver");
  expect(await codeOf(clerk().file.mutate(record(callId, { recording: "录音 #1" })))).toBe("recordingForm");
  const promised = record(callId, { callBackOn: "2026-03-11" });
  const filed = await clerk().file.mutate(promised);
  expect(filed.callBack).toBe("kept");
  await clerk().file.mutate(promised);
  const tasks = () =>
    host.kernelSql("select state, due_on::text as due from kernel.tasks where case_id = $1 order by id", [
      filed.caseId,
    ]);
  expect(await tasks()).toEqual([{ state: "open", due: "2026-03-11" }]);
  expect((await officer().today.query()).owed).toMatchObject([{ callId, mine: false, callBackOn: "2026-03-11" }]);

  expect(await codeOf(clerk().calledBack.mutate({ callId, nextOn: "2026-03-01" }))).toBe("callBackOver");
  const stranger = host.as("clerk", "second");
  expect(await codeOf(stranger.calledBack.mutate({ callId, nextOn: null }))).toBe("record.notFound");
  expect((await stranger.today.query()).owed).toEqual([]);
  expect(await clerk().calledBack.mutate({ callId, nextOn: "2026-03-12" })).toEqual({ callBack: "kept" });
  expect(await tasks()).toEqual([
    { state: "done", due: "2026-03-11" },
    { state: "open", due: "2026-03-12" },
  ]);
  await clerk().calledBack.mutate({ callId, nextOn: null });
  expect((await clerk().today.query()).owed).toEqual([]);
  expect(await codeOf(clerk().calledBack.mutate({ callId, nextOn: null }))).toBe("record.state");
  expect(await officer().ofCase.query({ caseId: filed.caseId ?? "" })).toMatchObject({ attempts: 2 });
});

test("what the unit may not see any more is owed by nobody here", async () => {
  const callId = await ringing();
  const { caseId } = await clerk().file.mutate(record(callId, { callBackOn: "2026-03-11" }));
  expect((await clerk().today.query()).owed).toMatchObject([{ callId }]);

  await host.kernelSql("delete from kernel.case_audience where case_id = $1", [caseId]);

  expect((await clerk().today.query()).owed).toEqual([]);
  expect(await codeOf(clerk().calledBack.mutate({ callId, nextOn: null }))).toBe("case.notFound");
  expect(await codeOf(clerk().ofCase.query({ caseId: caseId ?? "" }))).toBe("case.notFound");
});

test("a petition that passes the unit by is filed all the same, and says that nobody here can call back", async () => {
  const callId = await ringing();
  const filed = await clerk().file.mutate(
    record(callId, { taken: taken({ concernsLeader: true }), callBackOn: "2026-03-11" }),
  );
  expect(filed.callBack).toBe("refused");
  expect(await host.kernelSql("select 1 from kernel.tasks where case_id = $1", [filed.caseId])).toEqual([]);
  expect((await clerk().today.query()).owed).toEqual([]);
});

test("a call that is no petition is counted by how it ended, and its own clerk's alone", async () => {
  const callId = await ringing();
  expect(await codeOf(officer().end.mutate({ callId, outcome: "answered" }))).toBe("record.notFound");
  expect(await codeOf(officer().file.mutate(record(callId)))).toBe("record.notFound");
  expect(await codeOf(officer().begin.mutate({ callId }))).toBe("record.notFound");
  await clerk().end.mutate({ callId, outcome: "answered" });
  expect(await codeOf(clerk().end.mutate({ callId, outcome: "wrong" }))).toBe("record.state");
  expect(await codeOf(clerk().file.mutate(record(callId)))).toBe("record.state");
  expect((await officer().today.query()).ended).toEqual([
    { outcome: "answered", count: 1 },
    { outcome: "wrong", count: 0 },
    { outcome: "broken", count: 0 },
  ]);
  const both = await Promise.all([ringing(), ringing(officer())]);
  const numbers = await host.sql("select distinct no from calls where id = any ($1)", [both]);
  expect(numbers.length).toBe(2);
  await clerk().end.mutate({ callId: both[0], outcome: "broken" });
  await officer().end.mutate({ callId: both[1], outcome: "wrong" });
});

test("an accusation by telephone goes to the organ above with its recording; here is no trace, no task, and the next day no number", async () => {
  const callId = await ringing();
  const accusation = taken({ purpose: "accuse", anonymity: "anonymous", petitioner: undefined, title: "采购收礼" });
  const filed = await clerk().file.mutate(record(callId, { taken: accusation, callBackOn: "2026-03-11" }));

  expect(filed).toMatchObject({ caseId: null, callBack: "refused" });
  const [petition] = await host.kernelSql(
    "select id, organ_id is not null as sealed, confidentiality, body from kernel.cases where case_no = $1",
    [filed.caseNo],
  );
  expect(petition).toMatchObject({ sealed: true, confidentiality: 3 });
  expect(String(petition?.body)).not.toContain("20260309-0031");
  expect(await host.kernelSql("select 1 from kernel.tasks where case_id = $1", [petition?.id])).toEqual([]);
  const { owed, running } = await clerk().today.query();
  expect([owed, running]).toEqual([[], null]);
  await host.advance({ days: 2 });
  expect(await host.sql("select 1 from calls where id = $1", [callId])).toEqual([]);
  expect((await host.sql("select 1 from calls where case_id is not null")).length).toBeGreaterThan(0);
});
