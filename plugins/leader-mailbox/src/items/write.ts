import type { Id } from "@doorstep/sdk";
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Mailbox, MailboxCtx, Words } from "../mailbox-ctx.ts";
import { refuse } from "../refusals.ts";
import { letters, mailboxes } from "../schema.ts";

type Filing = Parameters<MailboxCtx["intake"]["fileOwn"]>[0];

export interface Writing extends Words {
  readonly mailboxId: Id;
  readonly key: string;
  readonly purpose: Filing["purpose"];
  /** It complains of the very leader. */
  readonly aboutLeader: boolean;
  readonly urgentSafety: boolean;
  readonly anonymity: Filing["anonymity"];
  readonly person: { readonly name: string; readonly kind: Kind; readonly contact: string } | null;
}
type Kind = NonNullable<Filing["petitioner"]>["kind"];

/** One to which people can write from the call's unit. @throws refusal `noMailbox` */
async function mailboxOf(ctx: MailboxCtx, mailboxId: Id): Promise<Mailbox> {
  const path = [ctx.unit.id, ...(await ctx.units.above(ctx.unit.id)).map((one) => one.id)];
  const [found] = await ctx.db
    .select()
    .from(mailboxes)
    .where(and(eq(mailboxes.id, mailboxId), inArray(mailboxes.unitId, path), isNull(mailboxes.closedAt)));
  if (!found) throw refuse("noMailbox");
  return found;
}

/** Puts it before the leader as it was written; pressed again it stands there once. */
async function deliver(ctx: MailboxCtx, mailbox: Mailbox, caseId: Id, writing: Writing): Promise<void> {
  const { title, body, desiredOutcome } = writing;
  const words: Words = { title, body, desiredOutcome };
  const wordsFile = await ctx.files.put(new TextEncoder().encode(JSON.stringify(words)));
  const made = await ctx.db
    .insert(letters)
    .values({
      ...{ id: ctx.newId(), mailboxId: mailbox.id, caseId, wordsFile, locale: ctx.user?.locale ?? "zh-CN" },
      ...{ anonymous: writing.anonymity === "anonymous", deliveredAt: ctx.now },
    })
    .onConflictDoNothing({ target: letters.caseId })
    .returning({ id: letters.id });
  if (made.length === 0) await ctx.files.remove(wordsFile);
}

/**
 * Files what somebody writes to a leader and delivers it in the same press: nobody sorts in between. An accusation goes to
 * its organ, what is about the leader himself to the level above; neither ever stands in his mailbox.
 *
 * @throws refusal `noMailbox`, `named`, and what `fileOwn` throws
 */
export async function write(ctx: MailboxCtx, writing: Writing) {
  const mailbox = await mailboxOf(ctx, writing.mailboxId);
  const { key, purpose, title, body, desiredOutcome, aboutLeader, urgentSafety, anonymity, person } = writing;
  if (anonymity === "anonymous" && !ctx.settings.anonymous) throw refuse("named");
  const { caseId, caseNo, returnCode, unit } = await ctx.intake.fileOwn({
    ...{ key, unitId: mailbox.unitId, channel: "leader-mailbox/mailbox", via: "leaderMailbox" },
    ...{ purpose, title, body, desiredOutcome, concernsLeader: aboutLeader, urgentSafety, anonymity },
    ...(anonymity !== "anonymous" && person && { petitioner: { ...person, filingFor: "self" as const } }),
    ...(ctx.user && { locale: ctx.user.locale }),
  });
  const reaches = caseId !== null && !aboutLeader;
  if (reaches) await deliver(ctx, mailbox, caseId, writing);
  return { caseNo, returnCode, unit: unit.name, delivered: reaches };
}
