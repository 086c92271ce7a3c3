import { definePlugin } from "@doorstep/sdk";

/** Reports made of figures that were released: the year, the month, units compared, and a unit's own. */
export const plugin = definePlugin({
  id: "reports",
  title: { "zh-CN": "统计报告", en: "Figures and reports" },
  purpose: {
    "zh-CN":
      "用按月公布的数字编写年度报告、月度简报、单位办理质量对比和自定义报告，可打印、导出，每次导出都有记录和水印；不含任何事项和人员。",
    en: "Makes the yearly report, the monthly brief, the comparison of how units answer and reports of a unit's own from the figures released each month; on paper and as files, each taken out with a mark and a line in the log. No petition and no person is in them.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "datasets.read", "units.read", "tasks"],
  permissions: {
    read: {
      title: { "zh-CN": "查看统计报告", en: "Read reports" },
      grants: ["supervisor", "officer", "officeHead", "signer", "chargeLeader", "analyst"],
    },
    take: {
      title: { "zh-CN": "导出和打印统计报告", en: "Take reports out of the house" },
      grants: ["supervisor", "officer", "officeHead", "analyst"],
    },
    sign: {
      title: { "zh-CN": "签署年度报告中的改进情况", en: "Sign what was changed in a year" },
      grants: ["officeHead", "signer"],
    },
    build: {
      title: { "zh-CN": "编制本单位的自定义报告", en: "Put together reports of the unit's own" },
      grants: ["supervisor", "officeHead"],
    },
  },
});
