import { pluginRpc, pluginServer, registerDays, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { leaderVisits } from "./charges/dataset.ts";
import { addMilestone, askReport, plan, reach, visit } from "./charges/lead.ts";
import { mine, ofCase, ofUnit, waiting } from "./charges/read.ts";
import { ended, follow, forgetCase, forgetSealed, taken, visitAgain } from "./charges/watch.ts";
import { plugin } from "./plugin.ts";
import { register } from "./register.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most: number, least = 2) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const byCase = z.object({ caseId: z.uuid() });
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    mine: procedure("lead").query(({ ctx }) => mine(ctx)),
    waiting: procedure("lead").query(({ ctx }) => waiting(ctx)),
    plan: procedure("lead")
      .input(
        byCase.extend({
          ...{ metOn: z.iso.date().nullable(), notMet: words(200, 0).default("") },
          ...{ facts: words(2000), law: words(1000), options: words(1000), helpers: words(500, 0).default("") },
        }),
      )
      .mutation(async ({ ctx, input: { caseId, ...what } }) => {
        await plan(ctx, caseId, what);
        return ok;
      }),
    addMilestone: procedure("lead")
      .input(byCase.extend({ milestoneId: z.uuid(), what: words(300), dueOn: z.iso.date() }))
      .mutation(async ({ ctx, input: { caseId, ...what } }) => {
        await addMilestone(ctx, caseId, what);
        return ok;
      }),
    reach: procedure("lead")
      .input(byCase.extend({ milestoneId: z.uuid(), result: words(500) }))
      .mutation(async ({ ctx, input }) => {
        await reach(ctx, input.caseId, input.milestoneId, input.result);
        return ok;
      }),
    visit: procedure("lead")
      .input(byCase.extend({ visitId: z.uuid(), visitedOn: z.iso.date(), met: z.boolean(), words: words(2000) }))
      .mutation(async ({ ctx, input: { caseId, ...what } }) => {
        await visit(ctx, caseId, what);
        return ok;
      }),
    askReport: procedure("lead")
      .input(byCase.extend({ words: words(300), dueOn: z.iso.date(), key: z.uuid() }))
      .mutation(async ({ ctx, input: { caseId, ...what } }) => {
        await askReport(ctx, caseId, what);
        return ok;
      }),

    // The kernel is asked whether somebody may see the petition itself.
    ofCase: procedure("look")
      .input(byCase)
      .query(({ ctx, input }) => ofCase(ctx, input.caseId)),
    ofUnit: procedure("look").query(({ ctx }) => ofUnit(ctx)),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "领导包案登记簿", en: "Register of leaders’ petitions" },
      needs: "look",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  datasets: { visit: leaderVisits },
  on: {
    "charge.taken": taken,
    "charge.ended": ended,
    "moduleClock.passed": visitAgain,
    "case.routed": follow,
    "case.returned": follow,
    "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId),
  },
  jobs: { forget: { every: "1d", scope: "platform", run: forgetSealed } },
});
