import { pluginRpc, pluginServer, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { causes, classes, ways } from "./codes.ts";
import { backlogOfMonth } from "./items/dataset.ts";
import { askCheck, check, classify, dropCheck, lookBack, review, strikeOff } from "./items/keep.ts";
import { choices, list, ofCase, toCheck } from "./items/read.ts";
import { register } from "./items/register.ts";
import { entered, follow, forgetCase, forgetSealed, left, reviewAgain } from "./items/watch.ts";
import { plugin } from "./plugin.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most: number, least = 2) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const byCase = z.object({ caseId: z.uuid() });
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    list: procedure("look")
      .input(
        z.object({
          which: z.enum(["open", "struck"]).default("open"),
          page: z.number().int().min(0).max(1_000).default(0),
        }),
      )
      .query(({ ctx, input }) => list(ctx, input.which, input.page)),
    // The kernel is asked whether somebody may see the petition itself.
    ofCase: procedure("look")
      .input(byCase)
      .query(({ ctx, input }) => ofCase(ctx, input.caseId)),
    choices: procedure("keep")
      .input(byCase)
      .query(({ ctx, input }) => choices(ctx, input.caseId)),
    classify: procedure("keep")
      .input(
        byCase.extend({
          ...{ cause: z.enum(causes), class: z.enum(classes), measures: words(2000) },
          leaderId: z.uuid().nullable(),
        }),
      )
      .mutation(async ({ ctx, input: { caseId, ...what } }) => {
        await classify(ctx, caseId, what);
        return ok;
      }),
    review: procedure("keep")
      .input(byCase.extend({ reviewId: z.uuid(), words: words(2000) }))
      .mutation(async ({ ctx, input: { caseId, ...what } }) => {
        await review(ctx, caseId, what);
        return ok;
      }),
    askCheck: procedure("keep")
      .input(byCase.extend({ unitId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await askCheck(ctx, input.caseId, input.unitId);
        return ok;
      }),
    dropCheck: procedure("keep")
      .input(byCase)
      .mutation(async ({ ctx, input }) => {
        await dropCheck(ctx, input.caseId);
        return ok;
      }),
    strikeOff: procedure("keep")
      .input(byCase.extend({ how: z.enum(ways), words: words(2000) }))
      .mutation(async ({ ctx, input: { caseId, ...what } }) => {
        await strikeOff(ctx, caseId, what);
        return ok;
      }),
    lookBack: procedure("keep")
      .input(byCase.extend({ holds: z.boolean(), words: words(1000) }))
      .mutation(async ({ ctx, input: { caseId, ...what } }) => {
        await lookBack(ctx, caseId, what);
        return ok;
      }),

    /** the side of the third unit */
    toCheck: procedure("check").query(({ ctx }) => toCheck(ctx)),
    check: procedure("check")
      .input(
        byCase.extend({
          ...{ checkId: z.uuid(), interviewedOn: z.iso.date(), kept: z.boolean(), ok: z.boolean() },
          words: words(2000),
        }),
      )
      .mutation(async ({ ctx, input: { caseId, ...found } }) => {
        await check(ctx, caseId, found);
        return ok;
      }),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "积案台账", en: "Register of the backlog" },
      needs: "look",
      register: true,
      params: z.object({
        which: z
          .enum(["open", "struck"])
          .default("open")
          .meta({
            title: "看哪些",
            "x-labels": { en: "Which to show" },
            "x-options": {
              open: { "zh-CN": "正在化解", en: "Under way" },
              struck: { "zh-CN": "已经销号", en: "Struck off" },
            },
          }),
      }),
      run: (ctx, { which }) => register(ctx, which),
    }),
  },
  datasets: { month: backlogOfMonth },
  on: {
    "backlog.entered": entered,
    "backlog.left": left,
    "moduleClock.passed": reviewAgain,
    "case.routed": follow,
    "case.returned": follow,
    "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId),
  },
  jobs: { forget: { every: "1d", scope: "platform", run: forgetSealed } },
});
