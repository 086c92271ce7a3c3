import { randomBytes } from "node:crypto";
import type { Id } from "@doorstep/sdk";
import { and, asc, eq, isNull } from "drizzle-orm";
import { type JobCtx, meOf, type Partner, type ReferralCtx, sha256 } from "../referral-ctx.ts";
import { refuse } from "../refusals.ts";
import { partners } from "../schema.ts";
import { addressOf } from "./address-of.ts";

/** The unit's partners, those in force first. */
export async function listPartners(ctx: ReferralCtx) {
  const rows = await ctx.db
    .select()
    .from(partners)
    .where(eq(partners.unitId, ctx.unit.id))
    .orderBy(asc(partners.endedAt), asc(partners.name));
  return rows.map((one) => ({
    ...{ partnerId: one.id, code: one.code, name: one.name, kind: one.kind },
    ...{ hasKey: one.keyHash !== null, mayPack: one.signKey !== null && one.boxKey !== null },
    /** where packages go by themselves, once its key is there, too */
    ...{ address: addressOf(ctx, one.code), hasToken: one.tokenFile !== null },
    ended: one.endedAt !== null,
  }));
}

export interface PartnerInput {
  readonly partnerId: Id;
  readonly code: string;
  readonly name: string;
  readonly kind: Partner["kind"];
}

/** @throws refusal `codeTaken` */
export async function addPartner(ctx: ReferralCtx, { partnerId, ...given }: PartnerInput): Promise<void> {
  const made = await ctx.db
    .insert(partners)
    .values({ id: partnerId, unitId: ctx.unit.id, ...given, addedAt: ctx.now, byPerson: meOf(ctx) })
    .onConflictDoNothing()
    .returning({ id: partners.id });
  if (made.length > 0) return;
  // a second press finds its own
  const mine = await partnerOf(ctx, partnerId).catch(() => undefined);
  if (mine?.code !== given.code) throw refuse("codeTaken");
}

/** A partner of the call's unit in force. @throws refusal `notFound` */
export async function partnerOf(ctx: Pick<JobCtx, "db" | "unit">, partnerId: Id): Promise<Partner> {
  const [found] = await ctx.db
    .select()
    .from(partners)
    .where(and(eq(partners.id, partnerId), eq(partners.unitId, ctx.unit.id), isNull(partners.endedAt)));
  if (!found) throw refuse("notFound");
  return found;
}

/** A new key for its calls, shown once; the one before ends. @throws refusal `notFound` */
export async function newKey(ctx: ReferralCtx, partnerId: Id): Promise<string> {
  const { id } = await partnerOf(ctx, partnerId);
  const key = `rf_${randomBytes(32).toString("base64url")}`;
  await ctx.db
    .update(partners)
    .set({ keyHash: sha256(key) })
    .where(eq(partners.id, id));
  return key;
}

/** It comes no more: its key ends with it. @throws refusal `notFound` */
export async function endPartner(ctx: ReferralCtx, partnerId: Id): Promise<void> {
  const { id, tokenFile } = await partnerOf(ctx, partnerId);
  await ctx.db.update(partners).set({ endedAt: ctx.now, keyHash: null, tokenFile: null }).where(eq(partners.id, id));
  if (tokenFile !== null) await ctx.files.remove(tokenFile);
}

/** Whose key it is, at the unit of the call. */
export async function byKey(ctx: Pick<JobCtx, "db" | "unit">, key: string | null): Promise<Partner | undefined> {
  if (key === null) return undefined;
  const [found] = await ctx.db
    .select()
    .from(partners)
    .where(and(eq(partners.keyHash, sha256(key)), eq(partners.unitId, ctx.unit.id), isNull(partners.endedAt)));
  return found;
}
