import { eq } from "drizzle-orm";
import type { JobCtx } from "../mail-ctx.ts";
import { mailboxes } from "../schema.ts";
import { openMailbox } from "./open-mailbox.ts";
import { takeIn } from "./take-in.ts";

/** More wait for the next time. */
const AT_ONCE = 200;
const MB = 1_024 * 1_024;

/** Whether this unit has a mailbox of its own: units below see the same settings and must not read it again. */
const hasMailbox = ({ settings, unit }: JobCtx): boolean =>
  settings.imapServer !== "" && settings.mailboxOf === unit.code;

/** Takes in what is new in the unit's mailbox. Where the server is away nothing is lost: the next time goes on from there. */
export async function readMailbox(ctx: JobCtx): Promise<void> {
  if (!hasMailbox(ctx)) return;
  const mailbox = await openMailbox(ctx.settings, ctx.signal);
  try {
    const { uidValidity } = mailbox;
    const [before] = await ctx.db.select().from(mailboxes).where(eq(mailboxes.unitId, ctx.unit.id));
    // the server has numbered anew: everything is looked at again, and what is known is a duplicate
    const last = before?.uidValidity === uidValidity ? before.lastUid : 0;
    const fresh = (await mailbox.after(last)).slice(0, AT_ONCE);
    for (const lying of fresh) {
      const isLarge = lying.size > ctx.settings.maxMegabytes * MB;
      const bytes = isLarge ? null : await mailbox.source(lying.uid);
      if (!isLarge && !bytes) continue;
      await takeIn(ctx, { uidValidity, lying, bytes });
    }
    if (fresh.length === 0 && before)
      await ctx.db.update(mailboxes).set({ readAt: ctx.now }).where(eq(mailboxes.unitId, ctx.unit.id));
  } finally {
    await mailbox.close();
  }
}
