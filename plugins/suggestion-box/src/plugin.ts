import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Suggestions with or without a name: supported by others, studied as petitions, answered in public. */
export const plugin = definePlugin({
  id: "suggestion-box",
  title: { "zh-CN": "意见箱", en: "Suggestion box" },
  purpose: {
    "zh-CN": "官兵实名或匿名提建议，大家可以附议；相近的建议合并成一件信访事项限期研究，经本人同意公开答复。",
    en: "Takes suggestions with or without a name and lets others support them; similar ones are studied as one petition with a period, and answered in public where the author agrees.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "files", "intake.identity", "cases.read", "units.read"],
  permissions: {
    sort: { title: { "zh-CN": "整理意见箱", en: "Sort the suggestion box" }, grants: ["clerk"] },
  },
  settings: z.object({
    anonymous: z
      .boolean()
      .default(true)
      .meta({ title: "可以匿名提建议", "x-labels": { en: "Suggestions may come without a name" } }),
    mostPerDay: z
      .number()
      .int()
      .min(5)
      .max(1000)
      .default(100)
      .meta({ title: "一天最多收多少条", "x-labels": { en: "Suggestions taken in a day at most" }, cascade: "atMost" }),
    keepDays: z
      .number()
      .int()
      .min(30)
      .max(1095)
      .default(365)
      .meta({
        title: "答复公开几天后撤下",
        "x-labels": { en: "Days for which an answer stands on the board" },
        cascade: "atMost",
      }),
  }),
  news: {
    waiting: {
      "zh-CN": "意见箱里有{{count}}条建议还没有整理。",
      en: "{{count}} suggestions in the box have not been sorted yet.",
    },
    replied: {
      "zh-CN": "意见箱里的建议有了答复，请公布结果。",
      en: "A suggestion of the box has its reply. Publish what came of it.",
    },
  },
});
