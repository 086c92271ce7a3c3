import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Hardship found while a petition is handled: what was given for it, and whether it holds. */
export const plugin = definePlugin({
  id: "assistance",
  title: { "zh-CN": "困难帮扶", en: "Assistance" },
  purpose: {
    "zh-CN": "办理信访事项时发现生活困难的，记下困难情况和给予的帮扶，到期回访是否管用；不影响信访事项的处理结论。",
    en: "Where hardship is found while a petition is handled, it keeps what was found and what was given, and asks later whether the help holds; it decides nothing of the petition.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "cases.read", "units.read", "tasks"],
  permissions: {
    record: {
      title: { "zh-CN": "登记帮扶和回访", en: "Record help and follow it up" },
      grants: ["handler", "officer"],
    },
    look: {
      title: { "zh-CN": "查看困难帮扶", en: "See the help that was given" },
      grants: ["handler", "officer", "officeHead", "signer", "chargeLeader"],
    },
  },
  settings: z.object({
    followUpDays: z
      .number()
      .int()
      .min(1)
      .max(365)
      .default(30)
      .meta({
        title: "最晚几天后回访",
        "x-labels": { en: "Days after which help is followed up at the latest" },
        cascade: "atMost",
      }),
  }),
});
