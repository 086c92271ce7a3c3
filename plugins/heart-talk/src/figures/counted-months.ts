import type { Id } from "@doorstep/sdk";
import type { DatasetRow } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import { countedMonths } from "../schema.ts";
import type { JobCtx } from "../talk-ctx.ts";

/** Counts a month of all units, or of one. */
export type Count = (ctx: JobCtx, month: string) => Promise<readonly DatasetRow[]>;

/**
 * A month as it was counted first after its end. From then on it stays so: what it was counted by is forgotten some time later, and
 * what somebody adds afterwards changes no figure.
 *
 * @param only - of this unit alone
 */
export async function countedOnce(
  ctx: JobCtx,
  dataset: string,
  month: string,
  count: Count,
  only?: Id,
): Promise<readonly DatasetRow[]> {
  const kept = await ctx.db
    .select()
    .from(countedMonths)
    .where(and(eq(countedMonths.dataset, dataset), eq(countedMonths.month, month)));
  const known = new Set(kept.map((one) => one.unitId));
  const fresh = (await count(ctx, month)).filter(
    ({ unitId }) => !known.has(unitId) && (only === undefined || unitId === only),
  );
  const units = [...Map.groupBy(fresh, (row) => row.unitId)];
  if (units.length > 0 && month < ctx.now.slice(0, 7))
    await ctx.db
      .insert(countedMonths)
      .values(units.map(([unitId, rows]) => ({ dataset, month, unitId, rows })))
      .onConflictDoNothing();
  return [...kept.flatMap((one) => one.rows), ...fresh];
}

/** Before something is forgotten the months it was counted in are counted, of the call's unit. */
export async function countBefore(
  ctx: JobCtx,
  counts: Readonly<Record<string, Count>>,
  days: readonly string[],
): Promise<void> {
  for (const month of new Set(days.map((day) => day.slice(0, 7))))
    for (const [dataset, count] of Object.entries(counts)) await countedOnce(ctx, dataset, month, count, ctx.unit.id);
}
