import type { Id } from "@doorstep/sdk";
import { and, asc, eq, isNull, lte, or } from "drizzle-orm";
import { z } from "zod";
import { addressOf } from "../partners/address-of.ts";
import { partnerOf } from "../partners/partners.ts";
import type { JobCtx, Partner, Referral, ReferralCtx } from "../referral-ctx.ts";
import { refuse } from "../refusals.ts";
import { partners, referrals } from "../schema.ts";
import { forgetCase } from "../takein/take-in.ts";
import { takeReceipt } from "./receive.ts";
import { readSigned } from "./seal.ts";

const MINUTE_MS = 60_000;
/** After a first failure, a second, and so on; five days in, it waits for somebody. */
const WAITS = [5, 15, 60, 240, ...Array<number>(10).fill(720)].map((minutes) => minutes * MINUTE_MS);
/** In one turn at one unit; the rest goes with the next. */
const TURN = 20;
/** What one exchange carries. */
const MOST_BYTES = 1_048_576;

/** Why a package could not be handed over. */
export type PostFailure =
  | "noToken"
  | "tooLarge"
  | "unreachable"
  | "token"
  | "nothingThere"
  | "notTaken"
  | "busy"
  | "doubted"
  | "noReceipt";

/** Keeps the key that a partner gave for calls to it; `null` ends them. @throws refusal `notFound` */
export async function setToken(ctx: ReferralCtx, partnerId: Id, token: string | null): Promise<void> {
  const { id, tokenFile: before } = await partnerOf(ctx, partnerId);
  const tokenFile = token === null ? null : await ctx.files.put(new TextEncoder().encode(token));
  await ctx.db.update(partners).set({ tokenFile }).where(eq(partners.id, id));
  if (before !== null) await ctx.files.remove(before);
}

/** Working files that nobody opens are forgotten. */
export async function keepTokens(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select({ tokenFile: partners.tokenFile })
    .from(partners)
    .where(and(eq(partners.unitId, ctx.unit.id), isNull(partners.endedAt)));
  for (const { tokenFile } of rows) if (tokenFile !== null) await ctx.files.get(tokenFile);
}

const answered = z.object({ receipt: z.base64().nullable() });

const failureOf = (status: number): PostFailure => {
  if (status === 401 || status === 403) return "token";
  if (status === 404) return "nothingThere";
  if (status === 413) return "tooLarge";
  return status === 429 || status >= 500 ? "busy" : "notTaken";
};

async function exchange(ctx: JobCtx, address: string, token: string, body: Uint8Array): Promise<PostFailure | null> {
  let answer: Response;
  try {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" };
    answer = await ctx.fetch(address, { method: "POST", headers, body });
  } catch {
    // its message may name the address
    return "unreachable";
  }
  if (!answer.ok) return failureOf(answer.status);
  try {
    const { receipt } = answered.parse(await answer.json());
    if (receipt === null) return "doubted";
    const signed = readSigned(new Uint8Array(Buffer.from(receipt, "base64")));
    if (!signed) return "noReceipt";
    await takeReceipt(ctx, signed);
    return null;
  } catch {
    return "noReceipt";
  }
}

async function postOne(ctx: JobCtx, one: Referral, partner: Partner, address: string): Promise<PostFailure | null> {
  const token = partner.tokenFile === null ? null : await ctx.files.get(partner.tokenFile);
  if (!token) return "noToken";
  const body = one.fileId === null ? null : await ctx.files.get(one.fileId);
  if (!body) return "noReceipt";
  if (body.byteLength > MOST_BYTES) return "tooLarge";
  return await exchange(ctx, address, new TextDecoder().decode(token), body);
}

async function due(ctx: JobCtx) {
  return await ctx.db
    .select({ one: referrals, partner: partners })
    .from(referrals)
    .innerJoin(partners, eq(partners.id, referrals.partnerId))
    .where(
      and(
        ...[eq(referrals.unitId, ctx.unit.id), eq(referrals.direction, "out"), eq(referrals.state, "sent")],
        ...[isNull(partners.endedAt), or(isNull(referrals.nextAt), lte(referrals.nextAt, ctx.now))],
      ),
    )
    .orderBy(asc(referrals.at));
}

/**
 * Posts what waits for its receipt to partners whose address and key are known, and takes the receipt from the answer. What was
 * carried there by hand meanwhile is known there, and the receipt comes all the same. A partner that cannot be reached is not
 * tried again in the same turn.
 */
export async function postWaiting(ctx: JobCtx): Promise<void> {
  const rows = (await due(ctx)).flatMap(({ one, partner }) => {
    const address = one.attempts < WAITS.length ? addressOf(ctx, partner.code) : null;
    return address === null || partner.tokenFile === null ? [] : [{ one, partner, address }];
  });
  const heard = new Set(await ctx.events.heard([...new Set(rows.flatMap(({ one }) => one.caseId ?? []))]));
  const down = new Set<Id>();
  for (const { one, partner, address } of rows.slice(0, TURN)) {
    if (ctx.signal.aborted) return;
    if (one.caseId !== null && !heard.has(one.caseId)) await forgetCase(ctx, one.caseId);
    else if (!down.has(partner.id)) {
      const failure = await postOne(ctx, one, partner, address);
      if (failure === "unreachable" || failure === "busy" || failure === "token") down.add(partner.id);
      if (failure !== null) await noteFailure(ctx, one, failure);
    }
  }
}

async function noteFailure(ctx: JobCtx, { id, attempts }: Referral, reason: PostFailure): Promise<void> {
  const nextAt = new Date(Date.parse(ctx.now) + (WAITS[attempts] ?? 0)).toISOString();
  await ctx.db
    .update(referrals)
    .set({ reason, attempts: attempts + 1, nextAt, changedAt: ctx.now })
    .where(and(eq(referrals.id, id), eq(referrals.state, "sent")));
}

/** Has it posted again with the next turn, from the first attempt on. @throws refusal `state` */
export async function postAgain(ctx: ReferralCtx, referralId: Id): Promise<void> {
  const [found] = await ctx.db
    .update(referrals)
    .set({ reason: null, attempts: 0, nextAt: null, changedAt: ctx.now })
    .where(
      and(
        ...[eq(referrals.id, referralId), eq(referrals.unitId, ctx.unit.id)],
        ...[eq(referrals.direction, "out"), eq(referrals.state, "sent")],
      ),
    )
    .returning({ id: referrals.id });
  if (!found) throw refuse("state");
}
