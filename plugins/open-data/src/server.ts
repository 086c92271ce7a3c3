import { dayOf } from "@doorstep/sdk";
import { address, pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { plugin } from "./plugin.ts";
import { collect } from "./publish/collect.ts";
import { answerFile } from "./publish/files.ts";
import { onePublication, publicFile, published } from "./publish/public.ts";
import { choices, publish, withdraw } from "./publish/publish.ts";

const { router, procedure } = pluginRpc(plugin);

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
const chosen = z.object({ dataset: z.string().max(120), from: month, to: month });
const wanted = z.object({ seriesId: z.uuid(), version: z.int().min(1).optional() });
const why = z
  .string()
  .trim()
  .min(2)
  .max(300)
  .refine((text) => !text.includes("\0"), { error: "text.characters" });
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  addresses: {
    files: address(plugin, {
      ...{ title: plugin.title, who: "anybody", methods: ["GET"], perMinute: 120 },
      answer: answerFile,
    }),
  },
  router: router({
    published: procedure("public").query(({ ctx }) => published(ctx)),
    one: procedure("public")
      .input(wanted)
      .query(({ ctx, input }) => onePublication(ctx, input)),
    file: procedure("public")
      .input(wanted.extend({ format: z.enum(["csv", "json", "dictionary"]) }))
      .query(({ ctx, input }) => publicFile(ctx, input, input.format)),
    /** the unit's own date */
    today: procedure("publish").query(({ ctx }) => dayOf(ctx.now, ctx.unit.timeZone)),
    choices: procedure("publish").query(({ ctx }) => choices(ctx)),
    preview: procedure("publish")
      .input(chosen)
      .query(({ ctx, input }) => collect(ctx, input)),
    publish: procedure("publish")
      .input(chosen)
      .mutation(({ ctx, input }) => publish(ctx, input)),
    withdraw: procedure("publish")
      .input(z.object({ id: z.uuid(), why }))
      .mutation(async ({ ctx, input }) => {
        await withdraw(ctx, input.id, input.why);
        return ok;
      }),
  }),
});
