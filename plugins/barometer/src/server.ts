import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { causesOf } from "./figures/causes.ts";
import { forecastFor, headlineOf, heatOf, shareOf, themesOf, trendOf } from "./figures/compare.ts";
import { lookOf } from "./figures/look.ts";
import { pageOf } from "./figures/page.ts";
import { shareNames } from "./figures/share-names.ts";
import { plugin } from "./plugin.ts";
import { close } from "./warnings/answer.ts";
import { warningsOf } from "./warnings/read.ts";
import { watch } from "./warnings/watch.ts";

const { router, procedure } = pluginRpc(plugin);

const closing = z.object({
  warningId: z.uuid(),
  state: z.enum(["answered", "falseAlarm"]),
  words: z
    .string()
    .trim()
    .min(2)
    .max(2000)
    .refine((text) => !text.includes("\0"), { error: "text.characters" }),
});

export default pluginServer(plugin, {
  router: router({
    page: procedure("look").query(({ ctx }) => pageOf(ctx)),
    // one call for each part that the page has left out: what fails is that part alone
    headline: procedure("look").query(({ ctx }) => headlineOf(lookOf(ctx))),
    trend: procedure("look").query(({ ctx }) => trendOf(lookOf(ctx))),
    forecast: procedure("look").query(({ ctx }) => forecastFor(lookOf(ctx))),
    heat: procedure("look").query(({ ctx }) => heatOf(lookOf(ctx))),
    themes: procedure("look").query(({ ctx }) => themesOf(lookOf(ctx))),
    share: procedure("look")
      .input(z.object({ name: z.enum(shareNames) }))
      .query(({ ctx, input }) => shareOf(lookOf(ctx), input.name)),
    causes: procedure("look").query(({ ctx }) => causesOf(lookOf(ctx))),
    warnings: procedure("look").query(({ ctx }) => warningsOf(ctx)),
    close: procedure("answer")
      .input(closing)
      .mutation(async ({ ctx, input }) => {
        await close(ctx, input.warningId, input);
        return { ok: true } as const;
      }),
  }),
  jobs: { watch: { every: "1d", scope: "unit", run: watch } },
});
