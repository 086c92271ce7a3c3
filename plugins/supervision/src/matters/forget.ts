import type { Id } from "@doorstep/sdk";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { matters, objections } from "../schema.ts";
import type { JobCtx } from "./matter-ctx.ts";

/** With the petition goes what is known of its supervision. */
export async function forgetCase(ctx: JobCtx, caseId: Id): Promise<void> {
  await ctx.db.delete(matters).where(eq(matters.aboutId, caseId));
  await ctx.db.delete(objections).where(eq(objections.caseId, caseId));
}

/** What has become an accusation since leaves nothing here. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  const kept = await ctx.db
    .selectDistinct({ caseId: matters.aboutId })
    .from(matters)
    .where(and(eq(matters.unitId, ctx.unit.id), isNull(matters.channel)));
  const ids = kept.map((one) => one.caseId);
  if (ids.length === 0) return;
  const heard = new Set(await ctx.events.heard(ids));
  const gone = ids.filter((one) => !heard.has(one));
  if (gone.length === 0) return;
  await ctx.db.delete(matters).where(inArray(matters.aboutId, gone));
  await ctx.db.delete(objections).where(inArray(objections.caseId, gone));
}
