import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** From petitions and warnings to what lies behind them, and on to a fix that shows in the figures. */
export const plugin = definePlugin({
  id: "root-cause",
  title: { "zh-CN": "根源治理", en: "Root causes" },
  purpose: {
    "zh-CN":
      "从信访事项和预警里找到共同的根源，定措施、定责任人、定日期，用公布的数字核验同类诉求是否减少，并请兄弟单位举一反三。",
    en: "Finds what several petitions or a warning have in common, fixes it with an owner and a day, sees by the released figures whether complaints of that kind fell, and asks sibling units to check the same.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "cases.read", "units.read", "people.names", "tasks", "datasets.read"],
  permissions: {
    keep: {
      title: { "zh-CN": "根源治理", en: "Work on root causes" },
      grants: ["officer", "officeHead", "chargeLeader"],
    },
    answer: {
      title: { "zh-CN": "答复举一反三", en: "Answer checks that other units ask for" },
      grants: ["officer", "officeHead"],
    },
    look: {
      title: { "zh-CN": "查看根源治理", en: "See root causes" },
      grants: ["officer", "officeHead", "chargeLeader", "signer", "supervisor", "handler"],
    },
  },
  settings: z.object({
    months: z
      .int()
      .min(1)
      .max(6)
      .default(3)
      .meta({
        title: "核验的月数（前后各几个月）",
        "x-labels": { en: "Months compared before and after a fix" },
        cascade: "atLeast",
      }),
  }),
  news: {
    fell: {
      "zh-CN": "一项根源治理核验通过：同类诉求减少了。",
      en: "A root cause is verified: complaints of its kind fell.",
    },
    notFell: {
      "zh-CN": "一项根源治理核验没有通过：同类诉求没有减少，请再查根源。",
      en: "A fix did not show: complaints of its kind did not fall. Look for the cause again.",
    },
    judge: {
      "zh-CN": "一项根源治理的数字太少，看不出升降，请人工判断。",
      en: "The figures are too few to verify a root cause. Somebody has to judge it.",
    },
    asked: {
      "zh-CN": "兄弟单位请本单位举一反三，请在{{on}}前答复。",
      en: "Another unit asks yours to check for the same cause. Answer by {{on}}.",
    },
    askLate: {
      "zh-CN": "举一反三已经到期，还没有答复，请尽快答复。",
      en: "A check for the same cause is overdue. Please answer it.",
    },
    fixLate: {
      "zh-CN": "一项根源治理的措施已经到期，还没有落实。",
      en: "The fix of a root cause is overdue.",
    },
    answered: { "zh-CN": "举一反三有了答复。", en: "A unit has answered a check for the same cause." },
  },
});
