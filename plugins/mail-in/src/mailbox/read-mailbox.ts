import { and, eq, max } from "drizzle-orm";
import type { JobCtx } from "../mail-ctx.ts";
import { mailboxes, mails } from "../schema.ts";
import { openMailbox } from "./open-mailbox.ts";
import { MB, takeIn, wasRead } from "./take-in.ts";

/** More wait for the next time. */
const AT_ONCE = 200;

/** Whether this unit has a mailbox of its own: units below see the same settings and must not read it again. */
const hasMailbox = ({ settings, unit }: JobCtx): boolean =>
  settings.imapServer !== "" && settings.mailboxOf === unit.code;

/** An earlier mailbox may be read again: then its messages tell how far. */
async function lastUidOf({ db, unit }: JobCtx, series: number): Promise<number> {
  const [box] = await db.select().from(mailboxes).where(eq(mailboxes.unitId, unit.id));
  if (box?.series === series) return box.lastUid;
  const of = and(eq(mails.unitId, unit.id), eq(mails.series, series));
  const [last] = await db
    .select({ uid: max(mails.uid) })
    .from(mails)
    .where(of);
  return last?.uid ?? 0;
}

/** Takes in what is new in the unit's mailbox. Where the server is away nothing is lost: the next time goes on from there. */
export async function readMailbox(ctx: JobCtx): Promise<void> {
  if (!hasMailbox(ctx)) return;
  const mailbox = await openMailbox(ctx.settings, ctx.signal);
  try {
    const { series } = mailbox;
    // where the server has numbered anew everything is looked at again, and what is known is a duplicate
    const last = await lastUidOf(ctx, series);
    const fresh = (await mailbox.after(last)).slice(0, AT_ONCE);
    for (const lying of fresh) {
      const isLarge = lying.size > ctx.settings.maxMegabytes * MB;
      const bytes = isLarge ? null : await mailbox.source(lying.uid);
      if (!isLarge && !bytes) continue;
      await takeIn(ctx, series, { lying, bytes });
    }
    if (fresh.length === 0) await wasRead(ctx, series, last);
  } finally {
    await mailbox.close();
  }
}
