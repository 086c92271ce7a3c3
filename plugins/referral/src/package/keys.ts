import type { Id } from "@doorstep/sdk";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { partnerOf } from "../partners/partners.ts";
import { type JobCtx, type ReferralCtx, sha256 } from "../referral-ctx.ts";
import { refuse } from "../refusals.ts";
import { partners, unitKeys } from "../schema.ts";
import { areKeys, makeKeys } from "./seal.ts";

const visitingCard = z.object({ code: z.string().max(40), signKey: z.string().max(200), boxKey: z.string().max(200) });

const PART = 4;
const PARTS = 8;

/** Read aloud to make sure that nobody has put his own keys between. */
const fingerprintOf = ({ signKey, boxKey }: { readonly signKey: string; readonly boxKey: string }): string =>
  (
    sha256(`${signKey} ${boxKey}`)
      .slice(0, PART * PARTS)
      .match(/.{4}/g) ?? []
  ).join(" ");

async function found(ctx: Pick<JobCtx, "db" | "unit">) {
  const [row] = await ctx.db.select().from(unitKeys).where(eq(unitKeys.unitId, ctx.unit.id));
  return row;
}

/** What others need to send here and to know what comes from here; `null` before there are keys. */
export async function ownKeys(ctx: ReferralCtx) {
  const row = await found(ctx);
  if (!row) return null;
  const { signKey, boxKey } = row;
  return { text: JSON.stringify({ code: ctx.unit.code, signKey, boxKey }), fingerprint: fingerprintOf(row) };
}

/** Makes the unit's keys, once; a second press finds them. Where what is secret of them was lost, new ones. */
export async function makeOwnKeys(ctx: ReferralCtx): Promise<void> {
  const row = await found(ctx);
  if (row && (await ctx.files.get(row.privateFile))) return;
  const { signKey, boxKey, secret } = makeKeys();
  const privateFile = await ctx.files.put(secret);
  const values = { signKey, boxKey, privateFile, madeAt: ctx.now };
  await ctx.db
    .insert(unitKeys)
    .values({ unitId: ctx.unit.id, ...values })
    .onConflictDoUpdate({
      target: unitKeys.unitId,
      set: values,
      setWhere: eq(unitKeys.privateFile, row?.privateFile ?? privateFile),
    });
}

/** @throws refusal `noKeys` */
export async function secretOf(ctx: Pick<JobCtx, "db" | "unit" | "files">): Promise<Uint8Array> {
  const row = await found(ctx);
  const secret = row && (await ctx.files.get(row.privateFile));
  if (!secret) throw refuse("noKeys");
  return secret;
}

/** Working files that nobody opens are forgotten. */
export async function keepKeys(ctx: JobCtx): Promise<void> {
  const row = await found(ctx);
  if (row) await ctx.files.get(row.privateFile);
}

/** Takes in a partner's keys. @throws refusal `notFound`, `notKeys` */
export async function setPartnerKeys(ctx: ReferralCtx, partnerId: Id, text: string): Promise<{ fingerprint: string }> {
  const { id, code } = await partnerOf(ctx, partnerId);
  let given: z.output<typeof visitingCard>;
  try {
    given = visitingCard.parse(JSON.parse(text));
  } catch {
    throw refuse("notKeys");
  }
  const { signKey, boxKey } = given;
  if (given.code !== code || !areKeys(signKey, boxKey)) throw refuse("notKeys");
  await ctx.db.update(partners).set({ signKey, boxKey }).where(eq(partners.id, id));
  return { fingerprint: fingerprintOf(given) };
}
