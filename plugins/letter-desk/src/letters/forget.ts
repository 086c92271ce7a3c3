import { and, eq, isNotNull, isNull, lt } from "drizzle-orm";
import { letters, postings } from "../schema.ts";
import type { JobCtx } from "./letter-ctx.ts";

const DAY_MS = 86_400_000;

/** What became an accusation leaves nothing here once a press that was lost on the way cannot come again. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  const before = new Date(Date.parse(ctx.now) - DAY_MS).toISOString();
  const sealed = and(isNull(letters.caseId), isNotNull(letters.filedAt), lt(letters.filedAt, before));
  await ctx.db.delete(letters).where(and(eq(letters.unitId, ctx.unit.id), sealed));
}

/** With the petition goes what is known of its letter. */
export async function forgetCase(ctx: JobCtx, caseId: string): Promise<void> {
  await ctx.db.delete(letters).where(eq(letters.caseId, caseId));
  await ctx.db.delete(postings).where(eq(postings.caseId, caseId));
}
