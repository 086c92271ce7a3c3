import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这份日志，可能已被移除。请回到日志列表。",
    en: "This log was not found; it may have been removed. Go back to the list.",
  },
  pieces: {
    "zh-CN": "文件没有传完整，请重新导入。",
    en: "The file did not arrive whole. Take it in again.",
  },
  tooMany: {
    "zh-CN": "本单位已有二十份日志，请先移除不用的。",
    en: "The unit has twenty logs already. Remove one you no longer need first.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
