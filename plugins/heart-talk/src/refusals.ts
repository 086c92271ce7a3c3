import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这次谈心，可能已经取消。请刷新后查看。",
    en: "This talk was not found; it may have been called off. Load the page again.",
  },
  self: { "zh-CN": "不能和自己谈心，请选择另一位同志。", en: "Nobody talks with himself. Choose somebody else." },
  person: {
    "zh-CN": "这位同志不在可选的名单里，请重新选择。",
    en: "That person is not on the list to choose from. Choose again.",
  },
  open: {
    "zh-CN": "你们之间已有一次谈心还没有谈，请先谈完这一次。",
    en: "A talk between the two of you is still open. Hold that one first.",
  },
  drawn: {
    "zh-CN": "这半年已经抽过了，名单在“谈心”里。",
    en: "This half-year's sample was drawn already; it stands in your list.",
  },
  nobody: {
    "zh-CN": "没有可以抽的人：本单位的人都已在您的名单里。",
    en: "There is nobody to draw: everybody of the unit is on your list.",
  },
  time: { "zh-CN": "时间已经过去，请选择以后的时间。", en: "That time is over. Choose a later one." },
  heldOn: {
    "zh-CN": "谈心日期应在最近一个月内，且不晚于今天。",
    en: "A talk is noted within a month, and not before it was held.",
  },
  promise: {
    "zh-CN": "答应的日期已经过去，请改为今天或以后。",
    en: "The day of a promise is over. Make it today or later.",
  },
  state: {
    "zh-CN": "这次谈心的情况已经变了，请刷新后查看。",
    en: "This talk has moved on. Load the page again.",
  },
  wording: {
    "zh-CN": "对方刚改过记录，请刷新页面，看过新的内容再确认。",
    en: "The other has just changed the note. Load the page again, read it, then agree.",
  },
  declinedOnce: {
    "zh-CN": "上一次已经谢绝过。这次可以换一位谈心人，或另约时间。",
    en: "You have declined the one before. Choose another talker, or ask for another time.",
  },
  askedFor: {
    "zh-CN": "这次谈心是对方提出的，请和他另约时间，不能取消。",
    en: "The other asked for this talk. Arrange another time; it cannot be called off.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
