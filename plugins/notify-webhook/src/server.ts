import { caseEventTypes } from "@doorstep/sdk";
import { type CaseEvent, type EventHandlers, pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { deliver, putDown, tidy, type WebhookCtx, type WebhookSpec } from "./deliver.ts";
import { again, overview } from "./overview.ts";
import { plugin } from "./plugin.ts";

const { router, procedure } = pluginRpc(plugin);

const on = Object.fromEntries(
  caseEventTypes.map((type) => [
    type,
    async (ctx: WebhookCtx, event: CaseEvent) => {
      await putDown(ctx, event);
      await deliver(ctx, event.caseId);
    },
  ]),
) as EventHandlers<WebhookSpec>;

export default pluginServer(plugin, {
  router: router({
    overview: procedure("manage").query(({ ctx }) => overview(ctx)),
    again: procedure("manage")
      .input(z.object({ no: z.number().int().positive().nullable() }))
      .mutation(({ ctx, input }) => again(ctx, input.no)),
  }),
  on,
  jobs: {
    deliver: {
      every: "5m",
      scope: "unit",
      async run(ctx) {
        await tidy(ctx);
        await deliver(ctx);
      },
    },
  },
});
