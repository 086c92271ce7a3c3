import type { Id, Unit } from "@doorstep/sdk";
import { type Item, type KeepCtx, pathOf } from "./item-ctx.ts";

/** A unit that handled the petition, one above it or one below it is no third unit [SPEC 11.4]. */
export async function isThird(ctx: KeepCtx, item: Item, unitId: Id): Promise<boolean> {
  const itsLine = await pathOf(ctx, unitId);
  if (itsLine.some((one) => item.handled.includes(one))) return false;
  const lines = await Promise.all(item.handled.map((one) => pathOf(ctx, one)));
  return !lines.flat().includes(unitId);
}

/** Units beside the line of those who handled it, the nearest first. */
export async function thirdUnits(ctx: KeepCtx, item: Item): Promise<readonly Unit[]> {
  const found = new Map<Id, Unit>();
  for (const above of await pathOf(ctx, item.path[0] ?? ""))
    for (const unit of await ctx.units.children(above))
      if (!found.has(unit.id) && (await isThird(ctx, item, unit.id))) found.set(unit.id, unit);
  return [...found.values()];
}
