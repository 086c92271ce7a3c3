import { DoorstepError, type FiledFor, type FileForInput } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";
import { eq } from "drizzle-orm";
import { visits } from "../schema.ts";
import { freeRoom } from "./hall.ts";
import { type Visit, type VisitCtx, visitOf } from "./visit-ctx.ts";

export interface TalkRecord {
  readonly visitId: string;
  readonly taken: Omit<FileForInput, "key" | "channel" | "via" | "fileIds" | "locale">;
  readonly confirmed: "glass" | "paper";
  /** drawn on glass, as PNG */
  readonly signature: Uint8Array | null;
}

/** How a second petition of the same visit is refused: its key or its signature belongs to the first. */
const TAKEN: ReadonlySet<string> = new Set(["key.reused", "file.notFound"]);

/** The drawn signature as an attachment, handed over once. */
async function signatureOf(ctx: VisitCtx, visit: Visit, record: TalkRecord): Promise<readonly string[]> {
  if (record.confirmed === "paper") return [];
  if (visit.signatureId !== null) return [visit.signatureId];
  if (!record.signature)
    throw refusal("signature", {
      "zh-CN": "来访人还没有签字。请签字，或者选择“已在纸上签字”。",
      en: "The visitor has not signed yet. Let him sign, or choose that he has signed on paper.",
    });
  const signatureId = await ctx.intake.attach({ name: "来访人签字.png", bytes: record.signature });
  await ctx.db.update(visits).set({ signatureId }).where(eq(visits.id, visit.id));
  return [signatureId];
}

/**
 * Makes a petition of a talk, read back and confirmed by the visitor. One talk is one petition, however often it is pressed.
 *
 * @throws DoorstepError `record.state` for whoever is not being heard, or was registered otherwise; `module.refused` without
 * a signature; and what `fileFor` throws, `intake.readBack` among it
 */
export async function fileVisit(ctx: VisitCtx, record: TalkRecord): Promise<FiledFor> {
  const visit = await visitOf(ctx, record.visitId);
  const isFiled = visit.confirmed !== null;
  if (visit.state !== "talking" && !isFiled) throw new DoorstepError("record.state");
  if (ctx.user === null || !visit.staff.includes(ctx.user.id))
    throw refusal("notThere", {
      "zh-CN": "只有在场的两名工作人员可以登记这次接谈。",
      en: "Only the two of staff who took part register this talk.",
    });
  const fileIds = await signatureOf(ctx, visit, record);
  const filed = await ctx.intake
    .fileFor({
      ...record.taken,
      fileIds: [...fileIds],
      key: `visit-${visit.id}`,
      channel: "visit-desk/visit",
      via: "visit",
    })
    .catch((error: unknown) => {
      if (error instanceof DoorstepError && TAKEN.has(error.code)) throw new DoorstepError("record.state");
      throw error;
    });
  if (isFiled) return filed;
  await ctx.db
    .update(visits)
    .set({ state: "over", endedAt: ctx.now, confirmed: record.confirmed, caseId: filed.caseId })
    .where(eq(visits.id, visit.id));
  await freeRoom(ctx, visit);
  return filed;
}
