import { addDays, type Id } from "@doorstep/sdk";
import { eq } from "drizzle-orm";
import type { Kind } from "../kinds.ts";
import { refuse } from "../refusals.ts";
import { answers, supports } from "../schema.ts";
import { meOf, move, pathOf, type Support, type SupportCtx, seen, supportOf, todayOf } from "./support-ctx.ts";
import { endTask, giveTask } from "./tasks.ts";

interface NewSupport {
  readonly supportId: Id;
  readonly caseId: Id;
  readonly kind: Kind;
  readonly found: string;
  readonly given: string;
  readonly office: string;
  readonly givenOn: string;
  readonly followOn: string;
}

function assertNext(ctx: SupportCtx, day: string): void {
  const today = todayOf(ctx);
  if (day <= today || day > addDays(today, ctx.settings.followUpDays)) throw refuse("followOn");
}

/** The very same was written before: a press whose answer was lost comes again. */
async function isRecorded(ctx: SupportCtx, { supportId, ...what }: NewSupport): Promise<boolean> {
  const same = Object.entries({ ...what, recordedBy: meOf(ctx) });
  const [kept] = await ctx.db.select().from(supports).where(eq(supports.id, supportId));
  return kept !== undefined && same.every(([key, value]) => kept[key as keyof Support] === value);
}

/**
 * Writes down a hardship and what was given for it. The same id is written once.
 *
 * @returns the petition's number
 * @throws refusal `notFound`, `elsewhere`, `givenOn`, `followOn`, `state`
 */
export async function record(ctx: SupportCtx, given: NewSupport): Promise<string> {
  const { supportId, ...what } = given;
  const petition = await seen(ctx, what.caseId);
  if (!petition) throw refuse("notFound");
  const path = await pathOf(ctx, petition.holder.id);
  if (!path.includes(ctx.unit.id)) throw refuse("elsewhere");
  if (what.givenOn > todayOf(ctx)) throw refuse("givenOn");
  assertNext(ctx, what.followOn);
  const [made] = await ctx.db
    .insert(supports)
    .values({
      ...what,
      ...{ id: supportId, path, followPath: path, state: "open", recordedBy: meOf(ctx), recordedAt: ctx.now },
    })
    .onConflictDoNothing()
    .returning();
  if (made) await giveTask(ctx, made);
  else if (!(await isRecorded(ctx, given))) throw refuse("state");
  return petition.caseNo;
}

interface Answer {
  readonly holds: boolean;
  readonly words: string;
  readonly againOn?: string | undefined;
}

const nextOf = (one: Support, { holds, againOn }: Answer): Partial<Support> => ({
  taskId: null,
  round: one.round + 1,
  ...(againOn === undefined ? holds && { state: "settled" } : { followOn: againOn }),
});

/**
 * Says whether the help holds. Where it does not it is followed up again, and where it does it may be.
 *
 * @throws refusal `notFound`, `state`, `again`, `followOn`
 */
export async function answer(ctx: SupportCtx, supportId: Id, what: Answer): Promise<void> {
  const one = await supportOf(ctx, supportId);
  const { holds, words, againOn } = what;
  if (!holds && againOn === undefined) throw refuse("again");
  if (againOn !== undefined) assertNext(ctx, againOn);
  const next = nextOf(one, what);
  await ctx.db.transaction(async (tx) => {
    await move(tx as unknown as SupportCtx["db"], one, next);
    const said = { holds, words, againOn: againOn ?? null, answeredBy: meOf(ctx), answeredAt: ctx.now };
    await tx.insert(answers).values({ id: ctx.newId(), supportId, ...said });
  });
  await endTask(ctx, one.taskId);
  if (next.state !== "settled") await giveTask(ctx, { ...one, ...next });
}

/** Takes back what should not stand here; it is kept with its reason and counted nowhere. @throws refusal `notFound`, `notYours`, `state` */
export async function withdraw(ctx: SupportCtx, supportId: Id, why: string): Promise<void> {
  const one = await supportOf(ctx, supportId);
  if (one.recordedBy !== meOf(ctx)) throw refuse("notYours");
  await move(ctx.db, one, { state: "withdrawn", withdrawnWhy: why, taskId: null });
  await endTask(ctx, one.taskId);
}
