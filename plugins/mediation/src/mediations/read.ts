import type { Id } from "@doorstep/sdk";
import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { mediations, talks, visits } from "../schema.ts";
import { petitionersAnswer } from "./consent.ts";
import { courtUntilOf } from "./court.ts";
import { type JobCtx, MEDIATION, type MediationCtx, mayBegin, pathOf, seen, todayOf } from "./mediation-ctx.ts";

/** The one that is offered or runs at a petition; one at a time. */
export async function openAt(ctx: JobCtx, caseId: Id): Promise<Id | null> {
  const [open] = await ctx.db
    .select({ id: mediations.id })
    .from(mediations)
    .where(and(eq(mediations.caseId, caseId), inArray(mediations.state, ["offered", "running"])));
  return open?.id ?? null;
}

/** Beside the petition, the newest first. What was said in talks is the mediator's alone [SPEC §16, 14]. */
export async function ofCase(ctx: MediationCtx, caseId: Id) {
  if (!(await seen(ctx, caseId))) return [];
  const rows = await ctx.db
    .select()
    .from(mediations)
    .where(eq(mediations.caseId, caseId))
    .orderBy(desc(mediations.offeredAt), desc(mediations.id));
  if (rows.length === 0) return [];
  const ids = rows.map((one) => one.id);
  const [{ state: petitioner }, marked, held, due] = await Promise.all([
    petitionersAnswer(ctx, caseId),
    ctx.procedures.runs(caseId, MEDIATION),
    ctx.db
      .select({ mediationId: talks.mediationId, kind: talks.kind })
      .from(talks)
      .where(inArray(talks.mediationId, ids)),
    ctx.db.select().from(visits).where(inArray(visits.mediationId, ids)).orderBy(asc(visits.dueOn)),
  ]);
  const mayConduct = ctx.can("conduct");
  const here = await ctx.units.within(ctx.unit.id);
  return rows.map((one, index) => {
    const { id, tier, dispute, mediatorName, state, otherAnswer, untilOn, endedBecause, remedies, terms } = one;
    const acts = mayConduct && here.includes(one.path[0] ?? "");
    const isOpen = state === "offered" || state === "running";
    return {
      ...{ mediationId: id, tier, dispute, mediatorName, state, otherAnswer, untilOn, endedBecause, remedies, terms },
      ...{
        performOn: one.performOn,
        settledOn: one.settledOn,
        toRecord: index === 0 && state === "settled" && marked === true,
        courtUntil: courtUntilOf(ctx, one),
        petitionerWish: one.petitionerWish,
      },
      mediatorId: one.mediatorId,
      // The kernel keeps the answer to the newest question.
      petitionerAnswer: index === 0 ? petitioner : null,
      talks: held.filter((each) => each.mediationId === id).length,
      visits: due
        .filter((each) => each.mediationId === id)
        .map(({ id: visitId, dueOn, kept, words }) => {
          const mayBreak = acts && state === "settled" && kept === null;
          return { visitId, dueOn, kept, words, mayBreak, mayAnswer: mayBreak && dueOn <= todayOf(ctx) };
        }),
      mayBegin: acts && state === "offered" && petitioner === "given" && otherAnswer === "yes" && !one.petitionerWish,
      mayReplace: acts && state === "offered" && otherAnswer !== "no" && petitioner !== "refused",
      mayEnd: acts && isOpen,
      mayRenewCode: acts && state !== "ended",
    };
  });
}

/** Whether whoever asks may offer mediation at this petition now. */
export async function mayOffer(ctx: MediationCtx, caseId: Id): Promise<boolean> {
  const petition = await seen(ctx, caseId);
  if (!petition || !mayBegin(petition)) return false;
  if (!(await pathOf(ctx, petition.holder.id)).includes(ctx.unit.id)) return false;
  return (await openAt(ctx, caseId)) === null && (await ctx.procedures.runs(caseId, MEDIATION)) !== true;
}
