import { DoorstepError } from "@doorstep/sdk";
import { and, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { JobCtx, Partner, Referral } from "../referral-ctx.ts";
import { partners, referrals } from "../schema.ts";
import { fromBytes, type Kept } from "./card.ts";

const DAY_MS = 86_400_000;
const MOST_OF_NOTE = 4_000;

/** How a petition comes in, by who sent it. */
const viaOf: Readonly<Record<Partner["kind"], "assignedFromAbove" | "militaryLocal">> = {
  superior: "assignedFromAbove",
  sister: "militaryLocal",
  civil: "militaryLocal",
};

async function set(ctx: JobCtx, { id }: Referral, to: Partial<Referral>): Promise<void> {
  await ctx.db
    .update(referrals)
    .set({ ...to, changedAt: ctx.now })
    .where(eq(referrals.id, id));
}

/** Nothing of what was said stays here once the petition has it. */
async function forgetFile(ctx: JobCtx, { fileId }: Referral): Promise<void> {
  if (fileId !== null) await ctx.files.remove(fileId);
}

/** What is no picture, document or recording is named in the petition, so that somebody asks for it. */
async function attached(ctx: JobCtx, files: Kept["files"]) {
  const fileIds: string[] = [];
  const refused: string[] = [];
  for (const { name, data } of files)
    try {
      fileIds.push(await ctx.intake.attach({ name, bytes: new Uint8Array(Buffer.from(data, "base64")) }));
    } catch (error) {
      if (!(error instanceof DoorstepError)) throw error;
      refused.push(name);
    }
  return { fileIds, refused };
}

async function fileOne(ctx: JobCtx, one: Referral, kind: Partner["kind"], { files, ...said }: Kept): Promise<void> {
  try {
    const { fileIds, refused } = await attached(ctx, files);
    const missing = said.locale === "en" ? "Could not be attached: " : "未能附上的附件：";
    const { caseId, caseNo } = await ctx.intake.fileFor({
      ...said,
      ...{ fileIds, body: refused.length > 0 ? `${said.body}\n\n${missing}${refused.join(" ")}` : said.body },
      ...{ key: one.id, channel: "referral/incoming", via: viaOf[kind] },
    });
    const isKept = caseId !== null;
    await set(ctx, one, {
      ...{ state: "filed", reason: null, fileId: null, caseId, caseNo: isKept ? caseNo : null },
      ...(!isKept && { service: null }),
    });
    await forgetFile(ctx, one);
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
    await set(ctx, one, { state: "quarantine", reason: error.code });
  }
}

/** What a sender says anew of a matter that is here already. */
async function layIn(ctx: JobCtx, one: Referral, caseId: string, { title, body, locale }: Kept): Promise<void> {
  const head = locale === "en" ? `Version ${one.version} of ${one.number}:` : `${one.number}第${one.version}版：`;
  try {
    await ctx.thread.write(caseId, { text: `${head}\n${title}\n${body}`.slice(0, MOST_OF_NOTE), to: "inside" });
    await set(ctx, one, { state: "filed", reason: null, fileId: null });
    await forgetFile(ctx, one);
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
    await set(ctx, one, { state: "quarantine", reason: error.code });
  }
}

/**
 * Files what came: by nobody, so that no person stands between a report of danger or an accusation and whoever it is for. What
 * cannot be filed waits in quarantine for somebody, with the reason.
 */
export async function takeIn(ctx: JobCtx): Promise<void> {
  const waiting = await ctx.db
    .select({ one: referrals, kind: partners.kind })
    .from(referrals)
    .innerJoin(partners, eq(partners.id, referrals.partnerId))
    .where(and(eq(referrals.unitId, ctx.unit.id), eq(referrals.direction, "in"), eq(referrals.state, "waiting")))
    .orderBy(referrals.at);
  for (const { one, kind } of waiting) {
    const bytes = one.fileId === null ? null : await ctx.files.get(one.fileId);
    if (bytes && one.caseId !== null) await layIn(ctx, one, one.caseId, fromBytes(bytes));
    else if (bytes) await fileOne(ctx, one, kind, fromBytes(bytes));
    else await set(ctx, one, { state: "quarantine", reason: "lost", fileId: null });
  }
}

/** Working files that nobody opens are forgotten; those of what waits are needed. */
export async function keepWaiting(ctx: JobCtx): Promise<void> {
  const kept = await ctx.db
    .select({ fileId: referrals.fileId })
    .from(referrals)
    .where(
      and(
        eq(referrals.unitId, ctx.unit.id),
        isNotNull(referrals.fileId),
        inArray(referrals.state, ["waiting", "quarantine", "sent"]),
      ),
    );
  for (const { fileId } of kept) if (fileId) await ctx.files.get(fileId);
}

const OVER = new Set([
  ...["replied", "final", "archived", "diverted", "guided", "merged", "notReaccepted", "withdrawn"],
]);

/** What a partner who asks is told: whether it goes on. */
export async function follow(
  ctx: JobCtx,
  event: { readonly caseId: string; readonly to?: string | undefined },
): Promise<void> {
  if (event.to === undefined) return;
  const over = OVER.has(event.to);
  await ctx.db
    .update(referrals)
    .set({ over, changedAt: ctx.now })
    .where(and(eq(referrals.caseId, event.caseId), eq(referrals.over, !over)));
}

/** With the petition goes what led to it, and what was still kept of it to be carried or laid in. */
export async function forgetCase(ctx: JobCtx, caseId: string): Promise<void> {
  const linked = await ctx.db.select().from(referrals).where(eq(referrals.caseId, caseId));
  for (const one of linked) await forgetFile(ctx, one);
  await ctx.db
    .update(referrals)
    .set({ state: "discarded", fileId: null })
    .where(and(eq(referrals.caseId, caseId), isNotNull(referrals.fileId)));
  await ctx.db.update(referrals).set({ caseId: null, caseNo: null, service: null }).where(eq(referrals.caseId, caseId));
}

/**
 * What is an accusation, or became one since, leaves nothing here that leads to it or would let a guess be checked; by then a
 * lost answer is not asked for again.
 */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  const old = new Date(Date.parse(ctx.now) - 2 * DAY_MS).toISOString();
  await ctx.db
    .update(referrals)
    .set({ digest: sql`${referrals.id}::text` })
    .where(
      and(
        eq(referrals.unitId, ctx.unit.id),
        eq(referrals.state, "filed"),
        isNull(referrals.caseId),
        lt(referrals.changedAt, old),
      ),
    );
  const linked = await ctx.db
    .selectDistinct({ caseId: referrals.caseId })
    .from(referrals)
    .where(and(eq(referrals.unitId, ctx.unit.id), isNotNull(referrals.caseId)));
  const ids = linked.flatMap(({ caseId }) => caseId ?? []);
  const heard = new Set(await ctx.events.heard(ids));
  for (const caseId of ids) if (!heard.has(caseId)) await forgetCase(ctx, caseId);
}
