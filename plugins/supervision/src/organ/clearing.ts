import type { Id } from "@doorstep/sdk";
import { meOf, todayOf, type WatchCtx } from "../matters/matter-ctx.ts";
import { refuse } from "../refusals.ts";
import { type Clearing, recordsOf, write } from "./records.ts";

/** States in which an accusation has ended; before that the accused learns nothing [R22:30; SPEC 16(4)]. */
const ended: readonly string[] = ["final", "archived"];
export const isEnded = (state: string): boolean => ended.includes(state);

interface Opening {
  readonly recordId: Id;
  readonly caseId: Id;
  readonly respondent: string;
  readonly personId: Id | null;
  readonly finding: { readonly number: string; readonly on: string };
}

/**
 * The organ decides to tell somebody that an accusation against him was unfounded, by its own document: only after the
 * accusation has ended, and only one that lies with the organ. The same id opens once.
 *
 * @throws refusal `noMember`, `accusation`, `notEnded`, `aboutSelf`, `day`, `moved`
 */
export async function openClearing(ctx: WatchCtx, { recordId, ...given }: Opening): Promise<void> {
  const petition = await ctx.cases.get(given.caseId);
  if (petition?.category !== "accusation") throw refuse("accusation");
  if (!isEnded(petition.state)) throw refuse("notEnded");
  if (given.personId === meOf(ctx)) throw refuse("aboutSelf");
  const today = todayOf(ctx);
  if (given.finding.on > today) throw refuse("day");
  const before = (await recordsOf(ctx)).find((one) => one.recordId === recordId);
  if (before) return;
  const steps = { decidedOn: today, toldOn: null, wish: null, clarification: null };
  await write(ctx, { recordId, version: 0 }, { kind: "clearing", ...given, ...steps });
}

async function clearingOf(ctx: WatchCtx, recordId: Id): Promise<{ recordId: Id; version: number; data: Clearing }> {
  const found = (await recordsOf(ctx)).find((one) => one.recordId === recordId);
  if (found?.data.kind !== "clearing") throw refuse("record");
  return { recordId, version: found.version, data: found.data };
}

/** The letter was handed to him in person. @throws refusal `record`, `day`, `moved` */
export async function told(ctx: WatchCtx, recordId: Id, on: string): Promise<void> {
  const found = await clearingOf(ctx, recordId);
  if (on > todayOf(ctx) || on < found.data.decidedOn) throw refuse("day");
  if (found.data.toldOn === on) return;
  if (found.data.toldOn !== null) throw refuse("moved");
  await write(ctx, found, { ...found.data, toldOn: on });
}

/** In which circle he wishes it to be made clear. @throws refusal `record`, `order`, `day`, `moved` */
export async function wished(ctx: WatchCtx, recordId: Id, wish: { readonly circle: string; readonly on: string }) {
  const found = await clearingOf(ctx, recordId);
  const { toldOn, clarification } = found.data;
  if (toldOn === null || clarification !== null) throw refuse("order");
  if (wish.on > todayOf(ctx) || wish.on < toldOn) throw refuse("day");
  await write(ctx, found, { ...found.data, wish });
}

/** What was given out in writing in that circle, and on which day. @throws refusal `record`, `order`, `day`, `moved` */
export async function clarified(
  ctx: WatchCtx,
  recordId: Id,
  clarification: { readonly words: string; readonly givenOn: string },
) {
  const found = await clearingOf(ctx, recordId);
  const { wish, clarification: before } = found.data;
  if (before?.words === clarification.words && before.givenOn === clarification.givenOn) return;
  if (wish === null || before !== null) throw refuse("order");
  if (clarification.givenOn > todayOf(ctx) || clarification.givenOn < wish.on) throw refuse("day");
  await write(ctx, found, { ...found.data, clarification });
}
