import type { Id } from "@doorstep/sdk";
import { and, asc, desc, eq, isNotNull } from "drizzle-orm";
import { mapOf } from "../mining/map-of.ts";
import type { LookCtx } from "../process-ctx.ts";
import { refuse } from "../refusals.ts";
import { logs, traces } from "../schema.ts";

const keptHere = (ctx: LookCtx) => and(eq(logs.unitId, ctx.unit.id), isNotNull(logs.keptAt));
const shown = { logId: logs.id, name: logs.name, keptAt: logs.keptAt, cases: logs.cases, events: logs.events };

/** The unit's logs of other systems, the newest first. */
export const logsOf = async (ctx: LookCtx) => ({
  mayChange: ctx.can("logs"),
  logs: await ctx.db.select(shown).from(logs).where(keptHere(ctx)).orderBy(desc(logs.keptAt)),
});

/** The map of one of them. */
export async function logMap(ctx: LookCtx, logId: Id) {
  const [log] = await ctx.db
    .select(shown)
    .from(logs)
    .where(and(keptHere(ctx), eq(logs.id, logId)));
  if (!log) throw refuse("notFound");
  const found = await ctx.db
    .select({ steps: traces.steps, dueAt: traces.dueAt, endedAt: traces.endedAt })
    .from(traces)
    .where(eq(traces.logId, logId))
    .orderBy(asc(traces.no));
  return { ...log, mayRemove: ctx.can("logs"), map: mapOf(found) };
}
