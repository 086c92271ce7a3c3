import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这项根源治理，请刷新后查看。",
    en: "This root cause was not found. Load the page again.",
  },
  elsewhere: {
    "zh-CN": "这项根源由另一个单位负责治理，请到那个单位处理。",
    en: "Another unit works on this root cause. Act there.",
  },
  state: {
    "zh-CN": "这项根源治理的情况已经变了，请刷新后查看。",
    en: "This root cause has moved on. Load the page again.",
  },
  petition: {
    "zh-CN": "只能关联本单位或下级办理、您能打开的信访事项。",
    en: "Only a petition that you may open and that is handled at this unit or below it can be linked.",
  },
  owner: {
    "zh-CN": "责任单位要从本单位和直接下级里选，责任人要在责任单位里。请重新选择。",
    en: "The owner is this unit or one right below it, or somebody there. Choose from the list.",
  },
  siblings: {
    "zh-CN": "只能请同级的兄弟单位和直接下级单位举一反三。请重新选择。",
    en: "Only units beside this one or right below it can be asked. Choose from the list.",
  },
  past: { "zh-CN": "日期不能早于今天。", en: "That day has passed. Choose today or later." },
  future: { "zh-CN": "日期不能晚于今天。", en: "That day has not come yet." },
  tooEarly: {
    "zh-CN": "落实的日期不能早于定措施的那天。",
    en: "The fix cannot have been done before it was decided.",
  },
  steps: {
    "zh-CN": "还有步骤没有完成，请先完成或删去。",
    en: "There are steps that are not done. Finish them first, or take them out.",
  },
  own: {
    "zh-CN": "定措施和报落实的人不能自己判断有没有效果，请其他同志判断。",
    en: "Whoever decided on the fix or reported it done does not judge it himself. Let somebody else do it.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
