import { type Consent, DoorstepError, type Id } from "@doorstep/sdk";
import { daysOf } from "../kinds.ts";
import { type JobCtx, MEDIATION, type Mediation, type MediationCtx } from "./mediation-ctx.ts";

/** D17 in short: what it is, what it leads to, and that nobody has to [PM:23; SPEC §9]. */
const wordsOf = ({ dispute, mediatorName, tier }: Mediation) => ({
  "zh-CN": `单位建议就下面的矛盾进行调解：${dispute}\n调解员：${mediatorName}，${daysOf[tier]}天内结束。\n调解自愿、免费，谈的内容不写进信访答复；不同意不影响办理，随时可以退出。信访事项照常办理，期限不停，您仍可以申请复查、向法院起诉。想换调解员，请先在下面的“矛盾调解”里提出，换好以后再答复。`,
  en: `Your unit suggests mediation of this dispute: ${dispute}\nMediator: ${mediatorName}; it ends within ${daysOf[tier]} days.\nIt is voluntary and free, and what is said there is no part of the reply. Saying no changes nothing for your petition, and you may leave at any time. The petition and its periods go on; review and the courts stay open to you. If you want another mediator, say so under Mediation below and answer afterwards.`,
});

export const askPetitioner = (ctx: MediationCtx, one: Mediation): Promise<void> =>
  ctx.consents.ask(one.caseId, { code: MEDIATION, words: wordsOf(one) });

/** His newest answer, and whether he has ever refused. */
export async function petitionersAnswer(
  ctx: MediationCtx,
  caseId: Id,
): Promise<{ readonly state: Consent["state"] | null; readonly refused: boolean }> {
  const asked = (await ctx.consents.list(caseId)).filter((one) => one.code === MEDIATION);
  return { state: asked.at(-1)?.state ?? null, refused: asked.some((one) => one.state === "refused") };
}

/** Asks no more; where nothing is asked there is nothing to do. */
export async function dropConsent(ctx: JobCtx, caseId: Id): Promise<void> {
  try {
    await ctx.consents.drop(caseId, MEDIATION);
  } catch (error) {
    if (!(error instanceof DoorstepError && error.reasons.some((one) => one.code === "consent.notAsked"))) throw error;
  }
}
