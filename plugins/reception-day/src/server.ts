import { channel, pluginRpc, pluginServer, registerDays, report, takenDown } from "@doorstep/sdk/server";
import { z } from "zod";
import { book, calendarOf, cancelBooking, ownBookings, readBooking } from "./bookings/book.ts";
import { forgetWishes, wish, wishesAtDesk } from "./bookings/wishes.ts";
import { datasets } from "./figures/datasets.ts";
import { plugin } from "./plugin.ts";
import { register } from "./register.ts";
import { kinds } from "./schema.ts";
import { cancelDay, publish, swap } from "./sessions/publish.ts";
import { calendar, daysAtDesk } from "./sessions/read-days.ts";
import { absent, casesToLink, fileVisit, heard, keep, link, pack } from "./sessions/receive.ts";
import { forget, forgetCase, remind } from "./sessions/watch.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most: number, least = 1) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const bySession = z.object({ sessionId: z.uuid() });
const byVisit = z.object({ bookingId: z.uuid() });
const leader = z.object({ leaderId: z.uuid(), post: words(60), portfolio: words(120, 0).default("") });
/** A code of any length: what is no code is refused in words that say so. */
const pass = z.union([z.object({ code: z.string().min(1).max(40) }), byVisit]);
const promise = z.object({ words: words(300), ownerId: z.uuid(), dueOn: z.iso.date() });
/** A drawing of a few strokes is some kilobytes. */
const SIGNATURE = 200_000;
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    calendar: procedure("public").query(({ ctx }) => calendar(ctx)),
    book: procedure("public")
      .input(
        bySession.extend({ slotNo: z.number().int().min(0).max(300), topic: words(100, 0).default(""), key: z.uuid() }),
      )
      .mutation(({ ctx, input }) => book(ctx, input)),
    // by POST like all calls: a code stands in no address
    booking: procedure("public")
      .input(pass)
      .mutation(({ ctx, input }) => readBooking(ctx, input)),
    cancel: procedure("public")
      .input(pass)
      .mutation(async ({ ctx, input }) => {
        await cancelBooking(ctx, input);
        return ok;
      }),
    calendarFile: procedure("public")
      .input(pass)
      .mutation(async ({ ctx, input }) => ({ ics: await calendarOf(ctx, input) })),
    mine: procedure().query(({ ctx }) => ownBookings(ctx)),
    wish: procedure("public")
      .input(z.object({ key: z.uuid(), topic: words(100, 0).default("") }))
      .mutation(async ({ ctx, input }) => {
        await wish(ctx, input);
        return ok;
      }),

    days: procedure("receive").query(({ ctx }) => daysAtDesk(ctx)),
    wishes: procedure("receive").query(({ ctx }) => wishesAtDesk(ctx)),
    people: procedure("receive")
      .input(z.object({ q: z.string().trim().max(60).default("") }))
      .query(({ ctx, input }) => ctx.people.ofUnit({ limit: 50, ...(input.q !== "" && { q: input.q }) })),
    publish: procedure("publish")
      .input(
        leader.extend({
          kind: z.enum(kinds),
          place: words(80),
          startsAt: z.iso.datetime(),
          endsAt: z.iso.datetime(),
        }),
      )
      .mutation(async ({ ctx, input }) => ({ sessionId: await publish(ctx, input) })),
    swap: procedure("publish")
      .input(bySession.extend(leader.shape).extend({ reason: words(200) }))
      .mutation(async ({ ctx, input: { sessionId, ...by } }) => {
        await swap(ctx, sessionId, by);
        return ok;
      }),
    cancelDay: procedure("publish")
      .input(bySession.extend({ reason: words(200) }))
      .mutation(async ({ ctx, input }) => {
        await cancelDay(ctx, input.sessionId, input.reason);
        return ok;
      }),
    pack: procedure("receive")
      .input(bySession)
      .query(({ ctx, input }) => pack(ctx, input.sessionId)),
    cases: procedure("receive").query(({ ctx }) => casesToLink(ctx)),
    link: procedure("receive")
      .input(byVisit.extend({ caseId: z.uuid().nullable() }))
      .mutation(async ({ ctx, input }) => {
        await link(ctx, input.bookingId, input.caseId);
        return ok;
      }),
    heard: procedure("receive")
      .input(
        byVisit.extend({
          record: words(2_000, 0),
          promises: z.array(promise).max(5).default([]),
          signature: z.base64().max(SIGNATURE).default(""),
        }),
      )
      .mutation(async ({ ctx, input: { bookingId, signature, ...what } }) => {
        await heard(ctx, bookingId, { ...what, signature: new Uint8Array(Buffer.from(signature, "base64")) });
        return ok;
      }),
    absent: procedure("receive")
      .input(byVisit)
      .mutation(async ({ ctx, input }) => {
        await absent(ctx, input.bookingId);
        return ok;
      }),
    file: procedure("receive")
      .input(byVisit.extend({ taken: takenDown }))
      .mutation(({ ctx, input }) => fileVisit(ctx, input.bookingId, input.taken)),
    keep: procedure("receive")
      .input(z.object({ promiseId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await keep(ctx, input.promiseId);
        return ok;
      }),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "领导接访登记簿", en: "Register of reception days" },
      needs: "receive",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  channels: {
    visit: channel(plugin, { title: { "zh-CN": "领导接访", en: "Reception day" }, via: "receptionDay" }),
  },
  datasets,
  on: { "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId) },
  jobs: {
    watch: { every: "6h", scope: "unit", run: remind },
    forget: {
      every: "6h",
      scope: "unit",
      alsoWhereOff: true,
      run: async (ctx) => {
        await forget(ctx);
        await forgetWishes(ctx);
      },
    },
  },
});
