import { categories, dayOf, intakeChannels } from "@doorstep/sdk";
import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { datasets, NONE } from "./facts/datasets.ts";
import { forgetCases, forgetSealed, readFeed, readNews } from "./facts/read-feed.ts";
import { type IndicatorCode, indicatorCodes } from "./facts/things.ts";
import { casesOf, monthOf, registeredOf } from "./look.ts";
import { othersOf } from "./others.ts";
import { plugin } from "./plugin.ts";
import { registerOf, registersOf } from "./registers/look-registers.ts";
import { rateOf, setStrength } from "./strength.ts";

const { router, procedure } = pluginRpc(plugin);

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const looked = z.object({
  month,
  below: z.boolean().default(true),
  category: z.enum([...categories, NONE]).optional(),
  channel: z.enum([...intakeChannels, NONE]).optional(),
});
const code = z.enum(indicatorCodes as [IndicatorCode, ...IndicatorCode[]]);

export default pluginServer(plugin, {
  router: router({
    /** the unit's own date */
    today: procedure("look").query(({ ctx }) => dayOf(ctx.now, ctx.unit.timeZone)),
    month: procedure("look")
      .input(looked)
      .query(({ ctx, input }) => monthOf(ctx, input)),
    registered: procedure("look")
      .input(looked.omit({ channel: true }).extend({ at: z.uuid() }))
      .query(({ ctx, input }) => registeredOf(ctx, input)),
    cases: procedure("look")
      .input(looked.extend({ code }))
      .query(({ ctx, input }) => casesOf(ctx, input, input.code)),
    /** what other modules released, and with the units below how many wrote of a thousand */
    others: procedure("look")
      .input(z.object({ month, below: z.boolean() }))
      .query(async ({ ctx, input }) => ({
        others: await othersOf(ctx, input),
        context: input.below ? { ...(await rateOf(ctx, input.month)), mayEnter: ctx.can("strength") } : null,
      })),
    setStrength: procedure("strength")
      .input(z.object({ month, people: z.number().int().min(0).max(10_000_000) }))
      .mutation(async ({ ctx, input }) => {
        await setStrength(ctx, input);
        return { ok: true };
      }),
    /** old registers of which the unit, or one below it, has records that may be counted for whoever asks */
    registers: procedure("look").query(({ ctx }) => registersOf(ctx)),
    register: procedure("look")
      .input(
        z.object({
          source: z.string().min(1).max(60),
          below: z.boolean().default(true),
          period: z
            .string()
            .regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/)
            .optional(),
        }),
      )
      .query(({ ctx, input }) => registerOf(ctx, input)),
  }),
  datasets,
  on: {
    "case.received": readNews,
    "case.registered": readNews,
    "case.routed": readNews,
    "case.accepted": readNews,
    "case.replied": readNews,
    "case.repeatJudged": readNews,
    "case.reviewRequested": readNews,
    "case.reviewDecided": readNews,
    "case.redo": readNews,
    "case.final": readNews,
    "case.merged": readNews,
    "case.withdrawn": readNews,
    "rating.given": readNews,
    "commitment.done": readNews,
    "charge.ended": readNews,
    "retention.destroyed": (ctx, event) => forgetCases(ctx.db, [event.caseId]),
  },
  jobs: {
    read: { every: "1m", scope: "platform", run: readFeed },
    forget: { every: "1d", scope: "platform", run: forgetSealed },
  },
});
