import { channel, pluginRpc, pluginServer, registerDays, report, takenDown } from "@doorstep/sdk/server";
import { z } from "zod";
import { fileLetter } from "./letters/file-letter.ts";
import { forgetCase, forgetSealed } from "./letters/forget.ts";
import { PART } from "./letters/letter-ctx.ts";
import { addressLabel, recordPosting } from "./letters/post.ts";
import { letterOfCase, listLetters, readLetter } from "./letters/read-letters.ts";
import { addLetter, discardLetter, readPart, takePart } from "./letters/scan.ts";
import { plugin } from "./plugin.ts";
import { register } from "./register.ts";
import { pageKinds } from "./schema.ts";

const { router, procedure } = pluginRpc(plugin);
const byLetter = z.object({ letterId: z.uuid() });
const byCase = z.object({ caseId: z.uuid() });
const page = z.object({
  pageId: z.uuid(),
  kind: z.enum(pageKinds),
  type: z.enum(["image/jpeg", "image/png", "application/pdf"]),
  size: z.number().int().min(1),
});
/** A petition has twenty files at most. */
const MAX_PAGES = 20;

export default pluginServer(plugin, {
  router: router({
    list: procedure("register").query(({ ctx }) => listLetters(ctx)),
    get: procedure("register")
      .input(byLetter)
      .query(({ ctx, input }) => readLetter(ctx, input.letterId)),
    add: procedure("register")
      .input(byLetter.extend({ receivedOn: z.iso.date(), pages: z.array(page).min(1).max(MAX_PAGES) }))
      .mutation(({ ctx, input }) => addLetter(ctx, input)),
    part: procedure("register")
      .input(
        byLetter.extend({
          pageId: z.uuid(),
          part: z.number().int().min(0).max(20),
          data: z.base64().max(Math.ceil(PART / 3) * 4 + 4),
        }),
      )
      .mutation(({ ctx, input }) =>
        takePart(ctx, { ...input, bytes: new Uint8Array(Buffer.from(input.data, "base64")) }),
      ),
    page: procedure("register")
      .input(byLetter.extend({ pageId: z.uuid(), part: z.number().int().min(0).max(20) }))
      .query(({ ctx, input }) => readPart(ctx, input)),
    discard: procedure("register")
      .input(byLetter)
      .mutation(async ({ ctx, input }) => {
        await discardLetter(ctx, input.letterId);
        return { ok: true };
      }),
    file: procedure("register")
      .input(byLetter.extend({ taken: takenDown, postedOn: z.iso.date().nullable() }))
      .mutation(({ ctx, input }) => fileLetter(ctx, input)),
    // Whoever may see the petition may see how it came: the kernel is asked.
    ofCase: procedure()
      .input(byCase)
      .query(({ ctx, input }) => letterOfCase(ctx, input.caseId)),
    label: procedure("post")
      .input(byCase)
      .mutation(({ ctx, input }) => addressLabel(ctx, input.caseId)),
    posted: procedure("post")
      .input(
        byCase.extend({
          postingId: z.uuid(),
          postedOn: z.iso.date(),
          tracking: z
            .string()
            .trim()
            .min(4)
            .max(40)
            .regex(/^[\w -]+$/),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await recordPosting(ctx, input);
        return { ok: true };
      }),
  }),
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "来信登记簿", en: "Register of letters" },
      needs: "register",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  channels: {
    letter: channel(plugin, { title: { "zh-CN": "纸质来信", en: "Letter on paper" }, via: "letter" }),
  },
  jobs: { forget: { every: "1d", scope: "unit", alsoWhereOff: true, run: (ctx) => forgetSealed(ctx) } },
  on: { "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId) },
});
