import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { addDays } from "@doorstep/sdk";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

const NOW = "2026-03-02T02:00:00.000Z";
const TODAY = "2026-03-02";
const DAY = addDays(TODAY, 10);
/** A drawing of one transparent dot. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let officer: Rpc;
let head: Rpc;
let petitioner: Rpc;
const panel: { rpc: Rpc; id: string }[] = [];
let caseId = "";
let handlerId = "";

/** What a call was refused with: the reason of the module's own words, else of the kernel, else the code. */
const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as {
      data?: { code: string; params: { reason?: string }; reasons?: readonly { readonly code: string }[] };
    };
    return data?.params.reason ?? data?.reasons?.[0]?.code ?? data?.code ?? error;
  }
};
const idOf = async (name: string): Promise<string> =>
  String((await host.kernelSql("select id from kernel.people where name = $1", [name]))[0]?.id);

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: NOW });
  officer = host.as("officer");
  head = host.as("officeHead");
  await Promise.all([officer.list.query({}), head.list.query({}), host.as("handler").list.query({})]);
  for (const role of ["mediator", "analyst", "auditor", "talkOfficer", "dutyHelper"] as const) {
    const rpc = host.as(role);
    await rpc.mine.query();
    panel.push({ rpc, id: await idOf(`${role} brigade`) });
  }
  handlerId = await idOf("handler brigade");
  await host.events.emit("case.routed");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  caseId = String(petition?.id);
  petitioner = host.asPetitioner(caseId);
}, 90_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_hearing.hearings");
  await host.kernelSql("delete from kernel.plugin_file where plugin_id = 'hearing'");
  await host.kernelSql("delete from kernel.notices where code = 'DM'");
  await host.kernelSql("update kernel.module_clocks set state = 'stopped' where state = 'running'");
  await host.kernelSql(
    "update kernel.cases set status = 'inHandling', category = 'claim', track = 'ordinary', flags = '{}', confidentiality = 1, handler_id = null",
  );
});

const sitting = (n = 3) => panel.slice(0, n).map((one) => one.id);
const calling = (more: object = {}) => {
  const [chairId, ...memberIds] = sitting();
  return {
    ...{ caseId, hearingId: randomUUID(), ground: "hard", subject: "三年前训练伤的评残等级", hearingOn: DAY },
    ...{ startsAt: "09:30", place: "旅机关会议室", open: true, attendants: "", chairId, memberIds, ...more },
  } as never;
};
const called = async (more: object = {}): Promise<string> => {
  const hearingId = randomUUID();
  await officer.callFor.mutate(calling({ hearingId, ...more }));
  return hearingId;
};
const signed = async (on = TODAY): Promise<void> => {
  await host.kernelSql(
    `update kernel.notices set state = 'delivered', number = '函〔2026〕1号', hash = '\\x00', sealed_at = now(), sent_at = now(),
       delivered_on = $1::date, method = 'portal', facts = jsonb_set(facts, '{issuedOn}', to_jsonb($1::date::text)) where code = 'DM' and state = 'draft'`,
    [on],
  );
  await host.events.emit("moduleLetter.issued", { module: "hearing", code: "notice" });
};
const onItsDay = (hearingId: string) =>
  host.sql("update p_hearing.hearings set hearing_on = $2::date, noticed_on = $3::date where id = $1", [
    hearingId,
    TODAY,
    addDays(TODAY, -7),
  ]);
const recording = (hearingId: string, more: object = {}) =>
  ({ hearingId, record: "各方陈述、提问。", petitioner: true, panel: sitting(), others: [], ...more }) as never;
async function heard(more: object = {}): Promise<string> {
  const hearingId = await called();
  await onItsDay(hearingId);
  await officer.record.mutate(recording(hearingId, more));
  return hearingId;
}
const first = async () => (await officer.ofCase.query({ caseId })).hearings[0];
const marks = async () => (await host.kernelSql("select flags from kernel.cases"))[0]?.flags;
const messages = async (visibility: string) =>
  (await host.kernelSql("select text from kernel.messages where visibility = $1 order by at, id", [visibility])).map(
    (row) => String(row.text),
  );
const dot = (correction = "") => ({ png: PNG, correction });

test("the petitioner applies once; the unit decides, and the officers hear of it with a period of five working days", async () => {
  const hearingId = randomUUID();
  const wish = "评残标准适用有争议，希望当面听证。";
  expect(await petitioner.own.query({ caseId })).toEqual({ mayApply: true, hearings: [] });
  await petitioner.applyFor.mutate({ caseId, hearingId, wish });
  await petitioner.applyFor.mutate({ caseId, hearingId, wish });
  expect(await refused(petitioner.applyFor.mutate({ caseId, hearingId: randomUUID(), wish }))).toBe("state");
  expect(await petitioner.own.query({ caseId })).toMatchObject({ mayApply: false, hearings: [{ mayWithdraw: true }] });
  await host.advance({ hours: 1 });
  const told = await host.kernelSql("select params->>'en' as en from kernel.notifications where kind = 'module'");
  expect(told.map((one) => one.en)).toContain(
    "A petitioner has applied for a hearing: see the petition's tab Hearing.",
  );
  const clocks = () => host.kernelSql("select code, due_on::text from kernel.module_clocks where state = 'running'");
  expect(await clocks()).toEqual([{ code: "decide", due_on: "2026-03-09" }]);

  await officer.turnDown.mutate({ hearingId, reason: "事实清楚，已有两次鉴定。" });
  expect(await clocks()).toEqual([]);
  expect(await refused(officer.turnDown.mutate({ hearingId, reason: "再答一次" }))).toBe("state");
  expect((await messages("petitioner")).at(-1)).toContain("事实清楚，已有两次鉴定。");
  expect(await petitioner.own.query({ caseId })).toMatchObject({
    mayApply: true,
    hearings: [{ state: "refused", reason: "事实清楚，已有两次鉴定。" }],
  });

  const again = randomUUID();
  await petitioner.applyFor.mutate({ caseId, hearingId: again, wish });
  await petitioner.withdraw.mutate({ caseId, hearingId: again });
  await petitioner.withdraw.mutate({ caseId, hearingId: again });
  expect(await refused(officer.turnDown.mutate({ hearingId: again, reason: "已经撤回" }))).toBe("state");
  await host.kernelSql("update kernel.cases set status = 'replied'");
  expect(await refused(petitioner.applyFor.mutate({ caseId, hearingId: randomUUID(), wish }))).toBe("notNow");
});

test("a hearing is called with its notice, and nobody who handles the petition sits on it", async () => {
  await host.kernelSql("update kernel.cases set handler_id = $1", [handlerId]);
  const [chairId, second] = sitting();
  expect(await refused(called({ memberIds: [second, handlerId] }))).toBe("hearing.investigates");
  expect(await refused(called({ memberIds: [second, chairId] }))).toBe("hearing.panelTwice");
  expect(await refused(called({ memberIds: [second] }))).toBe("panelSize");
  expect(await refused(called({ memberIds: [] }))).toBe("panelSize");
  expect(await refused(called({ memberIds: [second, randomUUID()] }))).toBe("notHere");
  expect(await refused(called({ hearingOn: addDays(TODAY, 6) }))).toBe("tooSoon");
  expect(await refused(called({ ground: null }))).toBe("state");
  expect(await marks()).toEqual([]);
  expect(await host.sql("select from p_hearing.hearings")).toEqual([]);

  const hearingId = await called();
  expect(await marks()).toEqual(["inHearing"]);
  expect(await officer.callFor.mutate(calling({ hearingId }))).toEqual({ ok: true });
  expect(await refused(called())).toBe("state");
  const [letter] = await host.kernelSql("select facts::text as facts, state from kernel.notices where code = 'DM'");
  expect(letter).toMatchObject({ state: "draft" });
  expect(String(letter?.facts)).toMatch(/三年前训练伤的评残等级.*09:30/su);
  expect(await first()).toMatchObject({ state: "called", ground: "hard", mayRewrite: true, noticedOn: null });
  const told = await host.kernelSql(
    "select params->>'en' as en, recipient from kernel.notifications where kind = 'module'",
  );
  expect(
    sitting().every((id) => told.some((one) => one.recipient === id && String(one.en).startsWith("You sit on a"))),
  ).toBe(true);

  await officer.writeAnew.mutate({
    hearingId,
    subject: "评残等级",
    startsAt: "14:00",
    place: "一营会议室",
    attendants: "",
  });
  expect(
    String((await host.kernelSql("select facts::text as facts from kernel.notices where code = 'DM'"))[0]?.facts),
  ).toContain("14:00");
  await signed();
  expect(await first()).toMatchObject({
    noticedOn: TODAY,
    noticeNo: "函〔2026〕1号",
    isLate: false,
    mayRewrite: false,
  });
  expect(
    await refused(
      officer.writeAnew.mutate({ hearingId, subject: "评残", startsAt: "15:00", place: "礼堂", attendants: "" }),
    ),
  ).toBe("state");
});

test("an application is followed by the hearing it asked for; a confidential matter is heard in private", async () => {
  const hearingId = randomUUID();
  await petitioner.applyFor.mutate({ caseId, hearingId, wish: "请安排听证。" });
  expect(await refused(called())).toBe("state");
  await host.kernelSql("update kernel.cases set confidentiality = 2");
  expect(await officer.ofCase.query({ caseId })).toMatchObject({ confidential: true });
  expect(await refused(officer.callFor.mutate(calling({ hearingId, ground: null })))).toBe("closed");
  await officer.callFor.mutate(calling({ hearingId, ground: null, open: false }));
  expect(await first()).toMatchObject({
    hearingId,
    state: "called",
    askedBy: "petitioner",
    ground: "applied",
    open: false,
  });
  await officer.callOff.mutate({ hearingId, reason: "鉴定人生病，改期。" });
  expect(await marks()).toEqual([]);
  expect(await refused(officer.callOff.mutate({ hearingId, reason: "再取消一次" }))).toBe("state");
  expect((await messages("petitioner")).at(-1)).toMatch(/^原定2026年\d+月\d+日的听证取消，原因：鉴定人生病，改期。/u);
  await called({ agreedOpen: true });
  expect(await first()).toMatchObject({ open: true });
});

test("a notice that was signed too late makes the hearing void", async () => {
  const hearingId = await called();
  await signed(addDays(TODAY, 4));
  expect(await first()).toMatchObject({ isLate: true });
  await host.sql("update p_hearing.hearings set hearing_on = $1::date", [TODAY]);
  expect(await first()).toMatchObject({ mayRecord: false });
  expect(await refused(officer.record.mutate(recording(hearingId)))).toBe("notNoticed");
});

test("who signs may want the notice otherwise", async () => {
  const hearingId = await called();
  await host
    .kernelSql("update kernel.notices set sent_back_reason = '\\x00' where code = 'DM'")
    .catch(() => host.kernelSql("update kernel.notices set sent_back_reason = 'x' where code = 'DM'"));
  await host.events.emit("moduleLetter.sentBack", { module: "hearing", code: "notice" });
  expect(await first()).toMatchObject({ noticeBack: true, noticedOn: null });
  await officer.writeAnew.mutate({
    hearingId,
    subject: "评残等级",
    startsAt: "14:00",
    place: "一营会议室",
    attendants: "",
  });
  expect(await first()).toMatchObject({ noticeBack: false });
});

test("the petitioner asks that somebody leaves the panel; a leader who does not sit on it decides", async () => {
  const hearingId = await called();
  const [chairId = "", memberId = ""] = sitting();
  const asking = (personId: string, recusalId: string = randomUUID()) =>
    petitioner.askRecusal.mutate({ caseId, hearingId, recusalId, personId, why: "他参加过上次评定。" });
  const recusalId = randomUUID();
  await asking(chairId, recusalId);
  await asking(chairId, recusalId);
  expect(await refused(asking(chairId))).toBe("state");
  expect(await refused(asking(randomUUID()))).toBe("notFound");
  await host.advance({ hours: 1 });
  const told = await host.kernelSql("select params->>'en' as en from kernel.notifications where kind = 'module'");
  expect(told.map((one) => one.en)).toContain(
    "A petitioner asks that somebody leaves the panel of a hearing. Please decide.",
  );

  const answer = { recusalId, granted: true, reason: "确有关联。" };
  expect(await refused(officer.decideRecusal.mutate(answer))).toBe("forbidden");
  expect(await refused(head.decideRecusal.mutate({ ...answer, recusalId: randomUUID() }))).toBe("notFound");
  await head.decideRecusal.mutate(answer);
  expect(await refused(head.decideRecusal.mutate(answer))).toBe("state");
  const now = await first();
  expect(now?.panel.filter((one) => one.left).map((one) => one.personId)).toEqual([chairId]);
  expect(now?.panel.filter((one) => one.chair)).toHaveLength(1);
  expect(await petitioner.own.query({ caseId })).toMatchObject({
    hearings: [{ recusals: [{ personId: chairId, granted: true, reason: "确有关联。" }] }],
  });
  expect(await refused(panel[0]?.rpc.one.query({ hearingId }) as Promise<unknown>)).toBe("notFound");

  await onItsDay(hearingId);
  expect(await refused(officer.record.mutate(recording(hearingId, { panel: sitting().slice(1) })))).toBe("short");
  const second = randomUUID();
  await asking(memberId, second);
  await head.decideRecusal.mutate({ recusalId: second, granted: false, reason: "没有关联。" });
  expect((await first())?.panel.filter((one) => one.left)).toHaveLength(1);
});

test("somebody else takes the place of whoever leaves, checked by the kernel, while the parties can still be told", async () => {
  await host.kernelSql("update kernel.cases set handler_id = $1", [handlerId]);
  const hearingId = await called();
  const [chairId = "", second = "", third = ""] = sitting();
  const [, , , fourth = "", fifth = ""] = sitting(5);
  const why = "临时抽调执行任务";
  const by = (leaverId: string, personId: string) => officer.replace.mutate({ hearingId, leaverId, personId, why });
  expect(await first()).toMatchObject({ mayReplace: true });
  expect(await refused(by(second, handlerId))).toBe("hearing.investigates");
  expect(await refused(by(second, third))).toBe("onPanel");
  expect(await refused(by(second, randomUUID()))).toBe("notHere");
  expect(await refused(by(fourth, fifth))).toBe("notFound");
  expect(await refused(head.replace.mutate({ hearingId, leaverId: second, personId: fourth, why }))).toBe("forbidden");

  // the chair leaves: whoever takes his place leads, and the notice that waits for its signature names him
  await by(chairId, fourth);
  await by(chairId, fourth);
  expect(await refused(by(chairId, fifth))).toBe("state");
  const panelNow = (await first())?.panel ?? [];
  expect(panelNow.filter((one) => one.chair).map((one) => one.personId)).toEqual([fourth]);
  expect(panelNow.find((one) => one.personId === chairId)).toMatchObject({ left: true, replaced: true, chair: false });
  const [letter] = await host.kernelSql("select facts->>'letter' as words from kernel.notices where code = 'DM'");
  expect(String(letter?.words)).toContain("talkOfficer brigade");
  expect(String(letter?.words)).not.toContain("mediator brigade");
  expect(await panel[3]?.rpc.mine.query()).toMatchObject([{ hearingId }]);
  expect((await messages("internal")).at(-1)).toContain(why);

  // once it was signed the petitioner reads it, and may ask that the new one leaves
  await signed();
  await by(second, fifth);
  expect((await messages("petitioner")).at(-1)).toContain("dutyHelper brigade");
  const asks = { caseId, hearingId, recusalId: randomUUID(), personId: fifth, why: "他参加过上次评定。" };
  await petitioner.askRecusal.mutate(asks);
  await onItsDay(hearingId);
  expect(await first()).toMatchObject({ mayReplace: false });
  expect(await refused(by(third, second))).toBe("replaceLate");
  await officer.record.mutate(recording(hearingId, { panel: [fourth, fifth, third] }));
});

test("nobody of the panel decides who leaves it", async () => {
  const headId = await idOf("officeHead brigade");
  const [chairId, second] = sitting();
  const hearingId = await called({ memberIds: [second, headId] });
  const recusalId = randomUUID();
  await petitioner.askRecusal.mutate({ caseId, hearingId, recusalId, personId: String(chairId), why: "有利害关系。" });
  expect(await refused(head.decideRecusal.mutate({ recusalId, granted: true, reason: "同意。" }))).toBe("own");
});

test("it is held on its day, by the chair and enough of the panel", async () => {
  const hearingId = await called();
  await signed();
  expect(await refused(officer.record.mutate(recording(hearingId)))).toBe("notYet");
  await onItsDay(hearingId);
  const [chairId, ...members] = sitting();
  expect(await refused(officer.record.mutate(recording(hearingId, { panel: [chairId, members[0]] })))).toBe("short");
  expect(await refused(officer.record.mutate(recording(hearingId, { panel: [chairId, ...members, handlerId] })))).toBe(
    "short",
  );
  const five = sitting(5);
  await officer.callOff.mutate({ hearingId, reason: "改为五人听证组。" });
  const larger = await called({ chairId: five[0], memberIds: five.slice(1) });
  await onItsDay(larger);
  expect(await refused(officer.record.mutate(recording(larger, { panel: five.slice(1) })))).toBe("chair");
  await officer.record.mutate(recording(larger, { panel: five.slice(0, 4) }));
  expect(await first()).toMatchObject({ state: "heard", there: [{}, {}, {}, {}, {}] });
});

test("the record is read and signed by everybody, with corrections beside it; then it stays as it is", async () => {
  const others = [{ id: randomUUID(), part: "鉴定人" }];
  const told = (await messages("petitioner")).length;
  const hearingId = await heard({ others });
  await officer.record.mutate(recording(hearingId, { others, record: "各方陈述、提问、辩论。" }));
  expect(await petitioner.own.query({ caseId })).toMatchObject({
    hearings: [{ record: "各方陈述、提问、辩论。", maySign: true, conclusion: null }],
  });
  expect((await messages("petitioner")).slice(told)).toEqual([expect.stringContaining("听证笔录已经记好")]);
  expect(await refused(petitioner.signOwn.mutate({ caseId, hearingId, png: "", correction: "" }))).toBe("signature");
  await petitioner.signOwn.mutate({ caseId, hearingId, ...dot("第二次鉴定是2025年，不是2024年。") });
  await petitioner.signOwn.mutate({ caseId, hearingId, ...dot("再改") });
  expect((await first())?.there[0]).toMatchObject({
    kind: "petitioner",
    signed: true,
    correction: "第二次鉴定是2025年，不是2024年。",
  });
  expect(await refused(officer.record.mutate(recording(hearingId)))).toBe("signedAlready");
  const [, ...there] = (await first())?.there ?? [];
  const witness = String(there.at(-1)?.attendantId);
  await officer.signInRoom.mutate({ hearingId, attendantId: witness, ...dot() });
  expect(await refused(officer.noSignature.mutate({ hearingId, attendantId: witness, why: "离开" }))).toBe("state");
  const chair = panel[0]?.rpc as Rpc;
  await chair.signSeat.mutate({ hearingId, ...dot() });
  expect(await chair.one.query({ hearingId })).toMatchObject({ signed: true, maySign: false, wish: null });
  const left = (await first())?.there.find((one) => !one.signed);
  const attendantId = String(left?.attendantId);
  await officer.noSignature.mutate({ hearingId, attendantId, why: "提前返回部队" });
  expect(await refused(officer.signInRoom.mutate({ hearingId, attendantId, ...dot() }))).toBe("state");
  const kept = await host.kernelSql("select bytes from kernel.plugin_file where plugin_id = 'hearing'");
  expect(kept).toHaveLength(3);
});

test("the panel votes, the chair concludes, and the unit takes record and conclusion into the file", async () => {
  const hearingId = await heard();
  const [chair, second, third] = panel.map((one) => one.rpc) as [Rpc, Rpc, Rpc];
  const conclusion = { hearingId, conclusion: "应当重新评定伤残等级。" };
  expect(await refused(second.conclude.mutate(conclusion))).toBe("notFound");
  expect(await refused(chair.conclude.mutate(conclusion))).toBe("unsigned");
  await petitioner.signOwn.mutate({ caseId, hearingId, ...dot("年份有误") });
  for (const rpc of [chair, second, third]) await rpc.signSeat.mutate({ hearingId, ...dot() });
  await chair.vote.mutate({ hearingId, vote: "for" });
  await second.vote.mutate({ hearingId, vote: "against" });
  await second.vote.mutate({ hearingId, vote: "for" });
  expect(await second.one.query({ hearingId })).toMatchObject({ vote: "for", voted: 2, votesFor: null });
  expect(await refused(chair.conclude.mutate(conclusion))).toBe("votes");
  await third.vote.mutate({ hearingId, vote: "against" });
  expect(await refused(officer.takeUp.mutate({ hearingId }))).toBe("state");
  await chair.conclude.mutate(conclusion);
  await chair.conclude.mutate(conclusion);
  expect(await refused(third.vote.mutate({ hearingId, vote: "for" }))).toBe("state");
  expect(await petitioner.own.query({ caseId })).toMatchObject({
    hearings: [{ state: "concluded", conclusion: null }],
  });
  expect(await marks()).toEqual(["inHearing"]);

  const before = (await messages("internal")).length;
  await officer.takeUp.mutate({ hearingId });
  await officer.takeUp.mutate({ hearingId });
  expect(await marks()).toEqual([]);
  expect(await first()).toMatchObject({
    state: "closed",
    votesFor: 2,
    votesAgainst: 1,
    conclusion: conclusion.conclusion,
  });
  const written = (await messages("internal")).slice(before);
  expect(written).toHaveLength(2);
  expect(written[0]).toMatch(/各方陈述、提问。.*年份有误/su);
  expect(written[1]).toMatch(/赞成2票，反对1票.*应当重新评定伤残等级/su);
  // whoever has waited for it is told, once
  expect((await messages("petitioner")).filter((text) => text.includes("听证已有结论"))).toHaveLength(1);
  const files = await host.kernelSql("select name from kernel.files order by name");
  expect(files.map((one) => one.name).filter((name) => String(name).startsWith("听证笔录签字"))).toHaveLength(4);
  expect(await host.kernelSql("select from kernel.plugin_file where plugin_id = 'hearing'")).toEqual([]);
  expect(await petitioner.own.query({ caseId })).toMatchObject({
    mayApply: true,
    hearings: [{ conclusion: conclusion.conclusion, votesFor: 2 }],
  });
});

test("a hearing within a second review stops its period once, and the conclusion lets it run on", async () => {
  const reviewer = host.as("reviewer");
  await host.kernelSql("update kernel.cases set status = 'rereview'");
  expect(await petitioner.own.query({ caseId })).toMatchObject({ mayApply: true });
  const hearingId = randomUUID();
  await petitioner.applyFor.mutate({ caseId, hearingId, wish: "复核阶段请当面听证。" });
  await reviewer.callFor.mutate(calling({ hearingId, ground: null }));
  expect(await marks()).toEqual(["inHearing"]);
  await onItsDay(hearingId);
  await reviewer.record.mutate(recording(hearingId));
  await petitioner.signOwn.mutate({ caseId, hearingId, ...dot() });
  for (const { rpc } of panel.slice(0, 3)) {
    await rpc.signSeat.mutate({ hearingId, ...dot() });
    await rpc.vote.mutate({ hearingId, vote: "for" });
  }
  await panel[0]?.rpc.conclude.mutate({ hearingId, conclusion: "复核意见应当撤销。" });
  await reviewer.takeUp.mutate({ hearingId });
  expect(await marks()).toEqual([]);
  expect(await petitioner.own.query({ caseId })).toMatchObject({ hearings: [{ conclusion: "复核意见应当撤销。" }] });
});

test("what nobody held lapses when the platform ends it; what was called afterwards stays", async () => {
  await called();
  await host.events.emit("hearing.closed");
  expect(await first()).toMatchObject({ state: "called" });
  await host.sql("update p_hearing.hearings set called_at = called_at - interval '30 days'");
  await host.events.emit("hearing.closed", { act: "closeHearing", to: "inHandling" });
  expect(await first()).toMatchObject({ state: "lapsed" });
});

test("hearings stand in the order of the calendar, at the unit that holds the petition and above", async () => {
  await called();
  expect(await officer.list.query({})).toMatchObject([{ caseId, hearingOn: DAY, state: "called" }]);
  expect(await officer.list.query({ over: true })).toEqual([]);
  expect(await host.as("officer", "second").list.query({})).toEqual([]);
  await host.sql("update p_hearing.hearings set path = $1", [[randomUUID()]]);
  expect(await officer.list.query({})).toEqual([]);
  await host.events.emit("case.returned");
  expect(await officer.list.query({})).toHaveLength(1);
});

test("nobody without a part in it reads or does anything", async () => {
  const hearingId = await called();
  const nobody = host.as(null);
  expect(await refused(nobody.own.query({ caseId }))).toBe("notFound");
  expect(await refused(officer.own.query({ caseId }))).toBe("notFound");
  expect(await refused(nobody.applyFor.mutate({ caseId, hearingId: randomUUID(), wish: "请安排" }))).toBe("notFound");
  expect(await refused(nobody.one.query({ hearingId }))).toBe("unauthorized");
  expect(await refused(officer.one.query({ hearingId }))).toBe("notFound");
  expect(await refused(host.as("handler").callOff.mutate({ hearingId, reason: "取消" }))).toBe("forbidden");
  expect(await host.as("handler").ofCase.query({ caseId })).toMatchObject({ hearings: [{ mayCallOff: false }] });
  for (const role of ["petitioner", "unitAdmin", "clerk"] as const)
    expect([role, await refused(host.as(role).ofCase.query({ caseId }))]).toEqual([role, "forbidden"]);
  const elsewhere = host.as("officer", "second");
  expect(await elsewhere.ofCase.query({ caseId })).toMatchObject({ hearings: [] });
  expect(await refused(elsewhere.callOff.mutate({ hearingId, reason: "取消" }))).toBe("notFound");
  expect(await refused(elsewhere.callFor.mutate(calling()))).toBe("notFound");
  expect(await refused(host.as("officer", "brigade", "first").callFor.mutate(calling()))).toBe("elsewhere");
  expect(await panel[0]?.rpc.mine.query()).toMatchObject([{ hearingId, subject: "三年前训练伤的评残等级" }]);
  expect(await panel[4]?.rpc.mine.query()).toEqual([]);
  expect(await refused(panel[4]?.rpc.vote.mutate({ hearingId, vote: "for" }) as Promise<unknown>)).toBe("notFound");
});

test("an accusation has no hearing here, what becomes one leaves nothing, and a destroyed file takes it along", async () => {
  await host.kernelSql("update kernel.cases set category = 'accusation', track = 'accusation'");
  expect(await refused(called())).toBe("notFound");
  expect(await refused(petitioner.own.query({ caseId }))).toBe("notFound");
  await host.kernelSql("update kernel.cases set category = 'claim', track = 'ordinary'");
  const hearingId = await heard();
  await petitioner.signOwn.mutate({ caseId, hearingId, ...dot() });
  await host.kernelSql("update kernel.cases set confidentiality = 3");
  await host.advance({ days: 1 });
  expect(await host.sql("select from p_hearing.hearings")).toEqual([]);
  expect(await host.kernelSql("select from kernel.plugin_file where plugin_id = 'hearing'")).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 1, flags = '{}'");
  await called({ hearingOn: addDays(TODAY, 20) });
  await host.events.emit("retention.destroyed");
  expect(await host.sql("select from p_hearing.hearings")).toEqual([]);
});
