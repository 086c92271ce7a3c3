import type { Id } from "@doorstep/sdk";
import { and, asc, desc, eq, isNotNull, isNull, or } from "drizzle-orm";
import { dayAt, type Letter, type MailboxCtx, meOf, type Words } from "../mailbox-ctx.ts";
import { refuse } from "../refusals.ts";
import { letters, mailboxes } from "../schema.ts";

const SHOWN_READ = 50;

/** Written to whoever asks, or to the leader for whom he reads. */
const toMe = (me: Id) => or(eq(mailboxes.leaderId, me), eq(mailboxes.deputyId, me));

async function seen(ctx: MailboxCtx, letter: Letter) {
  const petition = await ctx.cases.get(letter.caseId);
  if (!petition || petition.category === "accusation") return null;
  return {
    ...{ letterId: letter.id, caseNo: petition.caseNo, title: petition.title, anonymous: letter.anonymous },
    ...{ arrivedOn: dayAt(ctx, letter.deliveredAt), dueOn: letter.dueOn },
    readOn: letter.readAt && dayAt(ctx, letter.readAt),
    late: letter.readAt === null && letter.dueOn !== null && letter.dueOn < dayAt(ctx, ctx.now),
  };
}

/** What waits to be read, the oldest first, then what was read; nothing of petitions the leader may not see, as when he stands out. */
export async function myLetters(ctx: MailboxCtx) {
  const mine = toMe(meOf(ctx));
  const from = () =>
    ctx.db.select({ letter: letters }).from(letters).innerJoin(mailboxes, eq(mailboxes.id, letters.mailboxId));
  const [unread, read] = [
    await from()
      .where(and(mine, isNull(letters.readAt)))
      .orderBy(asc(letters.deliveredAt), asc(letters.id)),
    await from()
      .where(and(mine, isNotNull(letters.readAt)))
      .orderBy(desc(letters.readAt), desc(letters.id))
      .limit(SHOWN_READ),
  ];
  const shown = await Promise.all([...unread, ...read].map(({ letter }) => seen(ctx, letter)));
  return shown.filter((one) => one !== null);
}

/** @throws refusal `notFound` for what is somebody else's, or no longer his to see */
async function letterOf(ctx: MailboxCtx, letterId: Id) {
  const [found] = await ctx.db
    .select({ letter: letters })
    .from(letters)
    .innerJoin(mailboxes, eq(mailboxes.id, letters.mailboxId))
    .where(and(eq(letters.id, letterId), toMe(meOf(ctx))));
  const shown = found && (await seen(ctx, found.letter));
  if (!shown) throw refuse("notFound");
  return { letter: found.letter, shown };
}

/** One letter, word for word; `words` is `null` where it was read long ago: they stand in the petition. */
export async function oneLetter(ctx: MailboxCtx, letterId: Id) {
  const { letter, shown } = await letterOf(ctx, letterId);
  const bytes = letter.wordsFile && (await ctx.files.get(letter.wordsFile));
  const words = bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as Words) : null;
  return { ...shown, words };
}

/** The read mark, once; whoever wrote it is told within the hour. @throws refusal `notFound`, `read` */
export async function markRead(ctx: MailboxCtx, letterId: Id): Promise<void> {
  await letterOf(ctx, letterId);
  const marked = await ctx.db
    .update(letters)
    .set({ readAt: ctx.now, readBy: meOf(ctx) })
    .where(and(eq(letters.id, letterId), isNull(letters.readAt)))
    .returning({ id: letters.id });
  if (marked.length === 0) throw refuse("read");
}
