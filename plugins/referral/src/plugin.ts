import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Petitions from superiors, sister units and civil offices, and to them. */
export const plugin = definePlugin({
  id: "referral",
  title: { "zh-CN": "外单位转来转出", en: "Referral" },
  purpose: {
    "zh-CN":
      "接收上级、兄弟单位和地方部门转来的信访事项，也向他们转出：网络不通的用签名文件包，地方部门凭密钥按Open311标准递交、查询自己递交的事项。检举控告不经此转出。",
    en: "Takes in petitions from superiors, sister units and civil offices, and sends petitions to them: as signed packages where networks are not connected, by Open311 for civil offices with a key. No accusation goes out this way.",
  },
  sdk: "^0.1.0",
  capabilities: ["db", "files", "serve", "cases.read", "units.read", "intake.identity", "people.identity", "thread"],
  permissions: {
    refer: { title: { "zh-CN": "收转外单位事项", en: "Take in and send referrals" }, grants: ["clerk", "officer"] },
    partners: {
      title: { "zh-CN": "管理往来单位", en: "Keep the partners" },
      grants: ["officeHead", "unitAdmin"],
    },
  },
  settings: z.object({
    receiptDays: z
      .number()
      .int()
      .min(1)
      .max(90)
      .default(15)
      .meta({
        title: "转出后几天没有回执算逾期",
        "x-labels": { en: "Days after which a receipt is missing" },
        cascade: "atMost",
      }),
  }),
});
