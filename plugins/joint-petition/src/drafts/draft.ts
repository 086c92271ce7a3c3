import type { Id, JointSigner } from "@doorstep/sdk";
import { and, count, eq, or } from "drizzle-orm";
import { hashOf } from "../codes.ts";
import { type Draft, type JointCtx, kept, type Signature, todayOf } from "../joint-ctx.ts";
import type { purposes } from "../purposes.ts";
import { refuse } from "../refusals.ts";
import { drafts, signatures } from "../schema.ts";

/** What is signed, and cannot be changed once it was shown to anybody. */
export interface Words {
  readonly purpose: (typeof purposes)[number];
  readonly title: string;
  readonly body: string;
  readonly desiredOutcome: string;
  readonly anonymity: "named" | "confidential";
  readonly locale: "zh-CN" | "en";
}

/** With whoever began it, and the codes that he hands on. */
export interface Kept {
  readonly words: Words;
  readonly starter: { readonly name: string; readonly kind: JointSigner["kind"]; readonly contact: string };
  readonly signCode: string;
  readonly speakCode: string;
}

/** How far it is, in numbers. */
export interface Standing {
  readonly state: Draft["state"];
  readonly closesOn: string;
  /** everybody, whoever began it among them */
  readonly signed: number;
  readonly representatives: number;
  readonly agreed: number;
}

export async function keptOf(ctx: Pick<JointCtx, "files">, draft: Draft): Promise<Kept> {
  const found = draft.wordsFile && (await kept<Kept>(ctx, draft.wordsFile));
  if (!found) throw refuse("notFound");
  return found;
}

export async function standingOf(db: JointCtx["db"], draft: Draft): Promise<Standing> {
  const { state, closesOn } = draft;
  if (state === "filed") return { state, closesOn, signed: draft.signed, representatives: 0, agreed: 0 };
  const rows = await db
    .select({ represents: signatures.represents, agreed: signatures.agreed, count: count() })
    .from(signatures)
    .where(eq(signatures.draftId, draft.id))
    .groupBy(signatures.represents, signatures.agreed);
  const sum = (which: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(which).reduce((all, row) => all + row.count, 1);
  return {
    ...{ state, closesOn, signed: sum(() => true) },
    ...{ representatives: sum((row) => row.represents), agreed: sum((row) => row.represents && row.agreed) },
  };
}

/** Whether somebody can still sign it, take his name off, or file it. @throws Error `filed`, `closed` */
export function assertOpen(ctx: JointCtx, draft: Draft): void {
  if (draft.state !== "open") throw refuse("filed");
  if (draft.closesOn < todayOf(ctx)) throw refuse("closed");
}

/** A draft of whoever asks; nobody else's exists for him. */
export async function ownDraft(ctx: JointCtx, draftId: Id, starterId: Id): Promise<Draft> {
  const [found] = await ctx.db
    .select()
    .from(drafts)
    .where(and(eq(drafts.id, draftId), eq(drafts.starterId, starterId)));
  if (!found) throw refuse("notFound");
  return found;
}

/** What was handed out as an invitation. */
export async function invited(
  db: JointCtx["db"],
  code: string,
): Promise<{ readonly draft: Draft; readonly represents: boolean } | null> {
  const hash = hashOf(code);
  const [draft] = await db
    .select()
    .from(drafts)
    .where(or(eq(drafts.signHash, hash), eq(drafts.speakHash, hash)));
  return draft ? { draft, represents: Buffer.from(draft.speakHash).equals(Buffer.from(hash)) } : null;
}

/** One's own signature: by its code, or by the account that signed. */
export type Pass = { readonly code: string } | { readonly draftId: Id };

export async function ownSignature(
  ctx: JointCtx,
  pass: Pass,
): Promise<{ readonly signature: Signature; readonly draft: Draft }> {
  const mine =
    "code" in pass
      ? eq(signatures.codeHash, hashOf(pass.code))
      : ctx.user && and(eq(signatures.draftId, pass.draftId), eq(signatures.accountId, ctx.user.id));
  const [found] = mine
    ? await ctx.db
        .select({ signature: signatures, draft: drafts })
        .from(signatures)
        .innerJoin(drafts, eq(drafts.id, signatures.draftId))
        .where(mine)
    : [];
  if (!found) throw refuse("code" in pass ? "code" : "notFound");
  return found;
}
