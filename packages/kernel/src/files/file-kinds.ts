import { DoorstepError } from "@doorstep/contracts";
import { fileTypeFromBuffer } from "file-type";
import type { ByteReader } from "./byte-reader.ts";

/** Evidence people have: pictures, PDF, office documents, recordings, e-mails; told by their bytes, never by their name. */
const KINDS: ReadonlySet<string> = new Set([
  "image/jpeg",
  "image/png",
  "image/heic",
  "image/heif",
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/vnd.oasis.opendocument.text",
  "application/vnd.oasis.opendocument.spreadsheet",
  // old .doc, .xls, .ppt and WPS files share one container
  "application/x-cfb",
  "audio/mpeg",
  "audio/mp4",
  "audio/x-m4a",
  "audio/aac",
  "audio/amr",
  "audio/ogg",
  "audio/opus",
  "audio/wav",
  "audio/x-wav",
  "audio/vnd.wave",
  "audio/flac",
]);

/** A line as every message has one at its beginning, and nothing before it but other such lines. */
const HEADER_LINE = /^[!-9;-~]+:[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n/;
const SENDER_OR_WAY = /^(?:from|received|return-path):/im;

/** An e-mail as it arrived: it is text, and only its head tells. */
function isMessage(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString("latin1");
  const [lines = ""] = text.split(/\r?\n\r?\n/, 1);
  return HEADER_LINE.test(text) && SENDER_OR_WAY.test(lines);
}

/** Office documents are zip files; what they are stands in their first entries. */
const SNIFFED_BYTES = 65_536;

/**
 * Tells the kind of a file by its first bytes, which stay unread.
 *
 * @throws DoorstepError `file.empty`, `file.type`.
 */
export async function kindOf(reader: ByteReader): Promise<string> {
  const head = await reader.peek(SNIFFED_BYTES);
  if (head.length === 0) throw new DoorstepError("file.empty");
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const [type = ""] = (found?.mime ?? "").split(";", 1);
  if (type === "" && isMessage(head)) return "message/rfc822";
  if (!KINDS.has(type)) throw new DoorstepError("file.type");
  return type;
}
