import { pluginRpc, pluginServer, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { addStep, decide, endStep, judge, reportDone } from "./causes/fix.ts";
import { drop, handed, link, open, unlink } from "./causes/open.ts";
import { choices, list, ofCase, one, toAnswer, today } from "./causes/read.ts";
import { register } from "./causes/register.ts";
import { answer, ask } from "./causes/siblings.ts";
import { forgetCase, forgetSealed, watch } from "./causes/watch.ts";
import { kinds, origins, subjects } from "./codes.ts";
import { fixesVerified, petitionsByCause } from "./figures/dataset.ts";
import { plugin } from "./plugin.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most = 2000, least = 2) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const byCause = z.object({ causeId: z.uuid() });
const linking = byCause.extend({ caseId: z.uuid() });
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    list: procedure("look")
      .input(z.object({ which: z.enum(["open", "over"]).default("open") }))
      .query(({ ctx, input }) => list(ctx, input.which)),
    one: procedure("look")
      .input(byCause)
      .query(({ ctx, input }) => one(ctx, input.causeId)),
    today: procedure("look").query(({ ctx }) => today(ctx)),
    // The kernel is asked whether somebody may see the petition itself.
    ofCase: procedure("look")
      .input(z.object({ caseId: z.uuid() }))
      .query(({ ctx, input }) => ofCase(ctx, input.caseId)),
    choices: procedure("keep").query(({ ctx }) => choices(ctx)),
    open: procedure("keep")
      .input(
        byCause.extend({
          ...{ title: words(120), kind: z.enum(kinds), subject: z.enum(subjects) },
          ...{ origin: z.enum(origins), originId: z.uuid().nullable(), caseId: z.uuid().nullable().default(null) },
        }),
      )
      .mutation(async ({ ctx, input }) => ({ causeId: await open(ctx, input) })),
    handed: procedure("keep")
      .input(z.object({ origin: z.enum(origins), originId: z.uuid() }))
      .query(({ ctx, input }) => handed(ctx, input)),
    link: procedure("keep")
      .input(linking)
      .mutation(async ({ ctx, input }) => {
        await link(ctx, input.causeId, input.caseId);
        return ok;
      }),
    unlink: procedure("keep")
      .input(linking)
      .mutation(async ({ ctx, input }) => {
        await unlink(ctx, input.causeId, input.caseId);
        return ok;
      }),
    drop: procedure("keep")
      .input(byCause.extend({ words: words() }))
      .mutation(async ({ ctx, input }) => {
        await drop(ctx, input.causeId, input.words);
        return ok;
      }),
    decide: procedure("keep")
      .input(
        byCause.extend({
          ...{ kind: z.enum(kinds), causeWords: words(), fixWords: words(), dueOn: z.iso.date() },
          ...{ ownerUnit: z.uuid(), ownerId: z.uuid().nullable() },
        }),
      )
      .mutation(async ({ ctx, input: { causeId, ...what } }) => {
        await decide(ctx, causeId, what);
        return ok;
      }),
    // Whoever owns the fix may be somebody who only looks: the rules ask for him by name.
    addStep: procedure("look")
      .input(byCause.extend({ stepId: z.uuid(), what: words(500), dueOn: z.iso.date() }))
      .mutation(async ({ ctx, input: { causeId, ...step } }) => {
        await addStep(ctx, causeId, step);
        return ok;
      }),
    endStep: procedure("look")
      .input(byCause.extend({ stepId: z.uuid(), doneOn: z.iso.date().nullable(), words: words(500, 0).default("") }))
      .mutation(async ({ ctx, input: { causeId, ...step } }) => {
        await endStep(ctx, causeId, step);
        return ok;
      }),
    reportDone: procedure("look")
      .input(byCause.extend({ doneOn: z.iso.date(), words: words() }))
      .mutation(async ({ ctx, input: { causeId, ...done } }) => {
        await reportDone(ctx, causeId, done);
        return ok;
      }),
    judge: procedure("keep")
      .input(byCause.extend({ worked: z.boolean(), words: words() }))
      .mutation(async ({ ctx, input: { causeId, ...judged } }) => {
        await judge(ctx, causeId, judged);
        return ok;
      }),
    ask: procedure("keep")
      .input(byCause.extend({ unitIds: z.array(z.uuid()).min(1).max(50), dueOn: z.iso.date() }))
      .mutation(async ({ ctx, input: { causeId, ...asked } }) => {
        await ask(ctx, causeId, asked);
        return ok;
      }),

    /** the side of the unit that is asked */
    toAnswer: procedure("answer").query(({ ctx }) => toAnswer(ctx)),
    answer: procedure("answer")
      .input(z.object({ askId: z.uuid(), found: z.boolean(), words: words() }))
      .mutation(async ({ ctx, input: { askId, ...answered } }) => {
        await answer(ctx, askId, answered);
        return ok;
      }),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "根源治理台账", en: "Register of root causes" },
      needs: "look",
      register: true,
      params: z.object({
        which: z
          .enum(["open", "over"])
          .default("open")
          .meta({
            title: "看哪些",
            "x-labels": { en: "Which to show" },
            "x-options": {
              open: { "zh-CN": "正在治理", en: "Under way" },
              over: { "zh-CN": "已经了结", en: "Over" },
            },
          }),
      }),
      run: (ctx, { which }) => register(ctx, which),
    }),
  },
  datasets: { petitions: petitionsByCause, fixes: fixesVerified },
  on: { "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId) },
  jobs: {
    watch: { every: "1d", scope: "unit", run: watch },
    forget: { every: "1d", scope: "platform", run: forgetSealed },
  },
});
