import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { plugin } from "./plugin.ts";
import { forgetCase, printed, printedOf, tidy } from "./prints.ts";

const { router, procedure } = pluginRpc(plugin);

export default pluginServer(plugin, {
  router: router({
    printed: procedure("print")
      .input(z.object({ caseId: z.uuid(), noticeId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await printed(ctx, input);
        return { ok: true } as const;
      }),
    printedOf: procedure("print")
      .input(z.object({ caseIds: z.array(z.uuid()).min(1).max(100) }))
      .query(({ ctx, input }) => printedOf(ctx, input.caseIds)),
  }),
  on: { "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId) },
  jobs: { tidy: { every: "1d", scope: "unit", alsoWhereOff: true, run: tidy } },
});
