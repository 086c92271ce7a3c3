import type { MailCtx } from "../mail-ctx.ts";
import { takeInBrought } from "../mailbox/take-in.ts";
import { type ReadMail, readMail } from "../reading/read-mail.ts";
import { refuse } from "../refusals.ts";

/** A message has at least one of these; a picture or a document that was chosen by mistake has none. */
const isMessage = ({ from, subject, messageId, sentAt }: ReadMail): boolean =>
  from !== null || subject !== "" || messageId !== null || sentAt !== null;

/**
 * Takes in a message from a mailbox that this network does not reach, brought as a file. The same one again is a duplicate.
 *
 * @throws refusal `noMessage`
 */
export async function bringMail(ctx: MailCtx, data: string) {
  const bytes = new Uint8Array(Buffer.from(data, "base64"));
  const read = await readMail(bytes).catch(() => null);
  if (!read || !isMessage(read)) throw refuse("noMessage");
  return await takeInBrought(ctx, bytes);
}
