import { dayOf, type Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { affairs } from "../schema.ts";
import { type AffairCtx, codesOf, type JobCtx, openAffair, todayOf } from "./affair-ctx.ts";

/** The code of the question. */
export const CONSENT = "letters";

/** The name of the template, as the server half knows it. */
export const LETTER = "letter";

/** Read by whoever was to sign. */
const NO_CONSENT =
  "来信人不同意发函，或者收回了同意 The petitioner does not agree to the letter, or has taken the consent back";

const question = {
  "zh-CN":
    "您反映的事归地方办理。是否同意我单位为您给地方有关部门去函，说明情况、请他们答复？函里不必写您的姓名。不同意不影响我单位办理；同意以后可以随时收回，收回以后不再发新的函。",
  en: "Your matter is for local offices. Do you agree that our unit writes to them for you, says what it is about, and asks for an answer? The letter need not name you. If you do not, our unit goes on as before; a yes can be taken back at any time, and no further letter goes out then.",
} as const;

export interface OwnConsent {
  readonly state: "asked" | "given" | "refused" | "withdrawn";
  /** local date of the answer, or of the question */
  readonly on: string;
}

/** What the petitioner has said himself on the page of his matter; `null` where he was not asked. */
export async function ownConsent(ctx: AffairCtx, caseId: Id): Promise<OwnConsent | null> {
  const last = (await ctx.consents.list(caseId)).findLast((one) => one.code === CONSENT && one.state !== "dropped");
  if (!last || last.state === "dropped") return null;
  return { state: last.state, on: dayOf(last.answeredAt ?? last.askedAt, ctx.unit.timeZone) };
}

/** Asks him there; the paper way stays beside it. Asked already, nothing changes. @throws refusal `notFound`, `state` */
export async function askConsent(ctx: AffairCtx, affairId: Id): Promise<void> {
  const { caseId } = await openAffair(ctx, affairId);
  try {
    await ctx.consents.ask(caseId, { code: CONSENT, words: question });
  } catch (error) {
    if (!codesOf(error).includes("consent.stands")) throw error;
  }
}

/**
 * The day of the consent by which a letter goes out: what the helper enters, or what the petitioner has said himself. After a no
 * of his own nothing that was said before it counts.
 *
 * @throws refusal `agreedOn`, `consent`, `consentTaken`
 */
export async function agreedFor(
  ctx: AffairCtx,
  caseId: Id,
  told: string | null,
): Promise<{ readonly agreedOn: string; readonly agreedBy: "told" | "page" }> {
  const own = await ownConsent(ctx, caseId);
  if (told === null) {
    if (own?.state !== "given") throw refuse("consent");
    return { agreedOn: own.on, agreedBy: "page" };
  }
  if (told > todayOf(ctx)) throw refuse("agreedOn");
  const hasSaidNo = own?.state === "refused" || own?.state === "withdrawn";
  if (hasSaidNo && told <= own.on) throw refuse("consentTaken");
  return { agreedOn: told, agreedBy: "told" };
}

const newsOf = { "consent.given": "agreed", "consent.refused": "refused", "consent.withdrawn": "refused" } as const;

/** The petitioner has answered: whoever stays with the matter is told. */
export async function answeredSelf(ctx: JobCtx, event: CaseEvent<keyof typeof newsOf>): Promise<void> {
  if (event.module !== plugin.id) return;
  const [affair] = await ctx.db
    .select()
    .from(affairs)
    .where(and(eq(affairs.caseId, event.caseId), eq(affairs.state, "open")));
  if (!affair) return;
  const to = { people: [affair.helperId] };
  const news = newsOf[event.type];
  // before anybody is told: what waits for its signature goes out no more
  if (news === "refused") await ctx.notices.takeBack(event.caseId, LETTER, NO_CONSENT);
  await ctx.notify.tell({ caseId: event.caseId, to, news, key: `${news}-${event.id}` });
}
