import { channel, pluginRpc, pluginServer, registerDays, report, takenDown } from "@doorstep/sdk/server";
import { z } from "zod";
import { begin, endCall } from "./calls/answer.ts";
import { calledBack, fileCall } from "./calls/file-call.ts";
import { forgetCase, forgetDays } from "./calls/forget.ts";
import { callOfCase, callsToday } from "./calls/read-calls.ts";
import { plugin } from "./plugin.ts";
import { register } from "./register.ts";
import { endings } from "./schema.ts";

const { router, procedure } = pluginRpc(plugin);
const byCall = z.object({ callId: z.uuid() });

export default pluginServer(plugin, {
  router: router({
    today: procedure("answer").query(({ ctx }) => callsToday(ctx)),
    begin: procedure("answer")
      .input(byCall)
      .mutation(({ ctx, input }) => begin(ctx, input.callId)),
    end: procedure("answer")
      .input(byCall.extend({ outcome: z.enum(endings) }))
      .mutation(async ({ ctx, input }) => {
        await endCall(ctx, input.callId, input.outcome);
        return { ok: true };
      }),
    file: procedure("answer")
      .input(
        byCall.extend({
          taken: takenDown,
          recording: z.string().trim().max(40),
          callBackOn: z.iso.date().nullable(),
        }),
      )
      .mutation(({ ctx, input }) => fileCall(ctx, input)),
    calledBack: procedure("answer")
      .input(byCall.extend({ nextOn: z.iso.date().nullable() }))
      .mutation(({ ctx, input }) => calledBack(ctx, input)),
    // Whoever may see the petition may see when its petitioner called: the kernel is asked.
    ofCase: procedure()
      .input(z.object({ caseId: z.uuid() }))
      .query(({ ctx, input }) => callOfCase(ctx, input.caseId)),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "来电登记簿", en: "Register of calls" },
      needs: "answer",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  channels: {
    call: channel(plugin, { title: { "zh-CN": "热线来电", en: "Call to the hotline" }, via: "phone" }),
  },
  jobs: { forget: { every: "1d", scope: "unit", alsoWhereOff: true, run: (ctx) => forgetDays(ctx) } },
  on: { "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId) },
});
