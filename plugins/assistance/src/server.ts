import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { kinds } from "./kinds.ts";
import { plugin } from "./plugin.ts";
import { forgetCase, forgetSealed } from "./supports/forget.ts";
import { ofCase, oneSupport, register, toFollowUp } from "./supports/read.ts";
import { answer, record, withdraw } from "./supports/record.ts";
import { comesBack, follow, giveTasks } from "./supports/tasks.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(2)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const bySupport = z.object({ supportId: z.uuid() });
const byCase = z.object({ caseId: z.uuid() });
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    // The kernel is asked whether somebody may see the petition itself.
    ofCase: procedure("look")
      .input(byCase)
      .query(({ ctx, input }) => ofCase(ctx, input.caseId)),
    toFollowUp: procedure("look").query(({ ctx }) => toFollowUp(ctx)),
    register: procedure("look")
      .input(
        z.object({
          month: z
            .string()
            .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
            .optional(),
        }),
      )
      .query(({ ctx, input }) => register(ctx, input.month)),
    one: procedure("record")
      .input(bySupport)
      .query(({ ctx, input }) => oneSupport(ctx, input.supportId)),
    record: procedure("record")
      .input(
        byCase.extend({
          ...bySupport.shape,
          kind: z.enum(kinds),
          found: words(500),
          given: words(500),
          office: words(80),
          givenOn: z.iso.date(),
          followOn: z.iso.date(),
        }),
      )
      .mutation(async ({ ctx, input }) => ({ caseNo: await record(ctx, input) })),
    answer: procedure("record")
      .input(bySupport.extend({ holds: z.boolean(), words: words(500), againOn: z.iso.date().optional() }))
      .mutation(async ({ ctx, input: { supportId, ...what } }) => {
        await answer(ctx, supportId, what);
        return ok;
      }),
    withdraw: procedure("record")
      .input(bySupport.extend({ why: words(200) }))
      .mutation(async ({ ctx, input }) => {
        await withdraw(ctx, input.supportId, input.why);
        return ok;
      }),
  }),
  on: {
    "task.ended": comesBack,
    "case.routed": follow,
    "case.returned": follow,
    "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId),
  },
  jobs: {
    tasks: { every: "1d", scope: "unit", run: giveTasks },
    forget: { every: "1d", scope: "platform", run: forgetSealed },
  },
});
