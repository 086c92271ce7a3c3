import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Letters on paper: scanned, registered while they are read, answered by post. */
export const plugin = definePlugin({
  id: "letter-desk",
  title: { "zh-CN": "来信登记", en: "Letter desk" },
  purpose: {
    "zh-CN": "把纸质来信扫描或拍照入册，边看边登记，原件和信封随件保存，答复可以邮寄。",
    en: "Scans or photographs letters, registers them while they are read, keeps original and envelope with the petition, and answers by post.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "files", "cases.read", "intake.identity", "people.identity"],
  permissions: {
    register: { title: { "zh-CN": "收信登记", en: "Register letters" }, grants: ["clerk", "officer"] },
    post: { title: { "zh-CN": "邮寄答复", en: "Answer by post" }, grants: ["officer"] },
  },
  settings: z.object({
    sharedPrinter: z
      .boolean()
      .default(false)
      .meta({
        title: "打印机与他人共用（回执不印查询码）",
        "x-labels": { en: "The printer is shared: receipts are printed without the return code" },
      }),
    maxMegabytes: z
      .number()
      .int()
      .min(1)
      .max(15)
      .default(10)
      .meta({ title: "每页文件大小上限（MB）", "x-labels": { en: "Largest page (MB)" }, cascade: "atMost" }),
  }),
});
