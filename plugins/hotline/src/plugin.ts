import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Calls taken down while people talk: danger first, by keyboard, with a day to call back. */
export const plugin = definePlugin({
  id: "hotline",
  title: { "zh-CN": "热线电话", en: "Hotline" },
  purpose: {
    "zh-CN": "边接电话边登记，先问安全，尊重来电人是否留名，全程用键盘，约好回电不遗漏。",
    en: "Calls are taken down while people talk: safety first, with or without a name, by keyboard alone, and a promised call back is never forgotten.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "cases.read", "intake.identity", "tasks"],
  permissions: {
    answer: { title: { "zh-CN": "接听热线", en: "Answer calls" }, grants: ["clerk", "officer"] },
  },
  settings: z.object({
    greeting: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .default("您好，这里是信访热线，请讲。")
      .meta({ title: "接听时说的第一句话", "x-labels": { en: "First sentence on the telephone" } }),
    sharedPrinter: z
      .boolean()
      .default(false)
      .meta({
        title: "打印机与他人共用（回执不印查询码）",
        "x-labels": { en: "The printer is shared: receipts are printed without the return code" },
      }),
  }),
});
