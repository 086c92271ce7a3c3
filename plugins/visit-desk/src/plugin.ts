import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** The reception hall: numbers, rooms, two of staff, and what was said read back and signed. */
export const plugin = definePlugin({
  id: "visit-desk",
  title: { "zh-CN": "来访接待", en: "Visit desk" },
  purpose: {
    "zh-CN": "接待大厅取号叫号，紧急的先接；单独接谈，两人在场，宣读核对并由来访人签字确认。",
    en: "Numbers in the reception hall, the urgent first; talks in a room of their own with two of staff, read back and signed by the visitor.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "cases.read", "intake.identity", "people.names", "appointments"],
  permissions: {
    receive: { title: { "zh-CN": "接待来访", en: "Receive visitors" }, grants: ["clerk", "officer"] },
  },
  settings: z.object({
    rooms: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .default("接谈室")
      .meta({ title: "接谈室名称（用空格分开）", "x-labels": { en: "Rooms for talks, separated by spaces" } }),
    talkMinutes: z
      .number()
      .int()
      .min(10)
      .max(240)
      .default(60)
      .meta({ title: "一次接谈预留的时间（分钟）", "x-labels": { en: "Time kept for one talk (minutes)" } }),
    representatives: z
      .number()
      .int()
      .min(1)
      .max(5)
      .default(5)
      .meta({
        title: "多人来访的代表人数上限",
        "x-labels": { en: "Most representatives of a joint visit" },
        cascade: "atMost",
      }),
    sharedPrinter: z
      .boolean()
      .default(false)
      .meta({
        title: "打印机与他人共用（回执不印查询码）",
        "x-labels": { en: "The printer is shared: receipts are printed without the return code" },
      }),
  }),
});
