import type { Id } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq, inArray, ne } from "drizzle-orm";
import { plugin } from "../plugin.ts";
import { items } from "../schema.ts";
import { begin, type JobCtx, openItem, pathOf } from "./item-ctx.ts";
import { startReview } from "./review-period.ts";

/** The platform has counted the petition as backlog [SPEC 11.4]. What was struck off and comes back is open again. */
export async function entered(ctx: JobCtx, event: CaseEvent<"backlog.entered">): Promise<void> {
  const { caseId, at: enteredAt, reasons } = event;
  const item = await begin(ctx, caseId, await pathOf(ctx, ctx.unit.id), { enteredAt, reasons });
  const again = item.state === "struck" ? { state: "open" as const, lookOn: null } : {};
  await ctx.db
    .update(items)
    .set({ reasons, leftAt: null, ...again })
    .where(eq(items.id, item.id));
  await startReview(ctx, caseId);
  await ctx.notify.tell({ caseId, to: ["officer"], news: "entered", key: `entered-${event.id}` });
}

/** It is counted no more: it still waits for its check. */
export async function left(ctx: JobCtx, event: CaseEvent<"backlog.left">): Promise<void> {
  await ctx.db
    .update(items)
    .set({ leftAt: event.at })
    .where(and(eq(items.caseId, event.caseId), ne(items.state, "closed")));
}

/** A month is over without a review: the next one begins, as long as it is worked on. */
export async function reviewAgain(ctx: JobCtx, event: CaseEvent<"moduleClock.passed">): Promise<void> {
  if (event.module !== plugin.id || event.code !== "review") return;
  const item = await openItem(ctx, event.caseId);
  if (item && item.state !== "struck") await startReview(ctx, event.caseId);
}

/** The petition has gone to another unit, which works on it now; who held it before never checks it. */
export async function follow(ctx: JobCtx, event: CaseEvent<"case.routed" | "case.returned">): Promise<void> {
  const item = await openItem(ctx, event.caseId);
  if (!item) return;
  const path = await pathOf(ctx, ctx.unit.id);
  const handled = [...new Set([...item.handled, ctx.unit.id])];
  await ctx.db.update(items).set({ path, handled }).where(eq(items.id, item.id));
}

/** With the petition goes what was done about it. */
export async function forgetCase(ctx: JobCtx, caseId: Id): Promise<void> {
  await ctx.db.delete(items).where(eq(items.caseId, caseId));
}

/** What has become an accusation since leaves nothing here. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  const kept = await ctx.db.selectDistinct({ caseId: items.caseId }).from(items);
  const ids = kept.map((one) => one.caseId);
  const heard = new Set(await ctx.events.heard(ids));
  const gone = ids.filter((one) => !heard.has(one));
  if (gone.length > 0) await ctx.db.delete(items).where(inArray(items.caseId, gone));
}
