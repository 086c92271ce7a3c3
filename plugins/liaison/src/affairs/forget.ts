import type { Id } from "@doorstep/sdk";
import { eq, inArray } from "drizzle-orm";
import { affairs } from "../schema.ts";
import type { JobCtx } from "./affair-ctx.ts";

/** With the petition goes what was written and said for it. */
export async function forgetCase(ctx: JobCtx, caseId: Id): Promise<void> {
  await ctx.db.delete(affairs).where(eq(affairs.caseId, caseId));
}

/** What has become an accusation since leaves nothing here. */
export async function forgetSealed(ctx: JobCtx): Promise<void> {
  const kept = await ctx.db.selectDistinct({ caseId: affairs.caseId }).from(affairs);
  const ids = kept.map((one) => one.caseId);
  const heard = new Set(await ctx.events.heard(ids));
  const gone = ids.filter((one) => !heard.has(one));
  if (gone.length > 0) await ctx.db.delete(affairs).where(inArray(affairs.caseId, gone));
}
