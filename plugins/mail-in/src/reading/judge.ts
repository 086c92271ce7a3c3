import type { End, QuarantineReason } from "../schema.ts";
import type { ReadMail } from "./read-mail.ts";

/** What a message is by itself, before anybody asks which petition it answers. */
export type Judged =
  | { readonly became: Extract<End, "waiting" | "bounce" | "autoReply"> }
  | { readonly became: "quarantine"; readonly reason: QuarantineReason };

const isBounce = ({ type, typeParams, header, from }: ReadMail): boolean =>
  (type === "multipart/report" && !typeParams.includes("disposition-notification")) ||
  type === "message/delivery-status" ||
  header("return-path") === "<>" ||
  /^(?:mailer-daemon|postmaster)@/.test(from?.address ?? "");

const isAutoReply = ({ type, header }: ReadMail): boolean =>
  type === "multipart/report" ||
  !/^(?:no\b.*)?$/i.test(header("auto-submitted")) ||
  header("x-autoreply") !== "" ||
  header("x-autorespond") !== "" ||
  /auto_?reply/i.test(header("precedence"));

/** Lists, circulars and what wants no automatic answer: a person looks at it, and no machine answers. */
const isByMachine = ({ header }: ReadMail): boolean =>
  /bulk|list|junk/i.test(header("precedence")) ||
  ["list-id", "list", "x-auto-response-suppress"].some((name) => header(name) !== "");

const isEncrypted = ({ type, typeParams }: ReadMail): boolean =>
  type === "multipart/encrypted" ||
  (/^application\/(?:x-)?pkcs7-mime$/.test(type) && !typeParams.includes("signed-data"));

/** More than one letter of so many that no encoding could read. */
const READABLE = 50;

/** Tells people's messages from those of machines, and what can be read from what somebody has to look at. */
export function judge(mail: ReadMail, ownAddress: string): Judged {
  if (isBounce(mail)) return { became: "bounce" };
  if (isAutoReply(mail) || (ownAddress !== "" && mail.from?.address === ownAddress.toLowerCase()))
    return { became: "autoReply" };
  const held = (reason: QuarantineReason): Judged => ({ became: "quarantine", reason });
  if (isEncrypted(mail)) return held("encrypted");
  if (!mail.from) return held("noSender");
  if (mail.lost * READABLE > mail.text.length + mail.subject.length) return held("unreadable");
  if (mail.text === "" && mail.attachments.length === 0) return held("empty");
  return isByMachine(mail) ? held("machine") : { became: "waiting" };
}
