import { createHash } from "node:crypto";
import { type AddressObject, type ParsedMail, simpleParser } from "mailparser";
import { mended } from "./mail-bytes.ts";

export interface MailAttachment {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A message as people and rules read it. */
export interface ReadMail {
  readonly from: { readonly name: string; readonly address: string } | null;
  readonly subject: string;
  /** Instant, as the message says it; `null` where it says none. */
  readonly sentAt: string | null;
  readonly text: string;
  readonly attachments: readonly MailAttachment[];
  readonly messageId: string | null;
  /** Message-IDs of what it answers. */
  readonly answersTo: readonly string[];
  readonly type: string;
  readonly typeParams: string;
  /** A header by its small name, as it stands there. */
  header(name: string): string;
  /** Letters that no encoding could read. */
  readonly lost: number;
}

const UNKNOWN = "\uFFFD";
const lostIn = (text: string): number => text.split(UNKNOWN).length - 1;

const addressOf = (found: AddressObject | readonly AddressObject[] | undefined): ReadMail["from"] => {
  const [first] = found === undefined ? [] : [found].flat();
  const one = first?.value.find((each) => each.address);
  return one?.address && /^[^\s@]+@[^\s@]+$/.test(one.address)
    ? { name: one.name, address: one.address.toLowerCase() }
    : null;
};

const bareOf = (found: string | undefined): string =>
  found
    ?.replace(/^[^:]*:/, "")
    .replaceAll(/\s+/g, " ")
    .trim() ?? "";

function read(parsed: ParsedMail): ReadMail {
  const header = (name: string): string => bareOf(parsed.headerLines.find((one) => one.key === name)?.line);
  const [type = "", ...params] = header("content-type").toLowerCase().split(";");
  const text = (parsed.text ?? "").replaceAll("\r\n", "\n").replaceAll("\0", "").trim();
  const subject = (parsed.subject ?? "").replaceAll(/\p{Cc}+/gu, " ").trim();
  return {
    from: addressOf(parsed.from),
    subject,
    sentAt: parsed.date && !Number.isNaN(parsed.date.getTime()) ? parsed.date.toISOString() : null,
    text,
    attachments: parsed.attachments.map((one, no) => ({
      name: one.filename ?? `附件-${no + 1}`,
      bytes: one.content,
    })),
    messageId: parsed.messageId ?? null,
    answersTo: [parsed.inReplyTo ?? [], parsed.references ?? []].flat(),
    type: type.trim(),
    typeParams: params.join(";"),
    header,
    lost: lostIn(subject) + lostIn(text),
  };
}

const GUESSES = ["utf-8", "gb18030", "big5"] as const;

/**
 * Reads a message whatever its encodings say: of the guesses that one counts which loses the fewest letters.
 *
 * @throws Error where it is no message at all
 */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  let best: ReadMail | undefined;
  for (const guess of GUESSES) {
    const found = read(await simpleParser(mended(bytes, guess), { skipTextToHtml: true, skipImageLinks: true }));
    if (!best || found.lost < best.lost) best = found;
    if (best.lost === 0) break;
  }
  if (!best) throw new Error("no message");
  return best;
}

const hash = (...parts: readonly (string | Uint8Array)[]): string => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
};

/**
 * By what a message is known again: its own number and what it says, since a number alone can be used by anybody. Lines of
 * the way it took are no part of it.
 */
export function keyOf(bytes: Uint8Array, mail: ReadMail | null): string {
  if (!mail) return hash(bytes);
  const { messageId, from, subject, sentAt, text, attachments } = mail;
  // where nothing could be read, two different ones must not look the same
  if (text === "" && attachments.length === 0) return hash(messageId ?? "", bytes);
  const files = attachments.map((one) => hash(one.bytes));
  return hash(messageId ?? "", from?.address ?? "", subject, sentAt ?? "", text, ...files);
}
