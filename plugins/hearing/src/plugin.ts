import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

const title = { "zh-CN": "听证", en: "Hearing" };

/** Major, complex and hard matters heard before a panel that is free of them [R22:31(6)]. */
export const plugin = definePlugin({
  id: "hearing",
  title,
  purpose: {
    "zh-CN":
      "重大、复杂、疑难事项听证：来信人申请或单位决定，提前七天通知，听证组不得有承办人，笔录由到场的人核对签字，听证组表决作出结论，写进答复。",
    en: "Hearings of major, complex and hard matters: at the petitioner's wish or by the unit itself, announced seven days before, led by a panel free of the matter, with a record that is read and signed, and a conclusion by vote for the reply.",
  },
  sdk: "^1.1.0",
  capabilities: ["db", "cases.read", "cases.own", "units.read", "people.names", "notices", "thread", "files"],
  permissions: {
    conduct: {
      title: { "zh-CN": "决定、组织和记录听证", en: "Decide on, arrange and record hearings" },
      grants: ["officer", "reviewer"],
    },
    decide: {
      title: { "zh-CN": "决定听证组成员回避", en: "Decide whether somebody leaves a panel" },
      grants: ["officeHead", "signer"],
    },
    look: {
      title: { "zh-CN": "查看听证", en: "See hearings" },
      grants: ["officer", "reviewer", "handler", "officeHead", "signer"],
    },
  },
  procedures: { hearing: { title, runs: "hearing" } },
  clocks: {
    decide: {
      title: { "zh-CN": "听证申请答复", en: "Answer to an application for a hearing" },
      why: {
        "zh-CN": "来信人申请听证，单位应当及时决定并说明理由。",
        en: "The petitioner has applied for a hearing; the unit decides in time and says why.",
      },
      amount: 5,
      unit: "workday",
      atEnd: {
        to: ["officer", "reviewer"],
        words: {
          "zh-CN": "有一份听证申请还没有决定。",
          en: "An application for a hearing has not been decided on.",
        },
      },
    },
  },
  news: {
    applied: {
      "zh-CN": "来信人申请听证，请在事项的“听证”里决定。",
      en: "A petitioner has applied for a hearing: see the petition's tab Hearing.",
    },
    yours: {
      "zh-CN": "请您参加{{on}}的听证，在门户的“听证”里查看。",
      en: "You sit on a hearing on {{on}}: see Hearing in the portal.",
    },
    recusal: {
      "zh-CN": "来信人申请一名听证组成员回避，请决定。",
      en: "A petitioner asks that somebody leaves the panel of a hearing. Please decide.",
    },
  },
  settings: z.object({
    noticeDays: z
      .number()
      .int()
      .min(7)
      .max(60)
      .default(7)
      .meta({
        title: "至少提前几天通知听证",
        "x-labels": { en: "Days before the hearing by which the parties are told at least" },
        cascade: "atLeast",
      }),
    panelLeast: z
      .number()
      .int()
      .min(1)
      .max(9)
      .default(3)
      .meta({
        title: "听证组至少几人（含主持人）",
        "x-labels": { en: "People on a panel at least, its chair among them" },
        cascade: "atLeast",
      }),
  }),
});
