import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";
import { listedMonths } from "./rules/seasons.ts";

/** Months in which something comes every year, or in one year alone. */
const season = (usual: string, zh: string, en: string) =>
  z
    .string()
    .max(200)
    .regex(listedMonths)
    .default(usual)
    .meta({
      title: `${zh}（月份，如 3,9 表示每年三月和九月，2026-06 只指那个月）`,
      "x-labels": { en: `${en} (months: 3,9 for March and September of each year, 2026-06 for that month alone)` },
    });

/** What hurts people in the units: figures that were released, compared, and read for early warnings. */
export const plugin = definePlugin({
  id: "barometer",
  title: { "zh-CN": "诉求晴雨表", en: "Barometer" },
  purpose: {
    "zh-CN": "用按月公布的数字看诉求走势、类别分布、办理质量，并提出预警；只看单位和问题，从不看个人。",
    en: "Shows by the figures released each month where petitions rise, what they are about and how they are answered, and warns early; units and matters only, never people.",
  },
  sdk: "^1.1.0",
  capabilities: ["db", "units.read", "datasets.read", "tasks", "people.names"],
  permissions: {
    look: {
      title: { "zh-CN": "查看诉求晴雨表", en: "See the barometer" },
      grants: ["supervisor", "officer", "officeHead", "signer", "chargeLeader", "discipline"],
    },
    answer: {
      title: { "zh-CN": "答复预警", en: "Answer early warnings" },
      grants: ["officeHead", "chargeLeader"],
    },
  },
  settings: z.object({
    discharge: season("3,9", "退役季节", "Discharge"),
    promotion: season("", "晋升选拔季节", "Promotion boards"),
    school: season("9", "子女入学季节", "School enrolment"),
    pay: season("", "工资调整季节", "Pay changes"),
  }),
});
