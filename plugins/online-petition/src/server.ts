import { purposes } from "@doorstep/sdk";
import { channel, pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { answersHere, save, takeOut } from "./help/keep-answers.ts";
import { topics } from "./help/topics.ts";
import { plugin } from "./plugin.ts";

const form = z.object({
  purpose: z.enum(purposes),
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().min(5).max(20_000),
  alreadyTried: z.string().trim().max(2_000).default(""),
});

const { router, procedure } = pluginRpc(plugin);
const words = (most: number, least = 1) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const both = (most: number, least = 1) => z.object({ "zh-CN": words(most, least), en: words(most, least) });
const written = z.object({
  id: z.uuid(),
  version: z.number().int().min(0),
  topic: z.enum(topics),
  question: both(200),
  answer: both(4_000),
  elsewhere: both(500, 0),
  timeLimit: both(200, 0),
  source: words(200, 0),
});
const ok = { ok: true } as const;

// biome-ignore lint/style/noDefaultExport: the host loads the server half by its default export
export default pluginServer(plugin, {
  router: router({
    answers: procedure("public").query(({ ctx }) => answersHere(ctx)),
    kept: procedure("answer").query(({ ctx }) => answersHere(ctx)),
    save: procedure("answer")
      .input(written)
      .mutation(async ({ ctx, input }) => {
        await save(ctx, input);
        return ok;
      }),
    takeOut: procedure("answer")
      .input(z.object({ id: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await takeOut(ctx, input.id);
        return ok;
      }),
  }),
  channels: {
    online: channel(plugin, {
      title: { "zh-CN": "网上填写", en: "Fill in online" },
      via: "online",
      page: "/",
      form,
      anonymous: (ctx) => ctx.settings.anonymousAllowed,
      toCase: (_ctx, filled) => filled,
    }),
  },
});
