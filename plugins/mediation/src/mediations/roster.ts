import { count, inArray } from "drizzle-orm";
import { refuse } from "../refusals.ts";
import { mediations } from "../schema.ts";
import type { MediationCtx } from "./mediation-ctx.ts";

/** Who may mediate at the unit, and how many each leads now. */
export async function roster(ctx: MediationCtx) {
  const [people, leading] = await Promise.all([
    ctx.people.holding("mediator"),
    ctx.db
      .select({ personId: mediations.mediatorId, open: count() })
      .from(mediations)
      .where(inArray(mediations.state, ["offered", "running"]))
      .groupBy(mediations.mediatorId),
  ]);
  return people.map((one) => {
    const open = leading.find(({ personId }) => personId === one.id)?.open ?? 0;
    return { ...one, open, free: open < ctx.settings.mostOpen };
  });
}

/** @throws refusal `notMediator`, `full` */
export async function chosen(ctx: MediationCtx, personId: string) {
  const found = (await roster(ctx)).find((one) => one.id === personId);
  if (!found) throw refuse("notMediator");
  if (!found.free) throw refuse("full");
  return { mediatorId: found.id, mediatorName: found.name };
}
