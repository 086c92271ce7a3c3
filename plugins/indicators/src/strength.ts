import { DoorstepError } from "@doorstep/sdk";
import { and, desc, eq, lte } from "drizzle-orm";
import type { LookCtx } from "./indicators-ctx.ts";
import { rowOf } from "./others.ts";
import { plugin } from "./plugin.ts";
import { strengths } from "./schema.ts";

/** So few would show single people [SPEC §13, I24]. */
const FEW = 5;

/** How many the unit had with all below it: in that month, else in the last one before it that somebody entered. */
async function strengthOf(ctx: LookCtx, month: string) {
  const [found] = await ctx.db
    .select({ month: strengths.month, people: strengths.people })
    .from(strengths)
    .where(and(eq(strengths.unitId, ctx.unit.id), lte(strengths.month, month)))
    .orderBy(desc(strengths.month))
    .limit(1);
  return found ?? null;
}

/**
 * Petitions of a month for each thousand of strength: context alone, by which nobody is scored. By released figures; nothing where few
 * have written or the unit is small.
 */
export async function rateOf(ctx: LookCtx, month: string) {
  const strength = await strengthOf(ctx, month);
  const dataset = `${plugin.id}/registration`;
  const total = rowOf(await ctx.datasets.read({ dataset, from: month, to: month }), true)?.total ?? null;
  const isShown = strength !== null && total !== null && total >= FEW && strength.people >= FEW;
  return { strength, rate: isShown ? (total / strength.people) * 1_000 : null };
}

/** Says how many the unit had in a month; the newest word counts. @throws DoorstepError `input.invalid` for a month to come */
export async function setStrength(
  ctx: LookCtx,
  { month, people }: { readonly month: string; readonly people: number },
) {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  if (month > ctx.now.slice(0, 7)) throw new DoorstepError("input.invalid");
  const said = { people, byPerson: ctx.user.id, at: ctx.now };
  await ctx.db
    .insert(strengths)
    .values({ unitId: ctx.unit.id, month, ...said })
    .onConflictDoUpdate({ target: [strengths.unitId, strengths.month], set: said });
}
