import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Filing online: the six questions, one at a time, and the receipt. */
export const plugin = definePlugin({
  id: "online-petition",
  title: { "zh-CN": "网上信访", en: "Online petition" },
  purpose: {
    "zh-CN": "让人们在手机或电脑上反映问题，可以匿名。",
    en: "Lets people raise a matter on a phone or computer, anonymously if they wish.",
  },
  sdk: "^1.0.0",
  onByDefault: true,
  capabilities: ["db", "units.read"],
  permissions: {
    answer: {
      title: { "zh-CN": "维护常见问题的答案", en: "Keep the answers given before filing" },
      grants: ["officer", "officeHead"],
    },
  },
  settings: z.object({
    anonymousAllowed: z
      .boolean()
      .default(true)
      .meta({ title: "允许匿名", "x-labels": { en: "Anonymous petitions allowed" } }),
    emergencyNumbers: z
      .string()
      .trim()
      .max(80)
      .default("110 120")
      .meta({
        title: "有危险时先打的电话（用空格分开）",
        "x-labels": { en: "Telephone numbers to call in danger, separated by spaces" },
      }),
  }),
});
