import { address, channel, pluginRpc, pluginServer, registerDays, report } from "@doorstep/sdk/server";
import { z } from "zod";
import { discard, listReferrals, tryAgain } from "./desk.ts";
import { open311 } from "./open311/answer.ts";
import { keepKeys, makeOwnKeys, ownKeys, setPartnerKeys } from "./package/keys.ts";
import { keepTokens, postAgain, postWaiting, setToken } from "./package/post.ts";
import { bring, packagePosted, receiptFile } from "./package/receive.ts";
import { packageFile, receivers, send, sentOf } from "./package/send.ts";
import { addPartner, endPartner, listPartners, newKey } from "./partners/partners.ts";
import { plugin } from "./plugin.ts";
import { meOf } from "./referral-ctx.ts";
import { register } from "./register.ts";
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
/** What one call of a page carries. */
const MOST_BASE64 = 1_900_000;

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
    /** a file from another network: a package, or the receipt of one */
    bring: procedure("refer")
      .input(z.object({ data: z.base64().min(1).max(MOST_BASE64) }))
      .mutation(async ({ ctx, input }) => ({
        outcome: await bring(ctx, new Uint8Array(Buffer.from(input.data, "base64")), meOf(ctx)),
      })),
    receipt: procedure("refer")
      .input(byReferral)
      .query(({ ctx, input }) => receiptFile(ctx, input.referralId)),
    receivers: procedure("refer").query(({ ctx }) => receivers(ctx)),
    sent: procedure("refer")
      .input(z.object({ caseId: z.uuid() }))
      .query(({ ctx, input }) => sentOf(ctx, input.caseId)),
    send: procedure("refer")
      .input(
        byReferral.extend({
          ...{ caseId: z.uuid(), partnerId: z.uuid() },
          title: words(120),
          body: words(20_000),
          ground: words(300),
          reportBy: z.iso.date().nullable(),
          withName: z.boolean(),
          urgent: z.boolean(),
          files: z.array(z.object({ name: words(200), data: z.base64().max(MOST_BASE64) })).max(20),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await send(ctx, input);
        return ok;
      }),
    /** to a partner whose network is connected, with the next turn */
    postAgain: procedure("refer")
      .input(byReferral)
      .mutation(async ({ ctx, input }) => {
        await postAgain(ctx, input.referralId);
        return ok;
      }),
    package: procedure("refer")
      .input(byReferral)
      .query(({ ctx, input }) => packageFile(ctx, input.referralId)),
    keys: procedure("partners").query(({ ctx }) => ownKeys(ctx)),
    makeKeys: procedure("partners").mutation(async ({ ctx }) => {
      await makeOwnKeys(ctx);
      return ok;
    }),
    setKeys: procedure("partners")
      .input(byPartner.extend({ text: z.string().max(1_000) }))
      .mutation(({ ctx, input }) => setPartnerKeys(ctx, input.partnerId, input.text)),
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
    /** with which the unit calls the partner */
    setToken: procedure("partners")
      .input(
        byPartner.extend({
          token: z
            .string()
            .regex(/^[\x21-\x7e]{8,200}$/)
            .nullable(),
        }),
      )
      .mutation(async ({ ctx, input }) => {
        await setToken(ctx, input.partnerId, input.token);
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
  reports: {
    register: report(plugin, {
      title: { "zh-CN": "收转登记簿", en: "Register of referrals" },
      needs: "refer",
      register: true,
      params: registerDays,
      run: register,
    }),
  },
  channels: {
    incoming: channel(plugin, { title: { "zh-CN": "外单位转来", en: "Referred by others" }, via: "militaryLocal" }),
  },
  addresses: {
    open311: address(plugin, {
      ...{ title: { "zh-CN": "Open311接口", en: "Open311" }, who: "keyHolder", methods: ["GET", "POST"] },
      accepts: ["application/x-www-form-urlencoded"],
      answer: open311,
    }),
    packages: address(plugin, {
      ...{ title: { "zh-CN": "文件包接口", en: "Packages" }, who: "system", methods: ["POST"] },
      ...{ accepts: ["application/octet-stream"], maxBytes: 2_000_000, answer: packagePosted },
    }),
  },
  jobs: {
    take: { every: "1m", scope: "unit", run: takeIn },
    post: { every: "1m", scope: "unit", run: postWaiting },
    forget: { every: "1d", scope: "unit", alsoWhereOff: true, run: forgetSealed },
    keep: {
      every: "7d",
      scope: "unit",
      run: async (ctx) => {
        await keepWaiting(ctx);
        await keepKeys(ctx);
        await keepTokens(ctx);
      },
    },
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
