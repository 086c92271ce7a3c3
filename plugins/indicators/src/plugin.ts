import { definePlugin } from "@doorstep/sdk";

/** How petitions are answered, counted from the ledger by fixed formulas. */
export const plugin = definePlugin({
  id: "indicators",
  title: { "zh-CN": "办理指标", en: "Indicators" },
  purpose: {
    "zh-CN":
      "按固定公式从办理台账统计及时受理、按期办结、满意等指标；能看事项的人看到准确数字和事项清单，其他人只看到按月公布的数字。",
    en: "Counts by fixed formulas, from the ledger, how petitions are accepted, answered and rated; whoever may open the petitions sees exact numbers and the list, everybody else what is released by month.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "feed", "cases.read", "units.read", "datasets.read"],
  permissions: {
    look: {
      title: { "zh-CN": "查看办理指标", en: "See the indicators" },
      grants: ["supervisor", "officer", "officeHead", "signer", "chargeLeader"],
    },
    strength: {
      title: { "zh-CN": "填写单位人数", en: "Enter how many the unit has" },
      grants: ["officer", "officeHead"],
    },
  },
});
