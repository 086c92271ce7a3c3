import { definePlugin } from "@doorstep/sdk";

/** Official holidays and make-up working days of China, as versioned data. */
export const plugin = definePlugin({
  id: "calendar-cn",
  title: { "zh-CN": "中国工作日历", en: "Working-day calendar of China" },
  purpose: {
    "zh-CN": "提供国务院办公厅公布的节假日和调休上班日，用于计算期限。",
    en: "Brings the holidays and make-up working days announced by the State Council, for counting periods.",
  },
  sdk: "^1.0.0",
  onByDefault: true,
});
