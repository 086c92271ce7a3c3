import { personKinds } from "@doorstep/sdk";
import { channel, pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { arranged, close, leadersOf, open, openMailboxes } from "./boxes/arrange.ts";
import { deliverLeft } from "./items/deliver.ts";
import { markRead, myLetters, oneLetter } from "./items/read.ts";
import { forgetCase, watch } from "./items/watch.ts";
import { write } from "./items/write.ts";
import { plugin } from "./plugin.ts";
import { anonymities, purposes } from "./purposes.ts";

const { router, procedure } = pluginRpc(plugin);

const plain = (most: number, least = 1) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const words = (most: number, least = 1) => z.string().trim().pipe(plain(most, least));
const byLetter = z.object({ letterId: z.uuid() });
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    mailboxes: procedure("public").query(({ ctx }) => openMailboxes(ctx)),
    write: procedure("public")
      .input(
        z.object({
          ...{ mailboxId: z.uuid(), key: z.uuid(), purpose: z.enum(purposes), anonymity: z.enum(anonymities) },
          // as it was written: nothing is taken off
          ...{ title: words(120), body: plain(20_000, 5), desiredOutcome: plain(2_000, 0).default("") },
          ...{ aboutLeader: z.boolean(), urgentSafety: z.boolean() },
          person: z.object({ name: words(60), kind: z.enum(personKinds), contact: words(200) }).nullable(),
        }),
      )
      .mutation(({ ctx, input }) => write(ctx, input)),

    /** the side of the leader, and of whoever reads for him */
    letters: procedure("read").query(({ ctx }) => myLetters(ctx)),
    letter: procedure("read")
      .input(byLetter)
      .query(({ ctx, input }) => oneLetter(ctx, input.letterId)),
    read: procedure("read")
      .input(byLetter)
      .mutation(async ({ ctx, input }) => {
        await markRead(ctx, input.letterId);
        return ok;
      }),

    /** whoever arranges mailboxes sees nothing of what is in them */
    arranged: procedure("arrange").query(({ ctx }) => arranged(ctx)),
    leaders: procedure("arrange").query(({ ctx }) => leadersOf(ctx)),
    open: procedure("arrange")
      .input(
        z.object({
          ...{ leaderId: z.uuid(), post: words(60), portfolio: words(120, 0).default("") },
          deputyId: z.uuid().nullable(),
        }),
      )
      .mutation(async ({ ctx, input }) => ({ mailboxId: await open(ctx, input) })),
    close: procedure("arrange")
      .input(z.object({ mailboxId: z.uuid() }))
      .mutation(async ({ ctx, input }) => {
        await close(ctx, input.mailboxId);
        return ok;
      }),
  }),
  channels: {
    mailbox: channel(plugin, {
      ...{ title: { "zh-CN": "首长信箱", en: "Leader's mailbox" }, via: "leaderMailbox" },
      anonymous: (ctx) => ctx.settings.anonymous,
    }),
  },
  on: { "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId) },
  jobs: {
    deliver: { every: "5m", scope: "unit", run: deliverLeft },
    watch: { every: "1h", scope: "unit", run: watch },
  },
});
