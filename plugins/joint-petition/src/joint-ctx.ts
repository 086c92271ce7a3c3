import { DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import type { plugin } from "./plugin.ts";
import type { drafts, signatures } from "./schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type JointCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Draft = typeof drafts.$inferSelect;
export type Signature = typeof signatures.$inferSelect;

export function userOf(ctx: JointCtx): NonNullable<JointCtx["user"]> {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user;
}

export const todayOf = (ctx: Pick<JobCtx, "now" | "unit">): string => dayOf(ctx.now, ctx.unit.timeZone);

/** Runs what several may press at once as one piece. */
export const atOnce = <T>(ctx: JointCtx, work: (db: JointCtx["db"]) => Promise<T>): Promise<T> =>
  ctx.db.transaction((tx) => work(tx as unknown as JointCtx["db"]));

/** Words and names lie encrypted, and are forgotten when the petition is filed or its days are over. */
export const keep = (ctx: JointCtx, value: unknown): Promise<Id> =>
  ctx.files.put(new TextEncoder().encode(JSON.stringify(value)));

export async function kept<T>(ctx: Pick<JointCtx, "files">, fileId: Id): Promise<T | null> {
  const bytes = await ctx.files.get(fileId);
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as T);
}
