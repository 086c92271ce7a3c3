import { personKinds } from "@doorstep/sdk";
import { channel, pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { begin, mine, own } from "./drafts/begin.ts";
import { drop, file } from "./drafts/file.ts";
import { watch } from "./drafts/watch.ts";
import { plugin } from "./plugin.ts";
import { purposes } from "./purposes.ts";
import { agree, look, sign, signatureShown, unsign } from "./signing/sign.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most: number, least = 1) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const byDraft = z.object({ draftId: z.uuid() });
/** Of any length: what is no code is refused in words that say so. */
const code = z.string().min(1).max(60);
const pass = z.union([z.object({ code }), byDraft]);
const kind = z.enum(personKinds);
const person = { kind, contact: words(200), key: z.uuid() };
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    mine: procedure().query(({ ctx }) => mine(ctx)),
    begin: procedure()
      .input(
        z.object({
          ...person,
          purpose: z.enum(purposes),
          title: words(120),
          body: words(20_000, 5),
          desiredOutcome: words(2_000, 0).default(""),
          anonymity: z.enum(["named", "confidential"]),
        }),
      )
      .mutation(({ ctx, input }) => begin(ctx, input)),
    own: procedure()
      .input(byDraft)
      .query(({ ctx, input }) => own(ctx, input.draftId)),
    file: procedure()
      .input(byDraft)
      .mutation(({ ctx, input }) => file(ctx, input.draftId)),
    drop: procedure()
      .input(byDraft)
      .mutation(async ({ ctx, input }) => {
        await drop(ctx, input.draftId);
        return ok;
      }),
    signature: procedure()
      .input(byDraft)
      .query(({ ctx, input }) => signatureShown(ctx, input)),
    // by POST like all calls: a code stands in no address that a server sees
    look: procedure("public")
      .input(z.object({ code }))
      .mutation(({ ctx, input }) => look(ctx, input.code)),
    sign: procedure("public")
      .input(z.object({ ...person, code, name: words(60) }))
      .mutation(({ ctx, input }) => sign(ctx, input)),
    unsign: procedure("public")
      .input(pass)
      .mutation(async ({ ctx, input }) => {
        await unsign(ctx, input);
        return ok;
      }),
    agree: procedure("public")
      .input(z.object({ pass, yes: z.boolean() }))
      .mutation(async ({ ctx, input }) => {
        await agree(ctx, input.pass, input.yes);
        return ok;
      }),
  }),
  channels: {
    joint: channel(plugin, { title: { "zh-CN": "联名反映", en: "Joint petition" }, via: "online" }),
  },
  jobs: { watch: { every: "1h", scope: "unit", run: watch } },
});
