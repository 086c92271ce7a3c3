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
  await host.enable("brigade", { rooms: "东屋 西屋" });
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

const plain = { safety: false, urgent: false, headcount: 1, representatives: 1, companions: 0 };
async function arrived(more: object = {}, by = clerk()): Promise<{ visitId: string; no: number }> {
  const visitId = crypto.randomUUID();
  const { no } = await by.arrive.mutate({ visitId, ...plain, ...more });
  return { visitId, no };
}
const secondOf = async (rpc: Rpc): Promise<string> => (await rpc.colleagues.query())[0]?.id ?? "";
async function talking(room: string, more: object = {}): Promise<string> {
  const { visitId } = await arrived(more);
  await clerk().callIn.mutate({ visitId, room, secondId: await secondOf(clerk()) });
  return visitId;
}

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const taken = (more: object = {}) => ({
  unitId: host.units.first.id,
  purpose: "solve" as const,
  title: "随军八个月未安置",
  body: "随军八个月，地方安置一直没有时间。",
  anonymity: "named" as const,
  petitioner: { name: "周敏", kind: "family" as const, contact: "13900000000" },
  readBack: true,
  ...more,
});
const talk = (visitId: string, more: object = {}) => ({
  visitId,
  taken: taken(),
  confirmed: "glass" as const,
  signature: PNG,
  ...more,
});

test("danger goes first, then what cannot wait, then the numbers; two at once get one each", async () => {
  await officer().colleagues.query();
  const first = await arrived();
  const [second, third] = await Promise.all([arrived({ urgent: true }), arrived({ safety: true })]);
  const again = await clerk().arrive.mutate({ visitId: first.visitId, ...plain });

  expect(again.no).toBe(first.no);
  expect(new Set([first.no, second.no, third.no]).size).toBe(3);
  const order = (await clerk().today.query()).waiting.map((one) => one.visitId);
  expect(order).toEqual([third.visitId, second.visitId, first.visitId]);

  await clerk().hasten.mutate({ visitId: first.visitId, safety: true, urgent: true });
  expect((await clerk().today.query()).waiting[0]?.visitId).toBe(first.visitId);
  for (const { visitId } of [first, second, third]) await clerk().leave.mutate({ visitId });
  expect(await clerk().today.query()).toMatchObject({ waiting: [], talking: [], heard: [] });
  expect(await codeOf(clerk().leave.mutate({ visitId: first.visitId }))).toBe("record.state");
  expect(await codeOf(clerk().hasten.mutate({ visitId: first.visitId, safety: false, urgent: false }))).toBe(
    "record.state",
  );
});

test("a joint visit speaks by five at most, fewer where a unit says so", async () => {
  expect(await codeOf(arrived({ headcount: 14, representatives: 6 }))).toBe("representatives");
  expect(await codeOf(arrived({ headcount: 2, representatives: 3 }))).toBe("representatives");
  await host.enable("first", { representatives: 3 });
  expect(await codeOf(arrived({ headcount: 14, representatives: 5 }))).toBe("representatives");
  await host.enable("first", { representatives: 5 });
  const { visitId } = await arrived({ headcount: 14, representatives: 5, companions: 2 });
  expect((await clerk().today.query()).waiting).toMatchObject([{ headcount: 14, representatives: 5, companions: 2 }]);
  await clerk().leave.mutate({ visitId });
});

test("a talk has a room of its own and two of staff, neither of whom nor which is anywhere else at that time", async () => {
  const visitId = await talking("东屋");
  const { visitId: next } = await arrived();
  const secondId = await secondOf(clerk());

  expect(await codeOf(clerk().callIn.mutate({ visitId: next, room: "东屋", secondId }))).toBe("appointment.taken");
  // both of staff are in the other room
  expect(await codeOf(clerk().callIn.mutate({ visitId: next, room: "西屋", secondId }))).toBe("appointment.taken");
  expect(await codeOf(clerk().callIn.mutate({ visitId: next, room: "走廊", secondId }))).toBe("input.invalid");
  expect(await codeOf(clerk().callIn.mutate({ visitId, room: "西屋", secondId }))).toBe("record.state");
  const [self] = (await officer().colleagues.query()).filter((one) => one.id !== secondId);
  expect(await codeOf(clerk().callIn.mutate({ visitId: next, room: "西屋", secondId: self?.id ?? "" }))).toBe(
    "twoOfStaff",
  );

  await clerk().leave.mutate({ visitId });
  await clerk().callIn.mutate({ visitId: next, room: "东屋", secondId });
  await clerk().leave.mutate({ visitId: next });
});

test("what was said is read back, signed, and becomes one petition however often it is pressed", async () => {
  const visitId = await talking("东屋", { headcount: 14, representatives: 5 });
  expect(await clerk().get.query({ visitId })).toMatchObject({ room: "东屋", headcount: 14 });
  expect(await codeOf(clerk().file.mutate(talk(visitId, { taken: taken({ readBack: false }) })))).toBe(
    "intake.readBack",
  );
  const unsigned = await talking("西屋").catch((error: unknown) => error);
  expect((unsigned as { data?: { code?: string } }).data?.code).toBe("appointment.taken");

  const joint = talk(visitId, { taken: taken({ headcount: 14 }) });
  const filed = await clerk().file.mutate(joint);
  const again = await clerk().file.mutate(joint);

  expect(again).toMatchObject({ caseNo: filed.caseNo, returnCode: filed.returnCode });
  const [petition] = await host.kernelSql(
    "select id, channel, headcount, channel_key from kernel.cases where case_no = $1",
    [filed.caseNo],
  );
  expect(petition).toEqual({
    id: filed.caseId,
    channel: "visit",
    headcount: 14,
    channel_key: "visit-desk/visit",
  });
  expect(await host.kernelSql("select name from kernel.files where case_id = $1", [filed.caseId])).toEqual([
    { name: "来访人签字.png" },
  ]);
  expect(JSON.stringify(await host.sql("select * from visits"))).not.toContain("周敏");
  expect((await clerk().today.query()).heard).toMatchObject([{ caseNo: filed.caseNo }]);
  expect(await officer().ofCase.query({ caseId: filed.caseId ?? "" })).toMatchObject({
    room: "东屋",
    representatives: 5,
    confirmed: "glass",
  });
  expect(await codeOf(clerk().file.mutate(talk(visitId, { taken: taken({ title: "另一件" }) })))).toBe("record.state");
  const stranger = host.as("officer", "second");
  expect(await codeOf(stranger.ofCase.query({ caseId: filed.caseId ?? "" }))).toBe("case.notFound");
  expect((await stranger.today.query()).heard).toEqual([]);
  // as soon as the unit may not see the petition, the hall shows no trace of it
  await host.kernelSql("delete from kernel.case_audience where case_id = $1", [filed.caseId]);
  expect((await clerk().today.query()).heard).toEqual([]);
});

test("without a signature nothing is registered, on paper it suffices to say so, and only whoever took part registers", async () => {
  const { visitId: waiting } = await arrived();
  expect(await codeOf(clerk().file.mutate(talk(waiting)))).toBe("record.state");
  expect(await codeOf(clerk().get.query({ visitId: waiting }))).toBe("record.state");
  await clerk().callIn.mutate({ visitId: waiting, room: "西屋", secondId: await secondOf(clerk()) });
  expect(await codeOf(clerk().file.mutate(talk(waiting, { signature: null })))).toBe("signature");
  const outsider = host.as("officer", "brigade", "first");
  expect(await codeOf(outsider.file.mutate(talk(waiting)))).toBe("notThere");
  const other = host.as("clerk", "second");
  expect(await codeOf(other.file.mutate(talk(waiting)))).toBe("record.notFound");
  expect(await codeOf(other.leave.mutate({ visitId: waiting }))).toBe("record.notFound");
  expect(await codeOf(other.arrive.mutate({ visitId: waiting, ...plain }))).toBe("record.notFound");

  const filed = await clerk().file.mutate(talk(waiting, { confirmed: "paper", signature: null }));
  expect(await host.kernelSql("select 1 from kernel.files where case_id = $1", [filed.caseId])).toEqual([]);
  // the room is free at once
  const next = await talking("西屋");
  await clerk().leave.mutate({ visitId: next });
});

test("an accusation in person goes to the organ above; the hall keeps no trace of it, and the next day not even the number", async () => {
  const visitId = await talking("东屋", { safety: true });
  const accusation = taken({ purpose: "accuse", urgentSafety: true, title: "战士挨打" });

  const filed = await clerk().file.mutate(talk(visitId, { taken: accusation, confirmed: "paper", signature: null }));

  expect(filed.caseId).toBeNull();
  expect(
    await host.kernelSql(
      "select organ_id is not null as sealed, confidentiality, urgent_safety from kernel.cases where case_no = $1",
      [filed.caseNo],
    ),
  ).toEqual([{ sealed: true, confidentiality: 3, urgent_safety: true }]);
  expect(JSON.stringify(await clerk().today.query())).not.toContain(visitId);
  await host.advance({ days: 2 });
  expect(await host.sql("select 1 from visits where id = $1", [visitId])).toEqual([]);
  expect((await host.sql("select 1 from visits where case_id is not null")).length).toBeGreaterThan(0);
});
