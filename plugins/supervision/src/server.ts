import { pluginRpc, pluginServer, registerDays, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { circleOf, circularsHere, circulate, confirmRead, tellOfCirculars } from "./followups/circulars.ts";
import { interview } from "./followups/interviews.ts";
import { peopleHere } from "./followups/leaders.ts";
import { LISTING, listingLetter } from "./followups/listing-letter.ts";
import { checkListed, listAnew, noticed } from "./followups/listings.ts";
import { unitLetterTemplates, writeLetters } from "./followups/unit-letters.ts";
import { checkResults, checks, MOST_DRAWN, type Results } from "./inspections/checklist.ts";
import {
  check,
  closeInspection,
  forgetInspected,
  forgetSealedInspected,
  inspect,
  inspectable,
  inspectedHere,
  inspectionsOf,
  oneInspection,
} from "./inspections/inspect.ts";
import { drawMonthly, heardConcluded, heardReopened } from "./inspections/monthly.ts";
import { rungs, seenByPeople } from "./ladder.ts";
import { answer, ask, askAgain, dismiss, judge } from "./matters/ask.ts";
import { forgetCase, forgetSealed } from "./matters/forget.ts";
import { countObjection, follow, heardRating, raise, raises } from "./matters/raise.ts";
import { ofCase, oneMatter, supervised, toAnswer } from "./matters/read.ts";
import { followSilent, raiseSilent } from "./matters/silent.ts";
import { urging } from "./matters/urging-figures.ts";
import { holdAccountable, personnelTold, recommendAccountability } from "./organ/accountability.ts";
import { clarified, openClearing, told, wished } from "./organ/clearing.ts";
import { endedAccusations, shownRecords } from "./organ/read.ts";
import { accountability, clearing } from "./organ/records.ts";
import { plugin } from "./plugin.ts";
import { answerRates } from "./recommendations/dataset.ts";
import { outcomes, recommendationKinds } from "./recommendations/kinds.ts";
import { received, recipients, recommend, respond, sent, tellOfRecommendations } from "./recommendations/recommend.ts";
import { register } from "./register.ts";
import { letGo } from "./terms/let-go.ts";

const { router, procedure } = pluginRpc(plugin);

const words = z
  .string()
  .trim()
  .min(2)
  .max(2000)
  .refine((text) => !text.includes("\0"), { error: "text.characters" });
const byMatter = z.object({ matterId: z.uuid() });
const byRecord = z.object({ recordId: z.uuid() });
const byCase = z.object({ caseId: z.uuid() });
const byInspection = z.object({ inspectionId: z.uuid() });
const results: z.ZodType<Results, Results> = z.partialRecord(z.enum(checks), z.enum(checkResults));
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    list: procedure("supervise")
      .input(z.object({ over: z.boolean().default(false) }))
      .query(({ ctx, input }) => supervised(ctx, input.over)),
    one: procedure("supervise")
      .input(byMatter)
      .query(({ ctx, input }) => oneMatter(ctx, input.matterId, "above")),
    raise: procedure("supervise")
      .input(byCase.extend({ code: z.enum(seenByPeople), why: words }))
      .mutation(async ({ ctx, input }) => ({ matterId: await raise(ctx, input) })),
    /** a warning of the barometer is handed over */
    raiseSilent: procedure("supervise")
      .input(z.object({ warningId: z.uuid(), aboutUnit: z.uuid(), channel: z.string().max(40), why: words }))
      .mutation(async ({ ctx, input }) => ({ matterId: await raiseSilent(ctx, input) })),
    ask: procedure("supervise")
      .input(
        byMatter.extend({
          rung: z.enum(rungs),
          words,
          listedUntil: z.iso.date().optional(),
          leaderId: z.uuid().optional(),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await ask(ctx, input.matterId, input);
        return ok;
      }),
    judge: procedure("supervise")
      .input(byMatter.extend({ accept: z.boolean(), words }))
      .mutation(async ({ ctx, input }) => {
        await judge(ctx, input.matterId, input);
        return ok;
      }),
    dismiss: procedure("supervise")
      .input(byMatter.extend({ why: words }))
      .mutation(async ({ ctx, input }) => {
        await dismiss(ctx, input.matterId, input.why);
        return ok;
      }),

    /** what the higher steps are kept with */
    people: procedure("supervise").query(({ ctx }) => peopleHere(ctx)),
    interview: procedure("supervise")
      .input(
        byMatter.extend({
          ...{ interviewId: z.uuid(), leaderId: z.uuid(), secondId: z.uuid(), heldOn: z.iso.date(), points: words },
          promises: z.array(z.object({ words: words.max(500), dueOn: z.iso.date() })).max(10),
        }),
      )
      .mutation(async ({ ctx, input: { matterId, ...held } }) => {
        await interview(ctx, matterId, held);
        return ok;
      }),
    circle: procedure("supervise")
      .input(byMatter)
      .query(({ ctx, input }) => circleOf(ctx, input.matterId)),
    circulate: procedure("supervise")
      .input(
        byMatter.extend({
          ...{ circularId: z.uuid(), title: words.max(200), words },
          units: z.array(z.uuid()).min(1).max(200),
        }),
      )
      .mutation(async ({ ctx, input: { matterId, ...circular } }) => {
        await circulate(ctx, matterId, circular);
        return ok;
      }),
    listAnew: procedure("supervise")
      .input(byMatter.extend({ leaderId: z.uuid(), words }))
      .mutation(async ({ ctx, input: { matterId, ...given } }) => {
        await listAnew(ctx, matterId, given);
        return ok;
      }),
    checkListed: procedure("supervise")
      .input(byMatter.extend({ passed: z.boolean(), found: words }))
      .mutation(async ({ ctx, input: { matterId, ...found } }) => {
        await checkListed(ctx, matterId, found);
        return ok;
      }),
    circulars: procedure("answer").query(({ ctx }) => circularsHere(ctx)),
    confirmRead: procedure("answer")
      .input(z.object({ circularId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await confirmRead(ctx, input.circularId);
        return ok;
      }),

    recommendAccountability: procedure("supervise")
      .input(byMatter.extend({ recordId: z.uuid(), words }))
      .mutation(async ({ ctx, input: { matterId, ...given } }) => {
        await recommendAccountability(ctx, matterId, given);
        return ok;
      }),

    /** the discipline organ's own: records under its key */
    organRecords: procedure("accountable").query(({ ctx }) => shownRecords(ctx)),
    organPeople: procedure("accountable").query(({ ctx }) => peopleHere(ctx)),
    endedAccusations: procedure("accountable").query(({ ctx }) => endedAccusations(ctx)),
    holdAccountable: procedure("accountable")
      .input(
        accountability.omit({ kind: true, personnelToldOn: true }).extend({ recordId: z.uuid(), opposed: z.boolean() }),
      )
      .mutation(async ({ ctx, input: { recordId, ...given } }) => {
        await holdAccountable(ctx, recordId, given);
        return ok;
      }),
    personnelTold: procedure("accountable")
      .input(byRecord.extend({ on: z.iso.date() }))
      .mutation(async ({ ctx, input }) => {
        await personnelTold(ctx, input.recordId, input.on);
        return ok;
      }),
    openClearing: procedure("accountable")
      .input(
        clearing.pick({ caseId: true, respondent: true, personId: true, finding: true }).extend({ recordId: z.uuid() }),
      )
      .mutation(async ({ ctx, input }) => {
        await openClearing(ctx, input);
        return ok;
      }),
    clearingTold: procedure("accountable")
      .input(byRecord.extend({ on: z.iso.date() }))
      .mutation(async ({ ctx, input }) => {
        await told(ctx, input.recordId, input.on);
        return ok;
      }),
    clearingWished: procedure("accountable")
      .input(byRecord.extend({ circle: words.max(200), on: z.iso.date() }))
      .mutation(async ({ ctx, input: { recordId, ...wish } }) => {
        await wished(ctx, recordId, wish);
        return ok;
      }),
    clearingClarified: procedure("accountable")
      .input(byRecord.extend({ words, givenOn: z.iso.date() }))
      .mutation(async ({ ctx, input: { recordId, ...given } }) => {
        await clarified(ctx, recordId, given);
        return ok;
      }),

    /** the side of the unit that is supervised */
    toAnswer: procedure("answer").query(({ ctx }) => toAnswer(ctx)),
    asked: procedure("answer")
      .input(byMatter)
      .query(({ ctx, input }) => oneMatter(ctx, input.matterId, "unit")),
    answer: procedure("answer")
      .input(byMatter.extend({ words }))
      .mutation(async ({ ctx, input }) => {
        await answer(ctx, input.matterId, input.words);
        return ok;
      }),

    /** recommendations to other units, and their answers */
    recommendations: procedure("supervise").query(({ ctx }) => sent(ctx)),
    recommendTo: procedure("supervise").query(({ ctx }) => recipients(ctx)),
    recommend: procedure("supervise")
      .input(
        z.object({
          ...{ recommendationId: z.uuid(), toUnit: z.uuid(), kind: z.enum(recommendationKinds) },
          ...{ words, evidence: words },
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await recommend(ctx, input);
        return ok;
      }),
    received: procedure("answer").query(({ ctx }) => received(ctx)),
    respond: procedure("answer")
      .input(z.object({ recommendationId: z.uuid(), outcome: z.enum(outcomes), reason: words.or(z.literal("")) }))
      .mutation(async ({ ctx, input: { recommendationId, ...given } }) => {
        await respond(ctx, recommendationId, given);
        return ok;
      }),

    /** inspections with a sample and a checklist */
    inspections: procedure("supervise").query(({ ctx }) => inspectionsOf(ctx)),
    inspection: procedure("supervise")
      .input(byInspection)
      .query(({ ctx, input }) => oneInspection(ctx, input.inspectionId)),
    inspectable: procedure("supervise").query(({ ctx }) => inspectable(ctx)),
    inspect: procedure("supervise")
      .input(byInspection.extend({ aboutUnit: z.uuid(), title: words.max(200), size: z.int().min(1).max(MOST_DRAWN) }))
      .mutation(async ({ ctx, input }) => {
        await inspect(ctx, input);
        return ok;
      }),
    check: procedure("supervise")
      .input(byInspection.extend({ caseId: z.uuid(), results, note: words.or(z.literal("")) }))
      .mutation(async ({ ctx, input: { inspectionId, ...found } }) => {
        await check(ctx, inspectionId, found);
        return ok;
      }),
    closeInspection: procedure("supervise")
      .input(byInspection.extend({ words }))
      .mutation(async ({ ctx, input }) => {
        await closeInspection(ctx, input.inspectionId, input.words);
        return ok;
      }),
    inspectedHere: procedure("answer").query(({ ctx }) => inspectedHere(ctx)),

    // The kernel is asked whether somebody may see the petition itself.
    ofCase: procedure("look")
      .input(byCase)
      .query(({ ctx, input }) => ofCase(ctx, input.caseId)),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "督办登记簿", en: "Register of supervision" },
      needs: "look",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  templates: { [LISTING]: listingLetter, ...unitLetterTemplates },
  datasets: { recommendations: answerRates, urging },
  on: {
    "supervision.again": raises("unanswered"),
    "case.redo": raises("quashed"),
    "commitment.missing": raises("notKept"),
    "case.reopened": async (ctx, event) => {
      await heardReopened(ctx, event);
      await raises("reopened")(ctx, event);
    },
    "case.final": heardConcluded,
    "rating.given": heardRating,
    "case.objected": countObjection,
    "case.routed": follow,
    "case.returned": follow,
    "moduleLetter.issued": noticed,
    "moduleLetter.sentBack": noticed,
    "moduleClock.passed": async (ctx, event) => {
      if (event.module === plugin.id) await askAgain(ctx, event);
    },
    "retention.destroyed": async (ctx, event) => {
      await forgetCase(ctx, event.caseId);
      await forgetInspected(ctx, [event.caseId]);
    },
  },
  jobs: {
    forget: { every: "1d", scope: "unit", alsoWhereOff: true, run: forgetSealed },
    forgetInspected: { every: "1d", scope: "unit", alsoWhereOff: true, run: forgetSealedInspected },
    monthly: { every: "1d", scope: "unit", run: drawMonthly },
    silent: { every: "1d", scope: "unit", run: followSilent },
    letters: { every: "1d", scope: "unit", run: writeLetters },
    circulars: { every: "1d", scope: "unit", run: tellOfCirculars },
    recommendations: { every: "1d", scope: "unit", run: tellOfRecommendations },
    letGo: { every: "1d", scope: "unit", alsoWhereOff: true, run: letGo },
  },
});
