import { pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { answers, askers, ends, exclusions, talkKinds, tiers } from "./kinds.ts";
import { begin, closed, end, petitionerLeft } from "./mediations/conduct.ts";
import { ledByMe, note, oneLed, settle } from "./mediations/lead.ts";
import { offer, replaceCode, replaceMediator } from "./mediations/offer.ts";
import { answer, look } from "./mediations/other-side.ts";
import { ofCase } from "./mediations/read.ts";
import { roster } from "./mediations/roster.ts";
import { comesBack, giveVisits, visited } from "./mediations/visits.ts";
import { follow, forgetCase, forgetSealed, tellAnswers } from "./mediations/watch.ts";
import { plugin } from "./plugin.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(2)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const byMediation = z.object({ mediationId: z.uuid() });
const byCase = z.object({ caseId: z.uuid() });
const code = z.string().min(8).max(60);
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    ofCase: procedure("look")
      .input(byCase)
      .query(({ ctx, input }) => ofCase(ctx, input.caseId)),
    roster: procedure("conduct").query(({ ctx }) => roster(ctx)),
    offer: procedure("conduct")
      .input(
        byCase.extend({
          ...byMediation.shape,
          tier: z.literal(tiers),
          dispute: words(500),
          mediatorId: z.uuid(),
          askedBy: z.enum(askers),
          found: z.array(z.enum(exclusions)),
        }),
      )
      .mutation(({ ctx, input }) => offer(ctx, input)),
    replaceCode: procedure("conduct")
      .input(byMediation)
      .mutation(({ ctx, input }) => replaceCode(ctx, input.mediationId)),
    replaceMediator: procedure("conduct")
      .input(byMediation.extend({ mediatorId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await replaceMediator(ctx, input.mediationId, input.mediatorId);
        return ok;
      }),
    begin: procedure("conduct")
      .input(byMediation)
      .mutation(async ({ ctx, input }) => {
        await begin(ctx, input.mediationId);
        return ok;
      }),
    end: procedure("conduct")
      .input(byMediation.extend({ because: z.enum(ends), remedies: words(1_000) }))
      .mutation(async ({ ctx, input }) => {
        await end(ctx, input.mediationId, input.because, input.remedies);
        return ok;
      }),
    visited: procedure("conduct")
      .input(z.object({ visitId: z.uuid(), kept: z.boolean(), words: words(500) }))
      .mutation(async ({ ctx, input }) => {
        await visited(ctx, input.visitId, input.kept, input.words);
        return ok;
      }),
    mine: procedure("mediate").query(({ ctx }) => ledByMe(ctx)),
    one: procedure("mediate")
      .input(byMediation)
      .query(({ ctx, input }) => oneLed(ctx, input.mediationId)),
    note: procedure("mediate")
      .input(
        byMediation.extend({
          ...{ talkId: z.uuid(), kind: z.enum(talkKinds), heldOn: z.iso.date(), words: words(2_000) },
        }),
      )
      .mutation(async ({ ctx, input: { mediationId, ...talk } }) => {
        await note(ctx, mediationId, talk);
        return ok;
      }),
    settle: procedure("mediate")
      .input(byMediation.extend({ terms: words(2_000), performOn: z.iso.date() }))
      .mutation(async ({ ctx, input }) => {
        await settle(ctx, input.mediationId, input.terms, input.performOn);
        return ok;
      }),
    // by POST like all calls: a code stands in no address that a server sees
    look: procedure("public")
      .input(z.object({ code }))
      .mutation(({ ctx, input }) => look(ctx, input.code)),
    answer: procedure("public")
      .input(z.object({ code, answer: z.enum(answers) }))
      .mutation(async ({ ctx, input }) => {
        await answer(ctx, input.code, input.answer);
        return ok;
      }),
  }),
  on: {
    "consent.withdrawn": petitionerLeft,
    "mediation.closed": closed,
    "task.ended": comesBack,
    "case.routed": follow,
    "case.returned": follow,
    "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId),
  },
  jobs: {
    answers: { every: "1h", scope: "unit", run: tellAnswers },
    visits: { every: "1d", scope: "unit", run: giveVisits },
    forget: { every: "1d", scope: "platform", run: forgetSealed },
  },
});
