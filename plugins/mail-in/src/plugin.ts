import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

const words = (zh: string, en: string) => z.string().max(200).default("").meta({ title: zh, "x-labels": { en } });
const port = (fallback: number, zh: string, en: string) =>
  z.number().int().min(1).max(65_535).default(fallback).meta({ title: zh, "x-labels": { en } });
const security = (fallback: "tls" | "startTls", zh: string, en: string) =>
  z
    .enum(["tls", "startTls", "none"])
    .default(fallback)
    .meta({
      title: zh,
      "x-labels": { en },
      "x-options": {
        tls: { "zh-CN": "TLS", en: "TLS" },
        startTls: { "zh-CN": "STARTTLS", en: "STARTTLS" },
        none: { "zh-CN": "不加密（只用于内网）", en: "None (closed networks only)" },
      },
    });

/** Petitions by e-mail: the unit's mailbox is read, every message is accounted for. */
export const plugin = definePlugin({
  id: "mail-in",
  title: { "zh-CN": "电子邮件来信", en: "Petitions by e-mail" },
  purpose: {
    "zh-CN": "定时收取本单位信访邮箱，由人边看边登记，原件和附件随件保存；退信、自动回复、重复邮件都有去处，一封不丢。",
    en: "Reads the unit's mailbox; a clerk registers each message beside its text, with original and attachments. Bounces, automatic replies and duplicates are told apart, and every message is accounted for.",
  },
  sdk: "^1.1.0",
  capabilities: ["db", "files", "cases.read", "intake.identity", "thread.petitioner"],
  permissions: {
    register: { title: { "zh-CN": "邮件登记", en: "Register e-mail" }, grants: ["clerk", "officer"] },
  },
  settings: z.object({
    mailboxOf: words(
      "邮箱所属单位的代码（只有该单位收取）",
      "Code of the unit whose mailbox it is (only that unit reads it)",
    ),
    imapServer: words("收信服务器（IMAP）", "Incoming server (IMAP)"),
    imapPort: port(993, "收信端口", "Incoming port"),
    imapSecurity: security("tls", "收信加密方式", "Incoming encryption"),
    user: words("账号", "User name"),
    password: z
      .string()
      .max(200)
      .default("")
      .meta({ title: "密码", "x-labels": { en: "Password" }, secret: true }),
    folder: z
      .string()
      .min(1)
      .max(200)
      .default("INBOX")
      .meta({ title: "邮箱文件夹", "x-labels": { en: "Folder" } }),
    smtpServer: words("发信服务器（SMTP），不填则不发回执", "Outgoing server (SMTP); empty: nothing is acknowledged"),
    smtpPort: port(587, "发信端口", "Outgoing port"),
    smtpSecurity: security("startTls", "发信加密方式", "Outgoing encryption"),
    from: z
      .union([z.email().max(200), z.literal("")])
      .default("")
      .meta({ title: "邮箱地址", "x-labels": { en: "Address of the mailbox" } }),
    maxMegabytes: z
      .number()
      .int()
      .min(1)
      .max(15)
      .default(15)
      .meta({ title: "单封邮件大小上限（MB）", "x-labels": { en: "Largest message (MB)" }, cascade: "atMost" }),
  }),
});
export type Settings = z.output<typeof plugin.settings>;
