import type { Id, Text } from "@doorstep/sdk";
import type { WatchCtx } from "../matters/matter-ctx.ts";
import { isEnded } from "./clearing.ts";
import { clearingLetter } from "./letter.ts";
import { recordsOf } from "./records.ts";

/** What the organ keeps, newest first, for one of its members; of a clearing with the letter that is handed over. */
export async function shownRecords(ctx: WatchCtx) {
  const records = await recordsOf(ctx);
  const [organ] = await ctx.organs.mine();
  const name: Text = organ?.name ?? { "zh-CN": "", en: "" };
  return records.map(({ recordId, at, data }) => ({
    ...{ recordId, at, data },
    letter: data.kind === "clearing" ? clearingLetter(data, name) : null,
  }));
}

/** Accusations of the organ that have ended, of which one may have been unfounded. */
export async function endedAccusations(
  ctx: WatchCtx,
): Promise<readonly { readonly caseId: Id; readonly caseNo: string; readonly title: string }[]> {
  const found = await ctx.cases.find({ limit: 100 });
  return found
    .filter((one) => one.category === "accusation" && isEnded(one.state))
    .map(({ caseId, caseNo, title }) => ({ caseId, caseNo, title }));
}
