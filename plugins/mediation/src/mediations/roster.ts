import type { Id } from "@doorstep/sdk";
import { and, count, eq, inArray, isNotNull } from "drizzle-orm";
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

/** Whoever has mediated this dispute before stands out of the petition since, and would be refused when it begins. */
async function assertNew(ctx: MediationCtx, caseId: Id, personId: Id): Promise<void> {
  const before = await ctx.db
    .select({ id: mediations.id })
    .from(mediations)
    .where(and(eq(mediations.caseId, caseId), eq(mediations.mediatorId, personId), isNotNull(mediations.untilOn)))
    .limit(1);
  if (before.length > 0) throw refuse("mediatedBefore");
}

/** @throws refusal `notMediator`, `full`, `mediatedBefore` */
export async function chosen(ctx: MediationCtx, caseId: Id, personId: Id) {
  const found = (await roster(ctx)).find((one) => one.id === personId);
  if (!found) throw refuse("notMediator");
  if (!found.free) throw refuse("full");
  await assertNew(ctx, caseId, personId);
  return { mediatorId: found.id, mediatorName: found.name };
}
