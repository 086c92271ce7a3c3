import { DoorstepError, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, asc, eq } from "drizzle-orm";
import type { plugin } from "../plugin.ts";
import { letters, pages } from "../schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type LetterCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Letter = typeof letters.$inferSelect;
export type Page = typeof pages.$inferSelect;

/** A letter of the call's unit. @throws DoorstepError `record.notFound` */
export async function letterOf(ctx: LetterCtx, letterId: string): Promise<Letter> {
  const [found] = await ctx.db
    .select()
    .from(letters)
    .where(and(eq(letters.id, letterId), eq(letters.unitId, ctx.unit.id)));
  if (!found) throw new DoorstepError("record.notFound");
  return found;
}

/** One that nobody has registered yet. @throws DoorstepError `record.notFound`, `record.state` */
export async function waitingLetter(ctx: LetterCtx, letterId: string): Promise<Letter> {
  const found = await letterOf(ctx, letterId);
  if (found.filedAt !== null) throw new DoorstepError("record.state");
  return found;
}

export const pagesOf = (ctx: JobCtx, letterId: string): Promise<Page[]> =>
  ctx.db.select().from(pages).where(eq(pages.letterId, letterId)).orderBy(asc(pages.no));

/** Bytes of one piece of a page. */
export const PART = 1_024 * 1_024;

export const partsIn = (size: number): number => Math.ceil(size / PART);
export const isWhole = (page: Pick<Page, "size" | "parts">): boolean => page.parts.length === partsIn(page.size);

/** The unit's local day. */
export const todayAt = ({ now, unit }: Pick<LetterCtx, "now" | "unit">): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: unit.timeZone }).format(new Date(now));
