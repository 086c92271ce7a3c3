import { addDays, type Id } from "@doorstep/sdk";
import { type Cause, type Class, LOOK_BACK_DAYS, type Way } from "../codes.ts";
import { refuse } from "../refusals.ts";
import { checks, reviews } from "../schema.ts";
import { itemOf, type KeepCtx, meOf, move, openItem, seen, todayOf } from "./item-ctx.ts";
import { startReview, stopReview } from "./review-period.ts";
import { isThird } from "./third-units.ts";

/** Read at the desk by whoever may see the petition. */
const LOOK_BACK =
  "积案销号九十天，回头看是否反复，在“积案化解”里填写 Look back after ninety days; answer under Backlog";

interface Classified {
  readonly cause: Cause;
  readonly class: Class;
  readonly measures: string;
  readonly leaderId: Id | null;
}

/** Why it hangs, what is done, and who leads; the leader takes it himself. @throws refusal `notFound`, `elsewhere`, `state`, `leader` */
export async function classify(ctx: KeepCtx, caseId: Id, what: Classified): Promise<void> {
  const item = await itemOf(ctx, caseId);
  if (item.state !== "open") throw refuse("state");
  const { leaderId } = what;
  if (leaderId !== null && leaderId !== item.leaderId) {
    const leaders = await ctx.people.holding("chargeLeader");
    if (!leaders.some((one) => one.id === leaderId)) throw refuse("leader");
  }
  await move(ctx.db, item, what);
  // Where it became backlog while the module was off nothing has begun it.
  await startReview(ctx, caseId);
  if (leaderId !== null && leaderId !== item.leaderId)
    await ctx.notify.tell({ caseId, to: { people: [leaderId] }, news: "lead", key: `lead-${item.id}-${leaderId}` });
}

/** What the monthly review found; the next month begins. The same id is written once. @throws refusal `notFound`, `elsewhere`, `state` */
export async function review(
  ctx: KeepCtx,
  caseId: Id,
  { reviewId: id, words }: { readonly reviewId: Id; readonly words: string },
): Promise<void> {
  const item = await itemOf(ctx, caseId);
  if (item.state === "struck") throw refuse("state");
  await ctx.db
    .insert(reviews)
    .values({ id, itemId: item.id, words, writtenBy: meOf(ctx), writtenAt: ctx.now })
    .onConflictDoNothing();
  await stopReview(ctx, caseId);
  await startReview(ctx, caseId);
}

/**
 * A third unit is to ask the petitioner itself. It sees the petition once the kernel has asked it to assist.
 *
 * @throws refusal `notFound`, `elsewhere`, `state`, `cause`, `line`
 */
export async function askCheck(ctx: KeepCtx, caseId: Id, unitId: Id): Promise<void> {
  const item = await itemOf(ctx, caseId);
  if (item.state === "checking" && item.checkUnit === unitId) return;
  if (item.state !== "open") throw refuse("state");
  if (item.cause === null || item.class === null) throw refuse("cause");
  if (!(await isThird(ctx, item, unitId))) throw refuse("line");
  await move(ctx.db, item, { state: "checking", checkUnit: unitId });
}

/** The check is called off, as when the other unit cannot do it. @throws refusal `notFound`, `elsewhere`, `state` */
export async function dropCheck(ctx: KeepCtx, caseId: Id): Promise<void> {
  const item = await itemOf(ctx, caseId);
  if (item.state !== "checking") throw refuse("state");
  await move(ctx.db, item, { state: "open", checkUnit: null });
}

interface Checked {
  readonly checkId: Id;
  readonly interviewedOn: string;
  readonly kept: boolean;
  readonly ok: boolean;
  readonly words: string;
}

/**
 * The third unit says what it found: the petition may be struck off, or the work goes on.
 *
 * @throws refusal `notFound`, `line` where the unit has come to handle it since, `past`
 */
export async function check(ctx: KeepCtx, caseId: Id, { checkId: id, ...found }: Checked): Promise<void> {
  const item = await openItem(ctx, caseId);
  if (item?.state !== "checking" || item.checkUnit !== ctx.unit.id || !(await seen(ctx, caseId)))
    throw refuse("notFound");
  if (!(await isThird(ctx, item, ctx.unit.id))) throw refuse("line");
  if (found.interviewedOn > todayOf(ctx)) throw refuse("past");
  const written = { writtenBy: meOf(ctx), writtenAt: ctx.now };
  await ctx.db.transaction(async (tx) => {
    await move(tx as unknown as KeepCtx["db"], item, { state: found.ok ? "checked" : "open" });
    await tx.insert(checks).values({ id, itemId: item.id, unitId: ctx.unit.id, ...found, ...written });
  });
  await ctx.notify.tell({ caseId, to: ["officer"], news: "checked", key: `checked-${id}` });
}

/** Struck off after the check; ninety days later somebody looks back. @throws refusal `notFound`, `elsewhere`, `state` */
export async function strikeOff(
  ctx: KeepCtx,
  caseId: Id,
  { how, words }: { readonly how: Way; readonly words: string },
): Promise<void> {
  const item = await itemOf(ctx, caseId);
  if (item.state !== "checked") throw refuse("state");
  const lookOn = addDays(todayOf(ctx), LOOK_BACK_DAYS);
  await move(ctx.db, item, { state: "struck", how, struckWords: words, struckBy: meOf(ctx), lookOn });
  await stopReview(ctx, caseId);
  // anew each time: what was opened again is struck off again
  const key = `look-${ctx.newId()}`;
  await ctx.tasks.give({ caseId, text: LOOK_BACK, to: { role: "officer" }, dueOn: lookOn, key });
}

/** It has held, or it is open again. @throws refusal `notFound`, `elsewhere`, `state`, `early`, `own` */
export async function lookBack(
  ctx: KeepCtx,
  caseId: Id,
  { holds, words }: { readonly holds: boolean; readonly words: string },
): Promise<void> {
  const item = await itemOf(ctx, caseId);
  if (item.state !== "struck" || item.lookOn === null) throw refuse("state");
  if (item.lookOn > todayOf(ctx)) throw refuse("early");
  if (item.struckBy === meOf(ctx)) throw refuse("own");
  const again = { state: "open", lookOn: null, checkUnit: null } as const;
  await move(ctx.db, item, { lookWords: words, ...(holds ? { state: "closed" as const } : again) });
  if (!holds) await startReview(ctx, caseId);
}
