import type { DoorstepError, LetterDoc } from "@doorstep/contracts";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { readCase } from "../cases/read-case.ts";
import { askWithdrawal } from "../cases/withdrawal.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { noticesHandlers } from "../notices/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { countCases } from "../queue/list-cases.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { withdrawLapsed } from "../sweep/withdraw-lapsed.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPetitioner, inHandling, rows, staffOf } from "../testing/story.ts";
import { draftLetterOf, lettersOfModule, takeBackLetterOf } from "./module-letters.ts";

const plain = { decided: "开听证会", why: "事情复杂。", can: "带上材料参加。", until: "3月20日。" };
const inEnglish = { decided: "There is a hearing", why: "It is complex.", can: "Come.", until: "20 March." };
const invite = (words = "请于3月20日参加听证会。") => ({
  pluginId: "hearing",
  template: "invite",
  title: { "zh-CN": "听证通知书", en: "Notice of hearing" },
  letter: {
    "zh-CN": { blocks: [{ kind: "paragraph" as const, text: words }], closing: "特此通知。", plain },
    en: { blocks: [{ kind: "paragraph" as const, text: "The hearing is on 20 March." }], plain: inEnglish },
  },
});
const draft = async (t: TestKernel, by: Actor | null, caseId: string, more: object = {}) =>
  (await draftLetterOf(t.kernel, { by, unitId: t.units.first }, caseId, { ...invite(), ...more })).noticeId;
const of = (t: TestKernel, by: Actor | null, caseId: string, pluginId = "hearing") =>
  lettersOfModule(t.kernel, { by, unitId: t.units.first }, caseId, pluginId);
const noticesBy = (t: TestKernel, actor: Actor) => caller(t.kernel, { notices: noticesHandlers })(actor).notices;
/** What stands in a signer's list of what waits for a signature. */
const toSign = async (t: TestKernel, signer: Actor) =>
  (await noticesBy(t, signer).toApprove({ limit: 10 })).items.map((one) => one.noticeId);
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: DoorstepError) => error.reasons[0]?.code ?? error.code,
  );
const on = async (t: TestKernel, caseId: string, noticeId: string) => {
  const [row] = await rows<{ version: number }>(t, "select version from kernel.cases where id = $1", [caseId]);
  return { caseId, noticeId, version: row?.version ?? 0, key: t.key() };
};

test("a module's letter is signed by another person, and bears number, hash and seal of the unit in the petitioner's case", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);

  const noticeId = await draft(t, s.handler, id);

  expect((await readPetitionerCase(t.kernel, id)).letters.map((one) => one.code)).not.toContain("DM");
  const waiting = await noticesBy(t, s.signer).toApprove({ limit: 10 });
  expect(waiting.items).toMatchObject([{ noticeId, noticeCode: "DM", noticeName: { en: "Notice of hearing" } }]);
  const doc = (await noticesBy(t, s.signer).preview({ caseId: id, noticeId })).doc as LetterDoc;
  expect(doc).toMatchObject({ title: "听证通知书", number: null, draftMark: expect.any(String) });
  expect(doc.summary.paragraphs[0]).toBe("结果：开听证会。");
  expect(await refusalOf(noticesBy(t, s.officer).seal(await on(t, id, noticeId)))).toBe("forbidden");
  await noticesBy(t, s.signer).seal(await on(t, id, noticeId));

  expect(await toSign(t, s.signer)).toEqual([]);
  const { letters } = await readPetitionerCase(t.kernel, id);
  expect(letters.at(-1)).toMatchObject({
    id: noticeId,
    name: { en: "Notice of hearing" },
    number: "FIRST〔2026〕2-DM",
  });
  expect(await of(t, s.officer, id)).toEqual([
    {
      noticeId,
      template: "invite",
      state: "issued",
      sentBack: false,
      number: "FIRST〔2026〕2-DM",
      issuedOn: "2026-03-02",
    },
  ]);
  expect(await refusalOf(noticesBy(t, s.signer).seal(await on(t, id, noticeId)))).toBe("notice.state");
  const { pdf } = await noticesBy(t, s.signer).pdf({ caseId: id, noticeId, locale: "en" });
  const proof = await noticesBy(t, s.signer).verify({ pdf });
  expect(proof).toMatchObject({ state: "genuine", letter: { code: "DM" } });
  const heard = await rows(t, "select type, payload from kernel.outbox where type like 'moduleLetter.%' order by seq");
  expect(heard).toMatchObject([
    { type: "moduleLetter.drafted", payload: { module: "hearing", code: "invite" } },
    { type: "moduleLetter.issued", payload: { module: "hearing", code: "invite" } },
  ]);
}, 30_000);

test("a letter to somebody else than the petitioner is addressed to him, and the petitioner reads it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const { letter, ...rest } = invite();
  const to = {
    "zh-CN": { ...letter["zh-CN"], addressee: "某区民政局" },
    en: { ...letter.en, addressee: "Civil office" },
  };
  const noticeId = await draft(t, s.handler, id, { ...rest, letter: to });
  const { doc } = await noticesBy(t, s.signer).preview({ caseId: id, noticeId });
  expect(doc).toMatchObject({ addressee: "某区民政局：" });
  await noticesBy(t, s.signer).seal(await on(t, id, noticeId));
  expect((await readPetitionerCase(t.kernel, id)).letters.map((one) => one.id)).toContain(noticeId);
}, 30_000);

test("a letter of a petition that has ended waits for its signer, and is signed", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const noticeId = await draft(t, s.handler, id);
  const wish = { text: "问题已经当面解决", freeWill: true } as const;
  await execute(t.kernel, askWithdrawal, byPetitioner(t, id), wish);
  t.clock.now = new Date("2026-03-05T16:30:00Z");
  await sweepClocks(t.kernel);
  expect(await withdrawLapsed(t.kernel)).toBe(1);
  expect(await rows(t, "select from kernel.case_audience where case_id = $1 and open", [id])).toEqual([]);

  expect(await toSign(t, s.signer)).toEqual([noticeId]);
  expect((await countCases(t.kernel, s.signer, undefined)).toApprove).toBe(1);
  await noticesBy(t, s.signer).seal(await on(t, id, noticeId));
  expect(await toSign(t, s.signer)).toEqual([]);
}, 30_000);

test("whoever let it be drafted does not sign it; sent back, it is written anew in its place", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const noticeId = await draft(t, s.signer, id);
  expect(await refusalOf(noticesBy(t, s.signer).seal(await on(t, id, noticeId)))).toBe("act.refused");

  await noticesBy(t, s.signer).sendBack({ ...(await on(t, id, noticeId)), reason: "地点没有写" });
  expect(await of(t, s.officer, id)).toMatchObject([{ state: "draft", sentBack: true }]);
  expect(await toSign(t, s.signer)).toEqual([]);

  expect(await draft(t, null, id, invite("请于3月20日到一楼参加听证会。"))).toBe(noticeId);
  expect(await draft(t, null, id, { template: "other" })).not.toBe(noticeId);
  expect(await toSign(t, s.signer)).toHaveLength(2);
  const { doc, previous } = await noticesBy(t, s.signer).preview({ caseId: id, noticeId });
  expect(JSON.stringify(doc)).toContain("一楼");
  expect(JSON.stringify(previous)).not.toContain("一楼");
  await noticesBy(t, s.signer).seal(await on(t, id, noticeId));
  expect((await of(t, s.officer, id)).map((one) => one.state)).toEqual(["issued", "draft"]);
}, 30_000);

test("whoever let one letter be drafted signs another one of the same petition, which somebody else let be drafted", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const own = await draft(t, s.signer, id);
  const others = await draft(t, s.handler, id, { template: "other" });

  expect(await refusalOf(noticesBy(t, s.signer).seal(await on(t, id, own)))).toBe("act.refused");
  await noticesBy(t, s.signer).seal(await on(t, id, others));
  expect((await of(t, s.officer, id)).map((one) => one.state).toSorted()).toEqual(["draft", "issued"]);
}, 30_000);

test("a character that no font has is an error before anybody signs; nor is a letter written where the module may not", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  for (const by of [s.handler, null])
    expect(await codeOf(draft(t, by, id, invite("请𠮷祥参加。")))).toBe("notice.glyphMissing");
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
  const custodian = await t.person("保管", "first", [{ role: "custodian", unit: "first" }]);
  expect(await codeOf(draft(t, stranger, id))).toBe("case.notFound");
  expect(await codeOf(draft(t, custodian, id))).toBe("forbidden");
  expect(await codeOf(of(t, stranger, id))).toBe("case.notFound");
  const elsewhere = { by: null, unitId: t.units.second };
  expect(await codeOf(draftLetterOf(t.kernel, elsewhere, id, invite()))).toBe("case.notFound");

  await draft(t, s.handler, id);
  expect(await of(t, s.handler, id, "other")).toEqual([]);
  await t.database.pool.query("update kernel.cases set confidentiality = 3, handler_id = $2 where id = $1", [
    id,
    s.handler.personId,
  ]);
  expect(await codeOf(draft(t, null, id))).toBe("module.sealed");
  expect(await of(t, null, id)).toEqual([]);
}, 30_000);

test("a unit above lets a letter of its own be drafted: its own signer signs it, under its own number, and nobody of the holder", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const head = await t.person("旅长", "brigade", [{ role: "signer", unit: "brigade", subtree: true }]);
  const above = await t.person("督查员", "brigade", [{ role: "supervisor", unit: "brigade", subtree: true }]);
  const own = { issuerUnitId: t.units.brigade };

  const noticeId = await draft(t, above, id, own);
  for (const refused of [
    noticesBy(t, s.signer).seal(await on(t, id, noticeId)),
    noticesBy(t, s.signer).sendBack({ ...(await on(t, id, noticeId)), reason: "不是本单位的" }),
  ])
    expect(await refusalOf(refused)).toBe("forbidden");
  const offered = async (by: Actor): Promise<readonly string[]> =>
    (await readCase(t.kernel, by, id)).acts.map((one) => one.act);
  expect(await offered(head)).toContain("sealModuleLetter");
  expect(await offered(s.signer)).not.toContain("sealModuleLetter");
  await noticesBy(t, head).seal(await on(t, id, noticeId));
  expect(await of(t, s.officer, id)).toMatchObject([{ state: "issued", number: "BRIGADE〔2026〕1-DM" }]);
  expect((await noticesBy(t, head).preview({ caseId: id, noticeId })).doc).toMatchObject({ issuer: "brigade单位" });

  expect(await codeOf(draft(t, above, id, { issuerUnitId: t.units.second }))).toBe("forbidden");
  const theirs = await draft(t, s.handler, id, { template: "other" });
  const onlyAbove = await t.person("旅副", "brigade", [
    { role: "signer", unit: "brigade" },
    { role: "chargeLeader", unit: "brigade", subtree: true },
  ]);
  expect(await refusalOf(noticesBy(t, onlyAbove).seal(await on(t, id, theirs)))).toBe("forbidden");
}, 30_000);

test("what is sent back or taken back is signed by nobody until its module writes it anew", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const noticeId = await draft(t, s.handler, id);
  const takeBack = (by: Actor | null, unitId = t.units.first) =>
    takeBackLetterOf(t.kernel, { by, unitId }, id, { pluginId: "hearing", template: "invite", reason: "同意已收回" });
  const seal = async () =>
    codeOf(
      noticesBy(t, s.signer)
        .seal(await on(t, id, noticeId))
        .catch((e) => Promise.reject(e.cause)),
    );

  expect(await codeOf(takeBack(null, t.units.second))).toBe("case.notFound");
  expect(await takeBack(null)).toBe(true);
  expect(await takeBack(null)).toBe(false);
  expect(await of(t, s.officer, id)).toMatchObject([{ state: "draft", sentBack: true }]);
  expect(await seal()).toBe("notice.state");
  const [entry] = await rows<{ payload: object }>(t, "select payload from kernel.outbox where type = $1", [
    "moduleLetter.sentBack",
  ]);
  expect(entry?.payload).toMatchObject({ module: "hearing", code: "invite" });
  expect(JSON.stringify(await rows(t, "select body from kernel.ledger"))).not.toContain("同意已收回");

  await draft(t, s.handler, id);
  expect(await seal()).toBe("done");
  expect(await takeBack(null)).toBe(false);
});
