import { definePlugin } from "@doorstep/sdk";

/** What hurts people in the units: figures that were released, compared, and read for early warnings. */
export const plugin = definePlugin({
  id: "barometer",
  title: { "zh-CN": "诉求晴雨表", en: "Barometer" },
  purpose: {
    "zh-CN": "用按月公布的数字看诉求走势、类别分布、办理质量，并提出预警；只看单位和问题，从不看个人。",
    en: "Shows by the figures released each month where petitions rise, what they are about and how they are answered, and warns early; units and matters only, never people.",
  },
  sdk: "^0.1.0",
  capabilities: ["db", "units.read", "datasets.read", "tasks", "people.names"],
  permissions: {
    look: {
      title: { "zh-CN": "查看诉求晴雨表", en: "See the barometer" },
      grants: ["supervisor", "officer", "officeHead", "signer", "chargeLeader"],
    },
    answer: {
      title: { "zh-CN": "答复预警", en: "Answer early warnings" },
      grants: ["officeHead", "chargeLeader"],
    },
  },
});
