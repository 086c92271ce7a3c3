import { channel, pluginRpc, pluginServer, registerDays, report, takenDown } from "@doorstep/sdk/server";
import { z } from "zod";
import { plugin } from "./plugin.ts";
import { register } from "./register.ts";
import { fileVisit } from "./visits/file-visit.ts";
import { forgetCase, forgetDays } from "./visits/forget.ts";
import { arrive, callIn, colleagues, hallToday, leave, moveForward } from "./visits/hall.ts";
import { readTalk, visitOfCase } from "./visits/read-visit.ts";

const { router, procedure } = pluginRpc(plugin);
const byVisit = z.object({ visitId: z.uuid() });
const haste = { safety: z.boolean(), urgent: z.boolean() };
/** A signature is a few kilobytes. */
const SIGNATURE = 200_000;

export default pluginServer(plugin, {
  router: router({
    today: procedure("receive").query(({ ctx }) => hallToday(ctx)),
    colleagues: procedure("receive").query(({ ctx }) => colleagues(ctx)),
    arrive: procedure("receive")
      .input(
        byVisit.extend({
          ...haste,
          headcount: z.number().int().min(1).max(100_000),
          representatives: z.number().int().min(1).max(100),
          companions: z.number().int().min(0).max(20),
        }),
      )
      .mutation(({ ctx, input }) => arrive(ctx, input)),
    hasten: procedure("receive")
      .input(byVisit.extend(haste))
      .mutation(async ({ ctx, input }) => {
        await moveForward(ctx, input);
        return { ok: true };
      }),
    callIn: procedure("receive")
      .input(byVisit.extend({ room: z.string().min(1).max(80), secondId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await callIn(ctx, input);
        return { ok: true };
      }),
    leave: procedure("receive")
      .input(byVisit)
      .mutation(async ({ ctx, input }) => {
        await leave(ctx, input.visitId);
        return { ok: true };
      }),
    get: procedure("receive")
      .input(byVisit)
      .query(({ ctx, input }) => readTalk(ctx, input.visitId)),
    file: procedure("receive")
      .input(
        byVisit.extend({
          taken: takenDown,
          confirmed: z.enum(["glass", "paper"]),
          signature: z.base64().max(SIGNATURE).nullable(),
        }),
      )
      .mutation(({ ctx, input }) =>
        fileVisit(ctx, {
          ...input,
          signature: input.signature ? new Uint8Array(Buffer.from(input.signature, "base64")) : null,
        }),
      ),
    // Whoever may see the petition may see how its petitioner was received: the kernel is asked.
    ofCase: procedure()
      .input(z.object({ caseId: z.uuid() }))
      .query(({ ctx, input }) => visitOfCase(ctx, input.caseId)),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "来访登记簿", en: "Register of visits" },
      needs: "receive",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  channels: {
    visit: channel(plugin, { title: { "zh-CN": "当面来访", en: "Visit in person" }, via: "visit" }),
  },
  jobs: { forget: { every: "1d", scope: "unit", alsoWhereOff: true, run: (ctx) => forgetDays(ctx) } },
  on: { "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId) },
});
