import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "本单位没有这条预警，请刷新后查看。",
    en: "There is no such warning at your unit. Load the page again.",
  },
  state: {
    "zh-CN": "这条预警已经有人答复，请刷新后查看。",
    en: "Somebody has answered this warning already. Load the page again.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
