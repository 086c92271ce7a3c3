import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这件包案，可能已经移走。请刷新后查看。",
    en: "This petition was not found among those that leaders have taken. Load the page again.",
  },
  notYours: {
    "zh-CN": "这件事项不是你包的。先在事项里办“领导包案”，再写方案和走访。",
    en: "You have not taken this petition upon yourself. Take it first, then write its plan and visits.",
  },
  met: {
    "zh-CN": "请填见面的日期；没有见面的，写明原因。",
    en: "Give the day on which you met the petitioner, or say why you did not.",
  },
  past: { "zh-CN": "日期不能晚于今天。", en: "That day has not come yet." },
  ahead: { "zh-CN": "节点的日期不能早于今天。", en: "A milestone lies today or later." },
  early: { "zh-CN": "日期不能早于包案的那一天。", en: "That is before the day on which the petition was taken." },
  plan: { "zh-CN": "还没有方案，请先写方案。", en: "There is no plan yet. Write it first." },
  done: { "zh-CN": "这个节点已经办完了，请刷新后查看。", en: "This milestone is done already. Load the page again." },
  many: { "zh-CN": "节点最多二十个。", en: "There are at most twenty milestones." },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
