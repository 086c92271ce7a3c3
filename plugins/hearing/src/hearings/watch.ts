import { DoorstepError, type Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { openStates } from "../kinds.ts";
import { plugin } from "../plugin.ts";
import { attendants, hearings, recusals } from "../schema.ts";
import { untold } from "./apply.ts";
import type { JobCtx } from "./hearing-ctx.ts";
import { pathOf } from "./hearing-ctx.ts";

/** Does what may be refused by now: the petition has gone, or has become an accusation, which another job forgets. */
async function unlessRefused(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
  }
}

/** Officers hear of applications, and their days begin; leaders hear of wishes that somebody leaves a panel. */
export async function tell(ctx: JobCtx): Promise<void> {
  for (const { id, caseId, path } of await untold(ctx)) {
    if (path[0] !== ctx.unit.id) continue;
    await unlessRefused(() => ctx.notify.tell({ caseId, to: ["officer"], news: "applied", key: `applied-${id}` }));
    await unlessRefused(() => ctx.clocks.start(caseId, "decide"));
    await ctx.db.update(hearings).set({ told: true }).where(eq(hearings.id, id));
  }
  const asked = await ctx.db
    .select({ id: recusals.id, caseId: hearings.caseId })
    .from(recusals)
    .innerJoin(hearings, eq(hearings.id, recusals.hearingId))
    .where(and(eq(recusals.told, false), isNull(recusals.granted), sql`${hearings.path}[1] = ${ctx.unit.id}`));
  for (const { id, caseId } of asked) {
    const to = ["officeHead", "signer"] as const;
    await unlessRefused(() => ctx.notify.tell({ caseId, to, news: "recusal", key: `recusal-${id}` }));
    await ctx.db.update(recusals).set({ told: true }).where(eq(recusals.id, id));
  }
}

/** Whoever signs has signed the notice, or wants it otherwise. */
export async function noticed(
  ctx: JobCtx,
  event: CaseEvent<"moduleLetter.issued" | "moduleLetter.sentBack">,
): Promise<void> {
  if (event.module !== plugin.id) return;
  const waiting = await ctx.db
    .select()
    .from(hearings)
    .where(and(eq(hearings.caseId, event.caseId), eq(hearings.state, "called"), isNull(hearings.noticedOn)));
  if (waiting.length === 0) return;
  const drawn = await ctx.notices.list(event.caseId);
  for (const { id, noticeId } of waiting) {
    const notice = drawn.find((one) => one.noticeId === noticeId);
    if (!notice) continue;
    const issued = notice.state === "issued" ? { noticedOn: notice.issuedOn, noticeNo: notice.number } : undefined;
    await ctx.db
      .update(hearings)
      .set({ ...issued, noticeBack: notice.sentBack })
      .where(and(eq(hearings.id, id), isNull(hearings.noticedOn)));
  }
}

/** The platform has ended what nobody had held, or the desk by its own form. What was called afterwards is another one. */
export async function ended(ctx: JobCtx, event: CaseEvent<"hearing.closed">): Promise<void> {
  await ctx.db
    .update(hearings)
    .set({ state: "lapsed" })
    .where(and(eq(hearings.caseId, event.caseId), eq(hearings.state, "called"), lt(hearings.calledAt, event.at)));
}

/** The petition has gone to another unit, which conducts what is open. */
export async function follow(ctx: JobCtx, event: CaseEvent<"case.routed" | "case.returned">): Promise<void> {
  const path = await pathOf(ctx, ctx.unit.id);
  await ctx.db
    .update(hearings)
    .set({ path })
    .where(and(eq(hearings.caseId, event.caseId), inArray(hearings.state, openStates)));
}

async function forget(ctx: JobCtx, caseIds: readonly Id[]): Promise<void> {
  const kept = await ctx.db
    .select({ fileId: attendants.fileId })
    .from(attendants)
    .innerJoin(hearings, eq(hearings.id, attendants.hearingId))
    .where(and(inArray(hearings.caseId, caseIds), isNotNull(attendants.fileId)));
  for (const { fileId } of kept) if (fileId !== null) await ctx.files.remove(fileId);
  await ctx.db.delete(hearings).where(inArray(hearings.caseId, caseIds));
}

/** With the petition goes what was heard of it. */
export const forgetCase = (ctx: JobCtx, caseId: Id): Promise<void> => forget(ctx, [caseId]);

/** What has become an accusation since leaves nothing here. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  const kept = await ctx.db.selectDistinct({ caseId: hearings.caseId }).from(hearings);
  const ids = kept.map((one) => one.caseId);
  const heard = new Set(await ctx.events.heard(ids));
  const gone = ids.filter((one) => !heard.has(one));
  if (gone.length > 0) await forget(ctx, gone);
}
