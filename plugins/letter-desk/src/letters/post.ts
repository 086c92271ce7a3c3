import { DoorstepError } from "@doorstep/sdk";
import { postings } from "../schema.ts";
import { type LetterCtx, todayAt } from "./letter-ctx.ts";

/** A petition that a module may answer by post. @throws DoorstepError `case.notFound`, `module.sealed` */
async function assertOpen(ctx: LetterCtx, caseId: string): Promise<void> {
  const petition = await ctx.cases.get(caseId);
  if (!petition) throw new DoorstepError("case.notFound");
  if (petition.category === "accusation") throw new DoorstepError("module.sealed");
}

/** What stands on the envelope: opened for this one label, with the petitioner reading that it was, and kept nowhere. */
export async function addressLabel(ctx: LetterCtx, caseId: string) {
  await assertOpen(ctx, caseId);
  const { name, contact } = await ctx.people.get(caseId, "邮寄答复，打印地址签");
  return { name, contact: contact ?? "" };
}

/** Keeps the number of the post's own slip, by which receipt is proved. The same posting again is kept once. */
export async function recordPosting(
  ctx: LetterCtx,
  posting: {
    readonly postingId: string;
    readonly caseId: string;
    readonly postedOn: string;
    readonly tracking: string;
  },
): Promise<void> {
  await assertOpen(ctx, posting.caseId);
  if (posting.postedOn > todayAt(ctx)) throw new DoorstepError("report.dates");
  const { postingId: id, caseId, postedOn, tracking } = posting;
  await ctx.db
    .insert(postings)
    .values({ id, caseId, unitId: ctx.unit.id, postedOn, tracking, at: ctx.now })
    .onConflictDoNothing();
}
