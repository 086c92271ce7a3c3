import type { Id, NamedPerson } from "@doorstep/sdk";
import type { CaseEvent } from "@doorstep/sdk/server";
import { and, eq, isNull } from "drizzle-orm";
import { lastStep } from "../matters/last-step.ts";
import {
  caseOf,
  type JobCtx,
  type Matter,
  matterOf,
  meOf,
  openMatter,
  todayOf,
  type WatchCtx,
} from "../matters/matter-ctx.ts";
import { plugin } from "../plugin.ts";
import { refuse } from "../refusals.ts";
import { listings, steps } from "../schema.ts";
import { leaderOf, namesOf } from "./leaders.ts";
import { LISTING } from "./listing-letter.ts";
import { writeStepLetter } from "./unit-letters.ts";

interface Listing {
  readonly stepId: Id;
  readonly leader: NamedPerson;
  readonly words: string;
  readonly dueOn: string;
}

/** Keeps who answers for a listed matter, and puts its letter (D29) before whoever signs for the unit that lists it. */
export async function list(ctx: WatchCtx, matter: Matter, given: Listing): Promise<void> {
  const { stepId, leader, words: problem, dueOn } = given;
  const unit = await ctx.units.get(matter.unitId);
  await ctx.db
    .insert(listings)
    .values({ stepId, matterId: matter.id, leaderId: leader.id })
    .onConflictDoUpdate({ target: listings.stepId, set: { leaderId: leader.id, noticeBack: false } });
  // Of a petition it is a letter of that; of any other matter the step has its own to the unit.
  const caseId = caseOf(matter);
  if (caseId === null) return;
  const name = { unit: unit?.name["zh-CN"] ?? "", unitEn: unit?.name.en ?? "" };
  const noticeId = await ctx.notices.draft(
    caseId,
    LISTING,
    { ...name, problem, leader: leader.name, dueOn },
    "callsUnit",
  );
  await ctx.db.update(listings).set({ noticeId }).where(eq(listings.stepId, stepId));
  await ctx.notify.tell({ to: ["signer"], news: "toSign", key: `sign-${stepId}` });
}

/** The letter was not signed, or was sent back: its words and its leader are written anew. @throws refusal `state`, `leader` */
export async function listAnew(
  ctx: WatchCtx,
  matterId: Id,
  { leaderId, words }: { readonly leaderId: Id; readonly words: string },
): Promise<void> {
  const matter = await matterOf(ctx, matterId, "above");
  const last = await lastStep(ctx, matterId);
  const listing = last && (await listingOf(ctx, last.id));
  const letter = listing && last && (await letterOf(ctx, matter, listing, last.id));
  if (!(last && letter?.hasLetter) || letter.noticedOn !== null || matter.state !== "asked") throw refuse("state");
  const leader = await leaderOf(ctx, leaderId);
  if (caseOf(matter) === null)
    await writeStepLetter(ctx, matter, { id: last.id, rung: "listed", words, dueOn: last.dueOn, leader: leader.name });
  await ctx.db.update(steps).set({ words }).where(eq(steps.id, last.id));
  await list(ctx, matter, { stepId: last.id, leader, words, dueOn: last.dueOn });
}

/** How its letter stands: of a petition as it was heard, of any other matter as the kernel says. */
async function letterOf(ctx: WatchCtx, matter: Matter, listing: typeof listings.$inferSelect, stepId: Id) {
  const { noticeId, noticeNo, noticedOn, noticeBack } = listing;
  if (caseOf(matter) !== null) return { hasLetter: noticeId !== null, noticeNo, noticedOn, noticeBack };
  const [letter] = await ctx.letters.list([stepId]);
  const back = letter?.state === "sentBack";
  return {
    ...{ hasLetter: letter !== undefined, noticeNo: letter?.number ?? null, noticedOn: letter?.issuedOn ?? null },
    noticeBack: back,
  };
}

async function listingOf(ctx: JobCtx, stepId: Id) {
  const [found] = await ctx.db.select().from(listings).where(eq(listings.stepId, stepId));
  return found;
}

/**
 * Somebody of the unit above, never whoever answered, looks on the spot whether it was put right; until that is passed a
 * listed matter does not end. A later check takes the place of an earlier one.
 *
 * @throws refusal `state`, `ownAnswer`
 */
export async function checkListed(
  ctx: WatchCtx,
  matterId: Id,
  { passed, found }: { readonly passed: boolean; readonly found: string },
): Promise<void> {
  const matter = await matterOf(ctx, matterId, "above");
  const last = await lastStep(ctx, matterId);
  if (matter.state !== "answered" || last?.rung !== "listed") throw refuse("state");
  if (last.answeredBy === meOf(ctx)) throw refuse("ownAnswer");
  await ctx.db
    .update(listings)
    .set({ passed, found, checkedBy: meOf(ctx), checkedOn: todayOf(ctx) })
    .where(eq(listings.stepId, last.id));
}

/** @throws refusal `unchecked` for a listed matter whose check was not passed, or not made */
export async function assertChecked(ctx: WatchCtx, stepId: Id): Promise<void> {
  const listing = await listingOf(ctx, stepId);
  if (listing && listing.passed !== true) throw refuse("unchecked");
}

/** Who answers for a listed matter, its letter, and its check. */
export async function shownListing(ctx: WatchCtx, matter: Matter) {
  const last = await lastStep(ctx, matter.id);
  const found = last && (await listingOf(ctx, last.id));
  if (!found) return null;
  const { leaderId, passed, found: words, checkedOn } = found;
  const names = await namesOf(ctx, [leaderId]);
  const letter = await letterOf(ctx, matter, found, last.id);
  return { leader: names.get(leaderId) ?? null, ...letter, passed, found: words, checkedOn };
}

/** Whoever signs has signed the letter, or wants it otherwise. */
export async function noticed(
  ctx: JobCtx,
  event: CaseEvent<"moduleLetter.issued" | "moduleLetter.sentBack">,
): Promise<void> {
  if (event.module !== plugin.id) return;
  const matter = await openMatter(ctx, event.caseId);
  const last = matter && (await lastStep(ctx, matter.id));
  const waiting = last && (await listingOf(ctx, last.id));
  if (!waiting || waiting.noticedOn !== null) return;
  const letter = (await ctx.notices.list(event.caseId)).find((one) => one.noticeId === waiting.noticeId);
  if (!letter) return;
  const issued = letter.state === "issued" ? { noticedOn: letter.issuedOn, noticeNo: letter.number } : undefined;
  await ctx.db
    .update(listings)
    .set({ ...issued, noticeBack: letter.sentBack })
    .where(and(eq(listings.stepId, waiting.stepId), isNull(listings.noticedOn)));
}
