import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { mayReadFile } from "../files/may-read-file.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { sealLedger } from "../ledger/seal-ledger.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { execute } from "../pipeline/execute.ts";
import { askRecusalFor, declareRecusal } from "../recusal/recusal.ts";
import { assertLinked } from "../retaliation/petitioner.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  byPetitioner,
  file,
  inHandling,
  refusalOf,
  register,
  reply,
  rows,
  type Staff,
  staffOf,
} from "../testing/story.ts";
import { contestRefusal, grantContest } from "./contest.ts";
import { reopenCase } from "./ends.ts";
import { mergeCase, unmergeCase } from "./merge.ts";
import { readCase } from "./read-case.ts";
import { askWithdrawal } from "./withdrawal.ts";

const zhang = {
  anonymity: "named" as const,
  petitioner: { name: "张三", kind: "nco" as const, contact: "138 0000 0001", filingFor: "self" as const },
};
const li = { ...zhang, petitioner: { ...zhang.petitioner, name: "李四", contact: "138 0000 0002" } };
const typed = { samePerson: true, sameMatter: true, reason: "正在办理，仍在期限之内", newFacts: "" } as const;

const caseOf = async (t: TestKernel, id: string) =>
  (
    await rows<{ no: string; status: string; version: number }>(
      t,
      "select case_no as no, status, version from kernel.cases where id = $1",
      [id],
    )
  )[0] ?? { no: "", status: "", version: 0 };
const runningOf = (t: TestKernel, id: string) =>
  rows<{ code: string; due: string }>(
    t,
    "select code, due_on::text as due from kernel.clocks where case_id = $1 and state <> 'stopped' order by code",
    [id],
  );
const merge = async (t: TestKernel, actor: Actor, id: string, main: string, more: object = {}) =>
  execute(t.kernel, mergeCase, byPerson(t, id, actor), { ...typed, mainCaseNo: (await caseOf(t, main)).no, ...more });

async function two(t: TestKernel, s: Staff, more: Parameters<typeof file>[1] = {}) {
  const main = await inHandling(t, s, zhang);
  const again = await file(t, { ...zhang, body: "上次说的津贴还没有到账，又少了一档。", ...more });
  await register(t, s, again);
  return { main, again };
}

test("whom the petitioner did not want near the one stands out of the main case, too, and it is decided there", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const { main, again } = await two(t, s);
  const asked = (on: string, reason: string) =>
    execute(t.kernel, askRecusalFor, byPerson(t, on, s.officer), { personId: s.handler.personId, reason });
  await asked(again, "承办人是当事人的同乡");
  expect((await readCase(t.kernel, s.handler, main)).caseId).toBe(main);

  await merge(t, s.officer, again, main);

  expect(await refusalOf(readCase(t.kernel, s.handler, main))).toEqual(["case.notFound"]);
  const [row] = (await readCase(t.kernel, s.signer, main)).recusals;
  expect(row).toMatchObject({
    person: { id: s.handler.personId },
    source: "petitioner",
    state: "asked",
    reason: "承办人是当事人的同乡",
  });
  expect(await refusalOf(asked(main, "再说一次"))).toEqual(["recusal.standsOut"]);
});

test("the same person's same matter goes on in the main case, which gets the text and what is new; he can open both", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const { main, again } = await two(t, s);
  const before = await caseOf(t, main);
  await merge(t, s.officer, again, main, { newFacts: "4月又少了一档" });
  expect((await caseOf(t, again)).status).toBe("merged");
  expect(await runningOf(t, again)).toEqual([]);
  expect(await caseOf(t, main)).toEqual({ ...before, version: before.version + 1 });

  const note = (await readCase(t.kernel, s.handler, main)).thread.at(-1);
  expect(note).toMatchObject({ visibility: "internal", from: "office" });
  expect(note?.text).toContain("4月又少了一档");
  expect(note?.text).toContain("又少了一档。");
  const seen = await readPetitionerCase(t.kernel, again);
  expect(seen.letters.map((l) => l.code)).toContain("D11");
  expect(seen.belongsTo).toEqual([{ caseId: main, caseNo: before.no, kind: "main", status: "handling" }]);
  await assertLinked(t.kernel, again, main);
  await assertLinked(t.kernel, main, again);
  expect((await readCase(t.kernel, s.officer, again)).links).toMatchObject([{ caseId: main, kind: "main" }]);
  expect((await readCase(t.kernel, s.officer, main)).links).toMatchObject([{ caseId: again, kind: "joined" }]);

  // nobody ends without an answer: the reply to the main case stands where his own page leads
  await reply(t, s, main);
  expect((await readPetitionerCase(t.kernel, again)).belongsTo).toMatchObject([{ status: "replied" }]);
  const told = (await readPetitionerCase(t.kernel, main)).thread.map((m) => m.text);
  expect(told.filter((text) => text.includes("又少了一档"))).toEqual([]);
  await sealLedger(t.kernel);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, faults: [] });
});

test("it is joined to nothing that is over, late, another's, more open, or not to be seen", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const { main, again } = await two(t, s);
  const wide = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const hidden = await file(t, { ...zhang, unitId: t.units.second });
  const others = await inHandling(t, s, li);
  const nameless = await inHandling(t, s);
  const fresh = await file(t, zhang);
  expect(await refusalOf(merge(t, s.officer, again, hidden))).toEqual(["case.notFound"]);
  expect(await refusalOf(merge(t, s.officer, again, again))).toEqual(["case.notFound"]);
  expect(await refusalOf(merge(t, wide, again, hidden))).toEqual(["merge.mainNotOpen"]);
  for (const other of [others, nameless])
    expect(await refusalOf(merge(t, s.officer, again, other))).toEqual(["merge.notSamePerson"]);
  expect(await refusalOf(merge(t, s.officer, again, fresh))).toEqual(["merge.mainNotOpen"]);
  expect(await refusalOf(merge(t, s.clerk, again, main))).toEqual(["forbidden"]);

  const sensitive = await file(t, zhang);
  await register(t, s, sensitive, { confidentiality: 2 });
  expect(await refusalOf(merge(t, s.officer, sensitive, main))).toEqual(["merge.lessSheltered"]);
  t.clock.advance({ days: 70 });
  expect(await refusalOf(merge(t, s.officer, again, main))).toEqual(["merge.mainLate"]);
  const wished = await file(t, zhang);
  await register(t, s, wished);
  await execute(t.kernel, askWithdrawal, byPetitioner(t, wished), { text: "不用再办了", freeWill: true });
  expect(await refusalOf(merge(t, s.officer, again, wished))).toEqual(["merge.mainNotOpen"]);
});

test("undone: it goes on by itself, its time counts from the day it came, and both sides are told", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const { main, again } = await two(t, s);
  await merge(t, s.officer, again, main);
  t.clock.advance({ days: 5 });
  expect(
    await refusalOf(execute(t.kernel, unmergeCase, byPerson(t, again, s.handler), { reason: "不是同一件事" })),
  ).toEqual(["forbidden"]);
  await execute(t.kernel, unmergeCase, byPerson(t, again, s.officer), { reason: "核对后是另一件事，单独办理。" });
  expect((await caseOf(t, again)).status).toBe("registered");
  expect(await runningOf(t, again)).toEqual([{ code: "K2", due: "2026-03-17" }]);
  const seen = await readPetitionerCase(t.kernel, again);
  expect(seen.thread.at(-1)?.text).toBe("核对后是另一件事，单独办理。");
  expect(seen.belongsTo).toEqual([]);
  expect((await readCase(t.kernel, s.officer, main)).links).toEqual([]);
  expect((await readCase(t.kernel, s.handler, main)).thread.at(-1)?.text).toContain("另一件事");
  await expect(assertLinked(t.kernel, again, main)).rejects.toMatchObject({ code: "case.notFound" });
  await merge(t, s.officer, again, main);
});

test("taken up again from above, or because the petitioner contested it, it belongs to nothing any more", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const { main, again } = await two(t, s);
  await merge(t, s.officer, again, main);
  await execute(t.kernel, contestRefusal, byPetitioner(t, again), { text: "这是另一件事，请单独办理。", fileIds: [] });
  expect(
    await refusalOf(execute(t.kernel, unmergeCase, byPerson(t, again, s.officer), { reason: "不是同一件事" })),
  ).toEqual(["forbidden"]);
  const decision = { outcome: "reopened", reasons: "两件事不同，应当单独办理。" } as const;
  await execute(t.kernel, grantContest, byPerson(t, again, s.reviewer), decision);
  expect((await readPetitionerCase(t.kernel, again)).belongsTo).toEqual([]);
  await merge(t, s.officer, again, main);
  await execute(t.kernel, reopenCase, byPerson(t, again, s.officer), { ground: "newFacts", reason: "另有新情况" });
  expect((await readPetitionerCase(t.kernel, again)).belongsTo).toEqual([]);
});

test("what came with it is read from the main case, by whoever sees that and does not stand out of this", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const other = await t.person("另一承办", "first", [{ role: "handler", unit: "first" }]);
  const above = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const main = await inHandling(t, s, zhang);
  // filed at another unit: those of the first see only what is joined to theirs
  const again = await file(t, { ...zhang, unitId: t.units.second });
  const clerk = await t.person("二营文书", "second", [{ role: "clerk", unit: "second" }]);
  await register(t, { clerk }, again);
  const fileId = t.kernel.newId();
  await rows(
    t,
    `insert into kernel.files (id, case_id, name, size, type, sha256, storage_key, kek, dek, uploaded_at)
     values ($1, $2, '工资条.pdf', 1, 'application/pdf', $3, 'x', 'k1', $3, $4)`,
    [fileId, again, Buffer.alloc(32), t.clock.now],
  );
  const may = async (actor: Actor) =>
    (await mayReadFile(t.kernel, { actor, codeCaseId: undefined }, fileId)) !== undefined;
  const both = await t.person("两营干事", "first", [
    { role: "officer", unit: "first" },
    { role: "officer", unit: "second" },
  ]);
  expect(await may(s.handler)).toBe(false);
  expect(await may(above)).toBe(true);
  await declareRecusal(t.kernel, byPerson(t, again, above), "亲属");
  await merge(t, both, again, main);
  expect(await may(s.handler)).toBe(true);
  expect((await readCase(t.kernel, s.handler, main)).files.map((f) => f.id)).toEqual([fileId]);
  // who may not see the joined case learns of the text alone, not where it lies
  expect((await readCase(t.kernel, s.handler, main)).links).toEqual([]);
  expect(await may(other)).toBe(true);
  expect(await may(above)).toBe(false);
  await execute(t.kernel, unmergeCase, byPerson(t, again, both), { reason: "核对后是另一件事。" });
  expect(await may(s.handler)).toBe(false);
});
