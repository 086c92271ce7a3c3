import { addDays, type Id, type JointSigner } from "@doorstep/sdk";
import { and, eq, inArray, or } from "drizzle-orm";
import { hashOf, newInvitation } from "../codes.ts";
import { type JointCtx, keep, todayOf, userOf } from "../joint-ctx.ts";
import { refuse } from "../refusals.ts";
import { drafts, signatures } from "../schema.ts";
import { type Kept, keptOf, ownDraft, standingOf, type Words } from "./draft.ts";

export interface Beginning extends Omit<Words, "locale"> {
  readonly kind: JointSigner["kind"];
  readonly contact: string;
  readonly key: string;
}

/** Writes down what is to be signed. It cannot be changed: people put their names to these words. */
export async function begin(ctx: JointCtx, asked: Beginning): Promise<{ readonly draftId: Id }> {
  const user = userOf(ctx);
  const { kind, contact, key, ...words } = asked;
  const [signCode, speakCode] = [newInvitation(), newInvitation()];
  const whole: Kept = {
    ...{ words: { ...words, locale: user.locale }, starter: { name: user.name, kind, contact } },
    ...{ signCode, speakCode },
  };
  const wordsFile = await keep(ctx, whole);
  const [made] = await ctx.db
    .insert(drafts)
    .values({
      ...{ id: ctx.newId(), unitId: ctx.unit.id, key, starterId: user.id, wordsFile, state: "open" as const },
      ...{ signHash: hashOf(signCode), speakHash: hashOf(speakCode), fileKey: ctx.newId() },
      closesOn: addDays(todayOf(ctx), ctx.settings.openDays),
    })
    .onConflictDoNothing({ target: drafts.key })
    .returning({ draftId: drafts.id });
  if (made) return made;
  await ctx.files.remove(wordsFile);
  const [before] = await ctx.db
    .select({ draftId: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.key, key), eq(drafts.starterId, user.id)));
  if (!before) throw refuse("notFound");
  return before;
}

/** What somebody began or signed by his account and that is not filed yet. */
export async function mine(ctx: JointCtx) {
  const { id } = userOf(ctx);
  const signed = ctx.db.select({ id: signatures.draftId }).from(signatures).where(eq(signatures.accountId, id));
  const rows = await ctx.db
    .select()
    .from(drafts)
    .where(or(eq(drafts.starterId, id), inArray(drafts.id, signed)))
    .orderBy(drafts.closesOn, drafts.id)
    .limit(50);
  return Promise.all(
    rows.map(async (draft) => ({
      draftId: draft.id,
      began: draft.starterId === id,
      title: (await keptOf(ctx, draft)).words.title,
      ...(await standingOf(ctx.db, draft)),
    })),
  );
}

/** To whoever began it: the words, the numbers, and the codes to hand on. */
export async function own(ctx: JointCtx, draftId: Id) {
  const draft = await ownDraft(ctx, draftId, userOf(ctx).id);
  const { words, signCode, speakCode } = await keptOf(ctx, draft);
  const here = draft.unitId === ctx.unit.id;
  return { words, signCode, speakCode, here, most: ctx.settings.representatives, ...(await standingOf(ctx.db, draft)) };
}
