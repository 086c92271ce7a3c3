import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Mailboxes of leaders: what is written to one reaches him as it is, and an unread one is the next level's matter. */
export const plugin = definePlugin({
  id: "leader-mailbox",
  title: { "zh-CN": "首长信箱", en: "Leader's mailbox" },
  purpose: {
    "zh-CN": "写给首长的信原样直达本人，三个工作日内阅信，逾期不读、信箱长期没有来信，都提醒上一级。",
    en: "What is written to a leader reaches him as it is, to be read within three working days; an unread letter and a mailbox that has gone quiet are told to the level above.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "files", "intake.own", "cases.read", "thread", "people.names", "units.read"],
  permissions: {
    read: {
      title: { "zh-CN": "阅读写给自己的来信", en: "Read what is written to oneself" },
      grants: ["signer", "chargeLeader"],
    },
    arrange: {
      title: { "zh-CN": "开设和停用首长信箱", en: "Open and close mailboxes" },
      grants: ["officer", "officeHead"],
    },
  },
  settings: z.object({
    anonymous: z
      .boolean()
      .default(true)
      .meta({ title: "可以匿名写信", "x-labels": { en: "Letters may come without a name" } }),
    quietDays: z
      .number()
      .int()
      .min(7)
      .max(365)
      .default(60)
      .meta({
        title: "信箱几天没有来信就提醒核查",
        "x-labels": { en: "Days without a letter after which a mailbox is looked into" },
        cascade: "atMost",
      }),
  }),
  clocks: {
    read: {
      title: { "zh-CN": "首长信箱阅信", en: "Leader reads the letter" },
      why: {
        "zh-CN": "写给首长的信，本人应当在三个工作日内阅读。",
        en: "What is written to a leader is read by him within three working days.",
      },
      amount: 3,
      unit: "workday",
      atEnd: {
        to: ["chargeLeader", "signer"],
        words: { "zh-CN": "首长信箱有来信到期未读。", en: "A letter in a leader's mailbox has not been read in time." },
      },
    },
  },
  news: {
    arrived: {
      "zh-CN": "首长信箱有{{count}}封来信待您阅读。",
      en: "{{count}} letters in your mailbox wait to be read.",
    },
    unread: {
      "zh-CN": "{{unit}}的首长信箱有{{count}}封来信过了期限还没有阅读，请过问。",
      en: "{{count}} letters in a leader's mailbox of {{unit}} were not read in time. Please look into it.",
    },
    moved: {
      "zh-CN": "有写给{{unit}}首长的来信，首长还没有阅读就转到了别的单位。请核查是否应当转出。",
      en: "A letter to a leader of {{unit}} was routed to another unit before he had read it. Check whether that was right.",
    },
    quiet: {
      "zh-CN": "{{unit}}有首长信箱{{days}}天没有来信。请核查渠道是否畅通，来信是否被拦截，不能当作成绩。",
      en: "A leader's mailbox of {{unit}} has had no letter for {{days}} days. Check whether letters get through; it is no merit.",
    },
  },
});
