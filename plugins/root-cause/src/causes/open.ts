import type { Id } from "@doorstep/sdk";
import { and, eq } from "drizzle-orm";
import type { Kind, Origin, Subject } from "../codes.ts";
import { refuse } from "../refusals.ts";
import { causes, links } from "../schema.ts";
import { type CauseCtx, causeHere, meOf, move, pathOf, seen, todayOf } from "./cause-ctx.ts";

interface Opened {
  readonly causeId: Id;
  readonly title: string;
  readonly kind: Kind;
  readonly subject: Subject;
  readonly origin: Origin;
  /** of a petition, a warning, a supervised matter or a question of another unit */
  readonly originId: Id | null;
  /** a petition to be linked with it at once */
  readonly caseId: Id | null;
}

/** What was handed over before has its root cause at the unit already. */
export async function handed(
  ctx: CauseCtx,
  { origin, originId }: { readonly origin: Origin; readonly originId: Id },
): Promise<Id | null> {
  if (origin === "case") return null;
  const [found] = await ctx.db
    .select({ id: causes.id })
    .from(causes)
    .where(and(eq(causes.unitId, ctx.unit.id), eq(causes.origin, origin), eq(causes.originId, originId)));
  return found?.id ?? null;
}

/**
 * Opens a root cause at the call's unit. The same id, and what was handed over before, lead to the one that is there.
 *
 * @throws refusal `petition` where it comes from a petition that cannot be linked
 */
export async function open(ctx: CauseCtx, { causeId: id, caseId, ...what }: Opened): Promise<Id> {
  const me = meOf(ctx);
  if (caseId) await linkable(ctx, caseId);
  await ctx.db
    .insert(causes)
    .values({
      ...{ id, unitId: ctx.unit.id, path: await pathOf(ctx, ctx.unit.id), ...what },
      ...{ state: "open", openedBy: me, openedAt: ctx.now },
    })
    .onConflictDoNothing();
  const [own] = await ctx.db
    .select({ id: causes.id })
    .from(causes)
    .where(and(eq(causes.unitId, ctx.unit.id), eq(causes.id, id)));
  const { origin, originId } = what;
  const found = own?.id ?? (originId === null ? null : await handed(ctx, { origin, originId }));
  if (!found) throw refuse("notFound");
  if (caseId) await link(ctx, found, caseId);
  return found;
}

/** @returns the unit that holds it. @throws refusal `petition` */
async function linkable(ctx: CauseCtx, caseId: Id): Promise<Id> {
  const petition = await seen(ctx, caseId);
  if (!petition || !(await pathOf(ctx, petition.holder.id)).includes(ctx.unit.id)) throw refuse("petition");
  return petition.holder.id;
}

/** A petition is one of those behind which the cause lies. Linked already, nothing changes. @throws refusal `notFound`, `elsewhere`, `petition` */
export async function link(ctx: CauseCtx, causeId: Id, caseId: Id): Promise<void> {
  await causeHere(ctx, causeId);
  const unitId = await linkable(ctx, caseId);
  const by = { linkedBy: meOf(ctx), linkedAt: ctx.now, linkedOn: todayOf(ctx) };
  await ctx.db
    .insert(links)
    .values({ causeId, caseId, unitId, ...by })
    .onConflictDoNothing();
}

/** It was linked by mistake. @throws refusal `notFound`, `elsewhere`, `petition` */
export async function unlink(ctx: CauseCtx, causeId: Id, caseId: Id): Promise<void> {
  await causeHere(ctx, causeId);
  if (!(await seen(ctx, caseId))) throw refuse("petition");
  await ctx.db.delete(links).where(and(eq(links.causeId, causeId), eq(links.caseId, caseId)));
}

/** There is no common cause, or it lies elsewhere: said in words. @throws refusal `notFound`, `elsewhere`, `state` */
export async function drop(ctx: CauseCtx, causeId: Id, words: string): Promise<void> {
  const cause = await causeHere(ctx, causeId);
  if (cause.state !== "open") throw refuse("state");
  await move(ctx, cause, { state: "dropped", endWords: words, endedBy: meOf(ctx), endedAt: ctx.now });
}
