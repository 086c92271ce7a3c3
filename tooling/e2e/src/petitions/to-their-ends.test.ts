import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, type House, openHouse } from "../house.ts";
import { type Filed, petitionsOf } from "../petition-walk.ts";
import { choose } from "../show-box.ts";

// The petitions of SPEC §18 that modules carry to their ends; P01, P02, P04 and P09 walk theirs in petitions.e2e.ts and P12 in
// ../retaliation.e2e.ts, each in a browser.

const modules = [
  "leader-mailbox",
  "hotline",
  "visit-desk",
  "liaison",
  "mediation",
  "heart-talk",
  "joint-petition",
  "backlog",
  "hearing",
  "root-cause",
];
/** A drawing of one dot. */
const SIGNED = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const panel = ["chair", "second", "third"] as const;
// biome-ignore lint/style/noProcessEnv: how much of this is run is chosen outside.
const LONG = process.env.DOORSTEP_LONG === "1";
const languages = ["zh-CN", "en"] as const;
type Language = (typeof languages)[number];
interface Named {
  readonly id: string;
  readonly name: string;
}

let house: House;
let petitions: ReturnType<typeof petitionsOf>;
let unitId = "";
let mailboxId = "";

beforeAll(async () => {
  house = await openHouse({
    now: "2026-03-02T01:00:00Z",
    units: [
      { code: "COMPANY", parent: "FIRST" },
      { code: "SECOND", parent: "BRIGADE" },
    ],
    people: [
      { username: "mediator", unit: "FIRST", roles: [{ role: "mediator" }] },
      { username: "leader", unit: "FIRST", roles: [{ role: "chargeLeader" }] },
      { username: "officer2", unit: "SECOND", roles: [{ role: "officer" }] },
      { username: "company", unit: "COMPANY", roles: [{ role: "officer" }] },
      { username: "handler2", unit: "FIRST", roles: [{ role: "handler" }] },
      ...panel.map((username) => ({ username, unit: "FIRST", roles: [] })),
    ],
  });
  for (const id of modules) await choose(house, id, "on");
  petitions = petitionsOf(house);
  unitId = house.units.get("FIRST") ?? "";
  const leaders = (await petitions.by("officer", "p/leader-mailbox/leaders", {})) as unknown as Named[];
  const box = { leaderId: leaders.find((one) => one.name === "leader")?.id, post: "营长", deputyId: null };
  mailboxId = String((await petitions.by("officer", "p/leader-mailbox/open", box)).mailboxId);
}, 120_000);
afterAll(() => house?.[Symbol.asyncDispose]());

const byNobody = (path: string, input: object, cookie = "") => call(house.url, cookie, path, input, unitId);
const days = (n: number): string =>
  new Date(house.server.clock.now().getTime() + n * 86_400_000).toISOString().slice(0, 10);
async function pass(span: string): Promise<void> {
  const answer = await fetch(`${house.url}/test/clock`, { method: "POST", body: JSON.stringify({ advance: span }) });
  expect(answer.status).toBe(200);
  petitions.forgetSessions();
}

/** The petition that a code leads to. */
async function tracked(returnCode: string): Promise<Filed> {
  const { caseId } = await byNobody("intake.track", { code: returnCode });
  const { rows } = await house.server.database.pool.query("select case_no from kernel.cases where id = $1", [caseId]);
  return { caseId, caseNo: rows[0].case_no, returnCode };
}
const idsOf = async (sql: string, caseId: string): Promise<string[]> =>
  (await house.server.database.pool.query<{ id: string }>(sql, [caseId])).rows.map((row) => row.id);
const clocksOf = async (caseId: string) =>
  Object.fromEntries(
    (
      await house.server.database.pool.query("select code, state from kernel.clocks where case_id = $1", [caseId])
    ).rows.map(({ code, state }) => [code, state]),
  );
const lettersOf = async (caseId: string): Promise<string[]> =>
  (
    await house.server.database.pool.query<{ code: string }>(
      "select code from kernel.notices where case_id = $1 and state in ('sealed', 'delivered') order by code",
      [caseId],
    )
  ).rows.map((row) => row.code);

const accepted = (caseId: string) => petitions.act("officer", "cases.accept", caseId, { office: "信访办 Office" });

/** A reply of its own outcome, sealed and handed over. */
async function answered(filed: Filed, kind: string, outcome: string, more: object = {}): Promise<void> {
  await petitions.assigned(filed);
  const view = (await petitions.by("handler", "cases.get", { caseId: filed.caseId })) as { demands: { id: string }[] };
  const told = { outcome, facts: "已查明 Found", opinion: "意见 Opinion", basis: "第一条 Article 1", ...more };
  await petitions.act("handler", "cases.reply", filed.caseId, {
    ...{ kind, summary: "说明 In short" },
    demands: view.demands.map(({ id: demandId }) => ({ demandId, ...told })),
  });
  await petitions.act("signer", "notices.seal", filed.caseId, { noticeId: await petitions.letterOf(filed.caseId) });
  await petitions.handedOver(filed);
}

/** A word, a letter of the unit and the office's answer, until the petitioner says that he has reached them. */
async function untilContact({ caseId }: Filed, office: string): Promise<void> {
  const affairId = randomUUID();
  const helpers = (await petitions.by("officer", "p/liaison/helpers", {})) as unknown as { id: string }[];
  await petitions.by("officer", "p/liaison/begin", { caseId, affairId, helperId: helpers[0]?.id });
  const letterId = randomUUID();
  const words = { office, facts: "情况 Facts", request: "请告知进度 Please tell us" };
  const letter = { affairId, letterId, ...words, wishedOn: null, agreedOn: petitions.today() };
  await petitions.by("officer", "p/liaison/write", letter);
  const [draft] = await idsOf(
    "select id from kernel.notices where case_id = $1 and code = 'DM' and state = 'draft'",
    caseId,
  );
  await petitions.act("signer", "notices.seal", caseId, { noticeId: draft });
  const answer = { letterId, answer: "六月 In June", answeredOn: petitions.today() };
  await expect
    .poll(() => petitions.by("officer", "p/liaison/answered", answer).catch(() => null), { timeout: 20_000 })
    .not.toBeNull();
  const tell = (said: string, outcome: string) =>
    petitions.by("officer", "p/liaison/tell", { affairId, said, outcome });
  await tell("还在办 Still under way", "goesOn");
  await pass("P7D");
  await tell("已联系上 Contact is made", "confirmed");
  expect(await petitions.by("officer", "p/liaison/one", { affairId })).toMatchObject({ state: "confirmed" });
}

/** What lies behind it is fixed, and the battalion beside says whether it has the same. */
async function acrossBattalions({ caseId, caseNo }: Filed, title: string, kind: string, subject: string) {
  const causeId = randomUUID();
  const from = { origin: "case", originId: caseId, caseId };
  await petitions.by("officer", "p/root-cause/open", { causeId, title, kind, subject, ...from });
  const fix = { causeWords: "没有统一办法 No common rule", fixWords: "定一个办法 Make one" };
  const owner = { ownerUnit: unitId, ownerId: null, dueOn: days(60) };
  await petitions.by("officer", "p/root-cause/decide", { causeId, kind, ...fix, ...owner });
  const unitIds = [house.units.get("SECOND")];
  await petitions.by("officer", "p/root-cause/ask", { causeId, unitIds, dueOn: days(14) });
  const asked = (await petitions.by("officer2", "p/root-cause/toAnswer", {})) as unknown as Record<string, unknown>[];
  const askId = asked.find((one) => one.title === title && one.found === null)?.askId;
  await petitions.by("officer2", "p/root-cause/answer", { askId, found: true, words: "也有 Here too" });
  expect(await petitions.by("officer", "p/root-cause/one", { causeId })).toMatchObject({
    ...{ state: "fixing", petitions: [{ caseNo }], asks: [{ found: true, words: "也有 Here too" }] },
  });
}

/** Called, told, held in private by three who are free of it, signed by everybody there, and concluded against two to one. */
async function heard(filed: Filed, subject: string): Promise<void> {
  const { caseId } = filed;
  const hearingId = randomUUID();
  const apply = { caseId, hearingId, wish: "标准有争议 The rule is disputed" };
  await byNobody("p/hearing/applyFor", apply, await petitions.ownCookie(filed));
  const people = (await petitions.by("officer", "p/hearing/candidates", {})) as unknown as Named[];
  const [chairId, ...memberIds] = panel.map((name) => people.find((one) => one.name === name)?.id);
  const told = { subject, hearingOn: days(8), startsAt: "09:30", place: "营部 Battalion", attendants: "" };
  const called = { caseId, hearingId, ground: null, ...told, open: false, chairId, memberIds };
  const handlerId = people.find((one) => one.name === "handler")?.id;
  await expect(
    petitions.by("officer", "p/hearing/callFor", { ...called, memberIds: [memberIds[0], handlerId] }),
  ).rejects.toThrow("hearing.investigates");
  await petitions.by("officer", "p/hearing/callFor", called);
  const [draft] = await idsOf(
    "select id from kernel.notices where case_id = $1 and code = 'DM' and state = 'draft'",
    caseId,
  );
  await petitions.act("signer", "notices.seal", caseId, { noticeId: draft });
  await pass("P8D");
  const taken = { hearingId, record: "各方陈述、提问 Statements and questions", petitioner: true, others: [] };
  await petitions.by("officer", "p/hearing/record", { ...taken, panel: [chairId, ...memberIds] });
  const signature = { hearingId, png: SIGNED };
  const correction = "鉴定在八月 The report is of August";
  await byNobody("p/hearing/signOwn", { caseId, ...signature, correction }, await petitions.ownCookie(filed));
  for (const name of panel) {
    await petitions.by(name, "p/hearing/signSeat", signature);
    await petitions.by(name, "p/hearing/vote", { hearingId, vote: name === "third" ? "for" : "against" });
  }
  await petitions.by("chair", "p/hearing/conclude", {
    hearingId,
    conclusion: "原评定程序合规 The grading was in order",
  });
  await petitions.by("officer", "p/hearing/takeUp", { hearingId });
}

/** Drafted by the handler named, signed and handed over. */
async function answeredBy(handler: string, filed: Filed, answer: object): Promise<void> {
  const view = (await petitions.by(handler, "cases.get", { caseId: filed.caseId })) as { demands: { id: string }[] };
  await petitions.act(handler, "cases.reply", filed.caseId, {
    ...{ kind: "solve", summary: "说明 In short" },
    demands: view.demands.map(({ id: demandId }) => ({ demandId, basis: "第一条 Article 1", ...answer })),
  });
  await petitions.act("signer", "notices.seal", filed.caseId, { noticeId: await petitions.letterOf(filed.caseId) });
  await petitions.handedOver(filed);
}

describe.each(languages)("in %s", (language: Language) => {
  const say = (zh: string, en: string): string => (language === "en" ? en : zh);
  /** One pass carries those of odd numbers in Chinese and those of even ones in English, the long run each in both. */
  const carried = (name: `P${string}: ${string}`, walk: () => Promise<void>, timeout?: number): void => {
    const odd = Number(name.slice(1, 3)) % 2 === 1;
    if (LONG || odd === (language === "zh-CN")) test(name, walk, timeout);
  };

  carried(
    "P03: a suggestion in the leader's mailbox is read by him, adopted in part, and asked of the other battalion",
    async () => {
      const { returnCode } = await byNobody("p/leader-mailbox/write", {
        ...{
          mailboxId,
          key: randomUUID(),
          purpose: "suggest",
          anonymity: "named",
          aboutLeader: false,
          urgentSafety: false,
        },
        title: say("建议合并会议和报表", "Merge weekly meetings and forms"),
        body: say("同一数据现要报四个科室。", "The same figures are reported to four offices."),
        person: { name: "Lin Hao", kind: "officer", contact: "0000-0003" },
      });
      const filed = await tracked(returnCode);
      const letters = (await petitions.by("leader", "p/leader-mailbox/letters", {})) as unknown as Record<
        string,
        string
      >[];
      const letterId = letters.find((one) => one.caseNo === filed.caseNo)?.letterId;
      await petitions.by("leader", "p/leader-mailbox/read", { letterId });
      await petitions.register("clerk", filed.caseId, { category: "suggestion", track: "suggestion", subRoute: null });
      await accepted(filed.caseId);
      expect(await clocksOf(filed.caseId)).toMatchObject({ K9: "running" });
      await answered(filed, "answer", "partlyAdopted", { steps: "合并两个例会 Two meetings become one" });

      expect(await petitions.stateOf(filed.caseId)).toMatchObject({ status: "replied" });
      expect(await clocksOf(filed.caseId)).toMatchObject({ K9: "stopped" });
      expect(await petitions.by("leader", "p/leader-mailbox/letter", { letterId })).toMatchObject({
        readOn: petitions.today(),
        late: false,
      });
      expect(await lettersOf(filed.caseId)).toContain("D16");
      const title = say("多头要报表", "Several offices ask for the same figures");
      await acrossBattalions(filed, title, "procedure", "suggestion");
    },
  );

  carried(
    "P05: a mother's call is paged at once, kept confidential, above the company, and never mediated",
    async () => {
      const callId = randomUUID();
      await petitions.by("clerk", "p/hotline/begin", { callId });
      const title = say("孩子说熄灯后挨打，很害怕", "My son says he is hit after lights-out");
      const { returnCode } = await petitions.by("clerk", "p/hotline/file", {
        ...{ callId, recording: "", callBackOn: null },
        taken: {
          ...{ unitId, purpose: "solve", title, body: say("请不要点名。", "Please do not name him."), readBack: true },
          ...{ anonymity: "confidential", urgentSafety: true, concernsLeader: false },
          petitioner: { name: "Luo Fang", kind: "family", contact: "0000-0005", filingFor: "self" },
        },
      });
      const filed = await tracked(String(returnCode));
      const { caseId } = filed;
      const key = () => `twelve-${randomUUID()}`;
      expect(await petitions.by("officer", "duty.get", { caseId })).toMatchObject({ phonedAt: null });
      await petitions.by("officer", "duty.take", { caseId, key: key() });
      await petitions.by("officer", "duty.phoned", { caseId, key: key(), reached: ["helper", "nextLevel"] });
      const report = say("已安全联系本人，调换宿舍。", "He was reached safely and sleeps elsewhere.");
      await petitions.by("officer", "duty.report", { caseId, key: key(), reached: ["helper"], text: report });
      expect(await clocksOf(caseId)).toMatchObject({ K23: "stopped" });
      await expect(petitions.by("company", "cases.get", { caseId })).rejects.toThrow("case.notFound");
      expect(JSON.stringify(await petitions.by("officer", "cases.get", { caseId }))).not.toContain("Luo Fang");

      await petitions.register("clerk", caseId, { confidentiality: 2, severity: "urgent" });
      await accepted(caseId);
      const roster = (await petitions.by("officer", "p/mediation/roster", {})) as unknown as { id: string }[];
      const offer = { caseId, mediationId: randomUUID(), tier: 1, dispute: "殴打 Blows", mediatorId: roster[0]?.id };
      await expect(
        petitions.by("officer", "p/mediation/offer", { ...offer, askedBy: "unit", found: ["violence"] }),
      ).rejects.toThrow("excluded");
      await answered(filed, "solve", "supported", {
        steps: "调整班排，处理责任人 Moved; those responsible answer for it",
      });
      expect(await petitions.stateOf(caseId)).toMatchObject({ status: "replied" });
    },
  );

  carried(
    "P06: a wife's placement is guided to the civil side, with a letter and a helper until contact is made",
    async () => {
      const filed = await petitions.fileBy("clerk", "FIRST", {
        ...{
          via: "visit",
          anonymity: "named",
          title: say("随军八个月，地方安置一直没有时间", "Eight months and no date"),
        },
        body: say("随军八个月，地方安置一直没有时间。", "The local employer pool gives no date for my placement."),
        petitioner: { name: "Zhou Min", kind: "family", contact: "0000-0006", filingFor: "self" },
      });
      await petitions.register("clerk", filed.caseId);
      await petitions.act("officer", "cases.guide", filed.caseId, {
        ...{ body: "区人社局 Employment office", address: "3号窗口 Counter 3", timeLimit: "60日内 60 days" },
        ...{ helper: "营部文书 Clerk", reason: "安置由地方办理 It is decided by the civil side" },
      });
      await untilContact(filed, "区人社局 Employment office");

      expect(await petitions.stateOf(filed.caseId)).toMatchObject({ status: "guided" });
      expect(await lettersOf(filed.caseId)).toEqual(expect.arrayContaining(["D9", "DM"]));
    },
  );

  carried(
    "P07: what came up in a talk is mediated between two soldiers, performed and visited three times",
    async () => {
      const { returnCode } = await petitions.by("soldier", "p/heart-talk/channel.file", {
        ...{ channel: "need", purpose: "solve", anonymity: "named", key: randomUUID(), urgentSafety: false },
        petitioner: { name: "soldier", kind: "conscript", contact: "0000-0007", filingFor: "self" },
        form: {
          purpose: "solve",
          title: say("战友借手机摔坏，只肯赔一半", "My phone broke, he pays only half"),
          body: say("借我手机摔坏，只肯赔一半。", "He borrowed my phone, it broke, he pays only half."),
        },
      });
      const filed = await tracked(String(returnCode));
      const { caseId } = filed;
      await petitions.register("clerk", caseId);
      await accepted(caseId);
      await petitions.assigned(filed);
      const [mediationId, mediators] = [
        randomUUID(),
        (await petitions.by("officer", "p/mediation/roster", {})) as unknown as { id: string }[],
      ];
      const offer = { caseId, mediationId, tier: 1, mediatorId: mediators[0]?.id, askedBy: "unit", found: [] };
      const dispute = say("修理费如何分担", "Who pays for the repair");
      const { code } = await petitions.by("officer", "p/mediation/offer", { ...offer, dispute });
      const own = await petitions.ownCookie(filed);
      const [consentId] = await idsOf("select id from kernel.consents where case_id = $1", caseId);
      await byNobody("intake.answerConsent", { consentId, answer: "given", key: `twelve-${consentId}` }, own);
      await byNobody("p/mediation/answer", { code, answer: "yes" });
      await petitions.by("officer", "p/mediation/begin", { mediationId });
      const today = petitions.today();
      await petitions.by("mediator", "p/mediation/note", {
        ...{ mediationId, talkId: randomUUID(), kind: "joint", heldOn: today, words: "各付一半 Half each" },
      });
      const terms = say("维修费各付一半", "Each pays half of the repair");
      await petitions.by("mediator", "p/mediation/settle", { mediationId, terms, performOn: days(5) });
      await petitions.act("handler", "cases.recordAgreement", caseId, {
        ...{
          parties: "甲、乙 A and B",
          facts: "手机摔坏 A broken phone",
          dispute,
          responsibilities: "各半 Half each",
          terms,
        },
        ...{ mode: "当面支付 In person", performance: { by: "乙 B", on: days(5) }, mediator: "mediator" },
        ...{ signedOn: today, basis: "《人民调解法》第三十一条", withinDiscretion: true },
      });
      const [agreement] = await idsOf("select id from kernel.notices where case_id = $1 and code = 'D18'", caseId);
      await petitions.act("signer", "notices.seal", caseId, { noticeId: agreement });
      const handed = { noticeId: agreement, method: "hand", receivedOn: today, proof: "回执 Slip" };
      await petitions.act("officer", "cases.deliver", caseId, handed);
      expect(await petitions.stateOf(caseId)).toMatchObject({ status: "replied" });

      for (const span of ["P8D", "P24D", "P61D"]) {
        await pass(span);
        const [mediation] = (await petitions.by("officer", "p/mediation/ofCase", { caseId })) as unknown as {
          visits: { visitId: string; dueOn: string; mayAnswer: boolean }[];
        }[];
        const due = mediation?.visits.find((one) => one.dueOn <= days(0) && one.mayAnswer);
        await petitions.by("officer", "p/mediation/visited", {
          visitId: due?.visitId,
          kept: true,
          words: "都履行了 Kept",
        });
      }
      const [last] = (await petitions.by("officer", "p/mediation/ofCase", { caseId })) as unknown as {
        state: string;
      }[];
      expect(last).toMatchObject({ state: "kept" });
    },
  );

  carried(
    "P08: the quarrel of neighbours: the injury goes to the police, the boundary is followed week by week",
    async () => {
      const { returnCode } = await byNobody("intake.file", {
        ...{ unitId, channel: "online-petition/online", via: "online", purpose: "solve", anonymity: "named" },
        ...{ key: `twelve-${randomUUID()}`, title: say("邻居建房越界，父亲被打伤", "A neighbour built over our line") },
        body: say("邻居建房越界，父亲被打伤。", "My father was hurt in the quarrel."),
        petitioner: { name: "Peng Yu", kind: "conscript", contact: "0000-0008", filingFor: "self" },
      });
      const filed = await tracked(returnCode);
      const demands = [{ text: "退回宅基地 Give the land back" }, { text: "追究打人 Answer for the blows" }];
      await petitions.register("clerk", filed.caseId, { confidentiality: 2, demands });
      await accepted(filed.caseId);
      const [, blows] = await idsOf("select id from kernel.demands where case_id = $1 order by no", filed.caseId);
      const { splitOff } = await petitions.act("officer", "cases.split", filed.caseId, {
        ...{
          demandIds: [blows],
          subRoute: 1,
          title: "父亲被打伤 Hurt",
          text: "父亲被打伤 My father was hurt",
          reason: "由公安办理 For the police",
        },
      });
      const part = (splitOff as { caseId: string }).caseId;
      await petitions.act("officer", "cases.divert", part, {
        ...{ route: 1, body: "县公安局 Police", address: "县城 Town", timeLimit: "30日内 30 days" },
        ...{
          confirmedBy: "值班室 Desk",
          confirmedOn: petitions.today(),
          proof: "8号 No. 8",
          reason: "治安案件 A matter for the police",
        },
      });
      await untilContact(filed, "县人武部 Armed-forces department");
      await answered(filed, "explain", "explained");

      expect(await petitions.stateOf(part)).toMatchObject({ status: "diverted" });
      expect(await petitions.stateOf(filed.caseId)).toMatchObject({ status: "replied" });
    },
  );

  carried("P10: fourteen sign, five speak, a leader takes it on, and all fourteen read the reply", async () => {
    const about = { kind: "nco", contact: "0000-0010" };
    const { draftId } = await petitions.by("soldier", "p/joint-petition/begin", {
      ...{ ...about, purpose: "solve", anonymity: "named", key: randomUUID() },
      title: say("3号楼两个冬天没有热水", "No hot water in block 3 for two winters"),
      body: say("3号楼两个冬天没有热水。", "No hot water in block 3 for two winters."),
    });
    const own = await petitions.by("soldier", "p/joint-petition/own", { draftId });
    const codes: string[] = [];
    for (let n = 1; n < 14; n += 1) {
      const code = n < 5 ? own.speakCode : own.signCode;
      const signed = { ...about, code, name: `联名人 ${n}`, key: randomUUID() };
      codes.push((await byNobody("p/joint-petition/sign", signed)).code);
    }
    for (const code of codes.slice(0, 4)) await byNobody("p/joint-petition/agree", { pass: { code }, yes: true });
    const { returnCode } = await petitions.by("soldier", "p/joint-petition/file", { draftId });
    const filed = await tracked(String(returnCode));
    await petitions.register("clerk", filed.caseId);
    await accepted(filed.caseId);
    await petitions.act("leader", "cases.takeCharge", filed.caseId, {});
    const promise = { owner: "营房股 Barracks section", dueOn: days(60) };
    await answered(filed, "solve", "supported", { steps: "换锅炉 A new boiler", promise });

    expect(await petitions.stateOf(filed.caseId)).toMatchObject({ status: "replied" });
    for (const code of [String(returnCode), ...codes]) {
      const cookie = await petitions.ownCookie({ ...filed, returnCode: code });
      const seen = await byNobody("intake.case", {}, cookie);
      expect([code, seen.caseNo, JSON.stringify(seen).includes("A new boiler")]).toEqual([code, filed.caseNo, true]);
    }
    await acrossBattalions(filed, say("热水维修等预算", "Repairs wait for money"), "facilities", "claim");
  });

  carried(
    "P11: a grading comes back a fourth time, is backlog, heard, not supported, quashed, and changed by another hand",
    async () => {
      const title = say("三年前训练伤评残等级有误，现有新的医院鉴定", "My training injury was graded wrongly");
      const person = { name: "Chang Sheng", kind: "veteran", contact: "0000-0011", filingFor: "self" };
      const letters: Filed[] = [];
      for (const body of ["第一次 First", "第二次 Second", "第三次 Third", "现有新的医院鉴定 A new hospital report"]) {
        const what = { anonymity: "named", title, body: `${title} ${body}`, petitioner: person };
        const letter = await petitions.fileBy("clerk", "FIRST", what);
        await petitions.register("clerk", letter.caseId, { confidentiality: 2, demands: [{ text: title }] });
        const [before] = letters;
        if (before) {
          const kind = letters.length === 3 ? "newFacts" : "again";
          await petitions.act("officer", "cases.judgeRepeat", letter.caseId, { ofCaseId: before.caseId, kind });
        }
        letters.push(letter);
      }
      const filed = letters[3] as Filed;
      const { caseId } = filed;
      await accepted(caseId);
      await pass("P1D");
      const reasons = async () => {
        const listed = (await petitions.by("officer", "p/backlog/list", {})) as { items: Record<string, unknown>[] };
        return listed.items.find((one) => one.caseId === caseId)?.reasons;
      };
      await expect.poll(reasons, { timeout: 20_000 }).toEqual(["repeats"]);
      await petitions.by("officer", "p/backlog/classify", {
        ...{ caseId, cause: "facts", class: "solve", leaderId: null },
        measures: say("组织听证，重新鉴定", "A hearing, and a new examination"),
      });

      await petitions.assigned(filed);
      await heard(filed, say("训练伤评残等级", "The grading of a training injury"));
      await petitions.act("signer", "cases.extend", caseId, { days: 20, reason: "等会诊 Waiting for the doctors" });
      const words = "经听证，三票中两票反对 After a hearing, two votes of three against";
      await answeredBy("handler", filed, { outcome: "notSupported", facts: words, opinion: "维持 It stands" });
      await byNobody(
        "intake.requestReview",
        { key: petitions.key(), grounds: "facts", text: "没有评价新的鉴定。The new report was not weighed." },
        await petitions.ownCookie(filed),
      );
      await petitions.act("reviewer", "cases.acceptReview", caseId, {});
      await petitions.act("reviewer", "cases.decideReview", caseId, {
        ...{ outcome: "quashed", facts: "事实不清 Facts unclear", opinion: "撤销，重办 Quashed, to be done again" },
        ...{ basis: "第三十五条 Article 35", redoDays: 40 },
      });
      expect(await petitions.stateOf(caseId)).toMatchObject({ status: "inHandling" });

      const people = (await petitions.by("officer", "people.candidates", {
        caseId,
        role: "handler",
      })) as unknown as Named[];
      const assign = (name: string) =>
        petitions.act("officer", "cases.assign", caseId, {
          handlerId: people.find((one) => one.name === name)?.id,
          heardOn: petitions.today(),
        });
      await expect(assign("handler")).rejects.toThrow("handler.");
      await assign("handler2");
      const steps = "十五日内上报 Reported within 15 days";
      await answeredBy("handler2", filed, { outcome: "supported", facts: "会诊 Doctors", opinion: "重评 Anew", steps });

      expect(await petitions.stateOf(caseId)).toMatchObject({ status: "replied" });
      expect(await lettersOf(caseId)).toEqual(expect.arrayContaining(["D13", "D14", "D22", "DM"]));
      const own = await byNobody("intake.case", {}, await petitions.ownCookie(filed));
      expect(own.demands).toMatchObject([{ outcome: "supported", opinion: "重评 Anew" }]);
      const [hearing] = (await byNobody("p/hearing/own", { caseId }, await petitions.ownCookie(filed))).hearings;
      expect(hearing).toMatchObject({ state: "closed", votesFor: 1, votesAgainst: 2, mine: { signed: true } });
    },
    60_000,
  );
});
