import { address, channel, pluginRpc, pluginServer } from "@doorstep/sdk/server";
import { z } from "zod";
import { discard, listReferrals, tryAgain } from "./desk.ts";
import { open311 } from "./open311/answer.ts";
import { addPartner, endPartner, listPartners, newKey } from "./partners/partners.ts";
import { plugin } from "./plugin.ts";
import { partnerKinds } from "./schema.ts";
import { follow, forgetCase, forgetSealed, keepWaiting, takeIn } from "./takein/take-in.ts";

const { router, procedure } = pluginRpc(plugin);

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(2)
    .max(most)
    .refine((text) => !text.includes("\0"), { error: "text.characters" });
const byPartner = z.object({ partnerId: z.uuid() });
const byReferral = z.object({ referralId: z.uuid() });
const ok = { ok: true } as const;

export default pluginServer(plugin, {
  router: router({
    list: procedure("refer")
      .input(z.object({ direction: z.enum(["in", "out"]) }))
      .query(({ ctx, input }) => listReferrals(ctx, input.direction)),
    tryAgain: procedure("refer")
      .input(byReferral)
      .mutation(async ({ ctx, input }) => {
        await tryAgain(ctx, input.referralId);
        return ok;
      }),
    discard: procedure("refer")
      .input(byReferral.extend({ why: words(200) }))
      .mutation(async ({ ctx, input }) => {
        await discard(ctx, input.referralId, input.why);
        return ok;
      }),
    partners: procedure("partners").query(({ ctx }) => listPartners(ctx)),
    addPartner: procedure("partners")
      .input(
        byPartner.extend({
          code: z.string().regex(/^[A-Za-z0-9-]{2,40}$/),
          name: words(100),
          kind: z.enum(partnerKinds),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await addPartner(ctx, input);
        return ok;
      }),
    newKey: procedure("partners")
      .input(byPartner)
      .mutation(async ({ ctx, input }) => ({ key: await newKey(ctx, input.partnerId) })),
    endPartner: procedure("partners")
      .input(byPartner)
      .mutation(async ({ ctx, input }) => {
        await endPartner(ctx, input.partnerId);
        return ok;
      }),
  }),
  channels: {
    incoming: channel(plugin, { title: { "zh-CN": "外单位转来", en: "Referred by others" }, via: "militaryLocal" }),
  },
  addresses: {
    open311: address(plugin, {
      ...{ title: { "zh-CN": "Open311接口", en: "Open311" }, who: "keyHolder", methods: ["GET", "POST"] },
      accepts: ["application/x-www-form-urlencoded"],
      answer: open311,
    }),
  },
  jobs: {
    take: { every: "1m", scope: "unit", run: takeIn },
    forget: { every: "1d", scope: "unit", run: forgetSealed },
    keep: { every: "7d", scope: "unit", run: keepWaiting },
  },
  on: {
    "case.replied": follow,
    "case.reviewRequested": follow,
    "case.final": follow,
    "case.archived": follow,
    "case.diverted": follow,
    "case.guided": follow,
    "case.merged": follow,
    "case.unmerged": follow,
    "case.notReaccepted": follow,
    "case.withdrawn": follow,
    "case.reopened": follow,
    "case.redo": follow,
    "retention.destroyed": (ctx, event) => forgetCase(ctx, event.caseId),
  },
});
