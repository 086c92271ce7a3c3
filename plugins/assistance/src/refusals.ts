import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这件信访事项或这条帮扶记录，可能已经移走。请刷新后查看。",
    en: "This petition or this help was not found; it may have moved. Load the page again.",
  },
  state: {
    "zh-CN": "这条帮扶记录的情况已经变了，请刷新后查看。",
    en: "This help has moved on. Load the page again.",
  },
  elsewhere: {
    "zh-CN": "这件信访事项不在本单位或下级办理，帮扶由承办单位登记。",
    en: "This petition is not handled at your unit or below it. The unit that handles it records the help.",
  },
  givenOn: {
    "zh-CN": "给予帮扶的日期应是今天或更早，请改正。",
    en: "Help is recorded once it was given: choose today or an earlier day.",
  },
  followOn: {
    "zh-CN": "下次回访日期应在明天到本单位规定的最晚一天之间，请重新选择。",
    en: "Choose a day for the next follow-up between tomorrow and the latest day your unit allows.",
  },
  again: {
    "zh-CN": "帮扶还不管用的，请定下次回访的日期。",
    en: "Where the help does not hold, say when you follow up next.",
  },
  notYours: {
    "zh-CN": "只有登记人可以撤销这条记录，请联系登记人。",
    en: "Only whoever recorded this help takes it back. Ask that colleague.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
