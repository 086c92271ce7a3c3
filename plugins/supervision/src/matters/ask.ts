import { addDays, DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq, isNull } from "drizzle-orm";
import { leaderOf } from "../followups/leaders.ts";
import { assertChecked, list } from "../followups/listings.ts";
import { writeStepLetter } from "../followups/unit-letters.ts";
import { ANSWER_DAYS, followsByItself, LISTED_DAYS, nextRungs, type Rung } from "../ladder.ts";
import { refuse } from "../refusals.ts";
import { steps } from "../schema.ts";
import { lastStep, type Step } from "./last-step.ts";
import {
  caseOf,
  type Heard,
  type JobCtx,
  type Matter,
  matterOf,
  meOf,
  move,
  openMatter,
  todayOf,
  together,
  type WatchCtx,
} from "./matter-ctx.ts";

const isRefused = (error: unknown, code: string): boolean =>
  error instanceof DoorstepError && error.reasons.some((one) => one.code === code);

async function stopPeriod(ctx: JobCtx, caseId: Id): Promise<void> {
  try {
    await ctx.clocks.stop(caseId, "reply");
  } catch (error) {
    if (!isRefused(error, "moduleClock.notRunning")) throw error;
  }
}

/** Starts the period, or takes the one that a press which was lost on the way has started. */
async function period(ctx: JobCtx, caseId: Id): Promise<string> {
  const running = (await ctx.clocks.list(caseId)).find((one) => one.state === "running");
  if (running && running.dueOn >= todayOf(ctx)) return running.dueOn;
  if (running) await stopPeriod(ctx, caseId);
  return (await ctx.clocks.start(caseId, "reply")).dueOn;
}

interface NextStep {
  readonly id: Id;
  readonly rung: Rung;
  readonly words: string;
  readonly dueOn: string;
  readonly givenBy: Id | null;
  /** whose letter it is; unknown for what was asked before letters were */
  readonly fromUnit: Id | null;
}

/** What belongs to no petition has no period of the platform: its day is counted here. */
async function answerBy(ctx: JobCtx, matter: Matter): Promise<string> {
  const caseId = caseOf(matter);
  return caseId === null ? addDays(todayOf(ctx), ANSWER_DAYS) : await period(ctx, caseId);
}

type News = Parameters<JobCtx["notify"]["tell"]>[0];

/** Tells of a petition's matter at once; of one that belongs to none each unit hears by the daily work. */
async function tell(ctx: JobCtx, matter: Matter, news: News): Promise<void> {
  const caseId = caseOf(matter);
  if (caseId !== null) await ctx.notify.tell({ caseId, ...news });
}

async function take(ctx: JobCtx, matter: Matter, last: Step | undefined, next: NextStep): Promise<void> {
  await together(ctx, async (tx) => {
    await move(tx, matter, { state: "asked", rung: next.rung });
    await tx.db.insert(steps).values({ matterId: matter.id, no: (last?.no ?? 0) + 1, givenAt: ctx.now, ...next });
  });
  const to = ["officer", "signer"] as const;
  await tell(ctx, matter, { to, news: "asked", params: { on: next.dueOn }, key: `asked-${next.id}` });
}

/** The letter first: what cannot be drawn asks nobody, and what was not asked has no letter. */
async function takeByLetter(
  ctx: WatchCtx,
  matter: Matter,
  last: Step | undefined,
  next: NextStep & { readonly leader: string | undefined },
): Promise<void> {
  const { leader: _leader, ...step } = next;
  const isWritten = await writeStepLetter(ctx, matter, next);
  try {
    await take(ctx, matter, last, step);
  } catch (error) {
    if (isWritten) await ctx.letters.withdraw(next.id);
    throw error;
  }
}

/**
 * Asks the unit for an answer, one step of the ladder after the other. A listed matter has the day that is named, all others
 * the period of the rules, and a leader who answers for it.
 *
 * @throws refusal `state`, `awaited`, `ladder`, `listedOn`, `leader`; DoorstepError `notice.glyphMissing`
 */
export async function ask(
  ctx: WatchCtx,
  matterId: Id,
  given: {
    readonly rung: Rung;
    readonly words: string;
    readonly listedUntil?: string | undefined;
    readonly leaderId?: Id | undefined;
  },
): Promise<void> {
  const matter = await matterOf(ctx, matterId, "above");
  const last = await lastStep(ctx, matterId);
  const today = todayOf(ctx);
  if (matter.state === "asked" && last && last.dueOn >= today) throw refuse("awaited");
  if (matter.state !== "raised" && matter.state !== "asked") throw refuse("state");
  if (!nextRungs(matter.rung).includes(given.rung)) throw refuse("ladder");
  const { rung, words, listedUntil = "", leaderId } = given;
  if (rung === "listed" && !(listedUntil > today && listedUntil <= addDays(today, LISTED_DAYS)))
    throw refuse("listedOn");
  const leader = rung === "listed" ? await leaderOf(ctx, leaderId ?? matterId) : null;
  const dueOn = rung === "listed" ? listedUntil : await answerBy(ctx, matter);
  const stepId = ctx.newId();
  const asked = { id: stepId, rung, words, dueOn, givenBy: meOf(ctx), fromUnit: ctx.unit.id };
  await takeByLetter(ctx, matter, last, { ...asked, leader: leader?.name });
  if (leader) await list(ctx, matter, { stepId, leader, words, dueOn });
}

/** Nobody answered in time: the next letter goes out by itself, and the leader above is told [SPEC 5 K28]. */
export async function askAgain(ctx: JobCtx, event: Heard): Promise<void> {
  const matter = await openMatter(ctx, event.caseId);
  if (matter) await followUp(ctx, matter);
}

/** The next letter where the time for an answer is over and it follows by itself. */
export async function followUp(ctx: JobCtx, matter: Matter): Promise<void> {
  const rung = matter.state === "asked" && matter.rung ? followsByItself[matter.rung] : undefined;
  if (!rung) return;
  const last = await lastStep(ctx, matter.id);
  // Given again, or late: the step that waits now has its own day.
  if (!last || last.dueOn >= todayOf(ctx)) return;
  const dueOn = await answerBy(ctx, matter);
  const next = { id: ctx.newId(), rung, words: "", dueOn, givenBy: null, fromUnit: last.fromUnit };
  await take(ctx, matter, last, next);
  if (rung === "second") await tell(ctx, matter, { to: ["chargeLeader"], news: "second", key: `second-${matter.id}` });
}

/** The unit says in writing why, and what it does about it. @throws refusal `state` */
export async function answer(ctx: WatchCtx, matterId: Id, words: string): Promise<void> {
  const matter = await matterOf(ctx, matterId, "unit");
  const last = await lastStep(ctx, matterId);
  if (matter.state !== "asked" || !last) throw refuse("state");
  await together(ctx, async (tx) => {
    await move(tx, matter, { state: "answered" });
    await tx.db
      .update(steps)
      .set({ answer: words, answeredBy: meOf(ctx), answeredAt: ctx.now })
      .where(and(eq(steps.id, last.id), isNull(steps.answer)));
  });
  const caseId = caseOf(matter);
  if (caseId !== null) await stopPeriod(ctx, caseId);
  await tell(ctx, matter, { to: ["supervisor"], news: "answered", key: `answered-${last.id}` });
}

/**
 * The unit above is satisfied and the matter ends, or it is not and may go up a step; never whoever answered. A listed matter
 * ends only after its check was passed.
 *
 * @throws refusal `state`, `ownAnswer`, `unchecked`
 */
export async function judge(
  ctx: WatchCtx,
  matterId: Id,
  given: { readonly accept: boolean; readonly words: string },
): Promise<void> {
  const matter = await matterOf(ctx, matterId, "above");
  const last = await lastStep(ctx, matterId);
  if (matter.state !== "answered" || !last) throw refuse("state");
  if (last.answeredBy === meOf(ctx)) throw refuse("ownAnswer");
  const { accept, words } = given;
  if (accept && last.rung === "listed") await assertChecked(ctx, last.id);
  await together(ctx, async (tx) => {
    const ended = { state: "closed", result: words, endedBy: meOf(ctx), endedAt: ctx.now } as const;
    await move(tx, matter, accept ? ended : { state: "raised" });
    if (!accept) await tx.db.update(steps).set({ sentBack: words }).where(eq(steps.id, last.id));
  });
  const news = accept ? "closed" : "sentBack";
  await tell(ctx, matter, { to: ["officer", "signer"], news, key: `${news}-${last.id}` });
}

/** There is nothing to ask: said with its reason, before anything was asked. @throws refusal `state` */
export async function dismiss(ctx: WatchCtx, matterId: Id, why: string): Promise<void> {
  const matter = await matterOf(ctx, matterId, "above");
  if (matter.state !== "raised" || matter.rung !== null) throw refuse("state");
  await move(ctx, matter, { state: "dismissed", result: why, endedBy: meOf(ctx), endedAt: ctx.now });
}
