import type { Id } from "@doorstep/sdk";
import { and, desc, eq } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { mediations } from "../schema.ts";
import { newestApplication, ownCase } from "./application.ts";
import { courtUntilOf } from "./court.ts";
import { type Mediation, type MediationCtx, mayBegin, move } from "./mediation-ctx.ts";
import { announced } from "./meetings.ts";
import { canRate, rate, ratedBy } from "./ratings.ts";

async function newest(ctx: MediationCtx, caseId: Id): Promise<Mediation | null> {
  const [found] = await ctx.db
    .select()
    .from(mediations)
    .where(eq(mediations.caseId, caseId))
    .orderBy(desc(mediations.offeredAt), desc(mediations.id))
    .limit(1);
  return found ?? null;
}

/** The petitioner's own view of mediation beside his matter. @throws refusal `notFound` */
export async function own(ctx: MediationCtx, caseId: Id) {
  const [petition, one, application] = await Promise.all([
    ownCase(ctx, caseId),
    newest(ctx, caseId),
    newestApplication(ctx, caseId),
  ]);
  // an agreement that stands is entered or broken first
  const isFree = one === null || one.state === "ended" || one.state === "broken" || one.state === "kept";
  return {
    // whoever comes by a code has no account that would say where his clocks stand
    timeZone: ctx.unit.timeZone,
    mayAsk: mayBegin(petition) && isFree && application?.state !== "open",
    application: application && { ...application, path: undefined },
    mediation: one && {
      ...{ mediationId: one.id, tier: one.tier, dispute: one.dispute, mediatorName: one.mediatorName },
      ...{ state: one.state, untilOn: one.untilOn, terms: one.terms, performOn: one.performOn },
      ...{ remedies: one.remedies, courtUntil: courtUntilOf(ctx, one), wished: one.petitionerWish },
      mayWish: one.state === "offered" && !one.petitionerWish,
      meetings: await announced(ctx, one.id),
      mayRate: canRate(one) && !(await ratedBy(ctx, one.id, "petitioner")),
    },
  };
}

/** Before it begins the petitioner wishes another mediator; whoever handles it chooses one, and both are asked anew. @throws refusal `notFound`, `state` */
export async function wishAnother(ctx: MediationCtx, caseId: Id): Promise<void> {
  await ownCase(ctx, caseId);
  const one = await newest(ctx, caseId);
  if (one?.petitionerWish) return;
  if (one?.state !== "offered") throw refuse("state");
  await move(ctx.db, one, { petitionerWish: true, told: false });
}

/** @throws refusal `notFound`, `tooEarly`, `state` */
export async function rateOwn(ctx: MediationCtx, caseId: Id, mediationId: Id, score: number): Promise<void> {
  await ownCase(ctx, caseId);
  const [one] = await ctx.db
    .select()
    .from(mediations)
    .where(and(eq(mediations.id, mediationId), eq(mediations.caseId, caseId)));
  if (!one) throw refuse("notFound");
  await rate(ctx, one, "petitioner", score);
}
