import { definePlugin } from "@doorstep/sdk";

/** Petitions that hang: why, who leads, what is done, and who has checked that it is done. */
export const plugin = definePlugin({
  id: "backlog",
  title: { "zh-CN": "积案化解", en: "Backlog" },
  purpose: {
    "zh-CN": "每件积案有症结、有分类、有包案领导，每月会商；销号前由第三方单位独立验收，九十天后回头看。",
    en: "Each petition of the backlog has its cause, its class and a leader, and is reviewed every month; a third unit checks it before it is struck off, and ninety days later somebody looks whether it held.",
  },
  sdk: "^1.1.0",
  capabilities: ["db", "cases.read", "units.read", "people.names", "tasks"],
  permissions: {
    keep: { title: { "zh-CN": "化解积案", en: "Work on the backlog" }, grants: ["officer", "officeHead", "signer"] },
    check: { title: { "zh-CN": "独立验收", en: "Check what others have done" }, grants: ["officer", "officeHead"] },
    look: {
      title: { "zh-CN": "查看积案", en: "See the backlog" },
      grants: ["officer", "officeHead", "signer", "supervisor", "chargeLeader", "handler"],
    },
  },
  clocks: {
    review: {
      title: { "zh-CN": "积案会商", en: "Review of the backlog" },
      why: {
        "zh-CN": "积案每月会商一次，看症结解开没有、下一步做什么。",
        en: "A petition of the backlog is reviewed every month: what still holds it up, and what comes next.",
      },
      amount: 30,
      unit: "day",
      atEnd: {
        to: ["officer", "supervisor"],
        words: { "zh-CN": "有一件积案一个月没有会商。", en: "A petition of the backlog was not reviewed for a month." },
      },
    },
  },
  news: {
    entered: {
      "zh-CN": "有一件事项成了积案，请分析症结。",
      en: "A petition has become backlog. Find out why it hangs.",
    },
    lead: { "zh-CN": "有一件积案请您包案。", en: "You are asked to take a petition of the backlog upon yourself." },
    checked: { "zh-CN": "积案验收有了结果。", en: "The check of a petition of the backlog has its result." },
  },
});
