import { dayOf } from "@doorstep/sdk";
import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { logMap, logsOf } from "./logs/read-logs.ts";
import { beginLog, finishLog, forgetUnfinished, MOST_PIECES, PIECE, removeLog, takePiece } from "./logs/take-in.ts";
import { deviations } from "./own/deviations.ts";
import { exportLog, logFormats } from "./own/export.ts";
import { deviating, ownMap } from "./own/look.ts";
import { forgetPetitions, forgetSealed, readFeed } from "./own/read-feed.ts";
import { plugin } from "./plugin.ts";

const { router, procedure } = pluginRpc(plugin);

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
const byLog = z.object({ logId: z.uuid() });
const ok = { ok: true } as const;
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
    logs: procedure("look").query(({ ctx }) => logsOf(ctx)),
    logMap: procedure("look")
      .input(byLog)
      .query(({ ctx, input }) => logMap(ctx, input.logId)),
    begin: procedure("logs")
      .input(z.object({ name: z.string().trim().min(2).max(80) }))
      .mutation(({ ctx, input }) => beginLog(ctx, input.name)),
    piece: procedure("logs")
      .input(
        byLog.extend({
          no: z
            .int()
            .min(0)
            .max(MOST_PIECES - 1),
          text: z.string().min(1).max(PIECE),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await takePiece(ctx, input.logId, input.no, input.text);
        return ok;
      }),
    finish: procedure("logs")
      .input(byLog.extend({ pieces: z.int().min(1).max(MOST_PIECES) }))
      .mutation(({ ctx, input }) => finishLog(ctx, input.logId, input.pieces)),
    remove: procedure("logs")
      .input(byLog)
      .mutation(async ({ ctx, input }) => {
        await removeLog(ctx, input.logId);
        return ok;
      }),
  }),
  on: { "retention.destroyed": (ctx, event) => forgetPetitions(ctx.db, [event.caseId]) },
  jobs: {
    read: { every: "1m", scope: "platform", run: readFeed },
    forget: { every: "1d", scope: "platform", run: forgetSealed },
    unfinished: { every: "1d", scope: "platform", run: forgetUnfinished },
  },
});
