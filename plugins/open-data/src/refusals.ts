import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这份数据，可能已经撤回。请回到列表。",
    en: "These figures were not found; they may have been withdrawn. Go back to the list.",
  },
  nothing: {
    "zh-CN": "这几个月还没有发布数字，请选已发布的月份。",
    en: "Nothing was released for these months yet. Choose months that were.",
  },
  same: {
    "zh-CN": "这些数字已经公开，没有变化，不用再公开。",
    en: "These figures are published already and have not changed.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
