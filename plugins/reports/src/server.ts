import { pluginServer, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { plugin } from "./plugin.ts";
import { comparison, monthly, yearly } from "./standing/standing.ts";

const MONTH = /^(\d{4}-(0[1-9]|1[0-2]))?$/;

export default pluginServer(plugin, {
  reports: {
    yearly: report(plugin, {
      title: { "zh-CN": "信访工作年度报告", en: "Yearly report" },
      needs: "read",
      params: z.object({
        year: z
          .int()
          .min(0)
          .max(2200)
          .default(0)
          .meta({ title: "年份（0为最近一年）", "x-labels": { en: "Year (0: the newest)" } }),
      }),
      run: (ctx, { year }) => yearly(ctx, year),
    }),
    monthly: report(plugin, {
      title: { "zh-CN": "月度简报", en: "Monthly brief" },
      needs: "read",
      params: z.object({
        month: z
          .string()
          .max(7)
          .regex(MONTH)
          .default("")
          .meta({
            title: "月份（如2026-10；不填为最近一月）",
            "x-labels": { en: "Month (such as 2026-10; empty: the newest)" },
          }),
      }),
      run: (ctx, { month }) => monthly(ctx, month),
    }),
    comparison: report(plugin, {
      title: { "zh-CN": "单位办理质量对比", en: "How units answer, compared" },
      needs: "read",
      params: z.object({
        months: z
          .int()
          .min(1)
          .max(24)
          .default(12)
          .meta({ title: "最近几个月", "x-labels": { en: "How many months back" } }),
      }),
      run: (ctx, { months }) => comparison(ctx, months),
    }),
  },
});
