import { definePlugin } from "@doorstep/sdk";

/** How petitions really go, beside how the rules say they go. */
export const plugin = definePlugin({
  id: "process",
  title: { "zh-CN": "流程分析", en: "Process map" },
  purpose: {
    "zh-CN":
      "按办理台账画出信访事项实际走过的环节：有哪些走法、在哪里等得久、哪里返工、哪里偏离规定流程；可导出不含人员的事件日志，也可导入其他系统的日志作对照。",
    en: "Shows from the ledger how petitions really go: which ways there are, where they wait, what is done again, where they leave the rules; exports event logs with nobody in them, and takes in logs of other systems for comparison.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "feed", "cases.read", "units.read"],
  permissions: {
    look: {
      title: { "zh-CN": "查看流程分析、导出事件日志", en: "See the process map and export event logs" },
      grants: ["supervisor", "officer", "officeHead", "signer", "chargeLeader"],
    },
    logs: {
      title: { "zh-CN": "导入和移除其他系统的日志", en: "Take in and remove logs of other systems" },
      grants: ["supervisor", "officeHead"],
    },
  },
});
