import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Family matters that local offices decide: letters to them, and a helper who stays until contact is confirmed. */
export const plugin = definePlugin({
  id: "liaison",
  title: { "zh-CN": "军地协调", en: "Liaison" },
  purpose: {
    "zh-CN": "官兵和家属的事归地方办理的，发函协调、登记答复，由一名同志跟到底，每周告诉来信人进展，直到与地方接上头。",
    en: "Where a family matter is for local offices, it writes to them and keeps their answers; one colleague stays with it and tells the petitioner each week, until contact is confirmed.",
  },
  sdk: "^1.1.0",
  capabilities: ["db", "cases.read", "units.read", "people.names", "tasks", "thread", "notices", "consents"],
  permissions: {
    help: { title: { "zh-CN": "开展军地协调", en: "Liaise with local offices" }, grants: ["handler", "officer"] },
    look: {
      title: { "zh-CN": "查看军地协调", en: "See the liaison of a petition" },
      grants: ["handler", "officer", "officeHead", "signer", "chargeLeader"],
    },
  },
  news: {
    agreed: {
      "zh-CN": "来信人同意给地方发函。",
      en: "The petitioner agrees that local offices are written to.",
    },
    refused: {
      "zh-CN": "来信人不同意给地方发函，还没签发的函请不要再发。",
      en: "The petitioner does not agree that local offices are written to. Let no unsigned letter go out.",
    },
    guided: {
      "zh-CN": "有一件信访事项已引导到地方办理，请看是否需要军地协调。",
      en: "A petition was guided to local offices. See whether liaison is needed.",
    },
  },
  settings: z.object({
    wordDays: z
      .number()
      .int()
      .min(1)
      .max(30)
      .default(7)
      .meta({
        title: "隔几天告诉来信人一次进展",
        "x-labels": { en: "Days between words to the petitioner" },
        cascade: "atMost",
      }),
  }),
});
