import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { headlineOf, heatOf, shareOf, trendOf } from "./figures/compare.ts";
import { shareNames } from "./figures/share-names.ts";
import { plugin } from "./plugin.ts";

const { router, procedure } = pluginRpc(plugin);

export default pluginServer(plugin, {
  // one call for each tile: what fails is that tile alone
  router: router({
    headline: procedure("look").query(({ ctx }) => headlineOf(ctx)),
    trend: procedure("look").query(({ ctx }) => trendOf(ctx)),
    heat: procedure("look").query(({ ctx }) => heatOf(ctx)),
    share: procedure("look")
      .input(z.object({ name: z.enum(shareNames) }))
      .query(({ ctx, input }) => shareOf(ctx, input.name)),
  }),
});
