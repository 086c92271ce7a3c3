import { pluginRpc, pluginServer, registerDays, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { apply, turnDown, withdraw } from "./hearings/apply.ts";
import { call, callOff, writeAnew } from "./hearings/call.ts";
import { conclude, takeUp, vote } from "./hearings/conclude.ts";
import { list, mine, ofCase, oneOfMine, ownView } from "./hearings/read.ts";
import { keepRecord, noSignature, signInRoom, signOwn, signSeat } from "./hearings/record.ts";
import { askRecusal, decideRecusal } from "./hearings/recusal.ts";
import { replace } from "./hearings/replace.ts";
import { ended, follow, forgetCase, forgetSealed, noticed, tell } from "./hearings/watch.ts";
import { grounds, votes } from "./kinds.ts";
import { NOTICE, noticeLetter } from "./notice.ts";
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
const byHearing = z.object({ hearingId: z.uuid() });
const byCase = z.object({ caseId: z.uuid() });
const own = byCase.extend(byHearing.shape);
const setting = z.object({
  subject: words(300),
  startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  place: words(120),
  attendants: words(300, 0).default(""),
});
/** A drawing of a few strokes is some kilobytes. */
const SIGNATURE = 200_000;
const signature = z.object({ png: z.base64().max(SIGNATURE), correction: words(500, 0).default("") });
const drawn = ({ png, correction }: z.output<typeof signature>) => ({
  png: new Uint8Array(Buffer.from(png, "base64")),
  correction,
});
const OTHERS = 9;
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    // The petitioner, by his account or the code typed in this browser: the kernel says whether the matter is his.
    own: procedure("public")
      .input(byCase)
      .query(({ ctx, input }) => ownView(ctx, input.caseId)),
    applyFor: procedure("public")
      .input(own.extend({ wish: words(1_000) }))
      .mutation(async ({ ctx, input }) => {
        await apply(ctx, input);
        return ok;
      }),
    withdraw: procedure("public")
      .input(own)
      .mutation(async ({ ctx, input }) => {
        await withdraw(ctx, input.caseId, input.hearingId);
        return ok;
      }),
    askRecusal: procedure("public")
      .input(own.extend({ recusalId: z.uuid(), personId: z.uuid(), why: words(500) }))
      .mutation(async ({ ctx, input }) => {
        await askRecusal(ctx, input);
        return ok;
      }),
    signOwn: procedure("public")
      .input(own.extend(signature.shape))
      .mutation(async ({ ctx, input }) => {
        await signOwn(ctx, input.caseId, input.hearingId, drawn(input));
        return ok;
      }),

    ofCase: procedure("look")
      .input(byCase)
      .query(({ ctx, input }) => ofCase(ctx, input.caseId)),
    list: procedure("look")
      .input(z.object({ over: z.boolean().default(false) }))
      .query(({ ctx, input }) => list(ctx, input.over)),
    candidates: procedure("conduct").query(({ ctx }) => ctx.people.ofUnit()),
    turnDown: procedure("conduct")
      .input(byHearing.extend({ reason: words(1_000) }))
      .mutation(async ({ ctx, input }) => {
        await turnDown(ctx, input.hearingId, input.reason);
        return ok;
      }),
    callFor: procedure("conduct")
      .input(
        own.extend({
          ...setting.shape,
          ground: z.enum(grounds).nullable(),
          hearingOn: z.iso.date(),
          open: z.boolean(),
          agreedOpen: z.boolean().default(false),
          chairId: z.uuid(),
          memberIds: z.array(z.uuid()).max(8),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await call(ctx, input);
        return ok;
      }),
    writeAnew: procedure("conduct")
      .input(byHearing.extend(setting.shape))
      .mutation(async ({ ctx, input: { hearingId, ...told } }) => {
        await writeAnew(ctx, hearingId, told);
        return ok;
      }),
    callOff: procedure("conduct")
      .input(byHearing.extend({ reason: words(1_000) }))
      .mutation(async ({ ctx, input }) => {
        await callOff(ctx, input.hearingId, input.reason);
        return ok;
      }),
    record: procedure("conduct")
      .input(
        byHearing.extend({
          record: words(8_000),
          petitioner: z.boolean(),
          panel: z.array(z.uuid()).max(9),
          others: z.array(z.object({ id: z.uuid(), part: words(40) })).max(OTHERS),
        }),
      )
      .mutation(async ({ ctx, input: { hearingId, ...taken } }) => {
        await keepRecord(ctx, hearingId, taken);
        return ok;
      }),
    signInRoom: procedure("conduct")
      .input(byHearing.extend({ attendantId: z.uuid(), ...signature.shape }))
      .mutation(async ({ ctx, input }) => {
        await signInRoom(ctx, input.hearingId, input.attendantId, drawn(input));
        return ok;
      }),
    noSignature: procedure("conduct")
      .input(byHearing.extend({ attendantId: z.uuid(), why: words(300) }))
      .mutation(async ({ ctx, input }) => {
        await noSignature(ctx, input.hearingId, input.attendantId, input.why);
        return ok;
      }),
    takeUp: procedure("conduct")
      .input(byHearing)
      .mutation(async ({ ctx, input }) => {
        await takeUp(ctx, input.hearingId);
        return ok;
      }),
    decideRecusal: procedure("decide")
      .input(z.object({ recusalId: z.uuid(), granted: z.boolean(), reason: words(500) }))
      .mutation(async ({ ctx, input }) => {
        await decideRecusal(ctx, input.recusalId, input.granted, input.reason);
        return ok;
      }),

    replace: procedure("conduct")
      .input(byHearing.extend({ leaverId: z.uuid(), personId: z.uuid(), why: words(300) }))
      .mutation(async ({ ctx, input: { hearingId, ...who } }) => {
        await replace(ctx, hearingId, who);
        return ok;
      }),

    // Whoever sits on a panel, from wherever in the house.
    mine: procedure().query(({ ctx }) => mine(ctx)),
    one: procedure()
      .input(byHearing)
      .query(({ ctx, input }) => oneOfMine(ctx, input.hearingId)),
    signSeat: procedure()
      .input(byHearing.extend(signature.shape))
      .mutation(async ({ ctx, input }) => {
        await signSeat(ctx, input.hearingId, drawn(input));
        return ok;
      }),
    vote: procedure()
      .input(byHearing.extend({ vote: z.enum(votes) }))
      .mutation(async ({ ctx, input }) => {
        await vote(ctx, input.hearingId, input.vote);
        return ok;
      }),
    conclude: procedure()
      .input(byHearing.extend({ conclusion: words(2_000) }))
      .mutation(async ({ ctx, input }) => {
        await conclude(ctx, input.hearingId, input.conclusion);
        return ok;
      }),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "听证登记簿", en: "Register of hearings" },
      needs: "look",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  templates: { [NOTICE]: noticeLetter },
  on: {
    "moduleLetter.issued": noticed,
    "moduleLetter.sentBack": noticed,
    "hearing.closed": ended,
    "case.routed": follow,
    "case.returned": follow,
    "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId),
  },
  jobs: {
    tell: { every: "1h", scope: "unit", run: tell },
    forget: { every: "1d", scope: "platform", run: forgetSealed },
  },
});
