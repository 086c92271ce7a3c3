import { DoorstepError, type Id } from "@doorstep/sdk";
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Mailbox, MailboxCtx, Words } from "../mailbox-ctx.ts";
import { refuse } from "../refusals.ts";
import { mailboxes, underway } from "../schema.ts";
import { deliver, forgetUnderway } from "./deliver.ts";

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

/** Writes down what is to lie in the mailbox before it is filed. @returns whether it was not there yet */
async function begin(ctx: MailboxCtx, mailbox: Mailbox, writing: Writing): Promise<boolean> {
  const { title, body, desiredOutcome, key } = writing;
  const words: Words = { title, body, desiredOutcome };
  const wordsFile = await ctx.files.put(new TextEncoder().encode(JSON.stringify(words)));
  const made = await ctx.db
    .insert(underway)
    .values({
      ...{ key, mailboxId: mailbox.id, wordsFile, locale: ctx.user?.locale ?? "zh-CN" },
      ...{ anonymous: writing.anonymity === "anonymous", at: ctx.now },
    })
    .onConflictDoNothing()
    .returning({ key: underway.key });
  if (made.length === 0) await ctx.files.remove(wordsFile);
  return made.length > 0;
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
  const reaches = purpose !== "accuse" && !aboutLeader;
  const isFirst = reaches && (await begin(ctx, mailbox, writing));
  const filing: Filing = {
    ...{ key, unitId: mailbox.unitId, channel: "leader-mailbox/mailbox", via: "leaderMailbox" },
    ...{ purpose, title, body, desiredOutcome, concernsLeader: aboutLeader, urgentSafety, anonymity },
    ...(anonymity !== "anonymous" && person && { petitioner: { ...person, filingFor: "self" as const } }),
    ...(ctx.user && { locale: ctx.user.locale }),
  };
  const { caseId, caseNo, returnCode, unit } = await ctx.intake.fileOwn(filing).catch(async (error: unknown) => {
    // refused: nothing was filed, and nothing is kept
    if (isFirst && error instanceof DoorstepError) await forgetUnderway(ctx, key);
    throw error;
  });
  if (reaches && caseId !== null) await deliver(ctx, key, caseId);
  return { caseNo, returnCode, unit: unit.name, delivered: reaches };
}
