import { pluginRpc, pluginServer, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { changedIn, sign } from "./changed/sign.ts";
import { definition, saving } from "./own/definition.ts";
import { edition, editionTable, list, ownTable, remove, save } from "./own/keep.ts";
import { makeDue } from "./own/make-due.ts";
import { tableOf } from "./own/table-of.ts";
import { plugin } from "./plugin.ts";
import { comparison, meetings, monthly, yearly } from "./standing/standing.ts";

const MONTH = /^(\d{4}-(0[1-9]|1[0-2]))?$/;

/** A cell of a report holds no more than 2,000 characters. */
const LONGEST_WORDS = 1_800;
const year = z.int().min(2000).max(2200);
const months = z
  .int()
  .min(1)
  .max(24)
  .default(12)
  .meta({ title: "最近几个月", "x-labels": { en: "How many months back" } });

const { router, procedure } = pluginRpc(plugin);
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    list: procedure("read").query(({ ctx }) => list(ctx)),
    edition: procedure("read")
      .input(z.object({ id: z.uuid() }))
      .query(async ({ ctx, input }) => {
        const { title, period, chart } = await edition(ctx, input.id);
        return { title, period, chart };
      }),
    /** what may be chosen from */
    datasets: procedure("build").query(({ ctx }) => ctx.datasets.list()),
    preview: procedure("build")
      .input(definition)
      .query(({ ctx, input }) => tableOf(ctx, input)),
    save: procedure("build")
      .input(saving)
      .mutation(async ({ ctx, input }) => {
        await save(ctx, input);
        return ok;
      }),
    changed: procedure("read")
      .input(z.object({ year }))
      .query(({ ctx, input }) => changedIn(ctx, input.year)),
    sign: procedure("sign")
      .input(
        z.object({
          ...{ id: z.uuid(), year, after: z.int().min(0).max(10_000) },
          words: z.string().trim().min(10).max(LONGEST_WORDS),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await sign(ctx, input);
        return ok;
      }),
    remove: procedure("build")
      .input(z.object({ id: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await remove(ctx, input.id);
        return ok;
      }),
  }),
  jobs: { make: { every: "1d", scope: "unit", run: makeDue } },
  reports: {
    yearly: report(plugin, {
      title: { "zh-CN": "信访工作年度报告", en: "Yearly report" },
      needs: "read",
      takeNeeds: "take",
      params: z.object({
        year: z
          .int()
          .min(0)
          .max(2200)
          .default(0)
          .meta({ title: "年份（0为最近一年）", "x-labels": { en: "Year (0: the newest)" } }),
        strength: z
          .int()
          .min(0)
          .max(10_000_000)
          .default(0)
          .meta({
            title: "全年平均人数，含下级（0为不算每千人件数）",
            "x-labels": { en: "People on average, with those below (0: no number for each thousand)" },
          }),
      }),
      run: (ctx, { year, strength }) => yearly(ctx, year, strength),
    }),
    monthly: report(plugin, {
      title: { "zh-CN": "月度简报", en: "Monthly brief" },
      needs: "read",
      takeNeeds: "take",
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
      takeNeeds: "take",
      params: z.object({ months }),
      run: (ctx, { months: span }) => comparison(ctx, span),
    }),
    meetings: report(plugin, {
      title: { "zh-CN": "领导接访、谈心和调解情况", en: "Leaders, reception days, talks and mediation" },
      needs: "read",
      takeNeeds: "take",
      params: z.object({ months }),
      run: (ctx, { months: span }) => meetings(ctx, span),
    }),
    own: report(plugin, {
      title: { "zh-CN": "自定义报告", en: "Reports of the unit's own" },
      needs: "read",
      takeNeeds: "take",
      params: z.object({
        report: z
          .string()
          .max(80)
          .default("")
          .meta({
            title: "报告名称（不填则列出全部）",
            "x-labels": { en: "Name of the report (empty: all there are)" },
          }),
      }),
      run: (ctx, { report: asked }) => ownTable(ctx, asked),
    }),
    edition: report(plugin, {
      title: { "zh-CN": "定期生成的报告", en: "Reports made by schedule" },
      needs: "read",
      takeNeeds: "take",
      params: z.object({
        edition: z
          .string()
          .max(60)
          .default("")
          .meta({ title: "编号（不填则列出全部）", "x-labels": { en: "Its id (empty: all there are)" } }),
      }),
      run: (ctx, { edition: asked }) => editionTable(ctx, asked),
    }),
  },
});
