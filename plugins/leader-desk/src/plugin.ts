import { definePlugin } from "@doorstep/sdk";

/** What waits for a leader today, and the petitions he has taken upon himself. */
export const plugin = definePlugin({
  id: "leader-desk",
  title: { "zh-CN": "领导包案", en: "Leader's desk" },
  purpose: {
    "zh-CN": "领导打开就看到今天最急的事；包案的事项有方案、有节点、定期走访，调离时交接。",
    en: "Shows a leader what is most urgent today; the petitions he takes upon himself have a plan, milestones, regular visits and a hand-over.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "cases.read", "units.read", "people.names", "tasks"],
  permissions: {
    lead: { title: { "zh-CN": "包案", en: "Lead petitions" }, grants: ["chargeLeader"] },
    look: {
      title: { "zh-CN": "查看包案情况", en: "See how leaders' petitions stand" },
      grants: ["chargeLeader", "officer", "officeHead", "signer", "supervisor", "handler"],
    },
  },
  clocks: {
    plan: {
      title: { "zh-CN": "包案方案", en: "Plan of the leader" },
      why: {
        "zh-CN": "领导包案后五个工作日内要见到来信人、拿出办理方案。",
        en: "Within five working days of taking a petition the leader meets the petitioner and makes a plan.",
      },
      amount: 5,
      unit: "workday",
      atEnd: {
        to: ["chargeLeader"],
        words: {
          "zh-CN": "领导包案到期还没有方案，请过问。",
          en: "A petition taken by a leader has no plan in time. Please look into it.",
        },
      },
    },
    visit: {
      title: { "zh-CN": "包案走访", en: "Visit by the leader" },
      why: {
        "zh-CN": "包案期间每三十天走访一次并作记录。",
        en: "While a leader has a petition, he visits every thirty days and writes it down.",
      },
      amount: 30,
      unit: "day",
      atEnd: {
        to: ["chargeLeader"],
        words: {
          "zh-CN": "领导包案三十天没有走访记录，请过问。",
          en: "A petition taken by a leader has had no visit for thirty days. Please look into it.",
        },
      },
    },
  },
  news: {
    handedOver: {
      "zh-CN": "有一件领导包案的事项办了交接，等人接手。",
      en: "A petition that a leader had taken was handed over and waits for another.",
    },
  },
});
