import { expect, test } from "vitest";
import { readCase } from "../cases/read-case.ts";
import { openTestKernel } from "../testing/index.ts";
import { byPerson, file, inHandling, register, staffOf } from "../testing/story.ts";
import { decideRecusal, declareRecusal } from "./recusal.ts";

test("who stands out is read and decided by the leader, whose words are a note; what was declared stays", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  await declareRecusal(t.kernel, byPerson(t, caseId, s.handler), "来信人是我的亲属");

  const asked = await readCase(t.kernel, s.signer, caseId);
  expect(asked.recusals).toMatchObject([
    {
      person: { id: s.handler.personId, name: "承办" },
      source: "self",
      state: "granted",
      reason: "来信人是我的亲属",
      decidedBy: null,
      mayDecide: true,
    },
  ]);
  expect((await readCase(t.kernel, s.officer, caseId)).recusals).toEqual([]);
  await expect(readCase(t.kernel, s.handler, caseId)).rejects.toMatchObject({ code: "case.notFound" });

  const decision = { personId: s.handler.personId, granted: false, reason: "同姓而已，并非亲属" };
  await expect(decideRecusal(t.kernel, byPerson(t, caseId, s.officer), decision)).rejects.toMatchObject({
    code: "forbidden",
  });
  await decideRecusal(t.kernel, byPerson(t, caseId, s.signer), decision);

  const decided = await readCase(t.kernel, s.signer, caseId);
  expect(decided.recusals).toMatchObject([{ state: "refused", reason: "来信人是我的亲属", decidedBy: "营长" }]);
  expect(decided.thread.at(-1)).toMatchObject({ text: "同姓而已，并非亲属", visibility: "internal" });
  expect((await readCase(t.kernel, s.handler, caseId)).caseId).toBe(caseId);
});

test("what a check found is no request: nobody sets it aside", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const accused = await t.person("连长", "company", []);
  const caseId = await file(t);
  await register(t, s, caseId, { respondents: [{ kind: "person", personId: accused.personId }] });

  const [found] = (await readCase(t.kernel, s.signer, caseId)).recusals;

  expect(found).toMatchObject({ person: { name: "连长" }, source: "computed", mayDecide: false });
  await expect(
    decideRecusal(t.kernel, byPerson(t, caseId, s.signer), {
      personId: accused.personId,
      granted: false,
      reason: "无碍",
    }),
  ).rejects.toMatchObject({ reasons: [{ code: "recusal.notFound" }] });
});

test("who leads the unit of a respondent, and who serves below a respondent that leads, stand out by themselves", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const accused = await t.person("连长", "brigade", [{ role: "signer", unit: "company" }]);
  const leader = await t.person("旅长", "second", [{ role: "signer", unit: "brigade" }]);
  const below = await t.person("连干事", "first", [{ role: "officer", unit: "company" }]);
  const caseId = await file(t);

  await register(t, s, caseId, { respondents: [{ kind: "person", personId: accused.personId }] });

  const found = (await readCase(t.kernel, s.signer, caseId)).recusals.map((r) => r.person.id);
  expect(found).toEqual(expect.arrayContaining([accused.personId, leader.personId, below.personId]));
  expect(found).not.toContain(s.handler.personId);
  expect(found).not.toContain(s.officer.personId);
});
