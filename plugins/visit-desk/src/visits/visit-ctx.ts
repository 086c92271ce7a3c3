import { DoorstepError, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { visits } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type VisitCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Visit = typeof visits.$inferSelect;

/** The unit's local day. */
export const todayAt = ({ now, unit }: Pick<VisitCtx, "now" | "unit">): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: unit.timeZone }).format(new Date(now));

/** A visit to the call's unit. @throws DoorstepError `record.notFound` */
export async function visitOf(ctx: VisitCtx, visitId: string): Promise<Visit> {
  const [found] = await ctx.db
    .select()
    .from(visits)
    .where(and(eq(visits.id, visitId), eq(visits.unitId, ctx.unit.id)));
  if (!found) throw new DoorstepError("record.notFound");
  return found;
}

export const roomsOf = ({ settings }: Pick<VisitCtx, "settings">): readonly string[] =>
  settings.rooms.split(/[\s,，、]+/u).filter(Boolean);
