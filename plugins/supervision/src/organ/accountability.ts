import type { Id } from "@doorstep/sdk";
import type { z } from "zod";
import { silentTitle } from "../matters/channels.ts";
import { caseOf, type Matter, matterOf, meOf, seen, todayOf, type WatchCtx } from "../matters/matter-ctx.ts";
import { refuse } from "../refusals.ts";
import { type accountability, recordsOf, write } from "./records.ts";

/** The petition's number; of a way in that went quiet, what it is called. */
const numberOf = async (ctx: WatchCtx, matter: Matter): Promise<string | null> => {
  const caseId = caseOf(matter);
  return (caseId === null ? silentTitle(matter.channel)?.["zh-CN"] : (await seen(ctx, caseId))?.caseNo) ?? null;
};

/**
 * Puts a recommendation of accountability before the discipline organ, from the last step of the ladder. Nothing of it stays
 * with the matter, and whoever recommends cannot read it back.
 *
 * @throws refusal `notFound`, `notLast`, `noOrgan`
 */
export async function recommendAccountability(
  ctx: WatchCtx,
  matterId: Id,
  given: { readonly recordId: Id; readonly words: string },
): Promise<void> {
  const matter = await matterOf(ctx, matterId, "above");
  const about = await numberOf(ctx, matter);
  if (matter.rung !== "listed" || about === null) throw refuse("notLast");
  const { recordId, words } = given;
  const unit = (await ctx.units.get(matter.unitId))?.name["zh-CN"] ?? "";
  const data = { kind: "recommended", unit, caseNo: about, words } as const;
  if (!(await ctx.organs.hand({ recordId, data }))) throw refuse("noOrgan");
}

type Accountability = Omit<z.output<typeof accountability>, "kind" | "personnelToldOn">;

/**
 * Writes down that a unit or a person was held accountable. A member of a body who had his opposition recorded is not liable,
 * and nobody writes of himself.
 *
 * @throws refusal `noMember`, `opposed`, `aboutSelf`, `day`, `moved`
 */
export async function holdAccountable(
  ctx: WatchCtx,
  recordId: Id,
  { opposed, ...given }: Accountability & { readonly opposed: boolean },
): Promise<void> {
  if (opposed) throw refuse("opposed");
  if (given.personId === meOf(ctx)) throw refuse("aboutSelf");
  if (given.decidedOn > todayOf(ctx)) throw refuse("day");
  await write(ctx, { recordId, version: 0 }, { kind: "accountability", ...given, personnelToldOn: null });
}

/** What personnel must know was handed over on paper. @throws refusal `record`, `day`, `moved` */
export async function personnelTold(ctx: WatchCtx, recordId: Id, on: string): Promise<void> {
  const found = (await recordsOf(ctx)).find((one) => one.recordId === recordId);
  if (found?.data.kind !== "accountability") throw refuse("record");
  if (on > todayOf(ctx) || on < found.data.decidedOn) throw refuse("day");
  await write(ctx, found, { ...found.data, personnelToldOn: on });
}
