import type { Id } from "@doorstep/sdk";
import { and, asc, count, eq, isNotNull, isNull, lt } from "drizzle-orm";
import { LogFlaw } from "../formats/cells.ts";
import { readLog } from "../formats/read-log.ts";
import type { Trace } from "../mining/trace.ts";
import type { JobCtx, LookCtx } from "../process-ctx.ts";
import { refuse } from "../refusals.ts";
import { logs, pieces, traces } from "../schema.ts";

/** Characters of one piece, and pieces of a log. */
export const PIECE = 200_000;
export const MOST_PIECES = 60;
/** Logs a unit keeps. */
const MOST_LOGS = 20;
const ROWS = 500;

type Db = Pick<LookCtx["db"], "insert">;

async function sentLog(ctx: LookCtx, logId: Id) {
  const [found] = await ctx.db
    .select()
    .from(logs)
    .where(and(eq(logs.id, logId), eq(logs.unitId, ctx.unit.id)));
  if (!found) throw refuse("notFound");
  return found;
}

/** Announces a log. */
export async function beginLog(ctx: LookCtx, name: string): Promise<{ readonly logId: Id }> {
  const [known] = await ctx.db
    .select({ count: count() })
    .from(logs)
    .where(and(eq(logs.unitId, ctx.unit.id), isNotNull(logs.keptAt)));
  if ((known?.count ?? 0) >= MOST_LOGS) throw refuse("tooMany");
  const logId = ctx.newId();
  await ctx.db
    .insert(logs)
    .values({ id: logId, unitId: ctx.unit.id, name, keptAt: null, cases: 0, events: 0, begunAt: ctx.now });
  return { logId };
}

/** Takes one piece; the same piece sent again is taken once. */
export async function takePiece(ctx: LookCtx, logId: Id, no: number, text: string): Promise<void> {
  const { keptAt } = await sentLog(ctx, logId);
  if (keptAt !== null) throw refuse("pieces");
  await ctx.db.insert(pieces).values({ logId, no, text }).onConflictDoNothing();
}

async function keepTraces(db: Db, logId: Id, found: readonly Trace[]): Promise<void> {
  for (let at = 0; at < found.length; at += ROWS)
    await db.insert(traces).values(
      found.slice(at, at + ROWS).map(({ steps, dueAt, endedAt }, n) => ({
        ...{ logId, no: at + n, steps },
        ...{ dueAt: dueAt ?? null, endedAt: endedAt ?? null },
      })),
    );
}

/**
 * Reads what was sent, as a whole or not at all: of each case its steps and days are kept, in the order of the file, and nothing
 * else. What cannot be read is told with its place, and nothing stays.
 */
export async function finishLog(ctx: LookCtx, logId: Id, sent: number) {
  const { keptAt } = await sentLog(ctx, logId);
  if (keptAt !== null) return { kept: true } as const;
  const all = await ctx.db.select().from(pieces).where(eq(pieces.logId, logId)).orderBy(asc(pieces.no));
  if (all.length !== sent || all.some(({ no }, n) => no !== n)) throw refuse("pieces");
  try {
    const found = readLog(all.map(({ text }) => text).join(""));
    const events = found.reduce((sum, { steps }) => sum + steps.length, 0);
    await ctx.db.transaction(async (tx) => {
      await keepTraces(tx, logId, found);
      await tx.delete(pieces).where(eq(pieces.logId, logId));
      await tx.update(logs).set({ keptAt: ctx.now, cases: found.length, events }).where(eq(logs.id, logId));
    });
    return { kept: true } as const;
  } catch (error) {
    if (!(error instanceof LogFlaw)) throw error;
    await ctx.db.delete(logs).where(eq(logs.id, logId));
    return { kept: false, flaw: error.flaw, place: error.place } as const;
  }
}

/** Takes a log away with all of it. */
export async function removeLog(ctx: LookCtx, logId: Id): Promise<void> {
  await sentLog(ctx, logId);
  await ctx.db.delete(logs).where(eq(logs.id, logId));
}

const DAY = 86_400_000;

/** What was begun and never sent whole is gone after a day. */
export async function forgetUnfinished(ctx: JobCtx): Promise<void> {
  const before = new Date(Date.parse(ctx.now) - DAY).toISOString();
  await ctx.db.delete(logs).where(and(isNull(logs.keptAt), lt(logs.begunAt, before)));
}
