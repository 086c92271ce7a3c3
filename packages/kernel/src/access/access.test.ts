import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { assignHandler } from "../cases/handling.ts";
import { readCase } from "../cases/read-case.ts";
import { writeMessage } from "../cases/thread.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { loadActor } from "../people/load-actor.ts";
import { execute } from "../pipeline/execute.ts";
import { listCases } from "../queue/list-cases.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, inHandling, refusalOf, register, rows, staffOf } from "../testing/story.ts";
import { runWorkersOnce } from "../workers/start-workers.ts";
import { askAccess, ownAccesses } from "./ask-access.ts";
import { decideAccess, waitingAccesses } from "./decide-access.ts";
import { endAccesses, endOwnAccess } from "./end-accesses.ts";

const numberOf = async (t: TestKernel, caseId: string): Promise<string> =>
  (await rows<{ no: string }>(t, "select case_no as no from kernel.cases where id = $1", [caseId]))[0]?.no ?? "";

/** As the next request would load him. */
const again = async (t: TestKernel, who: Actor): Promise<Actor> => {
  const actor = await loadActor(t.kernel, who.personId, t.clock.now);
  if (!actor) throw new Error("he is gone");
  return actor;
};
const sees = async (t: TestKernel, who: Actor, caseId: string): Promise<boolean> => {
  const actor = await again(t, who);
  const { items } = await listCases(t.kernel, actor, { view: "all", limit: 50 } as never);
  const read = (await refusalOf(readCase(t.kernel, actor, caseId))).length === 0;
  expect(items.some((one) => one.caseId === caseId)).toBe(read);
  return read;
};
const ask = async (t: TestKernel, who: Actor, caseNo: string, hours?: number) =>
  askAccess(t.kernel, await again(t, who), { caseNo, reason: "有人可能受到伤害，须立即了解", hours });

const stranger = (t: TestKernel, role = "officer") => t.person("二营干事", "second", [{ role, unit: "second" }]);
/** An accusation, held by the organ of the brigade or the first battalion. */
const accusation = (t: TestKernel) => file(t, { unitId: t.units.company, purpose: "accuse" });
const organOf = async (t: TestKernel, caseId: string): Promise<string> =>
  (
    await rows<{ unit: string }>(
      t,
      "select o.unit_id as unit from kernel.cases c join kernel.offices o on o.id = c.organ_id where c.id = $1",
      [caseId],
    )
  )[0]?.unit ?? "";

test("an ordinary case is opened at once, for the hours that are set, to be read and not to be acted in, and closes by itself", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  const who = await stranger(t);
  await execute(t.kernel, writeMessage, byPetitioner(t, caseId), {
    text: "请快些",
    visibility: "petitioner",
    fileIds: [],
  });
  expect(await sees(t, who, caseId)).toBe(false);

  const opened = await ask(t, who, (await numberOf(t, caseId)).toLowerCase());

  expect(opened).toMatchObject({ state: "granted", until: "2026-03-02T10:00:00.000Z" });
  expect(await sees(t, who, caseId)).toBe(true);
  const actor = await again(t, who);
  expect((await readCase(t.kernel, actor, caseId)).acts).toEqual([]);
  const note = { text: "看过了", visibility: "internal", fileIds: [] } as const;
  expect(await refusalOf(execute(t.kernel, writeMessage, byPerson(t, caseId, actor), note))).toEqual([
    "access.readOnly",
  ]);
  const [unread] = await rows<{ n: number }>(
    t,
    "select count(*)::int as n from kernel.messages where case_id = $1 and author = 'petitioner' and read_at is null",
    [caseId],
  );
  expect(unread?.n).toBe(1);
  expect(await refusalOf(ask(t, who, await numberOf(t, caseId)))).toEqual(["access.notNeeded"]);
  const read = await rows<{ body: string }>(t, "select body from kernel.ledger where type = 'access.contentRead'");
  expect(read.some((r) => r.body.includes(who.personId) && r.body.includes("letIn"))).toBe(true);

  t.clock.advance({ hours: 8 });
  // nothing has been tidied yet, and a connection that was open since has no more than its old keys
  expect(await sees(t, who, caseId)).toBe(false);
  await runWorkersOnce(t.kernel);
  expect(await rows(t, "select 1 from kernel.case_audience where key = $1", [opened.id])).toEqual([]);
  expect(await refusalOf(readCase(t.kernel, actor, caseId))).toEqual(["case.notFound"]);
  expect(await ownAccesses(t.kernel, who)).toMatchObject([{ state: "over" }]);
});

test("the petitioner reads that, when, from where and why his case was opened", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  await ask(t, await stranger(t), await numberOf(t, caseId), 2);

  expect((await readPetitionerCase(t.kernel, caseId)).accesses).toEqual([
    {
      at: "2026-03-02T02:00:00.000Z",
      until: "2026-03-02T04:00:00.000Z",
      unit: { "zh-CN": "second单位", en: "second unit" },
      reason: "有人可能受到伤害，须立即了解",
    },
  ]);
});

test("an opened case that becomes an accusation is closed at once", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const who = await stranger(t);
  const caseId = await file(t);
  await ask(t, who, await numberOf(t, caseId));
  expect(await sees(t, who, caseId)).toBe(true);

  await register(t, s, caseId, { category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 });

  expect(await sees(t, who, caseId)).toBe(false);
});

test("an act in the case leaves it open", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const who = await stranger(t);
  const caseId = await file(t);
  await ask(t, who, await numberOf(t, caseId));
  await register(t, s, caseId, { confidentiality: 1 });
  expect(await sees(t, who, caseId)).toBe(true);
});

test("what an accusation, a number of nothing and a case of his own unit's complaint answer is the same", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const secret = await accusation(t);
  const about = await file(t);
  await register(t, s, about, { respondents: [{ kind: "unit", unitId: t.units.second }] });
  const recused = await inHandling(t, s);
  const officer = await t.person("兼职", "brigade", [{ role: "officer", unit: "second" }]);
  await rows(
    t,
    "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', now())",
    [officer.personId, recused],
  );
  const numbers = [await numberOf(t, secret), await numberOf(t, about), await numberOf(t, recused), "2026-ZZZZZZ-Z"];
  const answers = [];
  for (const no of numbers) {
    const { id: _id, caseNo: _no, ...answer } = await ask(t, officer, no);
    answers.push(answer);
  }
  expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
  expect(answers[0]).toMatchObject({ state: "waiting", until: null });

  t.clock.advance({ days: 3, minutes: 1 });
  expect((await ownAccesses(t.kernel, officer)).map((a) => a.state)).toEqual(Array(4).fill("notGranted"));
  for (const id of [secret, about, recused]) expect(await sees(t, officer, id)).toBe(false);
});

test("an accusation is opened by the organ above alone, who sees whether there is such a case; a refusal is told late", async () => {
  await using t = await openTestKernel();
  const secret = await accusation(t);
  const organ = await organOf(t, secret);
  expect(organ).toBe(t.units.first);
  const asker = await t.person("二营纪检", "second", [{ role: "discipline", unit: "second" }]);
  const above = await t.person("旅纪检", "brigade", [{ role: "discipline", unit: "brigade", subtree: true }]);
  const inside = await t.person("营纪检", "first", [{ role: "discipline", unit: "first" }]);
  const no = await numberOf(t, secret);
  const first = await ask(t, asker, no);
  const none = await ask(t, asker, "2026-ZZZZZZ-Z");

  const waiting = await waitingAccesses(t.kernel, above);
  expect(waiting).toMatchObject([
    { id: first.id, caseNo: no, found: true, person: "二营纪检", reason: "有人可能受到伤害，须立即了解" },
    { id: none.id, found: false },
  ]);
  expect(await waitingAccesses(t.kernel, inside)).toEqual([]);
  expect(await waitingAccesses(t.kernel, asker)).toEqual([]);
  const decide = (who: Actor, id: string, confirm: boolean, tellAfter = false) =>
    decideAccess(t.kernel, who, { id, confirm, tellAfter });
  for (const who of [inside, asker]) expect(await refusalOf(decide(who, first.id, true))).toEqual(["access.notFound"]);
  expect(await refusalOf(decide(above, none.id, true))).toEqual(["access.nothing"]);

  await decide(above, first.id, false);
  expect(await ownAccesses(t.kernel, asker)).toMatchObject([{ state: "waiting" }, { state: "waiting" }]);
  expect(await refusalOf(decide(above, first.id, true))).toEqual(["access.notFound"]);

  const second = await ask(t, asker, no);
  await decide(above, second.id, true, true);
  expect(await sees(t, asker, secret)).toBe(true);
  expect(await sees(t, above, secret)).toBe(false);
  // kept from the petitioner while it could harm, told when it is over
  expect((await readPetitionerCase(t.kernel, secret)).accesses).toEqual([]);
  await endOwnAccess(t.kernel, asker, second.id);
  expect(await sees(t, asker, secret)).toBe(false);
  expect((await readPetitionerCase(t.kernel, secret)).accesses).toMatchObject([
    { reason: "有人可能受到伤害，须立即了解" },
  ]);
  expect(await refusalOf(endOwnAccess(t.kernel, asker, second.id))).toEqual(["access.notFound"]);
  expect(await endAccesses(t.kernel)).toBe(0);
  // its words lie under the organ's key
  const [stored] = await rows<{ reason: string }>(t, "select reason from kernel.accesses where id = $1", [second.id]);
  expect(stored?.reason).not.toContain("伤害");
});

test("nobody without a role that reads, and nobody more than ten times a day", async () => {
  await using t = await openTestKernel();
  const clerk = await stranger(t, "clerk");
  expect(await refusalOf(ask(t, clerk, "2026-ZZZZZZ-Z"))).toEqual(["forbidden"]);
  const who = await stranger(t);
  for (let n = 0; n < 10; n++) await ask(t, who, "2026-ZZZZZZ-Z");
  expect(await refusalOf(ask(t, who, "2026-ZZZZZZ-Z"))).toEqual(["access.tooMany"]);
  t.clock.advance({ days: 1, minutes: 1 });
  expect(await refusalOf(ask(t, who, "2026-ZZZZZZ-Z"))).toEqual([]);
});

test("who comes into conflict while a case is open to him sees it no more", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const who = await stranger(t);
  const accused = await t.person("被反映人", "second", []);
  const caseId = await file(t);
  await ask(t, who, await numberOf(t, caseId));
  expect(await sees(t, who, caseId)).toBe(true);
  await register(t, s, caseId, { respondents: [{ kind: "person", personId: accused.personId }] });
  expect(await sees(t, who, caseId)).toBe(false);
  expect(await refusalOf(declareRecusal(t.kernel, byPerson(t, caseId, s.officer), "同乡"))).toEqual([]);
  const named = { handlerId: who.personId, plan: "", heardOn: null };
  expect(await refusalOf(execute(t.kernel, assignHandler, byPerson(t, caseId, s.signer), named))).not.toEqual([]);
});
