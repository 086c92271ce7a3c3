import { dayOf } from "@doorstep/sdk";
import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { deviations } from "./own/deviations.ts";
import { exportLog, logFormats } from "./own/export.ts";
import { deviating, ownMap } from "./own/look.ts";
import { forgetPetitions, forgetSealed, readFeed } from "./own/read-feed.ts";
import { plugin } from "./plugin.ts";

const { router, procedure } = pluginRpc(plugin);

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
const looked = z.object({ from: month, to: month, below: z.boolean().default(true) });

export default pluginServer(plugin, {
  router: router({
    /** the unit's own date */
    today: procedure("look").query(({ ctx }) => dayOf(ctx.now, ctx.unit.timeZone)),
    map: procedure("look")
      .input(looked)
      .query(({ ctx, input }) => ownMap(ctx, input)),
    deviating: procedure("look")
      .input(looked.extend({ code: z.enum(deviations) }))
      .query(({ ctx, input }) => deviating(ctx, input, input.code)),
    export: procedure("look")
      .input(looked.extend({ format: z.enum(logFormats) }))
      .query(({ ctx, input }) => exportLog(ctx, input, input.format)),
  }),
  on: { "retention.destroyed": (ctx, event) => forgetPetitions(ctx.db, [event.caseId]) },
  jobs: {
    read: { every: "1m", scope: "platform", run: readFeed },
    forget: { every: "1d", scope: "platform", run: forgetSealed },
  },
});
