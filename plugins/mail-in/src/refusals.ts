import type { Text } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";

const words = {
  noMessage: {
    "zh-CN": "这个文件不是邮件。请在邮件软件里把邮件另存为“.eml”文件，再放进来。",
    en: "This file is no message. Save the message as an “.eml” file in the mail program, and bring that.",
  },
} as const satisfies Record<string, Text>;

/** Why something of the module cannot be done now, and what to do next. */
export const refuse = (code: keyof typeof words) => refusal(code, words[code]);
