import { personKinds } from "@doorstep/sdk";
import { channel, pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { board, support } from "./box/board.ts";
import { own, takeBack, wroteDown } from "./box/own.ts";
import { post } from "./box/post.ts";
import { otherPurposes, outcomes } from "./outcomes.ts";
import { plugin } from "./plugin.ts";
import { answer } from "./work/answer.ts";
import { noteLeft } from "./work/note.ts";
import { box, one } from "./work/read.ts";
import { passOn, show, study } from "./work/sort.ts";
import { forgetCase, keep, tellReplied, watch } from "./work/watch.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most: number, least = 1) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const title = words(120);
const id = z.object({ id: z.uuid() });
/** Of any length: what is no code is refused in words that say so. */
const byCode = z.object({ code: z.string().min(1).max(60) });
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    board: procedure("public").query(({ ctx }) => board(ctx)),
    post: procedure("public")
      .input(
        z.object({
          ...{ key: z.uuid(), title, body: words(5000, 5), mayShow: z.boolean(), credit: z.boolean() },
          person: z.object({ name: words(60), kind: z.enum(personKinds), contact: words(200) }).nullable(),
        }),
      )
      .mutation(({ ctx, input }) => post(ctx, input)),
    // by POST like all calls: a code stands in no address that a server sees
    own: procedure("public")
      .input(byCode)
      .mutation(({ ctx, input }) => own(ctx, input.code)),
    wroteDown: procedure("public")
      .input(byCode)
      .mutation(async ({ ctx, input }) => {
        await wroteDown(ctx, input.code);
        return ok;
      }),
    takeBack: procedure("public")
      .input(byCode)
      .mutation(async ({ ctx, input }) => {
        await takeBack(ctx, input.code);
        return ok;
      }),
    support: procedure()
      .input(id.extend({ yes: z.boolean() }))
      .mutation(async ({ ctx, input }) => {
        await support(ctx, input.id, input.yes);
        return ok;
      }),

    /** the side of those who sort it */
    box: procedure("sort").query(({ ctx }) => box(ctx)),
    one: procedure("sort")
      .input(id)
      .query(({ ctx, input }) => one(ctx, input.id)),
    show: procedure("sort")
      .input(id.extend({ board: z.object({ title, text: words(5000, 5) }).nullable() }))
      .mutation(async ({ ctx, input }) => {
        await show(ctx, input.id, input.board);
        return ok;
      }),
    study: procedure("sort")
      .input(id.extend({ withIds: z.array(z.uuid()).max(100), title, body: words(20_000, 5) }))
      .mutation(({ ctx, input }) => study(ctx, input)),
    passOn: procedure("sort")
      .input(id.extend({ purpose: z.enum(otherPurposes), concernsLeader: z.boolean(), urgentSafety: z.boolean() }))
      .mutation(async ({ ctx, input }) => {
        await passOn(ctx, input);
        return ok;
      }),
    answer: procedure("sort")
      .input(id.extend({ title, outcome: z.enum(outcomes), words: words(5000, 5) }))
      .mutation(async ({ ctx, input }) => {
        await answer(ctx, input);
        return ok;
      }),
  }),
  channels: {
    box: channel(plugin, { title: { "zh-CN": "意见箱", en: "Suggestion box" }, via: "online" }),
  },
  on: {
    "case.replied": (ctx, event) => tellReplied(ctx, event.caseId),
    "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId),
  },
  jobs: {
    note: { every: "5m", scope: "unit", run: noteLeft },
    watch: { every: "1d", scope: "unit", run: watch },
    keep: { every: "1d", scope: "unit", alsoWhereOff: true, run: keep },
  },
});
