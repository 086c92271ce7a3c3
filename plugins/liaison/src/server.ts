import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { answeredSelf, askConsent, LETTER } from "./affairs/consent.ts";
import { forgetCase, forgetSealed } from "./affairs/forget.ts";
import { begin, handOver, helpers, outcomes, suggest, tell } from "./affairs/help.ts";
import { answered, follows, write } from "./affairs/letters.ts";
import { ofCase, ofUnit, oneAffair } from "./affairs/read.ts";
import { comesBack, follow, giveTasks } from "./affairs/tasks.ts";
import { liaisonLetter } from "./letter.ts";
import { plugin } from "./plugin.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(2)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const byAffair = z.object({ affairId: z.uuid() });
const byCase = z.object({ caseId: z.uuid() });
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    // The kernel is asked whether somebody may see the petition itself.
    ofCase: procedure("look")
      .input(byCase)
      .query(({ ctx, input }) => ofCase(ctx, input.caseId)),
    list: procedure("look")
      .input(z.object({ over: z.boolean().default(false) }))
      .query(({ ctx, input }) => ofUnit(ctx, input.over)),
    one: procedure("look")
      .input(byAffair)
      .query(({ ctx, input }) => oneAffair(ctx, input.affairId)),
    helpers: procedure("help").query(({ ctx }) => helpers(ctx)),
    begin: procedure("help")
      .input(byCase.extend({ ...byAffair.shape, helperId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await begin(ctx, input);
        return ok;
      }),
    handOver: procedure("help")
      .input(byAffair.extend({ helperId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await handOver(ctx, input.affairId, input.helperId);
        return ok;
      }),
    tell: procedure("help")
      .input(byAffair.extend({ said: words(1000), outcome: z.enum(outcomes) }))
      .mutation(async ({ ctx, input: { affairId, ...word } }) => {
        await tell(ctx, affairId, word);
        return ok;
      }),
    askConsent: procedure("help")
      .input(byAffair)
      .mutation(async ({ ctx, input }) => {
        await askConsent(ctx, input.affairId);
        return ok;
      }),
    write: procedure("help")
      .input(
        byAffair.extend({
          letterId: z.uuid(),
          office: words(100),
          facts: words(2000),
          request: words(1000),
          wishedOn: z.iso.date().nullable(),
          agreedOn: z.iso.date().nullable(),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await write(ctx, input);
        return ok;
      }),
    answered: procedure("help")
      .input(z.object({ letterId: z.uuid(), answer: words(2000), answeredOn: z.iso.date() }))
      .mutation(async ({ ctx, input: { letterId, ...given } }) => {
        await answered(ctx, letterId, given);
        return ok;
      }),
  }),
  templates: { [LETTER]: liaisonLetter },
  on: {
    "moduleLetter.issued": follows,
    "moduleLetter.sentBack": follows,
    "consent.given": answeredSelf,
    "consent.refused": answeredSelf,
    "consent.withdrawn": answeredSelf,
    "case.guided": suggest,
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
