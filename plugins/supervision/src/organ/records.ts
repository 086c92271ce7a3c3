import type { Id, OrganRecord } from "@doorstep/sdk";
import { z } from "zod";
import { meOf, type WatchCtx } from "../matters/matter-ctx.ts";
import { refuse } from "../refusals.ts";
import { grades, grounds, measures } from "./grounds.ts";

const day = z.iso.date();
const words = z.string().trim().min(2).max(2000);
const name = z.string().trim().min(1).max(200);

/** What was recommended at the last step of a supervised matter; the matter itself keeps nothing of it. */
const recommended = z.object({ kind: z.literal("recommended"), unit: name, caseNo: z.string(), words });

/** Somebody, or a unit, was held accountable; a person by his name as it was then, and by his account where he has one. */
export const accountability = z.object({
  kind: z.literal("accountability"),
  about: name,
  personId: z.uuid().nullable(),
  ground: z.enum(grounds),
  grade: z.enum(grades),
  measure: z.enum(measures),
  words,
  decidedBy: name,
  decidedOn: day,
  personnelToldOn: day.nullable(),
});

/** Clearing the name of somebody who was accused without ground [SPEC 12.5], step by step. */
export const clearing = z.object({
  kind: z.literal("clearing"),
  caseId: z.uuid(),
  respondent: name,
  personId: z.uuid().nullable(),
  /** the organ's own document that found it unfounded */
  finding: z.object({ number: name, on: day }),
  decidedOn: day,
  toldOn: day.nullable(),
  wish: z.object({ circle: name, on: day }).nullable(),
  clarification: z.object({ words, givenOn: day }).nullable(),
});

const kept = z.discriminatedUnion("kind", [recommended, accountability, clearing]);
export type Kept = z.output<typeof kept>;
export type Clearing = z.output<typeof clearing>;

/** The one organ whose member asks here. @throws refusal `noMember` */
export async function organOf(ctx: WatchCtx): Promise<Id> {
  const organs = await ctx.organs.mine();
  const found = organs.find((one) => one.unitId === ctx.unit.id) ?? organs[0];
  if (!found) throw refuse("noMember");
  return found.organId;
}

const isAbout = (one: Kept, personId: Id): boolean => one.kind !== "recommended" && one.personId === personId;

/** What the organ keeps, without what is about whoever asks: for him it does not exist. */
export async function recordsOf(ctx: WatchCtx): Promise<readonly (OrganRecord & { readonly data: Kept })[]> {
  const all = await ctx.organs.list(await organOf(ctx));
  return all.flatMap((one) => {
    const parsed = kept.safeParse(one.data);
    return parsed.success && !isAbout(parsed.data, meOf(ctx)) ? [{ ...one, data: parsed.data }] : [];
  });
}

/** @throws refusal `moved` where somebody has written in between */
export async function write(ctx: WatchCtx, at: { readonly recordId: Id; readonly version: number }, data: Kept) {
  const { recordId, version } = at;
  if ((await ctx.organs.keep(await organOf(ctx), { recordId, version, data })) === null) throw refuse("moved");
}
