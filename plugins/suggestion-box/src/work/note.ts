import type { Id } from "@doorstep/sdk";
import { and, eq, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import { atOnce, type JobCtx, keep, type Suggestion } from "../box-ctx.ts";
import { suggestions, supports } from "../schema.ts";

/** A press that still works is left alone. */
const LEFT_AFTER_MS = 2 * 60_000;
const waiting = inArray(suggestions.state, ["new", "shown"]);

/** Under which the first of those filed together is filed. */
export const keyOf = (leadId: Id): string => `suggestion-${leadId}`;

export const release = (ctx: JobCtx, leadId: Id) =>
  ctx.db
    .update(suggestions)
    .set({ leadId: null, claimedAs: null, claimedAt: null })
    .where(and(eq(suggestions.leadId, leadId), waiting));

/** All that were taken together are one petition now; whoever wrote the first gets its code. */
export async function noteStudied(
  ctx: JobCtx,
  leadId: Id,
  { caseId, returnCode }: { readonly caseId: Id; readonly returnCode: string },
): Promise<void> {
  const codeFile = await keep(ctx, { returnCode });
  const noted = await atOnce(ctx, async (db) => {
    const moved = await db
      .update(suggestions)
      .set({ state: "filed", caseId })
      .where(and(eq(suggestions.leadId, leadId), waiting))
      .returning({ id: suggestions.id });
    if (moved.length > 0) await db.update(suggestions).set({ codeFile }).where(eq(suggestions.id, leadId));
    return moved.length > 0;
  });
  if (!noted) await ctx.files.remove(codeFile);
}

/** Neither words nor name nor which petition it is stay here: only the code. */
export async function notePassedOn(ctx: JobCtx, { id, wordsFile }: Suggestion, returnCode: string): Promise<void> {
  const codeFile = await keep(ctx, { returnCode });
  const noted = await atOnce(ctx, async (db) => {
    const moved = await db
      .update(suggestions)
      .set({
        ...{ state: "passedOn", endedAt: ctx.now, codeFile, wordsFile: null, leadId: null },
        ...{ boardTitle: null, boardText: null, supports: 0, claimedAs: null, claimedAt: null },
      })
      .where(and(eq(suggestions.id, id), waiting))
      .returning({ id: suggestions.id });
    if (moved.length > 0) await db.delete(supports).where(eq(supports.suggestionId, id));
    return moved.length > 0;
  });
  if (!noted) await ctx.files.remove(codeFile);
  else if (wordsFile) await ctx.files.remove(wordsFile);
}

/**
 * Where the line or the server broke: what was filed is noted, without anybody pressing again, and what was not is free for
 * everybody.
 */
export async function noteLeft(ctx: JobCtx): Promise<void> {
  const before = new Date(Date.parse(ctx.now) - LEFT_AFTER_MS).toISOString();
  const left = await ctx.db
    .select()
    .from(suggestions)
    .where(
      and(
        ...[eq(suggestions.unitId, ctx.unit.id), waiting, isNotNull(suggestions.leadId)],
        or(isNull(suggestions.claimedAt), lt(suggestions.claimedAt, before)),
      ),
    );
  for (const leadId of new Set(left.flatMap((one) => one.leadId ?? []))) {
    const filed = await ctx.intake.filed(keyOf(leadId));
    const passedOn = left.find((one) => one.id === leadId && one.claimedAs === "passOn");
    if (filed && passedOn) await notePassedOn(ctx, passedOn, filed.returnCode);
    else if (filed?.caseId) await noteStudied(ctx, leadId, { caseId: filed.caseId, returnCode: filed.returnCode });
    else await release(ctx, leadId);
  }
}
