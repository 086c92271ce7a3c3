import { DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import type { plugin } from "./plugin.ts";
import type { letters, mailboxes } from "./schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type MailboxCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Mailbox = typeof mailboxes.$inferSelect;
export type Letter = typeof letters.$inferSelect;

/** What was written, as it lies encrypted. */
export interface Words {
  readonly title: string;
  readonly body: string;
  readonly desiredOutcome: string;
}

export function meOf(ctx: MailboxCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

/** The local date of an instant, which drizzle reads as PostgreSQL writes it. */
export const dayAt = (ctx: Pick<JobCtx, "unit">, at: string): string =>
  dayOf(new Date(at).toISOString(), ctx.unit.timeZone);
