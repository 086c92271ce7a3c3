import { dayOf, type Id } from "@doorstep/sdk";
import { and, eq, inArray, isNotNull, lt, or } from "drizzle-orm";
import { forget } from "../box/post.ts";
import type { JobCtx } from "../box-ctx.ts";
import { answers, suggestions } from "../schema.ts";

const DAY_MS = 86_400_000;
/** Whoever wrote what was passed on has so long to fetch the code of its petition. */
const FETCH_DAYS = 90;

const before = (ctx: JobCtx, days: number): string => new Date(Date.parse(ctx.now) - days * DAY_MS).toISOString();

/** Every day: what has stood long enough goes, nothing is kept of accusations, and what waits stays. */
export async function keep(ctx: JobCtx): Promise<void> {
  await forgetSealed(ctx);
  await forgetOld(ctx);
  await keepFresh(ctx);
}

/** Every day: those who sort the box hear what waits. */
export async function watch(ctx: JobCtx): Promise<void> {
  const count = await ctx.db.$count(
    suggestions,
    and(eq(suggestions.unitId, ctx.unit.id), eq(suggestions.state, "new")),
  );
  const today = dayOf(ctx.now, ctx.unit.timeZone);
  if (count > 0)
    await ctx.notify.tell({
      to: ["clerk"],
      news: "waiting",
      params: { count },
      key: `waiting-${ctx.unit.id}-${today}`,
    });
}

async function forgetOld(ctx: JobCtx): Promise<void> {
  const here = eq(suggestions.unitId, ctx.unit.id);
  const old = await ctx.db
    .select()
    .from(suggestions)
    .where(
      and(
        here,
        or(
          and(eq(suggestions.state, "passedOn"), lt(suggestions.endedAt, before(ctx, FETCH_DAYS))),
          and(eq(suggestions.state, "answered"), lt(suggestions.endedAt, before(ctx, ctx.settings.keepDays))),
        ),
      ),
    );
  await forget(ctx, old);
  await ctx.db
    .delete(answers)
    .where(and(eq(answers.unitId, ctx.unit.id), lt(answers.answeredAt, before(ctx, ctx.settings.keepDays))));
}

/** A file that nobody asks for is forgotten by the host after a month: what still waits is asked for. */
async function keepFresh(ctx: JobCtx): Promise<void> {
  const rows = await ctx.db
    .select({ wordsFile: suggestions.wordsFile, codeFile: suggestions.codeFile })
    .from(suggestions)
    .where(
      and(eq(suggestions.unitId, ctx.unit.id), or(isNotNull(suggestions.wordsFile), isNotNull(suggestions.codeFile))),
    );
  for (const { wordsFile, codeFile } of rows)
    for (const file of [wordsFile, codeFile]) if (file !== null) await ctx.files.get(file);
}

/** What has become an accusation since leaves nothing here. */
async function forgetSealed(ctx: JobCtx): Promise<void> {
  const here = and(eq(suggestions.unitId, ctx.unit.id), isNotNull(suggestions.caseId));
  const kept = await ctx.db.selectDistinct({ caseId: suggestions.caseId }).from(suggestions).where(here);
  const ids = kept.flatMap(({ caseId }) => caseId ?? []);
  if (ids.length === 0) return;
  const heard = new Set(await ctx.events.heard(ids));
  for (const caseId of ids) if (!heard.has(caseId)) await forgetCase(ctx, caseId);
}

/** With the petition goes what the box knows of it. */
export async function forgetCase(ctx: JobCtx, caseId: Id): Promise<void> {
  await ctx.db.delete(answers).where(eq(answers.caseId, caseId));
  await forget(ctx, await ctx.db.select().from(suggestions).where(eq(suggestions.caseId, caseId)));
}

/** The petition has its reply: what came of it can be published. */
export async function tellReplied(ctx: JobCtx, caseId: Id): Promise<void> {
  const mine = and(eq(suggestions.caseId, caseId), inArray(suggestions.state, ["filed"]));
  if ((await ctx.db.$count(suggestions, mine)) > 0)
    await ctx.notify.tell({ caseId, to: ["clerk"], news: "replied", key: `replied-${caseId}` });
}
