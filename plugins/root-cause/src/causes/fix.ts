import { DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq, isNull } from "drizzle-orm";
import type { Kind } from "../codes.ts";
import { refuse } from "../refusals.ts";
import { causes, rounds, steps } from "../schema.ts";
import {
  type Cause,
  type CauseCtx,
  causeHere,
  isHere,
  meOf,
  move,
  type Round,
  roundOf,
  todayOf,
  together,
} from "./cause-ctx.ts";
import { giveFix } from "./give-tasks.ts";

interface Decided {
  readonly kind: Kind;
  readonly causeWords: string;
  readonly fixWords: string;
  readonly ownerUnit: Id;
  /** `null`: whoever heads the work there */
  readonly ownerId: Id | null;
  readonly dueOn: string;
}

/** The unit itself and those right below it. */
export async function ownerUnits(ctx: CauseCtx) {
  return [ctx.unit, ...(await ctx.units.children(ctx.unit.id))];
}

/**
 * What lies behind it, what is done, by whom and until when. The owner has it among his tasks: at once where he is of the call's
 * unit, else when the unit below is looked through.
 *
 * @throws refusal `notFound`, `elsewhere`, `state`, `owner`, `past`
 */
export async function decide(ctx: CauseCtx, causeId: Id, { kind, ...what }: Decided): Promise<void> {
  const cause = await causeHere(ctx, causeId);
  const today = todayOf(ctx);
  if (cause.state !== "open") throw refuse("state");
  if (what.dueOn < today) throw refuse("past");
  if (!(await ownerUnits(ctx)).some((one) => one.id === what.ownerUnit)) throw refuse("owner");
  if (what.ownerId !== null && (await ctx.people.ofUnit({ ids: [what.ownerId] })).length === 0) throw refuse("owner");
  await together(ctx, async (tx) => {
    await move(tx, cause, { state: "fixing", kind });
    await tx.db.insert(rounds).values({
      ...{ causeId, no: cause.round, ...what },
      ...{ decidedBy: meOf(ctx), decidedAt: ctx.now, decidedOn: today },
    });
  });
  if (what.ownerUnit === ctx.unit.id) await giveFix(ctx, { ...cause, kind });
}

/** @throws refusal `state` */
async function underWay(ctx: CauseCtx, cause: Cause): Promise<Round> {
  const round = await roundOf(ctx, cause);
  if (cause.state !== "fixing" || !round) throw refuse("state");
  return round;
}

/** A fix that the asker works on: at its unit, or at the unit that owns the fix, or as its owner. @throws refusal `notFound` */
async function fixOf(ctx: CauseCtx, causeId: Id): Promise<{ readonly cause: Cause; readonly round: Round }> {
  const [cause] = await ctx.db.select().from(causes).where(eq(causes.id, causeId));
  const round = cause && (await roundOf(ctx, cause));
  const isKept = ctx.can("keep") && (cause?.unitId === ctx.unit.id || round?.ownerUnit === ctx.unit.id);
  const isOwner =
    round?.ownerId === meOf(ctx) &&
    (round.ownerUnit === ctx.unit.id || (cause !== undefined && (await isHere(ctx, cause.path))));
  if (!cause || !round || !(isKept || isOwner)) throw refuse("notFound");
  return { cause, round: await underWay(ctx, cause) };
}

/** @throws refusal `notFound`, `state`, `past` */
export async function addStep(
  ctx: CauseCtx,
  causeId: Id,
  { stepId: id, ...step }: { readonly stepId: Id; readonly what: string; readonly dueOn: string },
): Promise<void> {
  const { cause } = await fixOf(ctx, causeId);
  if (step.dueOn < todayOf(ctx)) throw refuse("past");
  await ctx.db
    .insert(steps)
    .values({ id, causeId, roundNo: cause.round, ...step })
    .onConflictDoNothing();
}

/** A step is done, or with `doneOn: null` taken out. Once done it stays as it was written. @throws refusal `notFound`, `state`, `future` */
export async function endStep(
  ctx: CauseCtx,
  causeId: Id,
  { stepId, doneOn, words }: { readonly stepId: Id; readonly doneOn: string | null; readonly words: string },
): Promise<void> {
  await fixOf(ctx, causeId);
  if (doneOn !== null && doneOn > todayOf(ctx)) throw refuse("future");
  const open = and(eq(steps.id, stepId), eq(steps.causeId, causeId), isNull(steps.doneOn));
  if (doneOn === null) await ctx.db.delete(steps).where(open);
  else await ctx.db.update(steps).set({ doneOn, doneWords: words }).where(open);
}

const DONE = "措施已落实，等数字核验 Done; the figures will show";

async function endTask(ctx: CauseCtx, taskId: Id | null): Promise<void> {
  if (taskId === null) return;
  try {
    await ctx.tasks.end(taskId, { done: true, result: DONE });
  } catch (error) {
    // it is somebody else's: he ends it at his own desk
    if (!(error instanceof DoorstepError)) throw error;
  }
}

/**
 * The fix is done: from now on the figures are waited for.
 *
 * @throws refusal `notFound`, `state`, `future`, `tooEarly`, `steps` where one is not done
 */
export async function reportDone(
  ctx: CauseCtx,
  causeId: Id,
  { doneOn, words }: { readonly doneOn: string; readonly words: string },
): Promise<void> {
  const { cause, round } = await fixOf(ctx, causeId);
  if (doneOn > todayOf(ctx)) throw refuse("future");
  if (doneOn < round.decidedOn) throw refuse("tooEarly");
  const left = and(eq(steps.causeId, causeId), eq(steps.roundNo, cause.round), isNull(steps.doneOn));
  if ((await ctx.db.$count(steps, left)) > 0) throw refuse("steps");
  await together(ctx, async (tx) => {
    await move(tx, cause, { state: "checking" });
    await tx.db
      .update(rounds)
      .set({ doneOn, doneWords: words, doneBy: meOf(ctx), doneAt: ctx.now })
      .where(and(eq(rounds.causeId, causeId), eq(rounds.no, cause.round)));
  });
  await endTask(ctx, round.taskId);
}

/**
 * Where the figures say nothing somebody else says whether the fix has worked; where it has not the next round begins.
 *
 * @throws refusal `notFound`, `elsewhere`, `state`, `own`
 */
export async function judge(
  ctx: CauseCtx,
  causeId: Id,
  { worked, words }: { readonly worked: boolean; readonly words: string },
): Promise<void> {
  const cause = await causeHere(ctx, causeId);
  const round = await roundOf(ctx, cause);
  if (cause.state !== "judging" || !round) throw refuse("state");
  const me = meOf(ctx);
  if (round.decidedBy === me || round.doneBy === me || round.ownerId === me) throw refuse("own");
  await together(ctx, async (tx) => {
    await move(
      tx,
      cause,
      worked ? { state: "closed", endedBy: me, endedAt: ctx.now } : { state: "open", round: cause.round + 1 },
    );
    await tx.db
      .update(rounds)
      .set({ judgedBy: me, judgedWords: words })
      .where(and(eq(rounds.causeId, causeId), eq(rounds.no, cause.round)));
  });
}
