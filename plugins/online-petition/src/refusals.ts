import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  changed: {
    "zh-CN": "这条答案刚才已经有人改过或者撤下，请刷新后再改。",
    en: "Somebody has changed this answer or taken it out meanwhile. Load the page anew and change it again.",
  },
  full: {
    "zh-CN": "本单位的常见问题已满，请先撤下不再需要的。",
    en: "This unit keeps as many answers as it may. Take out one that is no longer needed.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
