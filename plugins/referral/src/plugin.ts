import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Petitions from superiors, sister units and civil offices, and to them. */
export const plugin = definePlugin({
  id: "referral",
  title: { "zh-CN": "外单位转来转出", en: "Referral" },
  purpose: {
    "zh-CN":
      "接收上级、兄弟单位和地方部门转来的信访事项，也向他们转出：用签名文件包，网络相通的自动发送；地方部门凭密钥按Open311标准递交、查询自己递交的事项。检举控告不经此转出。",
    en: "Takes in petitions from superiors, sister units and civil offices, and sends petitions to them: as signed packages, posted where networks are connected, by Open311 for civil offices with a key. No accusation goes out this way.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "files", "serve", "cases.read", "units.read", "intake.identity", "people.identity", "thread"],
  http: { addresses: "addresses", inside: "inside" },
  permissions: {
    refer: { title: { "zh-CN": "收转外单位事项", en: "Take in and send referrals" }, grants: ["clerk", "officer"] },
    partners: {
      title: { "zh-CN": "管理往来单位", en: "Keep the partners" },
      grants: ["officeHead", "unitAdmin"],
    },
  },
  settings: z.object({
    addresses: z
      .array(
        z
          .string()
          .max(300)
          .regex(/^https?:\/\/[^/?#@\s]+\/x\/referral\/[A-Za-z0-9-]{2,40}\/packages$/),
      )
      .max(50)
      .default([])
      .meta({
        title: "网络相通的往来单位的接收地址",
        "x-labels": {
          en: "Addresses of partners whose networks are connected",
          hint: {
            "zh-CN": "每行一个，形如 https://对方平台/x/referral/对方代码/packages。密钥在“往来单位”中登记。",
            en: "One a line, such as https://their.example/x/referral/THEIR-CODE/packages. Their keys are entered among the partners.",
          },
        },
      }),
    inside: z
      .array(
        z
          .string()
          .max(300)
          .regex(/^https?:\/\/[^/?#@\s]+\/[^?#@\s]*$/),
      )
      .max(50)
      .default([])
      .meta({
        title: "允许的内网地址",
        "x-labels": {
          en: "Addresses inside your network that units may use",
          hint: {
            "zh-CN": "每行一个；以“/”结尾的包括其下所有地址。只有最高一级单位设的才算数。",
            en: "One a line; one that ends with “/” includes everything below it. Only what the topmost unit sets counts.",
          },
        },
      }),
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
