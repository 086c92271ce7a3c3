import { DoorstepError, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import type { plugin } from "./plugin.ts";
import { type End, mails } from "./schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type MailCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Mail = typeof mails.$inferSelect;

/** A message of the call's unit that still waits in one of these ways. @throws DoorstepError `record.notFound`, `record.state` */
export async function mailOf(ctx: MailCtx, mailId: string, ...became: readonly End[]): Promise<Mail> {
  const [found] = await ctx.db
    .select()
    .from(mails)
    .where(and(eq(mails.id, mailId), eq(mails.unitId, ctx.unit.id)));
  if (!found) throw new DoorstepError("record.notFound");
  if (!became.includes(found.became)) throw new DoorstepError("record.state");
  return found;
}

/** Forgets what was kept of a message to work on it. */
export async function forgetFiles(ctx: JobCtx, { id, fileId, cardId }: Mail): Promise<void> {
  for (const one of [fileId, cardId]) if (one) await ctx.files.remove(one);
  await ctx.db.update(mails).set({ fileId: null, cardId: null }).where(eq(mails.id, id));
}
