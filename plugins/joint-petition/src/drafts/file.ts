import type { Id } from "@doorstep/sdk";
import { and, eq, inArray } from "drizzle-orm";
import { atOnce, type Draft, type JointCtx, kept, type Signature, userOf } from "../joint-ctx.ts";
import { refuse } from "../refusals.ts";
import { drafts, signatures } from "../schema.ts";
import type { Who } from "../signing/sign.ts";
import { assertOpen, keptOf, ownDraft, standingOf } from "./draft.ts";

/** From here on nobody signs and no name is taken off; pressed again after a broken line it goes on. */
async function closeForFiling(ctx: JointCtx, draftId: Id): Promise<void> {
  await atOnce(ctx, async (db) => {
    const [draft] = await db.select().from(drafts).where(eq(drafts.id, draftId)).for("update");
    if (!draft) throw refuse("notFound");
    if (draft.state === "filing") return;
    assertOpen(ctx, draft);
    const { signed, representatives, agreed } = await standingOf(db, draft);
    if (signed < 2) throw refuse("alone");
    if (agreed < representatives) throw refuse("notAgreed");
    await db.update(drafts).set({ state: "filing" }).where(eq(drafts.id, draftId));
  });
}

async function signersOf(ctx: JointCtx, rows: readonly Signature[]) {
  return Promise.all(
    rows.map(async ({ whoFile, represents, accountId }) => {
      const who = await kept<Who>(ctx, whoFile);
      if (!who) throw refuse("notFound");
      return { ...who, represents, ...(accountId !== null && { accountId }) };
    }),
  );
}

/** What was handed over is forgotten here: the words, the names, and which account began it. */
async function forgetFiled(ctx: JointCtx, draft: Draft, rows: readonly Signature[]): Promise<void> {
  await atOnce(ctx, async (db) => {
    await db.delete(signatures).where(eq(signatures.draftId, draft.id));
    await db
      .update(drafts)
      .set({ state: "filed", signed: rows.length + 1, starterId: null, fileKey: null, wordsFile: null })
      .where(eq(drafts.id, draft.id));
  });
  await removeAll(ctx, draft, rows);
}

async function removeAll(ctx: Pick<JointCtx, "files">, draft: Draft, rows: readonly Signature[]): Promise<void> {
  if (draft.wordsFile) await ctx.files.remove(draft.wordsFile);
  for (const { whoFile } of rows) await ctx.files.remove(whoFile);
}

/**
 * Files it for all who signed, once every representative has agreed. Pressed twice it is the same petition with the same code.
 *
 * @throws Error `notFound`, `elsewhere`, `filed`, `closed`, `alone`, `notAgreed`, and what `fileJoint` throws
 */
export async function file(ctx: JointCtx, draftId: Id) {
  const user = userOf(ctx);
  const draft = await ownDraft(ctx, draftId, user.id);
  if (draft.unitId !== ctx.unit.id) throw refuse("elsewhere");
  await closeForFiling(ctx, draftId);
  try {
    const rows = await ctx.db.select().from(signatures).where(eq(signatures.draftId, draftId)).orderBy(signatures.id);
    const [{ words, starter }, coSigners] = await Promise.all([keptOf(ctx, draft), signersOf(ctx, rows)]);
    const { caseNo, returnCode, receivedAt, unit } = await ctx.intake.fileJoint({
      ...words,
      ...{ key: `joint-${draft.fileKey}`, channel: "joint-petition/joint", petitioner: starter, coSigners },
    });
    await forgetFiled(ctx, draft, rows);
    return { caseNo, returnCode, receivedAt, unit: unit.name, signed: rows.length + 1 };
  } catch (error) {
    await ctx.db
      .update(drafts)
      .set({ state: "open" })
      .where(and(eq(drafts.id, draftId), eq(drafts.state, "filing")));
    throw error;
  }
}

/** Whoever began it gives it up: nothing of it stays. */
export async function drop(ctx: JointCtx, draftId: Id): Promise<void> {
  const draft = await ownDraft(ctx, draftId, userOf(ctx).id);
  if (draft.state !== "open") throw refuse("filed");
  await forgetDrafts(ctx, [draft]);
}

/** Deletes texts with all signatures. */
export async function forgetDrafts(ctx: Pick<JointCtx, "db" | "files">, gone: readonly Draft[]): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map((one) => one.id);
  const rows = await ctx.db.delete(signatures).where(inArray(signatures.draftId, ids)).returning();
  await ctx.db.delete(drafts).where(inArray(drafts.id, ids));
  for (const draft of gone)
    await removeAll(
      ctx,
      draft,
      rows.filter((row) => row.draftId === draft.id),
    );
}
