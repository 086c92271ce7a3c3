import { purposes } from "@doorstep/sdk";
import { channel, pluginRpc, pluginServer, registerDays, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { choices, keep, ownCircle, release } from "./circle/circle.ts";
import { newcomers, noteArrivals } from "./circle/newcomers.ts";
import { drawnNow, drawSample } from "./circle/sample.ts";
import { datasets } from "./figures/datasets.ts";
import { occasions, occasionsToAsk } from "./occasions.ts";
import { plugin } from "./plugin.ts";
import { register } from "./register.ts";
import { paces } from "./schema.ts";
import { answer, arrange, ask, callOff, choose, offer } from "./talks/arrange.ts";
import { agree, held, record, rewrite } from "./talks/note.ts";
import { confirm, giveTasks, promiseDone } from "./talks/promises.ts";
import { oneTalk, ownTalks } from "./talks/read.ts";
import { introduce, ownWords, talkers } from "./talks/talkers.ts";
import { forget, remind } from "./talks/watch.ts";

const { router, procedure } = pluginRpc(plugin);

const LINES = 5;
const line = (most: number, least = 1) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const byTalk = z.object({ talkId: z.uuid() });
const meeting = z.object({ startsAt: z.iso.datetime(), place: line(80), byPhone: z.boolean().default(false) });
const lines = z.object({
  needs: z.array(line(100)).max(LINES).default([]),
  promises: z
    .array(z.object({ words: line(100), dueOn: z.iso.date() }))
    .max(LINES)
    .default([]),
});
const few = (note: z.output<typeof lines>): boolean => {
  const count = note.needs.length + note.promises.length;
  return count >= 1 && count <= LINES;
};
const heldOn = z.iso.date();
const ok = { ok: true } as const;

const form = z.object({
  purpose: z.enum(purposes),
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().min(5).max(20_000),
});

export default pluginServer(plugin, {
  router: router({
    /** what somebody sees of his own talks, and whom he may choose */
    mine: procedure().query(async ({ ctx }) => ({
      talks: await ownTalks(ctx, "person"),
      talkers: await talkers(ctx),
    })),
    one: procedure()
      .input(byTalk)
      .query(({ ctx, input }) => oneTalk(ctx, input.talkId)),
    ask: procedure()
      .input(
        z.object({
          /** `null`: whoever has time */
          talkerId: z.uuid().nullable(),
          occasion: z.enum(occasionsToAsk),
          wish: line(200, 0).default(""),
          wishTime: line(60, 0).default(""),
          byPhone: z.boolean().default(false),
        }),
      )
      .mutation(async ({ ctx, input }) => ({ talkId: await ask(ctx, input) })),
    answer: procedure()
      .input(byTalk.extend({ accept: z.boolean() }))
      .mutation(async ({ ctx, input }) => {
        await answer(ctx, input.talkId, input.accept);
        return ok;
      }),
    choose: procedure()
      .input(byTalk.extend({ talkerId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await choose(ctx, input.talkId, input.talkerId);
        return ok;
      }),
    rewrite: procedure()
      .input(byTalk.extend({ noteNo: z.number().int() }).extend(lines.shape).refine(few))
      .mutation(async ({ ctx, input }) => {
        await rewrite(ctx, input.talkId, input.noteNo, input);
        return ok;
      }),
    agree: procedure()
      .input(byTalk.extend({ noteNo: z.number().int() }))
      .mutation(async ({ ctx, input }) => {
        await agree(ctx, input.talkId, input.noteNo);
        return ok;
      }),
    confirm: procedure()
      .input(z.object({ promiseId: z.uuid(), kept: z.boolean() }))
      .mutation(async ({ ctx, input }) => {
        await confirm(ctx, input.promiseId, input.kept);
        return ok;
      }),

    /** the talk officer's own work */
    work: procedure("talk").query(async ({ ctx }) => ({
      newcomers: await newcomers(ctx),
      circle: await ownCircle(ctx),
      talks: await ownTalks(ctx, "talker"),
    })),
    introduction: procedure("talk").query(async ({ ctx }) => ({ words: await ownWords(ctx) })),
    introduce: procedure("talk")
      .input(z.object({ words: line(30, 0) }))
      .mutation(async ({ ctx, input }) => {
        await introduce(ctx, input.words);
        return ok;
      }),
    people: procedure("talk")
      .input(z.object({ q: z.string().trim().max(60).default("") }))
      .query(({ ctx, input }) => choices(ctx, input.q)),
    sample: procedure("talk").query(({ ctx }) => drawnNow(ctx)),
    drawSample: procedure("talk").mutation(({ ctx }) => drawSample(ctx)),
    keep: procedure("talk")
      .input(z.object({ personId: z.uuid(), pace: z.enum(paces) }))
      .mutation(async ({ ctx, input }) => {
        await keep(ctx, input.personId, input.pace);
        return ok;
      }),
    release: procedure("talk")
      .input(z.object({ personId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await release(ctx, input.personId);
        return ok;
      }),
    offer: procedure("talk")
      .input(meeting.extend({ personId: z.uuid(), occasion: z.enum(occasions) }))
      .mutation(async ({ ctx, input }) => ({ talkId: await offer(ctx, input) })),
    arrange: procedure("talk")
      .input(byTalk.extend(meeting.shape))
      .mutation(async ({ ctx, input }) => {
        await arrange(ctx, input.talkId, input);
        return ok;
      }),
    callOff: procedure("talk")
      .input(byTalk)
      .mutation(async ({ ctx, input }) => {
        await callOff(ctx, input.talkId);
        return ok;
      }),
    held: procedure("talk")
      .input(byTalk.extend({ heldOn }).extend(lines.shape).refine(few))
      .mutation(async ({ ctx, input }) => {
        await held(ctx, input.talkId, input.heldOn, input);
        return ok;
      }),
    record: procedure("talk")
      .input(
        z
          .object({ personId: z.uuid(), occasion: z.enum(occasions), heldOn, byPhone: z.boolean().default(false) })
          .extend(lines.shape)
          .refine(few),
      )
      .mutation(async ({ ctx, input }) => ({ talkId: await record(ctx, input, input) })),
    promiseDone: procedure("talk")
      .input(z.object({ promiseId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await promiseDone(ctx, input.promiseId);
        return ok;
      }),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "谈心计划登记簿", en: "Register of planned talks" },
      needs: "talk",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  channels: {
    /** Only whoever was talked with comes here, by his own page: nothing of the talk goes along. */
    need: channel(plugin, {
      title: { "zh-CN": "谈心后本人提出", en: "Raised by oneself after a talk" },
      via: "talkConverted",
      page: "/petition",
      listed: false,
      form,
      toCase: (_ctx, filled) => filled,
    }),
  },
  datasets,
  jobs: {
    promises: { every: "15m", scope: "unit", run: giveTasks },
    watch: {
      every: "1d",
      scope: "unit",
      run: async (ctx) => {
        await noteArrivals(ctx);
        await remind(ctx);
      },
    },
    forget: { every: "1d", scope: "unit", alsoWhereOff: true, run: forget },
  },
});
