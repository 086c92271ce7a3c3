import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { execute } from "../pipeline/execute.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { endGoneCharges } from "../sweep/end-gone-charges.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, inHandling, register, reply, rows, staffOf } from "../testing/story.ts";
import { endCharge, takeCharge } from "./charge.ts";

const leaderAt = (t: TestKernel, unit: "first" | "brigade" | "second", name: string) =>
  t.person(name, unit, [{ role: "chargeLeader", unit, subtree: true }]);
const take = (t: TestKernel, caseId: string, by: Actor, key?: string) =>
  execute(t.kernel, takeCharge, { ...byPerson(t, caseId, by), ...(key && { key }) }, {});
const end = (t: TestKernel, caseId: string, by: Actor, outcome: "settled" | "reasoned" | "handedOver" = "settled") =>
  execute(t.kernel, endCharge, byPerson(t, caseId, by), { outcome, reason: "已当面答复并落实。" });
const refused = (code: string) => ({ params: { reasons: code } });
const marksOf = async (t: TestKernel, caseId: string) =>
  (await rows<{ flags: string[] }>(t, "select flags from kernel.cases where id = $1", [caseId]))[0]?.flags;

async function registered(t: TestKernel): Promise<string> {
  const s = await staffOf(t);
  const caseId = await file(t);
  await register(t, s, caseId);
  return caseId;
}

test("a leader takes a case once, the mark and the ledger say so, and ends it with reasons that stay in the file", async () => {
  await using t = await openTestKernel();
  const leader = await leaderAt(t, "first", "营长");
  const caseId = await registered(t);
  const key = t.key();

  await take(t, caseId, leader, key);
  await take(t, caseId, leader, key);
  expect(await marksOf(t, caseId)).toEqual(["leaderTaken"]);
  await expect(take(t, caseId, leader)).rejects.toMatchObject(refused("mark.set"));
  await end(t, caseId, leader);
  expect(await marksOf(t, caseId)).toEqual([]);
  await expect(end(t, caseId, leader)).rejects.toMatchObject({ code: "act.refused" });

  expect(await rows(t, "select payload->>'outcome' as outcome from kernel.outbox where type = 'charge.ended'")).toEqual(
    [{ outcome: "settled" }],
  );
  expect(await rows(t, "select leader_id, slot, outcome from kernel.charges")).toEqual([
    { leader_id: leader.personId, slot: 1, outcome: "settled" },
  ]);
  const told = await rows<{ type: string; body: string }>(
    t,
    "select type, body from kernel.ledger where type like 'charge.%' order by seq",
  );
  expect(told.map((e) => e.type)).toEqual(["charge.taken", "charge.ended"]);
  expect(JSON.stringify(told)).not.toContain("当面答复");
});

test("who is complained of or has signed in it does not take it, nor anybody without the office", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  await reply(t, s, caseId);
  await rows(
    t,
    "insert into kernel.role_grants (id, person_id, role, unit_id, valid_from, at) values (gen_random_uuid(), $1, 'chargeLeader', $2, '2020-01-01', now())",
    [s.signer.personId, t.units.first],
  );
  const signer: Actor = {
    ...s.signer,
    grants: [...s.signer.grants, { role: "chargeLeader", unitId: t.units.first, subtree: false }],
  };
  const accused = await leaderAt(t, "first", "被反映人");
  await rows(
    t,
    "insert into kernel.respondents (id, case_id, kind, person_id) values (gen_random_uuid(), $1, 'person', $2)",
    [caseId, accused.personId],
  );

  await expect(take(t, caseId, signer)).rejects.toMatchObject(refused("charge.notFree"));
  await expect(take(t, caseId, accused)).rejects.toMatchObject(refused("charge.notFree"));
  await expect(take(t, caseId, s.officer)).rejects.toMatchObject({ code: "forbidden" });
  await expect(take(t, caseId, await leaderAt(t, "second", "别营"))).rejects.toMatchObject({ code: "case.notFound" });
  expect(await rows(t, "select 1 from kernel.charges")).toEqual([]);
});

test("nobody has more than five at once, also not by taking several in the same moment", async () => {
  await using t = await openTestKernel();
  const leader = await leaderAt(t, "first", "营长");
  const s = await staffOf(t);
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) {
    const caseId = await file(t);
    await register(t, s, caseId);
    ids.push(caseId);
  }

  const outcomes = await Promise.allSettled(ids.map((caseId) => take(t, caseId, leader)));

  const taken = await rows<{ slot: number }>(t, "select slot from kernel.charges order by slot");
  expect(new Set(taken.map((c) => c.slot)).size).toBe(taken.length);
  expect(taken.length).toBe(outcomes.filter((o) => o.status === "fulfilled").length);
  expect(taken.length).toBeLessThanOrEqual(5);
  for (const caseId of ids) await take(t, caseId, leader).catch(() => undefined);
  expect(await rows(t, "select 1 from kernel.charges")).toHaveLength(5);
  const [left = ""] = (
    await rows<{ id: string }>(t, "select id from kernel.cases where not flags @> '{leaderTaken}' order by id")
  ).map((r) => r.id);
  await expect(take(t, left, leader)).rejects.toMatchObject(refused("charge.tooMany"));
  const [mine = ""] = (await rows<{ id: string }>(t, "select case_id as id from kernel.charges")).map((r) => r.id);
  await end(t, mine, leader);
  await take(t, left, leader);
});

test("a leader above ends it when the one who has it moves post; a colleague does not", async () => {
  await using t = await openTestKernel();
  const leader = await leaderAt(t, "first", "营长");
  const colleague = await leaderAt(t, "first", "教导员");
  const above = await leaderAt(t, "brigade", "旅长");
  const caseId = await registered(t);
  await take(t, caseId, leader);

  await expect(end(t, caseId, colleague, "handedOver")).rejects.toMatchObject(refused("charge.notYours"));
  await end(t, caseId, above, "handedOver");
  await take(t, caseId, colleague);
});

test("a leader who stands out does not take it; where he comes to stand out later a colleague takes it over", async () => {
  await using t = await openTestKernel();
  const leader = await leaderAt(t, "first", "营长");
  const colleague = await leaderAt(t, "first", "教导员");
  const above = await leaderAt(t, "brigade", "旅长");
  const caseId = await registered(t);
  await declareRecusal(t.kernel, byPerson(t, caseId, above), "来信人是亲属");
  await expect(take(t, caseId, above)).rejects.toMatchObject({ code: "case.notFound" });

  await take(t, caseId, leader);
  await declareRecusal(t.kernel, byPerson(t, caseId, leader), "发现与来信人是亲属");
  await expect(end(t, caseId, leader)).rejects.toMatchObject({ code: "case.notFound" });
  await expect(take(t, caseId, colleague)).rejects.toMatchObject(refused("mark.set"));
  await rows(t, "update kernel.recusals set state = 'refused' where person_id = $1", [leader.personId]);
  await expect(end(t, caseId, colleague, "handedOver")).rejects.toMatchObject(refused("charge.notYours"));
  await rows(t, "update kernel.recusals set state = 'granted' where person_id = $1", [leader.personId]);
  await end(t, caseId, colleague, "handedOver");
  await take(t, caseId, colleague);
});

test("what a leader had who has left is handed over by rule, once, and waits for another one", async () => {
  await using t = await openTestKernel();
  const [gone, ended, stays] = [
    await leaderAt(t, "first", "前营长"),
    await leaderAt(t, "first", "前教导员"),
    await leaderAt(t, "first", "营长"),
  ];
  const [first, second, third] = [await registered(t), await registered(t), await registered(t)];
  await take(t, first, gone);
  await take(t, second, ended);
  await take(t, third, stays);
  expect(await endGoneCharges(t.kernel)).toBe(0);

  await rows(t, "update kernel.people set active = false where id = $1", [gone.personId]);
  await rows(t, "update kernel.role_grants set revoked_on = '2020-02-01' where person_id = $1", [ended.personId]);
  expect(await endGoneCharges(t.kernel)).toBe(2);
  expect(await endGoneCharges(t.kernel)).toBe(0);
  expect([await marksOf(t, first), await marksOf(t, second), await marksOf(t, third)]).toEqual([
    [],
    [],
    ["leaderTaken"],
  ]);
  expect(await rows(t, "select distinct outcome, ended_by from kernel.charges where ended_at is not null")).toEqual([
    { outcome: "handedOver", ended_by: null },
  ]);
  await take(t, first, stays);

  // who declares a conflict has it no longer; what he is only asked to stand out of is his until that is decided
  await declareRecusal(t.kernel, byPerson(t, third, stays), "来信人是亲属");
  await rows(t, "update kernel.recusals set state = 'asked' where case_id = $1", [third]);
  expect(await endGoneCharges(t.kernel)).toBe(0);
  await rows(t, "update kernel.recusals set state = 'granted' where case_id = $1", [third]);
  expect(await endGoneCharges(t.kernel)).toBe(1);
  expect([await marksOf(t, first), await marksOf(t, third)]).toEqual([["leaderTaken"], []]);
});
