import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "本单位没有这份报告，可能已经删除。请返回列表查看。",
    en: "Your unit has no such report; it may have been removed. Go back to the list.",
  },
  definition: {
    "zh-CN": "选的内容不完整，或者对应的模块没有启用。请至少选一栏，再试一次。",
    en: "What was chosen is not whole, or the module that counts it is off. Choose at least one column and try again.",
  },
  changedMeanwhile: {
    "zh-CN": "别人刚签署了新的一版。请重新打开页面，看过新版后再签。",
    en: "Somebody has just signed a newer version. Open the page again and read it before you sign.",
  },
  tooMany: {
    "zh-CN": "本单位的自定义报告已经够多，请先删除不用的。",
    en: "Your unit has as many reports of its own as there can be. Remove one that is not used any more.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
