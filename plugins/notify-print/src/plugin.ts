import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Replies on paper: what waits to be handed over, printed once and recorded when it was. */
export const plugin = definePlugin({
  id: "notify-print",
  title: { "zh-CN": "纸质送达", en: "Replies on paper" },
  purpose: {
    "zh-CN": "没有账号、不看邮件的来信人也要收到答复：每天列出待送达的文书，打印、当面交付或者邮寄，逐件登记送达。",
    en: "So that those without account or e-mail get their reply, too: lists the letters that wait every day, to be printed, handed over or posted, and recorded one by one.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "cases.read"],
  permissions: {
    print: {
      title: { "zh-CN": "打印待送达文书", en: "Print letters that wait" },
      grants: ["clerk", "officer", "handler", "signer"],
    },
    // who records a delivery is the kernel's rule; this shows the form to those it allows
    handOver: { title: { "zh-CN": "登记送达", en: "Record deliveries" }, grants: ["officer", "handler", "signer"] },
  },
  settings: z.object({
    keepDays: z
      .number()
      .int()
      .min(7)
      .max(365)
      .default(90)
      .meta({
        title: "打印记录保留几天",
        "x-labels": { en: "Days for which it is known what was printed" },
        cascade: "atMost",
      }),
  }),
});
