import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Reception days: published ahead, booked with or without an account, prepared, and followed up. */
export const plugin = definePlugin({
  id: "reception-day",
  title: { "zh-CN": "领导接访", en: "Reception days" },
  purpose: {
    "zh-CN": "提前公布领导接访日，网上约号，接访前备好材料，当场答应的事限期交办。",
    en: "Publishes when leaders receive people, lets them book a time, prepares the day, and makes tasks of what is promised there.",
  },
  sdk: "^1.0.0",
  capabilities: [
    "db",
    "units.read",
    "people.names",
    "appointments",
    "tasks",
    "cases.read",
    "thread",
    "intake.identity",
  ],
  permissions: {
    publish: { title: { "zh-CN": "公布和调整接访日", en: "Publish and change days" }, grants: ["clerk", "officer"] },
    receive: {
      title: { "zh-CN": "接访和记录", en: "Receive visitors" },
      grants: ["clerk", "officer", "officeHead", "signer", "chargeLeader"],
    },
  },
  settings: z.object({
    announceDays: z
      .number()
      .int()
      .min(1)
      .max(30)
      .default(5)
      .meta({
        title: "至少提前几天公布",
        "x-labels": { en: "Days by which a reception day is published ahead" },
        cascade: "atLeast",
      }),
    slotMinutes: z
      .number()
      .int()
      .min(5)
      .max(120)
      .default(30)
      .meta({ title: "每位来访人的时间（分钟）", "x-labels": { en: "Minutes for each visitor" }, cascade: "override" }),
    keepMonths: z
      .number()
      .int()
      .min(1)
      .max(120)
      .default(24)
      .meta({
        title: "接访记录保存几个月",
        "x-labels": { en: "Months for which records of visits are kept" },
        cascade: "atMost",
      }),
  }),
  news: {
    tomorrow: { "zh-CN": "你约的领导接访在{{at}}。", en: "Your time with the leader is at {{at}}." },
    changed: {
      "zh-CN": "你约的领导接访有变动，请在“领导接访”里查看。",
      en: "The reception day you booked has changed. See under Reception days.",
    },
    published: {
      "zh-CN": "公布了领导接访日，可以约时间了。",
      en: "A reception day was announced. You can take a time now.",
    },
    coming: { "zh-CN": "{{on}}由您接访。", en: "You receive visitors on {{on}}." },
    list: { "zh-CN": "明天接访，已约{{count}}人。", en: "Tomorrow you receive; {{count}} have booked." },
  },
});
