import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这条建议，可能已经撤回或者到期。",
    en: "This suggestion was not found. It may have been taken back, or its days are over.",
  },
  code: {
    "zh-CN": "没有这个码。请核对后再输一次。",
    en: "There is nothing under this code. Compare it and type it again.",
  },
  state: {
    "zh-CN": "这条建议刚才已经有人处理，请刷新后再看。",
    en: "Somebody has dealt with this suggestion meanwhile. Load the page anew.",
  },
  named: {
    "zh-CN": "本单位的意见箱要求写明姓名，请改为实名再提交。",
    en: "This unit's box takes suggestions with a name. Choose “by name” and send it again.",
  },
  full: {
    "zh-CN": "意见箱今天已经收满，请明天再提，或者直接填写信访事项。",
    en: "The box is full for today. Come back tomorrow, or file a petition directly.",
  },
  notAgreed: {
    "zh-CN": "写建议的人不同意公开，不能放上公示栏。",
    en: "Whoever wrote this does not agree that others read it. It cannot stand on the board.",
  },
  notOnBoard: {
    "zh-CN": "这条建议不在公示栏上，不能附议。",
    en: "This suggestion is not on the board, so it cannot be supported.",
  },
  notReplied: {
    "zh-CN": "信访事项还没有答复，请在答复送出以后再公布结果。",
    en: "The petition has no reply yet. Publish what came of it once the reply is out.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
