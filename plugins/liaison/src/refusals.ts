import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  notFound: {
    "zh-CN": "没有找到这件协调事项，可能已经移走。请刷新后查看。",
    en: "This liaison was not found; it may have moved. Load the page again.",
  },
  state: {
    "zh-CN": "这件协调事项的情况已经变了，请刷新后查看。",
    en: "This liaison has moved on. Load the page again.",
  },
  open: {
    "zh-CN": "这件信访事项已经有人在协调，请在原来的协调里继续。",
    en: "Somebody liaises for this petition already. Go on there.",
  },
  elsewhere: {
    "zh-CN": "这件信访事项不在本单位或下级办理，由承办单位协调。",
    en: "This petition is not handled at your unit or below it. The unit that handles it liaises.",
  },
  helper: {
    "zh-CN": "请选择能看到这件信访事项的承办人员，由他跟到底。",
    en: "Choose somebody who handles petitions and may see this one to stay with it.",
  },
  agreedOn: {
    "zh-CN": "先征得来信人同意再发函；同意的日期应是今天或更早。",
    en: "Ask the petitioner first. The day of his consent is today or an earlier one.",
  },
  consent: {
    "zh-CN": "来信人还没有在自己的页面同意。请等他答复，或者当面征得同意后填写日期。",
    en: "The petitioner has not agreed on his own page. Wait for his answer, or ask him in person and enter the day.",
  },
  consentTaken: {
    "zh-CN": "来信人已经在自己的页面表示不同意。他改变主意的，请填写在那以后同意的日期。",
    en: "The petitioner has said no on his own page. Where he has changed his mind since, enter the later day.",
  },
  wishedOn: {
    "zh-CN": "希望答复的日期应在今天以后。",
    en: "The answer is wished for on a day after today.",
  },
  unsigned: {
    "zh-CN": "上一封函还没有签发，请等签发或修改那一封。",
    en: "The letter before is not signed yet. Wait for it, or write that one anew.",
  },
  answeredOn: {
    "zh-CN": "答复日期应在发函之日到今天之间。",
    en: "The answer came between the day of the letter and today.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** A refusal in words that say what to do next. */
export const refuse = (reason: keyof typeof words): Error => refusal(reason, words[reason]);
