import { DoorstepError, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { calls } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type CallCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Call = typeof calls.$inferSelect;

/** The unit's local day. */
export const todayAt = ({ now, unit }: Pick<CallCtx, "now" | "unit">): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: unit.timeZone }).format(new Date(now));

/** A call to the call's unit. @throws DoorstepError `record.notFound` */
export async function callOf(ctx: CallCtx, callId: string): Promise<Call> {
  const [found] = await ctx.db
    .select()
    .from(calls)
    .where(and(eq(calls.id, callId), eq(calls.unitId, ctx.unit.id)));
  if (!found) throw new DoorstepError("record.notFound");
  return found;
}

/** What somebody is telling the asker now. @throws DoorstepError `record.notFound`, `record.state` */
export async function runningCall(ctx: CallCtx, callId: string): Promise<Call> {
  const found = await callOf(ctx, callId);
  if (found.byPerson !== ctx.user?.id) throw new DoorstepError("record.notFound");
  if (found.endedAt !== null) throw new DoorstepError("record.state");
  return found;
}
