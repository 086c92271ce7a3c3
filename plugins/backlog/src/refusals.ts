import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这件积案，可能已经移走。请刷新后查看。",
    en: "This petition was not found in the backlog. Load the page again.",
  },
  elsewhere: {
    "zh-CN": "这件事项不在本单位或下级办理，不能在这里化解。",
    en: "This petition is not handled at your unit or below it, and is not worked on from here.",
  },
  state: {
    "zh-CN": "这件积案的情况已经变了，请刷新后查看。",
    en: "This petition has moved on. Load the page again.",
  },
  cause: {
    "zh-CN": "先分析症结、定下分类和措施，再请人验收。",
    en: "First say why it hangs, its class and what is done; then have it checked.",
  },
  leader: {
    "zh-CN": "包案领导要从本单位或上级担任包案领导的人里选。",
    en: "The leader is one of those who lead petitions at this unit or above. Choose from the list.",
  },
  line: {
    "zh-CN": "验收单位不能是办过这件事的单位，也不能是它的上级或下级。",
    en: "A unit that has handled the petition, or one above or below it, cannot check it. Choose another.",
  },
  past: { "zh-CN": "日期不能晚于今天。", en: "That day has not come yet." },
  early: {
    "zh-CN": "还没有到回头看的日子。",
    en: "The day on which to look back has not come yet.",
  },
  own: {
    "zh-CN": "定销号的人不能自己回头看，请其他同志来看。",
    en: "Whoever struck it off does not look back himself. Let somebody else do it.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
