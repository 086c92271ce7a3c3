import type { Id } from "@doorstep/sdk";
import { and, avg, count, eq, gte } from "drizzle-orm";
import { FEWEST_RATINGS } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { mediations, ratings } from "../schema.ts";
import type { Mediation, MediationCtx } from "./mediation-ctx.ts";

export type Side = "petitioner" | "other";

/** What has begun and is over, however it ended. */
export const canRate = ({ state, untilOn }: Mediation): boolean =>
  untilOn !== null && state !== "offered" && state !== "running";

export async function ratedBy(ctx: MediationCtx, mediationId: Id, side: Side): Promise<boolean> {
  const found = await ctx.db
    .select({ score: ratings.score })
    .from(ratings)
    .where(and(eq(ratings.mediationId, mediationId), eq(ratings.side, side)));
  return found.length > 0;
}

/** Each side once. @throws refusal `tooEarly`, `state` */
export async function rate(ctx: MediationCtx, one: Mediation, side: Side, score: number): Promise<void> {
  if (!canRate(one)) throw refuse("tooEarly");
  const kept = await ctx.db
    .insert(ratings)
    .values({ mediationId: one.id, side, score })
    .onConflictDoNothing()
    .returning({ score: ratings.score });
  if (kept.length === 0) throw refuse("state");
}

/** How both sides found each mediator, where enough have said so that nobody stands out of it. */
export async function meanRatings(ctx: MediationCtx) {
  const rows = await ctx.db
    .select({ personId: mediations.mediatorId, mean: avg(ratings.score).mapWith(Number), ratings: count() })
    .from(ratings)
    .innerJoin(mediations, eq(mediations.id, ratings.mediationId))
    .groupBy(mediations.mediatorId)
    .having(gte(count(), FEWEST_RATINGS));
  return new Map(rows.map(({ personId, ...rated }) => [personId, rated]));
}
