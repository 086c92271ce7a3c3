import { DoorstepError, dayOf, type Id, type Plugin, type PluginSpec } from "@doorstep/sdk";
import type { Ctx, RequestCtx } from "@doorstep/sdk/server";
import { and, eq, inArray } from "drizzle-orm";
import { hashOf } from "./codes.ts";
import { SHOWN_FROM } from "./outcomes.ts";
import type { plugin } from "./plugin.ts";
import { refuse } from "./refusals.ts";
import { suggestions } from "./schema.ts";

type SpecOf<T> = T extends Plugin<infer P extends PluginSpec> ? P : never;
export type BoxCtx = RequestCtx<SpecOf<typeof plugin>>;
export type JobCtx = Ctx<SpecOf<typeof plugin>>;
export type Suggestion = typeof suggestions.$inferSelect;

/** What lies encrypted until the suggestion is answered or passed on. */
export interface Words {
  readonly title: string;
  readonly body: string;
  readonly person: { readonly name: string; readonly kind: PersonKind; readonly contact: string } | null;
  /** His name stands with the answer. */
  readonly credit: boolean;
  readonly code: string;
  readonly locale: "zh-CN" | "en";
}
type PersonKind = NonNullable<Parameters<BoxCtx["intake"]["fileFor"]>[0]["petitioner"]>["kind"];

export function accountOf(ctx: BoxCtx): Id {
  if (!ctx.user) throw new DoorstepError("unauthorized");
  return ctx.user.id;
}

export const dayAt = (ctx: Pick<JobCtx, "unit">, instant: string): string =>
  dayOf(new Date(instant).toISOString(), ctx.unit.timeZone);

/** Runs what several may press at once as one piece. */
export const atOnce = <T>(ctx: Pick<JobCtx, "db">, work: (db: JobCtx["db"]) => Promise<T>): Promise<T> =>
  ctx.db.transaction((tx) => work(tx as unknown as JobCtx["db"]));

export const keep = (ctx: Pick<JobCtx, "files">, value: unknown): Promise<Id> =>
  ctx.files.put(new TextEncoder().encode(JSON.stringify(value)));

export async function kept<T>(ctx: Pick<JobCtx, "files">, fileId: Id | null): Promise<T | null> {
  const bytes = fileId && (await ctx.files.get(fileId));
  return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as T) : null;
}

export async function wordsOf(ctx: Pick<JobCtx, "files">, one: Suggestion): Promise<Words> {
  const words = await kept<Words>(ctx, one.wordsFile);
  if (!words) throw refuse("notFound");
  return words;
}

/** Those of the call's unit and of units that are below it today. */
export const isHere = async (ctx: Pick<JobCtx, "unit" | "units">) =>
  inArray(suggestions.unitId, await ctx.units.within(ctx.unit.id));

/** One of the call's unit or below. @throws refusal `notFound` */
export async function suggestionOf(ctx: JobCtx, id: Id): Promise<Suggestion> {
  const [found] = await ctx.db
    .select()
    .from(suggestions)
    .where(and(eq(suggestions.id, id), await isHere(ctx)));
  if (!found) throw refuse("notFound");
  return found;
}

/** The one that a code opens, at whatever unit it was written. @throws refusal `code` */
export async function ownBy(ctx: JobCtx, code: string): Promise<Suggestion> {
  const [found] = await ctx.db
    .select()
    .from(suggestions)
    .where(eq(suggestions.codeHash, hashOf(code)));
  if (!found) throw refuse("code");
  return found;
}

/** How many support it; `null` for a few. */
export const supportsShown = (count: number): number | null => (count >= SHOWN_FROM ? count : null);
