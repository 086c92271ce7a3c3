import { letterDay, template } from "@doorstep/sdk/server";
import { z } from "zod";
import { type End, ends } from "./kinds.ts";
import { plugin } from "./plugin.ts";

const data = z.object({
  dispute: z.string(),
  because: z.enum(ends),
  remedies: z.string(),
  endedOn: z.iso.date(),
  /** violence or harassment has come out: never mediated [SPEC §4 T13] */
  barred: z.boolean().default(false),
});

const reasons: Readonly<Record<End, { readonly "zh-CN": string; readonly en: string }>> = {
  noAgreement: { "zh-CN": "双方没有谈拢", en: "both sides have found no agreement" },
  consentRevoked: { "zh-CN": "有一方不愿继续", en: "a side did not wish to go on" },
  escalation: { "zh-CN": "矛盾可能激化，不宜继续", en: "the dispute might grow, and going on would not help" },
  otherWay: { "zh-CN": "改走其他途径", en: "another way is taken" },
};

/** Both sides read it where violence has come out: nothing here says so. */
export const otherWays = {
  "zh-CN": "这次调解到此结束。双方仍可以依法申请仲裁或者向人民法院起诉，也可以向法律援助机构咨询。",
  en: "This mediation ends here. Both sides may still turn to arbitration or a court, and ask a legal aid office.",
} as const;
const never = {
  "zh-CN": "这件事依规定不作调解",
  en: "what your petition is about is never mediated",
} as const;
const protection = {
  "zh-CN":
    "如果有人打骂、骚扰或者威胁您，请随时告诉单位值班人员，紧急时拨打110；可以要求采取保护措施，也可以向纪检机构反映。您不必再和对方见面。",
  en: "If somebody hurts, harasses or threatens you, tell whoever is on duty at any time, in an emergency the police (110). You may ask for protection and turn to the discipline organ. You need not meet the other side again.",
} as const;

/** D19: why it ended without an agreement, and the other ways that stay open [PM:26]. */
export const endedLetter = template(plugin, {
  title: { "zh-CN": "调解终止书", en: "End of mediation" },
  data,
  render: ({ dispute, because, remedies, endedOn, barred }) => ({
    "zh-CN": {
      blocks: [
        {
          kind: "fields",
          rows: [
            { label: "调解的矛盾", value: dispute },
            { label: "终止日期", value: letterDay(endedOn, "zh-CN") },
            { label: "终止原因", value: barred ? never["zh-CN"] : reasons[because]["zh-CN"] },
          ],
        },
        { kind: "heading", text: "您还可以走的途径" },
        ...(barred ? ([{ kind: "paragraph", text: protection["zh-CN"] }] as const) : []),
        { kind: "paragraph", text: barred ? otherWays["zh-CN"] : remedies },
        {
          kind: "paragraph",
          text: "调解中双方谈过的内容、作过的让步，不作为答复您信访事项的依据。您的信访事项照常办理，期限没有停过。",
        },
      ],
      closing: "特此告知。",
      plain: {
        decided: "这次调解结束了，没有达成协议",
        why: barred ? never["zh-CN"] : reasons[because]["zh-CN"],
        can: "等单位对信访事项的答复，也可以走上面写的其他途径",
        until: "信访事项的期限照旧，见您的事项页面",
      },
    },
    en: {
      blocks: [
        {
          kind: "fields",
          rows: [
            { label: "Dispute", value: dispute },
            { label: "Ended on", value: letterDay(endedOn, "en") },
            { label: "Why", value: barred ? never.en : reasons[because].en },
          ],
        },
        { kind: "heading", text: "Other ways that are open to you" },
        ...(barred ? ([{ kind: "paragraph", text: protection.en }] as const) : []),
        { kind: "paragraph", text: barred ? otherWays.en : remedies },
        {
          kind: "paragraph",
          text: "What both sides said or yielded in it is no part of the reply to your petition. The petition goes on as before; its periods never stopped.",
        },
      ],
      closing: "This is to inform you.",
      plain: {
        decided: "this mediation is over, without an agreement",
        why: barred ? never.en : reasons[because].en,
        can: "wait for the reply to your petition, or take one of the other ways above",
        until: "the periods of your petition run on; see its page",
      },
    },
  }),
});
