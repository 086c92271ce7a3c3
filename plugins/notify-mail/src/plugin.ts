import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

const hour = (fallback: string, zh: string, en: string) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default(fallback)
    .meta({ title: zh, "x-labels": { en } });

/** Tells people by e-mail that there is news, and nothing else. */
export const plugin = definePlugin({
  id: "notify-mail",
  title: { "zh-CN": "邮件提醒", en: "E-mail notifications" },
  purpose: {
    "zh-CN": "有新消息时给愿意接收的人发一封邮件，邮件里不含任何信访内容。",
    en: "Sends an e-mail to whoever wants one when there is news; the e-mail says nothing about the petition.",
  },
  sdk: "^1.0.0",
  capabilities: ["addresses"],
  settings: z.object({
    server: z
      .string()
      .max(200)
      .default("")
      .meta({ title: "邮件服务器（SMTP）", "x-labels": { en: "Mail server (SMTP)" } }),
    port: z
      .number()
      .int()
      .min(1)
      .max(65_535)
      .default(587)
      .meta({ title: "端口", "x-labels": { en: "Port" } }),
    security: z
      .enum(["startTls", "tls", "none"])
      .default("startTls")
      .meta({
        title: "加密方式",
        "x-labels": { en: "Encryption" },
        "x-options": {
          startTls: { "zh-CN": "STARTTLS", en: "STARTTLS" },
          tls: { "zh-CN": "TLS（SMTPS）", en: "TLS (SMTPS)" },
          none: { "zh-CN": "不加密（只用于内网）", en: "None (closed networks only)" },
        },
      }),
    user: z
      .string()
      .max(200)
      .default("")
      .meta({ title: "账号", "x-labels": { en: "User name" } }),
    password: z
      .string()
      .max(200)
      .default("")
      .meta({ title: "密码", "x-labels": { en: "Password" }, secret: true }),
    from: z
      .union([z.email().max(200), z.literal("")])
      .default("")
      .meta({ title: "发件人地址", "x-labels": { en: "Sender's address" } }),
    quietFrom: hour("21:00", "免打扰开始", "Quiet from"),
    quietUntil: hour("07:30", "免打扰结束", "Quiet until"),
    digestAt: hour("08:00", "每日汇总时间", "Daily summary at"),
  }),
});
export type Settings = z.output<typeof plugin.settings>;
