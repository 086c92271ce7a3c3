import { type CaseBrief, DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq, ne } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { items } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type KeepCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Item = typeof items.$inferSelect;

/** @throws DoorstepError `unauthorized` */
export function meOf(ctx: KeepCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const dayAt = ({ unit }: Pick<JobCtx, "unit">, at: string): string => dayOf(at, unit.timeZone);
export const todayOf = (ctx: Pick<JobCtx, "now" | "unit">): string => dayAt(ctx, ctx.now);

/** The petition as the asker may see it; accusations are nobody's here. */
export async function seen(ctx: KeepCtx, caseId: Id): Promise<CaseBrief | null> {
  const found = await ctx.cases.get(caseId);
  return found?.category === "accusation" ? null : found;
}

/** The unit and all above it. */
export async function pathOf(ctx: JobCtx, unitId: Id): Promise<Id[]> {
  return [unitId, ...(await ctx.units.above(unitId)).map((one) => one.id)];
}

/** Whether a row is of the call's unit or of one that is below it today: its path begins with whose it is, and goes on as the units stood then. */
export const isHere = async (ctx: JobCtx, [unitId = ""]: readonly Id[]): Promise<boolean> =>
  (await pathOf(ctx, unitId)).includes(ctx.unit.id);

export async function openItem(ctx: JobCtx, caseId: Id): Promise<Item | undefined> {
  const [found] = await ctx.db
    .select()
    .from(items)
    .where(and(eq(items.caseId, caseId), ne(items.state, "closed")));
  return found;
}

/** Begins the work on a petition; known already, nothing changes. */
export async function begin(
  ctx: JobCtx,
  caseId: Id,
  path: Id[],
  since: { readonly enteredAt: string; readonly reasons: Item["reasons"] },
): Promise<Item> {
  await ctx.db
    .insert(items)
    .values({ id: ctx.newId(), caseId, path, handled: path.slice(0, 1), state: "open", ...since })
    .onConflictDoNothing();
  const found = await openItem(ctx, caseId);
  if (!found) throw refuse("notFound");
  return found;
}

/** Everything of the unit and below that the platform counts and the asker may see, the nearest statutory date first. */
export async function* counted(ctx: KeepCtx): AsyncGenerator<readonly CaseBrief[]> {
  let after: string | undefined;
  for (;;) {
    const { items: some, next } = await ctx.cases.findPage({ backlog: true, limit: 100, ...(after && { after }) });
    yield some.filter((one) => one.category !== "accusation");
    if (next === null) return;
    after = next;
  }
}

export async function isCounted(ctx: KeepCtx, caseId: Id): Promise<boolean> {
  for await (const some of counted(ctx)) if (some.some((one) => one.caseId === caseId)) return true;
  return false;
}

/**
 * The petition as the unit that works on it has it. Where it became backlog while the module was off, it begins here.
 *
 * @throws refusal `notFound`, `elsewhere`
 */
export async function itemOf(ctx: KeepCtx, caseId: Id): Promise<Item> {
  const petition = await seen(ctx, caseId);
  if (!petition) throw refuse("notFound");
  const found = await openItem(ctx, caseId);
  if (found && !(await isHere(ctx, found.path))) throw refuse("elsewhere");
  if (found) return found;
  if (!(await isCounted(ctx, caseId))) throw refuse("notFound");
  return await begin(ctx, caseId, await pathOf(ctx, petition.holder.id), { enteredAt: ctx.now, reasons: [] });
}

/** Changes an item that nobody has moved on meanwhile. @throws refusal `state` */
export async function move(db: JobCtx["db"], item: Item, to: Partial<Item>): Promise<void> {
  const moved = await db
    .update(items)
    .set(to)
    .where(and(eq(items.id, item.id), eq(items.state, item.state)))
    .returning({ id: items.id });
  if (moved.length === 0) throw refuse("state");
}
