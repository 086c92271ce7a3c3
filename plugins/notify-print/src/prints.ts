import { DoorstepError, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq, inArray, lt } from "drizzle-orm";
import type { plugin } from "./plugin.ts";
import { prints } from "./schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
type PrintCtx = RequestCtx<SpecOf<typeof plugin>>;
type JobCtx = Ctx<SpecOf<typeof plugin>>;

const DAY_MS = 86_400_000;

/** The petition as the asker may see it; of accusations nothing is kept here. */
const isOpenTo = async (ctx: PrintCtx, caseId: Id): Promise<boolean> => {
  const petition = await ctx.cases.get(caseId);
  return petition !== null && petition.category !== "accusation";
};

/** Notes that a letter was printed; again, that it was printed now. @throws DoorstepError `case.notFound` */
export async function printed(
  ctx: PrintCtx,
  { caseId, noticeId }: { readonly caseId: Id; readonly noticeId: Id },
): Promise<void> {
  if (!(await isOpenTo(ctx, caseId))) throw new DoorstepError("case.notFound");
  const printedAt = ctx.now;
  await ctx.db
    .insert(prints)
    .values({ noticeId, caseId, unitId: ctx.unit.id, printedAt })
    .onConflictDoUpdate({ target: prints.noticeId, set: { printedAt }, setWhere: eq(prints.caseId, caseId) });
}

/** When letters of some petitions were printed, of those the asker may see. */
export async function printedOf(ctx: PrintCtx, caseIds: readonly Id[]) {
  const rows = await ctx.db
    .select()
    .from(prints)
    .where(inArray(prints.caseId, [...caseIds]));
  const open = new Map<Id, boolean>();
  for (const { caseId } of rows) if (!open.has(caseId)) open.set(caseId, await isOpenTo(ctx, caseId));
  return rows
    .filter((row) => open.get(row.caseId))
    .map(({ noticeId, printedAt }) => ({ noticeId, printedAt: new Date(printedAt).toISOString() }));
}

/** With the petition goes what is known of its letters. */
export async function forgetCase(ctx: JobCtx, caseId: Id): Promise<void> {
  await ctx.db.delete(prints).where(eq(prints.caseId, caseId));
}

/** What is over, and what has become an accusation since, leaves nothing here. */
export async function tidy(ctx: JobCtx): Promise<void> {
  const here = eq(prints.unitId, ctx.unit.id);
  const before = new Date(Date.parse(ctx.now) - ctx.settings.keepDays * DAY_MS).toISOString();
  await ctx.db.delete(prints).where(and(here, lt(prints.printedAt, before)));
  const kept = await ctx.db.selectDistinct({ caseId: prints.caseId }).from(prints).where(here);
  const ids = kept.map((one) => one.caseId);
  if (ids.length === 0) return;
  const heard = new Set(await ctx.events.heard(ids));
  for (const caseId of ids) if (!heard.has(caseId)) await forgetCase(ctx, caseId);
}
