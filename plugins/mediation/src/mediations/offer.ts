import type { Id } from "@doorstep/sdk";
import { and, eq } from "drizzle-orm";
import { hashOf, newCode } from "../codes.ts";
import type { Asker, Exclusion, Tier } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { applications, mediations } from "../schema.ts";
import { askPetitioner, dropConsent, petitionersAnswer } from "./consent.ts";
import { conducted, type MediationCtx, mayBegin, meOf, move, pathOf, seen } from "./mediation-ctx.ts";
import { openAt } from "./read.ts";
import { chosen } from "./roster.ts";

interface Offer {
  readonly mediationId: Id;
  readonly caseId: Id;
  readonly tier: Tier;
  readonly dispute: string;
  readonly mediatorId: Id;
  readonly askedBy: Asker;
  readonly found: readonly Exclusion[];
}

/** Never after a clear refusal, but where whoever refused asks for it himself [PM:17]. */
async function assertNotRefused(ctx: MediationCtx, { caseId, askedBy }: Offer): Promise<void> {
  const before = await ctx.db
    .select({ id: mediations.id })
    .from(mediations)
    .where(and(eq(mediations.caseId, caseId), eq(mediations.otherAnswer, "no")))
    .limit(1);
  const { refused } = await petitionersAnswer(ctx, caseId);
  if ((refused && askedBy !== "petitioner") || (before.length > 0 && askedBy !== "other"))
    throw refuse("refusedBefore");
}

/**
 * Offers mediation: the petitioner is asked on his own page, the other side by a code that is shown here once.
 *
 * @throws refusal `excluded`, `notFound`, `elsewhere`, `notNow`, `refusedBefore`, `notMediator`, `full`, `mediatedBefore`, `state`
 */
export async function offer(ctx: MediationCtx, asked: Offer): Promise<{ readonly code: string }> {
  if (asked.found.length > 0) throw refuse("excluded");
  const petition = await seen(ctx, asked.caseId);
  if (!petition) throw refuse("notFound");
  const path = await pathOf(ctx, petition.holder.id);
  if (!path.includes(ctx.unit.id)) throw refuse("elsewhere");
  if (!mayBegin(petition)) throw refuse("notNow");
  await assertNotRefused(ctx, asked);
  if ((await openAt(ctx, asked.caseId)) !== null) throw refuse("state");
  const { caseId, tier, dispute } = asked;
  const mediator = await chosen(ctx, { caseId, tier }, asked.mediatorId);
  const code = newCode();
  const [made] = await ctx.db
    .insert(mediations)
    .values({
      ...{ id: asked.mediationId, caseId, path, tier, dispute, ...mediator, codeHash: hashOf(code) },
      ...{ state: "offered", offeredBy: meOf(ctx), offeredAt: ctx.now },
    })
    .onConflictDoNothing()
    .returning();
  if (!made) throw refuse("state");
  try {
    await askPetitioner(ctx, made);
  } catch (error) {
    await ctx.db.delete(mediations).where(eq(mediations.id, made.id));
    throw error;
  }
  await ctx.db
    .update(applications)
    .set({ state: "taken", told: true })
    .where(and(eq(applications.caseId, caseId), eq(applications.state, "open")));
  return { code };
}

/** The code was lost: the one before opens nothing any more. @throws refusal `notFound`, `state` */
export async function replaceCode(ctx: MediationCtx, mediationId: Id): Promise<{ readonly code: string }> {
  const one = await conducted(ctx, mediationId);
  if (one.state === "ended") throw refuse("state");
  const code = newCode();
  await move(ctx.db, one, { codeHash: hashOf(code) });
  return { code };
}

/** Somebody else leads it: both sides are asked anew. @throws refusal `notFound`, `state`, `refusedBefore`, `notMediator`, `full`, `mediatedBefore` */
export async function replaceMediator(ctx: MediationCtx, mediationId: Id, mediatorId: Id): Promise<void> {
  const one = await conducted(ctx, mediationId);
  if (one.state !== "offered" || one.otherAnswer === "no" || one.mediatorId === mediatorId) throw refuse("state");
  if ((await petitionersAnswer(ctx, one.caseId)).state === "refused") throw refuse("refusedBefore");
  const to = {
    ...(await chosen(ctx, one, mediatorId)),
    otherAnswer: "asked",
    petitionerWish: false,
    told: true,
  } as const;
  await move(ctx.db, one, to);
  await dropConsent(ctx, one.caseId);
  await askPetitioner(ctx, { ...one, ...to });
}
