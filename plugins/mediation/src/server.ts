import { pluginRpc, pluginServer, registerDays, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { answers, askers, ends, exclusions, meetingKinds, talkKinds, tiers } from "./kinds.ts";
import { endedLetter } from "./letter.ts";
import { askFor, decline, openApplication } from "./mediations/application.ts";
import { barred } from "./mediations/barred.ts";
import { begin, closed, ENDED, end, petitionerLeft } from "./mediations/conduct.ts";
import { remindOfCourt } from "./mediations/court.ts";
import { datasets } from "./mediations/datasets.ts";
import { ledByMe, note, oneLed, settle } from "./mediations/lead.ts";
import { callOff, finishMeetings, meet, tellMeetings } from "./mediations/meetings.ts";
import { offer, replaceCode, replaceMediator } from "./mediations/offer.ts";
import { answer, look, rateByCode } from "./mediations/other-side.ts";
import { own, rateOwn, wishAnother } from "./mediations/petitioner.ts";
import { mayOffer, ofCase } from "./mediations/read.ts";
import { enter, roster } from "./mediations/roster.ts";
import { comesBack, giveVisits, takeBackNeedless, visited } from "./mediations/visits.ts";
import { follow, forgetCase, forgetSealed, tellAnswers, tellApplications } from "./mediations/watch.ts";
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
const byMediation = z.object({ mediationId: z.uuid() });
const byCase = z.object({ caseId: z.uuid() });
/** Of any length: what is no code is refused in words that say so. */
const code = z.string().min(1).max(60);
const score = z.int().min(1).max(5);
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    ofCase: procedure("look")
      .input(byCase)
      .query(({ ctx, input }) => ofCase(ctx, input.caseId)),
    application: procedure("look")
      .input(byCase)
      .query(({ ctx, input }) => openApplication(ctx, input.caseId)),
    mayOffer: procedure("conduct")
      .input(byCase)
      .query(({ ctx, input }) => mayOffer(ctx, input.caseId)),
    roster: procedure("conduct").query(({ ctx }) => roster(ctx)),
    keptRoster: procedure("keepRoster").query(({ ctx }) => roster(ctx)),
    enter: procedure("keepRoster")
      .input(
        z.object({
          personId: z.uuid(),
          tiers: z.array(z.literal(tiers)).max(tiers.length),
          ...{ languages: words(200, 0), topics: words(500, 0) },
          ...{ trainedOn: z.iso.date().nullable(), termUntil: z.iso.date().nullable() },
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await enter(ctx, input);
        return ok;
      }),
    decline: procedure("conduct")
      .input(z.object({ applicationId: z.uuid(), answer: words(500) }))
      .mutation(async ({ ctx, input }) => {
        await decline(ctx, input.applicationId, input.answer);
        return ok;
      }),
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
    meet: procedure("mediate")
      .input(
        byMediation.extend({
          ...{ meetingId: z.uuid(), kind: z.enum(meetingKinds), startsAt: z.iso.datetime(), place: words(100) },
        }),
      )
      .mutation(async ({ ctx, input: { mediationId, ...meeting } }) => {
        await meet(ctx, mediationId, meeting);
        return ok;
      }),
    callOff: procedure("mediate")
      .input(z.object({ meetingId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await callOff(ctx, input.meetingId);
        return ok;
      }),

    // of the petitioner, by his account or his return code: the kernel is asked whose petition it is
    own: procedure("public")
      .input(byCase)
      .query(({ ctx, input }) => own(ctx, input.caseId)),
    askFor: procedure("public")
      .input(byCase.extend({ applicationId: z.uuid(), dispute: words(500) }))
      .mutation(async ({ ctx, input }) => {
        await askFor(ctx, input);
        return ok;
      }),
    wishAnother: procedure("public")
      .input(byCase)
      .mutation(async ({ ctx, input }) => {
        await wishAnother(ctx, input.caseId);
        return ok;
      }),
    rateOwn: procedure("public")
      .input(byCase.extend({ ...byMediation.shape, score }))
      .mutation(async ({ ctx, input }) => {
        await rateOwn(ctx, input.caseId, input.mediationId, input.score);
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
    rateByCode: procedure("public")
      .input(z.object({ code, score }))
      .mutation(async ({ ctx, input }) => {
        await rateByCode(ctx, input.code, input.score);
        return ok;
      }),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "调解登记簿", en: "Register of mediations" },
      needs: "look",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  datasets,
  templates: { [ENDED]: endedLetter },
  on: {
    "consent.withdrawn": petitionerLeft,
    "mediation.closed": closed,
    "case.topicMarked": barred,
    "task.ended": comesBack,
    "case.routed": follow,
    "case.returned": follow,
    "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId),
  },
  jobs: {
    answers: { every: "1h", scope: "unit", run: tellAnswers },
    applications: { every: "1h", scope: "unit", run: tellApplications },
    meetings: {
      every: "1h",
      scope: "unit",
      run: async (ctx) => {
        await finishMeetings(ctx);
        await tellMeetings(ctx);
      },
    },
    visits: {
      every: "1d",
      scope: "unit",
      run: async (ctx) => {
        await takeBackNeedless(ctx);
        await giveVisits(ctx);
        await remindOfCourt(ctx);
      },
    },
    forget: { every: "1d", scope: "platform", run: forgetSealed },
  },
});
