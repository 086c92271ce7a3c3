import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Joint petitions: one writes, others sign, at most five speak for all, and everybody follows by a code of his own. */
export const plugin = definePlugin({
  id: "joint-petition",
  title: { "zh-CN": "联名反映", en: "Joint petitions" },
  purpose: {
    "zh-CN": "一件共同的事由一人起草、众人联名，代表不超过五人；联名人互不知道还有谁，人人都能查进度、看答复。",
    en: "One writes down a shared matter and others sign it; at most five speak for all, nobody sees who else signed, and everybody follows it and reads the reply.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "files", "intake.joint"],
  settings: z.object({
    openDays: z
      .number()
      .int()
      .min(1)
      .max(28)
      .default(21)
      .meta({
        title: "联名材料开放签名几天",
        "x-labels": { en: "Days for which a text can be signed" },
        cascade: "atMost",
      }),
    representatives: z
      .number()
      .int()
      .min(1)
      .max(5)
      .default(5)
      .meta({
        title: "代表最多几人（含起草人）",
        "x-labels": { en: "Representatives at most, whoever wrote it among them" },
        cascade: "atMost",
      }),
    mostSigners: z
      .number()
      .int()
      .min(2)
      .max(300)
      .default(200)
      .meta({ title: "一份材料最多几人联名", "x-labels": { en: "People who may sign one text" }, cascade: "atMost" }),
  }),
  news: {
    closing: {
      "zh-CN": "您起草的联名材料{{on}}截止签名，目前{{count}}人联名。到期不递交就会删除。",
      en: "Your joint petition can be signed until {{on}}; {{count}} have signed. What is not filed by then is deleted.",
    },
    agreed: {
      "zh-CN": "您起草的联名材料，代表都已同意递交。",
      en: "All representatives agree that your joint petition is filed.",
    },
  },
});
