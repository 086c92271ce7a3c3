import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到，可能已经处理。请刷新后查看。",
    en: "This was not found; it may have been dealt with. Load the page again.",
  },
  codeTaken: {
    "zh-CN": "已有往来单位使用这个代码，请换一个，或先停用原来的。",
    en: "Another partner has this code. Choose another one, or end that partner first.",
  },
  state: {
    "zh-CN": "情况已经变了，请刷新后查看。",
    en: "This has moved on. Load the page again.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
