import type { JointSigner } from "@doorstep/sdk";
import { eq } from "drizzle-orm";
import { hashOf, newSecret } from "../codes.ts";
import { assertOpen, invited, keptOf, ownSignature, type Pass, standingOf } from "../drafts/draft.ts";
import { atOnce, type Draft, type JointCtx, keep, kept } from "../joint-ctx.ts";
import { refuse } from "../refusals.ts";
import { drafts, signatures } from "../schema.ts";

/** Who signed, as it lies encrypted until the petition is filed. */
export interface Who {
  readonly secret: string;
  readonly name: string;
  readonly kind: JointSigner["kind"];
  readonly contact: string;
}

const shown = async (ctx: JointCtx, draft: Draft) => ({
  ...(await standingOf(ctx.db, draft)),
  words: draft.state === "filed" ? null : (await keptOf(ctx, draft)).words,
});

/** What a code opens: an invitation to sign, or one's own signature. Nobody sees who else signed. */
export async function look(ctx: JointCtx, code: string) {
  const invitation = await invited(ctx.db, code);
  if (invitation) {
    const { draft, represents } = invitation;
    return { as: "invited" as const, represents, agreedByMe: false, ...(await shown(ctx, draft)) };
  }
  return { as: "signed" as const, ...(await signatureShown(ctx, { code })) };
}

export async function signatureShown(ctx: JointCtx, pass: Pass) {
  const { signature, draft } = await ownSignature(ctx, pass);
  return { represents: signature.represents, agreedByMe: signature.agreed, ...(await shown(ctx, draft)) };
}

export interface Signing extends Omit<Who, "secret"> {
  readonly code: string;
  readonly key: string;
}

const locked = async (db: JointCtx["db"], draftId: string): Promise<Draft> => {
  const [found] = await db.select().from(drafts).where(eq(drafts.id, draftId)).for("update");
  if (!found) throw refuse("notFound");
  return found;
};

/** The same press again: the same code, and nothing more. */
async function signedBefore(ctx: JointCtx, key: string, draftId: string): Promise<string | null> {
  const [before] = await ctx.db.select().from(signatures).where(eq(signatures.key, key));
  if (!before) return null;
  const who = before.draftId === draftId ? await kept<Who>(ctx, before.whoFile) : null;
  if (!who) throw refuse("notFound");
  return ctx.intake.signerCode(who.secret);
}

/** Puts a name to it, by account or without. The code is shown once: it takes the name off, and follows the petition later. */
export async function sign(ctx: JointCtx, asked: Signing): Promise<{ readonly code: string }> {
  const invitation = await invited(ctx.db, asked.code);
  if (!invitation) throw refuse("code");
  const { represents } = invitation;
  const before = await signedBefore(ctx, asked.key, invitation.draft.id);
  if (before) return { code: before };
  assertOpen(ctx, invitation.draft);
  if (ctx.user && invitation.draft.starterId === ctx.user.id) throw refuse("twice");
  const who: Who = {
    ...{ secret: newSecret(), kind: asked.kind, contact: asked.contact },
    name: ctx.user?.name ?? asked.name,
  };
  const code = await ctx.intake.signerCode(who.secret);
  const whoFile = await keep(ctx, who);
  try {
    await atOnce(ctx, async (db) => {
      const draft = await locked(db, invitation.draft.id);
      assertOpen(ctx, draft);
      const { signed, representatives } = await standingOf(db, draft);
      if (signed >= ctx.settings.mostSigners) throw refuse("full");
      if (represents && representatives >= ctx.settings.representatives) throw refuse("speakers");
      const [made] = await db
        .insert(signatures)
        .values({
          ...{ id: ctx.newId(), draftId: draft.id, key: asked.key, codeHash: hashOf(code) },
          ...{ accountId: ctx.user?.id ?? null, represents, whoFile },
        })
        .onConflictDoNothing()
        .returning({ id: signatures.id });
      if (!made) throw refuse("twice");
    });
  } catch (error) {
    await ctx.files.remove(whoFile);
    throw error;
  }
  return { code };
}

/** Takes one's own name off, before it is filed. */
export async function unsign(ctx: JointCtx, pass: Pass): Promise<void> {
  const { signature, draft } = await ownSignature(ctx, pass);
  await atOnce(ctx, async (db) => {
    assertOpen(ctx, await locked(db, draft.id));
    await db.delete(signatures).where(eq(signatures.id, signature.id));
  });
  await ctx.files.remove(signature.whoFile);
}

/** A representative says that it may be filed, or not yet. */
export async function agree(ctx: JointCtx, pass: Pass, yes: boolean): Promise<void> {
  const { signature, draft } = await ownSignature(ctx, pass);
  if (!signature.represents) throw refuse("notSpeaker");
  await atOnce(ctx, async (db) => {
    assertOpen(ctx, await locked(db, draft.id));
    await db.update(signatures).set({ agreed: yes }).where(eq(signatures.id, signature.id));
  });
}
