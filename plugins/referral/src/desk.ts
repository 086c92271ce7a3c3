import type { Id } from "@doorstep/sdk";
import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { bringAgain } from "./package/receive.ts";
import { meOf, type ReferralCtx } from "./referral-ctx.ts";
import { refuse } from "./refusals.ts";
import { partners, referrals } from "./schema.ts";

const MOST = 200;
const DAY_MS = 86_400_000;

/** What came, or went, newest first: each with its petition where whoever asks may see it. */
export async function listReferrals(ctx: ReferralCtx, direction: "in" | "out") {
  const rows = await ctx.db
    .select({ one: referrals, partner: partners.name })
    .from(referrals)
    .leftJoin(partners, eq(partners.id, referrals.partnerId))
    .where(and(eq(referrals.unitId, ctx.unit.id), eq(referrals.direction, direction)))
    .orderBy(desc(referrals.at), desc(referrals.id))
    .limit(MOST);
  const seen = new Set(await ctx.cases.visible(rows.flatMap(({ one }) => one.caseId ?? [])));
  return rows.map(({ one, partner }) => ({
    ...{ referralId: one.id, partner, way: one.way, state: one.state, at: one.at },
    ...{ version: one.version, reason: one.reason, attempts: one.attempts },
    late: one.state === "sent" && Date.parse(one.at) < Date.parse(ctx.now) - ctx.settings.receiptDays * DAY_MS,
    caseNo: one.caseId !== null && seen.has(one.caseId) ? one.caseNo : null,
  }));
}

/** Tries again to take in what stands in quarantine. @throws refusal `state`, and those of `bring` */
export async function tryAgain(ctx: ReferralCtx, referralId: Id): Promise<void> {
  const [doubted] = await ctx.db
    .select()
    .from(referrals)
    .where(
      and(
        ...[eq(referrals.id, referralId), eq(referrals.unitId, ctx.unit.id)],
        ...[eq(referrals.state, "quarantine"), isNull(referrals.partnerId)],
      ),
    );
  if (doubted) return await bringAgain(ctx, doubted, meOf(ctx));
  await fromQuarantine(ctx, referralId, { state: "waiting", reason: null });
}

/** Takes it out for good, with a reason; what it said is gone. @throws refusal `state` */
export async function discard(ctx: ReferralCtx, referralId: Id, reason: string): Promise<void> {
  const fileId = await fromQuarantine(ctx, referralId, { state: "discarded", reason });
  if (fileId === null) return;
  await ctx.files.remove(fileId);
  await ctx.db.update(referrals).set({ fileId: null }).where(eq(referrals.id, referralId));
}

async function fromQuarantine(
  ctx: ReferralCtx,
  referralId: Id,
  to: { readonly state: "waiting" | "discarded"; readonly reason: string | null },
): Promise<Id | null> {
  const [moved] = await ctx.db
    .update(referrals)
    .set({ ...to, changedAt: ctx.now, byPerson: meOf(ctx) })
    .where(
      and(
        ...[eq(referrals.id, referralId), eq(referrals.unitId, ctx.unit.id), eq(referrals.direction, "in")],
        inArray(referrals.state, ["quarantine"]),
      ),
    )
    .returning({ fileId: referrals.fileId });
  if (!moved) throw refuse("state");
  return moved.fileId;
}
