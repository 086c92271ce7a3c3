import { type Actor, holdsRoleAt } from "../actor.ts";
import { addDays } from "../calendars/local-days.ts";
import { acceptCase } from "../cases/accept.ts";
import { bringNewFacts, declineNewFacts, followUp } from "../cases/afterwards.ts";
import { recordAgreement, replyMediated } from "../cases/agreement.ts";
import { answerAssist, askAssist, endAssist } from "../cases/assists.ts";
import { archiveCase, finaliseCase } from "../cases/conclude.ts";
import { contestRefusal, grantContest, upholdRefusal } from "../cases/contest.ts";
import { designateUnit, objectToTransfer, refuseReturn, takeBack } from "../cases/dispute.ts";
import { divertCase, guideCase, reopenCase } from "../cases/ends.ts";
import { extendHandling } from "../cases/extend.ts";
import { assignHandler, reassignHandler, recordHeard } from "../cases/handling.ts";
import { mergeCase, unmergeCase } from "../cases/merge.ts";
import { callHearing, closeHearing, closeMediation, openMediation } from "../cases/procedures.ts";
import {
  agreeNewDate,
  askNewDate,
  fulfilPromise,
  keepDate,
  makePromise,
  reportDone,
  sayMissing,
} from "../cases/promises.ts";
import { registerCase } from "../cases/register.ts";
import { deliverReply, draftReply, sealReply, sendBackReply } from "../cases/reply.ts";
import { acceptReview, decideRereview } from "../cases/rereview.ts";
import { decideReview, quashReview, requestRereview, requestReview } from "../cases/review.ts";
import { assignCaseToUnit, passOnCase, transferCase } from "../cases/route.ts";
import { splitCase } from "../cases/split.ts";
import { splitAccusation } from "../cases/split-accusation.ts";
import { writeMessage } from "../cases/thread.ts";
import { switchBeforeAcceptance, switchInHandling } from "../cases/tracks.ts";
import { askWithdrawal, goOnExOfficio, takeBackWithdrawal, withdrawCase } from "../cases/withdrawal.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { isOpenAssist } from "../life-cycle/loaded-assist.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Act as StateAct } from "../life-cycle/table.ts";
import { handToOrgan } from "../organs/hand-to-organ.ts";
import type { Command } from "../pipeline/execute.ts";
import type { Loaded } from "../pipeline/load-case.ts";
import type { TestKernel } from "./test-kernel.ts";

// biome-ignore lint/suspicious/noExplicitAny: commands of every kind of input, each given what it takes below.
type AnyCommand = Command<any, any>;

/** Everybody who may meet a petition, from all sides. */
export interface World {
  readonly t: TestKernel;
  readonly people: readonly Actor[];
  readonly parties: readonly ActingParty[];
  /** numbers of the petitions there are: what an act on one names of another */
  readonly caseNos: string[];
}

export async function openWorld(t: TestKernel): Promise<World> {
  const at = (role: string, unit: "brigade" | "first" | "second" | "company", subtree = false) => ({
    role,
    unit,
    subtree,
  });
  const people = [
    await t.person("文书", "first", [at("clerk", "first")]),
    await t.person("干事", "first", [at("officer", "first")]),
    await t.person("承办甲", "first", [at("handler", "first")]),
    await t.person("承办乙", "first", [at("handler", "first"), at("signer", "first")]),
    await t.person("营长", "first", [at("signer", "first")]),
    await t.person("二营", "second", [at("officer", "second"), at("handler", "second"), at("clerk", "second")]),
    await t.person("二营长", "second", [at("signer", "second")]),
    await t.person("连队", "company", [at("officer", "company")]),
    await t.person("旅干事", "brigade", [at("officer", "brigade", true), at("handler", "brigade")]),
    await t.person("旅承办", "brigade", [at("handler", "brigade", true)]),
    await t.person("旅领导", "brigade", [at("signer", "brigade", true), at("reviewer", "brigade")]),
    await t.person("纪检", "brigade", [at("discipline", "brigade")]),
    await t.person("路人", "second", []),
  ];
  const parties: ActingParty[] = people.map((actor) => ({ kind: "person", actor }));
  return { t, people, parties: [...parties, { kind: "petitioner" }, { kind: "system" }], caseNos: [] };
}

const pick = <T>(of: readonly T[], n: number): T => of[n % of.length] as T;

/** A possible way to do an act: what the desk would send, good or not, from a number that fast-check shrinks. */
export interface Doing {
  readonly name: string;
  readonly command: AnyCommand;
  input(w: World, loaded: Loaded, n: number): object;
}

const unitOf = (w: World, n: number): string => pick(Object.values(w.t.units), n);
const letterOf = (loaded: Loaded, n: number): string =>
  loaded.noticeRows.findLast((x) => ["D14", "D16", "D18"].includes(x.code) && x.state !== "delivered")?.id ??
  pick(loaded.noticeRows, n)?.id ??
  crypto.randomUUID();
const today = (w: World, loaded: Loaded): string => localDateOf(w.t.clock.now.toISOString(), loaded.case.timeZone);

const kinds = [
  { category: "claim", track: "ordinary", subRoute: 6, confidentiality: 1 },
  { category: "claim", track: "ordinary", subRoute: 6, confidentiality: 2 },
  { category: "suggestion", track: "suggestion", subRoute: null, confidentiality: 1 },
  { category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 },
  { category: "claim", track: "ordinary", subRoute: 3, confidentiality: 1 },
  { category: "claim", track: "suggestion", subRoute: 6, confidentiality: 1 },
  { category: "claim", track: "simple", subRoute: 6, confidentiality: 1, simpleFits: true },
];

function registration(w: World, n: number): object {
  const complained = [
    [],
    [],
    [{ kind: "unit", unitId: unitOf(w, n >> 3) }],
    [{ kind: "person", personId: pick(w.people, n >> 3).personId }],
    [{ kind: "words", label: "某人" }],
  ];
  return {
    ...pick(kinds, n),
    severity: "ordinary",
    topicIds: [],
    demands: [
      { text: "补发津贴", desiredOutcome: "补发" },
      { text: "说明理由", desiredOutcome: "" },
    ].slice(0, 1 + (n % 2)),
    respondents: pick(complained, n >> 2),
    safetyAnswered: true,
    duplicatesChecked: true,
  };
}

const reply = (loaded: Loaded, n: number): object => ({
  kind: "explain",
  demands: loaded.case.demands.slice(n % 7 === 0 ? 1 : 0).map((d) => ({
    demandId: d.id,
    outcome: loaded.case.category === "suggestion" ? "adopted" : pick(["explained", "supported"], n),
    facts: pick(["经查", "重新调查"], n >> 3),
    opinion: "意见",
    basis: "第三条",
    steps: n % 5 === 0 ? "" : "月底前",
    ...(n % 4 === 1 && { promise: { owner: "财务股", dueOn: "2026-12-31" } }),
  })),
  summary: "答复",
});
const agreement = (w: World, loaded: Loaded, n: number): object => ({
  ...{ parties: "甲、乙", facts: "经查", dispute: "赔多少", responsibilities: "乙承担", terms: "乙支付维修费" },
  ...{ mode: "当面支付", mediator: "营调解小组", basis: "第三十一条", withinDiscretion: true },
  performance: n % 2 ? { by: "乙", on: "2026-12-31" } : null,
  signedOn: today(w, loaded),
});
/** Mostly somebody who may handle such a case. */
function naming(w: World, loaded: Loaded, n: number): object {
  const role = loaded.case.confidentiality === 3 ? "discipline" : "handler";
  const fit = w.people.filter((p) => holdsRoleAt(p, [role], loaded.case.holderPath));
  const from = n % 4 > 0 && fit.length > 0 ? fit : w.people;
  return { handlerId: pick(from, n).personId, plan: "", heardOn: null };
}
const opinion = { facts: "清楚", opinion: "维持", basis: "第三十五条" };
/** Some promise of the case, or one that does not exist. */
const onePromise = (loaded: Loaded, n: number): { commitmentId: string } => ({
  commitmentId: loaded.case.commitments[n % Math.max(1, loaded.case.commitments.length)]?.id ?? crypto.randomUUID(),
});
/** Some unit that assists, mostly one that still does, or one that was never asked. */
const oneAssist = ({ case: c }: Loaded, n: number): { assistId: string } => {
  const from = n % 4 > 0 ? c.assists.filter(isOpenAssist) : c.assists;
  return { assistId: from[n % Math.max(1, from.length)]?.id ?? crypto.randomUUID() };
};
/** Upheld, or changed with what every demand comes to (now and then one is forgotten). */
const decision = (loaded: Loaded, n: number): object => ({
  ...opinion,
  outcome: pick(["upheld", "changed"], n),
  demands: loaded.case.demands
    .slice(n % 7 === 0 ? 1 : 0)
    .map((d) => ({ demandId: d.id, outcome: loaded.case.category === "suggestion" ? "adopted" : "explained" })),
});
const transfer = (w: World, n: number): object => ({
  toUnitId: unitOf(w, n),
  reason: "由主管单位办理",
  legalGround: "",
});

export const doings: readonly Doing[] = [
  { name: "register", command: registerCase, input: (w, _l, n) => registration(w, n) },
  {
    name: "transfer",
    command: transferCase,
    input: (w, _l, n) => ({ kind: "transfer", ...transfer(w, n), passOn: n % 3 === 0 }),
  },
  { name: "passOn", command: passOnCase, input: (w, _l, n) => ({ ...transfer(w, n), passOn: n % 3 === 0 }) },
  {
    name: "assignUnit",
    command: assignCaseToUnit,
    input: (w, _l, n) => ({ kind: "assign", ...transfer(w, n), ...(n % 4 > 0 && { periodDays: 20 }) }),
  },
  { name: "object", command: objectToTransfer, input: () => ({ reasons: "不属于本单位的职责范围", legalGround: "" }) },
  { name: "return", command: takeBack, input: () => ({ agree: true, reason: "同意" }) },
  { name: "refuseReturn", command: refuseReturn, input: () => ({ agree: false, reason: "属于你单位" }) },
  { name: "designate", command: designateUnit, input: (w, _l, n) => transfer(w, n) },
  {
    name: "handToOrgan",
    command: handToOrgan,
    input: (w, _l, n) => ({ toUnitId: unitOf(w, n), reason: "本机构涉及此事" }),
  },
  { name: "accept", command: acceptCase, input: () => ({ office: "财务股", phone: "" }) },
  { name: "assign", command: assignHandler, input: naming },
  { name: "changeHandler", command: reassignHandler, input: naming },
  {
    name: "openMediation",
    command: openMediation,
    input: () => ({ bothConsented: true, note: "双方自愿", mediatorIds: [] }),
  },
  { name: "recordAgreement", command: recordAgreement, input: agreement },
  {
    name: "replyMediated",
    command: replyMediated,
    input: (_w, l, n) => ({ noticeId: letterOf(l, n), method: "portal", receivedOn: null, proof: "" }),
  },
  { name: "closeMediation", command: closeMediation, input: () => ({ because: "noAgreement", note: "未达成协议" }) },
  {
    name: "callHearing",
    command: callHearing,
    input: (w, l, n) => ({
      ...{ hearingOn: addDays(today(w, l), n % 20), open: true, note: "重大疑难" },
      ...{ chairId: null, panelIds: [] },
    }),
  },
  { name: "closeHearing", command: closeHearing, input: () => ({ note: "听证结论" }) },
  {
    name: "divert",
    command: divertCase,
    input: (w, l, n) => ({
      route: 1 + (n % 5),
      body: "上级机关",
      address: "一号楼",
      phone: "",
      timeLimit: "30日",
      confirmedBy: "王五",
      confirmedOn: today(w, l),
      proof: "8号",
      reason: "另有法定途径",
    }),
  },
  {
    name: "guide",
    command: guideCase,
    input: () => ({
      body: "地方",
      address: "一号楼",
      phone: "",
      timeLimit: "30日",
      helper: "",
      reason: "不属于本系统",
    }),
  },
  {
    name: "reopen",
    command: reopenCase,
    input: (_w, _l, n) => ({ ground: pick(["newFacts", "superiorOrder", "promiseBroken"], n), reason: "有新的事实" }),
  },
  { name: "contest", command: contestRefusal, input: () => ({ text: "应当由本单位办理", fileIds: [] }) },
  { name: "upholdRefusal", command: upholdRefusal, input: () => ({ outcome: "upheld", reasons: "告知书无误" }) },
  { name: "grantContest", command: grantContest, input: () => ({ outcome: "reopened", reasons: "应当受理" }) },
  { name: "bringNewFacts", command: bringNewFacts, input: () => ({ text: "有新的证人", fileIds: [] }) },
  { name: "declineNewFacts", command: declineNewFacts, input: () => ({ reason: "不影响原结论" }) },
  { name: "followUp", command: followUp, input: () => ({ how: "电话回访" }) },
  {
    name: "merge",
    command: mergeCase,
    input: (w, l, n) => ({
      mainCaseNo: w.caseNos.find((no) => no !== l.case.caseNo) ?? l.case.caseNo,
      samePerson: true,
      sameMatter: true,
      reason: "同一件事",
      newFacts: n % 2 ? "又少了一档" : "",
    }),
  },
  { name: "unmerge", command: unmergeCase, input: () => ({ reason: "不是同一件事" }) },
  {
    name: "splitAccusation",
    command: splitAccusation,
    input: (_w, l, n) => ({
      demandIds: l.case.demands.slice(0, 1 + (n % 2)).map((d) => d.id),
      title: "津贴的另一件",
      text: "津贴一事中不涉及检举的部分",
      reason: "信中检举他人",
      respondents: n % 3 ? [] : [{ kind: "words", label: "某供应商" }],
    }),
  },
  {
    name: "split",
    command: splitCase,
    input: (_w, l, n) => ({
      demandIds: l.case.demands.slice(0, 1 + (n % 2)).map((d) => d.id),
      title: "津贴的另一件",
      text: "津贴一事中说明理由的部分",
      reason: "两件事分开办理",
    }),
  },
  { name: "extend", command: extendHandling, input: (_w, _l, n) => ({ days: 1 + (n % 40), reason: "情况复杂" }) },
  { name: "heard", command: recordHeard, input: (w, l) => ({ heardOn: today(w, l), how: "电话" }) },
  { name: "reply", command: draftReply, input: (_w, l, n) => reply(l, n) },
  { name: "seal", command: sealReply, input: (_w, l, n) => ({ noticeId: letterOf(l, n) }) },
  { name: "sendBack", command: sendBackReply, input: (_w, l, n) => ({ noticeId: letterOf(l, n), reason: "再写" }) },
  {
    name: "deliver",
    command: deliverReply,
    input: (w, l, n) => ({
      noticeId: letterOf(l, n),
      ...(n % 2 ? { method: "portal", receivedOn: null } : { method: "hand", receivedOn: today(w, l) }),
      proof: "签收单",
    }),
  },
  {
    name: "write",
    command: writeMessage,
    input: (_w, _l, n) => ({ text: "说明", visibility: n % 2 ? "internal" : "petitioner", fileIds: [] }),
  },
  {
    name: "requestReview",
    command: requestReview,
    input: () => ({ grounds: "facts", text: "金额算错了", fileIds: [] }),
  },
  {
    name: "decideReview",
    command: decideReview,
    input: (_w, l, n) => decision(l, n),
  },
  { name: "acceptReview", command: acceptReview, input: () => ({}) },
  {
    name: "requestRereview",
    command: requestRereview,
    input: (_w, _l, n) => ({
      grounds: "basis",
      text: "复查意见没有回应",
      fileIds: [],
      ...(n % 3 === 0 && { lateBecause: "住院" }),
    }),
  },
  { name: "decideRereview", command: decideRereview, input: (_w, l, n) => decision(l, n) },
  {
    name: "redo",
    command: quashReview,
    input: (_w, _l, n) => ({ ...opinion, outcome: "quashed", ...(n % 4 > 0 && { redoDays: 20 }) }),
  },
  {
    name: "promise",
    command: makePromise,
    input: (w, l, n) => ({
      demandId: n % 3 === 0 ? null : (l.case.demands[0]?.id ?? null),
      text: "补发到位",
      owner: "财务股",
      dueOn: addDays(today(w, l), (n % 40) - 1),
    }),
  },
  { name: "reportDone", command: reportDone, input: (_w, l, n) => ({ ...onePromise(l, n), evidence: "转账凭证" }) },
  {
    name: "sayMissing",
    command: sayMissing,
    input: (_w, l, n) => ({ ...onePromise(l, n), text: n % 5 ? "还差一月" : "" }),
  },
  {
    name: "fulfil",
    command: fulfilPromise,
    input: (_w, l, n) => ({ ...onePromise(l, n), ...(n % 2 && { reason: "本人电话确认" }) }),
  },
  {
    name: "askNewDate",
    command: askNewDate,
    input: (w, l, n) => ({ ...onePromise(l, n), dueOn: addDays(today(w, l), n % 30), reason: "等批复" }),
  },
  { name: "answerNewDate", command: agreeNewDate, input: (_w, l, n) => onePromise(l, n) },
  { name: "answerNewDate", command: keepDate, input: (_w, l, n) => onePromise(l, n) },
  {
    name: "askAssist",
    command: askAssist,
    input: (w, _l, n) => ({ unitId: unitOf(w, n), question: "请查明发放标准", days: 1 + (n % 40) }),
  },
  {
    name: "answerAssist",
    command: answerAssist,
    input: (_w, l, n) => ({ ...oneAssist(l, n), report: "按二类区发放" }),
  },
  { name: "endAssist", command: endAssist, input: (_w, l, n) => ({ ...oneAssist(l, n), reason: "已经查明" }) },
  { name: "switchTrack", command: switchBeforeAcceptance, input: () => ({ reason: "事实需要核实" }) },
  { name: "switchTrack", command: switchInHandling, input: () => ({ reason: "涉及多个年度" }) },
  { name: "askWithdrawal", command: askWithdrawal, input: () => ({ text: "问题已经解决", freeWill: true }) },
  { name: "takeBackWithdrawal", command: takeBackWithdrawal, input: () => ({}) },
  { name: "goOn", command: goOnExOfficio, input: () => ({ ground: "safety", reason: "涉及人身安全" }) },
  { name: "withdraw", command: withdrawCase, input: () => ({}) },
  { name: "finalise", command: finaliseCase, input: () => ({}) },
  { name: "archive", command: archiveCase, input: () => ({}) },
];

/** Codes with which the table itself can refuse an act; what was typed may be refused with any other. */
export function tableCodes(command: AnyCommand, guardsOf: (act: StateAct) => readonly string[]): ReadonlySet<string> {
  const own = typeof command.act === "string" ? guardsOf(command.act) : [];
  return new Set(["forbidden", "recused", "act.state", "mark.missing", "mark.set", ...own]);
}
