import { hash } from "node:crypto";
import { DoorstepError, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import type { plugin } from "./plugin.ts";
import type { partners, referrals } from "./schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type ReferralCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Partner = typeof partners.$inferSelect;
export type Referral = typeof referrals.$inferSelect;

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: ReferralCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const sha256 = (of: string | Uint8Array): string => hash("sha256", of);

/** The instant of a column, as others are told it. */
export const iso = (at: string): string => new Date(at).toISOString();
