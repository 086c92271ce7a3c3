import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这件督办，可能已经移走。请刷新后查看。",
    en: "This supervision was not found; it may have moved. Load the page again.",
  },
  state: {
    "zh-CN": "这件督办的情况已经变了，请刷新后查看。",
    en: "This supervision has moved on. Load the page again.",
  },
  awaited: {
    "zh-CN": "答复期限还没有到，请等对方答复或到期后再升级。",
    en: "An answer is still awaited. Wait for it, or for the end of its time, before you go up a step.",
  },
  ladder: {
    "zh-CN": "督办要逐级进行，请选择下一级。",
    en: "Supervision goes up step by step. Choose the next one.",
  },
  listedOn: {
    "zh-CN": "挂牌督办的期限应在明天到90天之间。",
    en: "A listed matter ends between tomorrow and 90 days from now.",
  },
  ownAnswer: {
    "zh-CN": "不能审看自己写的答复，请由上级的其他同志审看。",
    en: "Nobody judges an answer of his own. Let somebody else of the unit above do it.",
  },
  elsewhere: {
    "zh-CN": "这件信访事项不在本单位或下级办理，不能在这里督办。",
    en: "This petition is not handled at your unit or below it, and is not supervised from here.",
  },
  silentWhere: {
    "zh-CN": "请从预警里移交：只能督办本单位和下级的信访渠道。",
    en: "Hand it over from the warning itself: only ways in of your unit and those below it are supervised here.",
  },
  recommendTo: {
    "zh-CN": "建议只能发给上级、同级和直接下级单位，请重新选择。",
    en: "A recommendation goes to a unit above, beside or right below this one. Choose from the list.",
  },
  recommendation: {
    "zh-CN": "没有找到这条建议，请刷新后查看。",
    en: "This recommendation was not found. Load the page again.",
  },
  inspectUnit: {
    "zh-CN": "只能督查直接下级单位，请重新选择。",
    en: "Only a unit right below this one is inspected. Choose from the list.",
  },
  noPetitions: {
    "zh-CN": "这个单位没有您能打开的信访事项，无法抽样。",
    en: "There is no petition of this unit that you may open, so none can be drawn.",
  },
  inspection: {
    "zh-CN": "没有找到这次督查，或者这件事项不在抽样里。请刷新后查看。",
    en: "This inspection was not found, or the petition is not in its sample. Load the page again.",
  },
  closed: { "zh-CN": "这次督查已经结束，不能再改。", en: "This inspection is closed and stays as it is." },
  ownWork: {
    "zh-CN": "这件事项您自己经办过，不能自己查自己。请由本单位其他督查人员核对。",
    en: "You have dealt with this petition yourself, and nobody checks his own work. Another supervisor of the unit checks it.",
  },
  unfinished: {
    "zh-CN": "还有抽中的事项没有查完，请先逐件查完。",
    en: "Not every petition of the sample was checked. Check each first.",
  },
  answered: {
    "zh-CN": "这条建议已经答复，答复不能改写。请刷新后查看。",
    en: "This recommendation was answered already, and an answer stays as it is. Load the page again.",
  },
  leader: {
    "zh-CN": "请选择本单位或下级的一名领导，而且他可以知悉这件信访事项。",
    en: "Choose a leader of your unit or below it, who may know of this petition.",
  },
  second: {
    "zh-CN": "约谈由两人进行：请选择另一名同志，不能是本人，也不能是被约谈的人。",
    en: "Two hold an interview. Choose somebody other than yourself and whoever is interviewed.",
  },
  heldOn: {
    "zh-CN": "约谈日期应在发出约谈之后、今天或以前。",
    en: "The interview was held on or after the day it was called, and not later than today.",
  },
  promised: {
    "zh-CN": "承诺的期限应在今天或以后。",
    en: "What was promised has a day from today on.",
  },
  circle: {
    "zh-CN": "通报范围请从名单里选择，并包括被通报的单位。",
    en: "Choose the units of the circular from the list, the unit concerned among them.",
  },
  circular: {
    "zh-CN": "没有找到这份通报，请刷新后查看。",
    en: "This circular was not found. Load the page again.",
  },
  noMember: {
    "zh-CN": "这里只供本单位纪检部门的成员使用。",
    en: "Only members of the unit's discipline organ work here.",
  },
  moved: {
    "zh-CN": "这条记录刚被改过，请刷新后再办理。",
    en: "This record was just changed. Load the page again, then act.",
  },
  record: { "zh-CN": "没有找到这条记录，请刷新后查看。", en: "This record was not found. Load the page again." },
  opposed: {
    "zh-CN": "集体决策中明确表示反对并有记录的，不承担责任，不能追究。",
    en: "Whoever had his opposition recorded is not liable, and is not held accountable.",
  },
  aboutSelf: {
    "zh-CN": "不能记录关于本人的事，请由纪检部门的其他同志办理。",
    en: "Nobody writes of himself. Let somebody else of the organ do it.",
  },
  day: {
    "zh-CN": "日期应在上一步之后、今天或以前，请核对。",
    en: "The day is on or after the step before, and not later than today. Check it.",
  },
  notLast: {
    "zh-CN": "挂牌督办以后仍不解决的，才能建议追究责任。请先逐级督办。",
    en: "Accountability is recommended after listed supervision. Go up the ladder first.",
  },
  noOrgan: {
    "zh-CN": "本单位和上级都没有设纪检部门，请联系管理员。",
    en: "Neither this unit nor one above it has a discipline organ. Ask an administrator.",
  },
  accusation: {
    "zh-CN": "没有找到由本部门办理的这件检举控告，请从名单里选择。",
    en: "No such accusation lies with this organ. Choose from the list.",
  },
  notEnded: {
    "zh-CN": "检举控告办结以前，不能告知被反映人。请办结后再办理。",
    en: "Before an accusation has ended, the accused is told nothing. Come back when it has ended.",
  },
  order: {
    "zh-CN": "请按顺序办理：先送达告知，再记录意愿，再书面澄清；已澄清的不再改写。",
    en: "One step after the other: hand over the letter, write down the wish, then clarify in writing. What was given out stays as it is.",
  },
  unchecked: {
    "zh-CN": "挂牌督办要先验收合格，才能销号。请先记录验收。",
    en: "Listed supervision ends after a check that was passed. Write down the check first.",
  },
  reason: {
    "zh-CN": "没有全部采纳的，请写明理由。",
    en: "Where not all of it is adopted, say why.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
