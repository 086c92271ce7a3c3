import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

const title = { "zh-CN": "矛盾调解", en: "Mediation" };

/** Disputes settled close to home, beside the petition and never instead of it. */
export const plugin = definePlugin({
  id: "mediation",
  title,
  purpose: {
    "zh-CN":
      "双方自愿时就近调解：先筛查、征得双方同意，再由调解员分别谈、当面谈，达成协议后回访；信访事项照常办理，期限不停。",
    en: "Settles disputes close to home where both sides wish it: screening, both consents, talks led by a mediator, an agreement and visits afterwards. The petition and its periods go on.",
  },
  sdk: "^1.1.0",
  capabilities: [
    ...(["db", "cases.read", "cases.own", "cases.propose", "units.read", "people.names"] as const),
    ...(["tasks", "consents", "appointments", "thread", "notices"] as const),
  ],
  permissions: {
    conduct: {
      title: { "zh-CN": "提出、启动和结束调解", en: "Offer, begin and end mediations" },
      grants: ["officer", "handler"],
    },
    look: {
      title: { "zh-CN": "查看调解进展", en: "See how mediations stand" },
      grants: ["officer", "handler", "officeHead", "signer"],
    },
    keepRoster: {
      title: { "zh-CN": "管理调解员名册", en: "Keep the roster of mediators" },
      grants: ["officeHead"],
    },
    mediate: { title: { "zh-CN": "担任调解员", en: "Mediate" }, grants: ["mediator"] },
  },
  procedures: { mediation: { title, runs: "mediation" } },
  news: {
    applied: {
      "zh-CN": "来信人申请调解，请在事项的“矛盾调解”里查看。",
      en: "The petitioner asks for mediation; see the petition's tab Mediation.",
    },
    yours: {
      "zh-CN": "有一件调解交给您主持，请在“矛盾调解”里查看。最晚{{until}}结束。",
      en: "A mediation is yours to lead: see Mediation. It ends by {{until}} at the latest.",
    },
    barred: {
      "zh-CN": "事项已记明不得调解：正在进行的调解已经结束，终止告知书已送签，请在事项的“矛盾调解”里查看。",
      en: "The petition was marked as never to be mediated: the mediation has ended and its notice waits for a signature; see the petition's tab Mediation.",
    },
    over: {
      "zh-CN": "您主持的一件调解已经结束，约好的见面都已取消。",
      en: "A mediation that you led has ended; its meetings are called off.",
    },
    answered: {
      "zh-CN": "调解有一方作了答复或者退出，请在事项的“矛盾调解”里查看。",
      en: "A side of the mediation has answered or left; see the petition's tab Mediation.",
    },
  },
  settings: z.object({
    mostOpen: z
      .number()
      .int()
      .min(1)
      .max(50)
      .default(5)
      .meta({
        title: "每名调解员同时最多主持几件",
        "x-labels": { en: "Mediations that one mediator leads at once at most" },
        cascade: "atMost",
      }),
  }),
});
