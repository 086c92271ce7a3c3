import { eq } from "drizzle-orm";
import { hashOf } from "../codes.ts";
import { type Answer, daysOf } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { mediations } from "../schema.ts";
import { courtUntilOf } from "./court.ts";
import { type Mediation, type MediationCtx, move } from "./mediation-ctx.ts";
import { announced } from "./meetings.ts";
import { canRate, rate, ratedBy } from "./ratings.ts";

async function byCode(ctx: MediationCtx, code: string): Promise<Mediation> {
  const [found] = await ctx.db
    .select()
    .from(mediations)
    .where(eq(mediations.codeHash, hashOf(code)));
  if (!found) throw refuse("code");
  return found;
}

const mayAnswer: Readonly<Record<Mediation["otherAnswer"], readonly Answer[]>> = {
  asked: ["yes", "no", "otherMediator"],
  otherMediator: ["yes", "no"],
  yes: ["withdrawn"],
  no: [],
  withdrawn: [],
};

const answersOf = ({ state, otherAnswer }: Mediation): readonly Answer[] =>
  state === "offered" || (state === "running" && otherAnswer === "yes") ? mayAnswer[otherAnswer] : [];

/** What the other side reads: the dispute, who mediates, how it stands. Nothing of the petition, and nobody's name beside. */
export async function look(ctx: MediationCtx, code: string) {
  const one = await byCode(ctx, code);
  const { dispute, mediatorName, state, otherAnswer, untilOn, terms, performOn, remedies } = one;
  return {
    ...{ dispute, mediatorName, state, answer: otherAnswer, days: daysOf[one.tier], untilOn, terms, performOn },
    ...{ remedies, courtUntil: courtUntilOf(ctx, one), may: answersOf(one) },
    // read without an account: in the time of the unit whose code it is
    ...{ timeZone: ctx.unit.timeZone, meetings: await announced(ctx, one.id) },
    mayRate: canRate(one) && !(await ratedBy(ctx, one.id, "other")),
  };
}

/** Consents, refuses, wishes another mediator, or leaves; each at any time while it is open. @throws refusal `code`, `state` */
export async function answer(ctx: MediationCtx, code: string, what: Answer): Promise<void> {
  const one = await byCode(ctx, code);
  if (one.otherAnswer === what) return;
  if (!answersOf(one).includes(what)) throw refuse("state");
  await move(ctx.db, one, { otherAnswer: what, told: false });
}

/** @throws refusal `code`, `tooEarly`, `state` */
export const rateByCode = async (ctx: MediationCtx, code: string, score: number): Promise<void> =>
  rate(ctx, await byCode(ctx, code), "other", score);
