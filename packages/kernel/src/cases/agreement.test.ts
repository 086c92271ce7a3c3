import { expect, test } from "vitest";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { noticesHandlers } from "../notices/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { caller } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  byPetitioner,
  draft,
  inHandling,
  latestLetter,
  refusalOf,
  reply,
  rows,
  type Staff,
  staffOf,
} from "../testing/story.ts";
import { recordAgreement, replyMediated } from "./agreement.ts";
import { finaliseCase } from "./conclude.ts";
import { closeMediation, openMediation } from "./procedures.ts";
import { fulfilPromise, reportDone } from "./promises.ts";
import { readCase } from "./read-case.ts";
import { deliverReply, sealReply } from "./reply.ts";
import { requestReview } from "./review.ts";

const now = "2026-03-02T02:00:00Z";
const agreement = {
  parties: "申请人：甲\n对方当事人：乙",
  facts: "借用的手机归还前摔坏",
  dispute: "赔多少",
  responsibilities: "乙承担维修费",
  terms: "乙支付维修费1200元",
  mode: "当面支付",
  performance: { by: "乙", on: "2026-03-20" },
  mediator: "营调解小组",
  signedOn: "2026-03-02",
  basis: "《人民调解法》第三十一条",
  withinDiscretion: true,
} as const;
const leaving = { because: "noAgreement", note: "未达成协议" } as const;
const portal = { method: "portal", receivedOn: null, proof: "" } as const;

async function inMediation(t: TestKernel): Promise<{ readonly s: Staff; readonly id: string }> {
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const consents = { bothConsented: true as const, note: "双方自愿", mediatorIds: [] };
  await execute(t.kernel, openMediation, byPerson(t, id, s.officer), consents);
  return { s, id };
}
const enter = (t: TestKernel, s: Staff, id: string, more: object = {}) =>
  execute(t.kernel, recordAgreement, byPerson(t, id, s.handler), { ...agreement, ...more });
const letter = (t: TestKernel, id: string) => latestLetter(t, id, "D18");
const seal = async (t: TestKernel, s: Staff, id: string) =>
  execute(t.kernel, sealReply, byPerson(t, id, s.signer), { noticeId: await letter(t, id) });
const hand = async (t: TestKernel, s: Staff, id: string, more: object = {}) =>
  execute(t.kernel, replyMediated, byPerson(t, id, s.officer), { noticeId: await letter(t, id), ...portal, ...more });
const clocks = async (t: TestKernel, id: string) =>
  Object.fromEntries(
    (
      await rows<{ code: string; state: string; due: string }>(
        t,
        "select code, state, due_on::text as due from kernel.clocks where case_id = $1 order by started_at, id",
        [id],
      )
    ).map((k) => [k.code, `${k.state} ${k.due}`]),
  );
const demands = (t: TestKernel, id: string) =>
  rows<{ outcome: string | null; opinion: string | null }>(
    t,
    "select outcome, opinion from kernel.demands where case_id = $1 order by no",
    [id],
  );

test("what both sides have signed is approved by a second person and answers the petition; review and court stay open", async () => {
  await using t = await openTestKernel({ now });
  const { s, id } = await inMediation(t);
  const early = execute(t.kernel, replyMediated, byPerson(t, id, s.officer), { noticeId: id, ...portal });
  expect(await refusalOf(early)).toEqual(["demands.answered", "agreement.notReady"]);
  await enter(t, s, id);
  expect(await demands(t, id)).toEqual([{ outcome: "mediated", opinion: "乙支付维修费1200元" }]);
  expect(await refusalOf(hand(t, s, id))).toEqual(["agreement.notReady"]);
  // whoever wrote it down does not approve it; nor is it delivered like an opinion of the unit
  const noticeId = await letter(t, id);
  expect(await refusalOf(execute(t.kernel, sealReply, byPerson(t, id, s.handler), { noticeId }))).toEqual([
    "forbidden",
  ]);
  await seal(t, s, id);
  expect(await refusalOf(execute(t.kernel, deliverReply, byPerson(t, id, s.officer), { noticeId, ...portal }))).toEqual(
    ["reply.ready"],
  );
  // it is not written over once it is sealed
  expect(await refusalOf(enter(t, s, id))).toEqual(["notice.state"]);

  await hand(t, s, id);
  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen.state).toBe("replied");
  expect(seen.letters.map((n) => n.code)).toEqual(expect.arrayContaining(["D18", "D16"]));
  expect(seen.promises).toMatchObject([
    { text: "乙支付维修费1200元", owner: "乙", dueOn: "2026-03-20", state: "open" },
  ]);
  // posted: received two days later; the court's time runs from the signatures
  expect(await clocks(t, id)).toMatchObject({
    K4: "stopped 2026-05-06",
    K18: "stopped 2026-04-01",
    K12: "running 2026-04-03",
    K19: "running 2026-04-01",
    K21: "running 2026-04-03",
    K25: "running 2026-03-20",
  });
  expect((await readCase(t.kernel, s.officer, id)).marks).toEqual(["fulfilling"]);
  for (const code of ["D18", "D16"] as const) {
    const [facts] = await rows<{ facts: never }>(
      t,
      "select facts from kernel.notices where case_id = $1 and code = $2",
      [id, code],
    );
    for (const locale of ["zh-CN", "en"] as const)
      expect(JSON.stringify(composeLetter(code, facts?.facts as never, locale))).toContain("乙支付维修费1200元");
  }
  await execute(t.kernel, requestReview, byPetitioner(t, id), { grounds: "facts", text: "我是被迫签的", fileIds: [] });
  expect((await readPetitionerCase(t.kernel, id)).state).toBe("review");
});

test("performed and signed off, it is final once the time for review is over, and the record says how", async () => {
  await using t = await openTestKernel({ now });
  const { s, id } = await inMediation(t);
  await enter(t, s, id);
  await seal(t, s, id);
  await hand(t, s, id);
  const [promise] = (await readPetitionerCase(t.kernel, id)).promises;
  const commitmentId = promise?.id ?? "";
  await execute(t.kernel, reportDone, byPerson(t, id, s.handler), { commitmentId, evidence: "收条一张" });
  t.clock.now = new Date("2026-04-10T02:00:00Z");
  const final = () => execute(t.kernel, finaliseCase, byPerson(t, id, s.officer), {});
  expect(await refusalOf(final())).toContain("nothing.open");
  await execute(t.kernel, fulfilPromise, byPetitioner(t, id), { commitmentId });
  await final();
  const [record] = await rows<{ how: string }>(
    t,
    "select facts->>'how' as how from kernel.notices where case_id = $1 and code = 'D24'",
    [id],
  );
  expect(record?.how).toBe("agreementPerformed");
});

test("performed when it was signed, nothing has to be watched; the dates are those of life", async () => {
  await using t = await openTestKernel({ now });
  const { s, id } = await inMediation(t);
  expect(await refusalOf(enter(t, s, id, { signedOn: "2026-03-03" }))).toEqual(["agreement.signedOn"]);
  expect(await refusalOf(enter(t, s, id, { signedOn: "2026-03-01" }))).toEqual(["agreement.signedOn"]);
  expect(await refusalOf(enter(t, s, id, { performance: { by: "乙", on: "2026-03-01" } }))).toEqual([
    "commitment.datePassed",
  ]);
  await enter(t, s, id, { performance: null });
  await seal(t, s, id);
  expect(await refusalOf(hand(t, s, id, { method: "hand" }))).toEqual(["notice.receivedOnMissing"]);
  await hand(t, s, id, { method: "hand", receivedOn: "2026-03-02", proof: "本人签收" });
  const seen = await readCase(t.kernel, s.officer, id);
  expect([seen.marks, seen.promises]).toEqual([[], []]);
  expect((await clocks(t, id)).K12).toBe("running 2026-04-01");
});

test("consent taken back, the agreement falls: no demand is answered by it, and it is not handed over after a new consent", async () => {
  await using t = await openTestKernel({ now });
  const { s, id } = await inMediation(t);
  await enter(t, s, id);
  await seal(t, s, id);
  await execute(t.kernel, closeMediation, byPetitioner(t, id), { ...leaving, because: "consentRevoked" });
  expect(await demands(t, id)).toEqual([{ outcome: null, opinion: null }]);
  expect(await refusalOf(hand(t, s, id))).toEqual(["mark.missing", "demands.answered", "agreement.notReady"]);
  const consents = { bothConsented: true as const, note: "再次调解", mediatorIds: [] };
  await execute(t.kernel, openMediation, byPerson(t, id, s.officer), consents);
  expect(await refusalOf(hand(t, s, id))).toEqual(["demands.answered", "agreement.notReady"]);
  // written anew it is the next version of the same letter
  await enter(t, s, id, { terms: "乙支付维修费1000元" });
  const [row] = await rows(t, "select version, state, number from kernel.notices where case_id = $1 and code = 'D18'", [
    id,
  ]);
  expect(row).toEqual({ version: 2, state: "submitted", number: null });
});

test("agreement and reply do not wait side by side: each answers all demands", async () => {
  await using t = await openTestKernel({ now });
  const { s, id } = await inMediation(t);
  await draft(t, s, id, "予以补发");
  expect(await refusalOf(enter(t, s, id))).toEqual(["agreement.replyWaiting"]);
  const as = caller(t.kernel, { notices: noticesHandlers });
  const version = async () => (await readCase(t.kernel, s.officer, id)).version;
  const back = async (noticeId: string) =>
    as(s.signer).notices.sendBack({ caseId: id, version: await version(), key: t.key(), noticeId, reason: "先调解" });
  await back(await latestLetter(t, id, "D14"));
  await enter(t, s, id);
  expect(await refusalOf(draft(t, s, id, "予以补发"))).toEqual(["agreement.waiting"]);
  await back(await letter(t, id));
  // answered by the unit after all: the mediation has nothing left to settle
  await reply(t, s, id);
  expect((await readCase(t.kernel, s.officer, id)).marks).toEqual([]);
  expect((await clocks(t, id)).K18).toMatch(/^stopped/);
});

test("one press delivers what there is: an agreement ends the case in its own way", async () => {
  await using t = await openTestKernel({ now });
  const { s, id } = await inMediation(t);
  await enter(t, s, id);
  await seal(t, s, id);
  const as = caller(t.kernel, { notices: noticesHandlers });
  const { version } = await readCase(t.kernel, s.officer, id);
  const noticeId = await letter(t, id);
  await as(s.officer).notices.deliver({ caseId: id, version, key: t.key(), noticeId, ...portal });
  const [entry] = await rows<{ act: string }>(
    t,
    "select body::jsonb->'facts'->>'act' as act from kernel.ledger where stream = $1 and type = 'case.replied'",
    [id],
  );
  expect(entry?.act).toBe("replyMediated");
});

test("without a mediation there is no agreement to enter, and nobody outside the case enters one", async () => {
  await using t = await openTestKernel({ now });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  expect(await refusalOf(enter(t, s, id))).toEqual(["mark.missing"]);
  expect(await refusalOf(execute(t.kernel, recordAgreement, byPerson(t, id, s.signer), { ...agreement }))).toEqual([
    "forbidden",
  ]);
});
