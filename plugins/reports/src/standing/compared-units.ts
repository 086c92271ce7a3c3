import type { Id, Text } from "@doorstep/sdk";
import type { JobCtx } from "../reports-ctx.ts";
import { alone } from "./words.ts";

interface Compared {
  readonly unitId: Id;
  /** the unit without those below it */
  readonly own: boolean;
  readonly name: Text;
}

/** Who stands beside each other: the unit alone and those right below it, in the order of their codes; a unit without any, by itself. */
export async function comparedUnits(ctx: JobCtx): Promise<readonly Compared[]> {
  const below = await ctx.units.children(ctx.unit.id);
  if (below.length === 0) return [{ unitId: ctx.unit.id, own: false, name: ctx.unit.name }];
  return [
    { unitId: ctx.unit.id, own: true, name: alone(ctx.unit.name) },
    ...below.map(({ id, name }) => ({ unitId: id, own: false, name })),
  ];
}
