import type { Text } from "@doorstep/sdk";
import { letterDay, refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这件信访事项或这次调解，可能已经移走。请刷新后查看。",
    en: "This petition or this mediation was not found; it may have moved. Load the page again.",
  },
  state: {
    "zh-CN": "调解的情况已经变了，请刷新后查看。",
    en: "This mediation has moved on. Load the page again.",
  },
  elsewhere: {
    "zh-CN": "这件信访事项不在本单位或下级办理，调解由承办单位提出。",
    en: "This petition is not handled at your unit or below it. The unit that handles it offers mediation.",
  },
  notNow: {
    "zh-CN":
      "受理以后、答复以前才能提出调解。还没受理的，请先受理；已经答复的，请重新办理后再提出，或者告诉双方可以申请人民调解。",
    en: "Mediation is offered after a petition is accepted and before it is answered. Accept it first; where it is answered, take it up again, or name people's mediation to both sides.",
  },
  excluded: {
    "zh-CN": "涉及暴力、骚扰、犯罪，或者一方不敢说话的，不能调解。请按信访事项继续办理。",
    en: "Where there is violence, harassment, a crime, or a side that does not dare to speak, nothing is mediated. Go on with the petition.",
  },
  refusedBefore: {
    "zh-CN": "有一方已经明确拒绝调解，不能再次提出；除非他自己提出申请。",
    en: "One side has clearly refused. Do not offer it again unless that side asks for it.",
  },
  notMediator: {
    "zh-CN": "请从本单位的调解员中选择一人。",
    en: "Choose one of your unit's mediators.",
  },
  full: {
    "zh-CN": "这名调解员手上的调解已经满了，请另选一人。",
    en: "This mediator leads as many mediations as your unit allows. Choose another.",
  },
  mediatedBefore: {
    "zh-CN": "这名调解员以前调解过这件事，不能再次调解。请另选一人。",
    en: "This mediator has mediated this dispute before. Choose another.",
  },
  consents: {
    "zh-CN": "双方都同意后才能开始。请等待答复。",
    en: "It begins once both sides have consented. Wait for their answers.",
  },
  code: {
    "zh-CN": "没有这个码，或者它已经换过。请核对后再输一次，或者向告诉您的单位询问。",
    en: "There is nothing under this code, or it was replaced. Compare it and type it again, or ask the unit that gave it to you.",
  },
  heldOn: {
    "zh-CN": "谈话日期应是今天或更早，请改正。",
    en: "A talk is noted once it was held: choose today or an earlier day.",
  },
  performOn: {
    "zh-CN": "履行日期不能早于今天，请重新选择。",
    en: "Choose today or a later day for the performance.",
  },
  joint: {
    "zh-CN": "达成协议前，至少要当面谈过一次。请先记下。",
    en: "An agreement comes out of at least one joint talk. Note that first.",
  },
  applied: {
    "zh-CN": "您已经申请过，请等待答复。",
    en: "You have asked for it already. Wait for the answer.",
  },
  askNow: {
    "zh-CN": "受理以后、答复以前可以申请调解。还没受理的，请等受理；已经答复的，请当面找单位，或者申请人民调解。",
    en: "You can ask for mediation once your petition is accepted and until it is answered. Before that, wait for it; afterwards speak to your unit, or turn to people's mediation.",
  },
  term: {
    "zh-CN": "这名调解员的任期已满。请另选一人，或者请名册管理人续期。",
    en: "The term of this mediator has ended. Choose another, or ask whoever keeps the roster to renew it.",
  },
  termTooLong: {
    "zh-CN": "一任最长三年，请改早任期。",
    en: "A term is three years at most. Choose an earlier day.",
  },
  tier: {
    "zh-CN": "这名调解员不在这一级调解。请另选一人或者另选一级。",
    en: "This mediator does not mediate on this tier. Choose another mediator or another tier.",
  },
  startsAt: {
    "zh-CN": "见面时间要在现在之后、期限之内，请重新选择。",
    en: "Choose a time from now on and before the mediation ends.",
  },
  taken: {
    "zh-CN": "这个时间您已有别的安排，请另选时间。",
    en: "You have something else at this time. Choose another.",
  },
  tooEarly: {
    "zh-CN": "调解结束后才能评价。",
    en: "You can rate it once it is over.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);

/** The visit's day has not come: a kept agreement is seen on it, a broken one is entered as soon as it is known. */
export const beforeTheVisit = (dueOn: string): Error =>
  refusal("visitDay", {
    "zh-CN": `回访定在${letterDay(dueOn, "zh-CN")}，请到那天再填写。协议没有履行的，现在就可以记下。`,
    en: `This visit is on ${letterDay(dueOn, "en")}: answer it from that day on. Where the agreement is not kept, enter that now.`,
  });
