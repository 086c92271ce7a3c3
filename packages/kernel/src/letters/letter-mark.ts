import { hash } from "node:crypto";
import { type Locale, locales } from "@doorstep/contracts";
import type { SealKey } from "../ledger/seal-keys.ts";

/** What a sealed letter's file says of itself, behind its last byte as a comment that every reader of PDF skips. */
export interface LetterMark {
  readonly noticeId: string;
  /** of template and facts, as the ledger holds it */
  readonly noticeHash: string;
  readonly locale: Locale;
  readonly keyId: string;
  readonly signature: Buffer;
}

type Named = Omit<LetterMark, "keyId" | "signature">;

const WORD = "%doorstep.letter.1 ";
const MARK = new RegExp(
  `^${WORD}([0-9a-f-]{36}) ([0-9a-f]{64}) (${locales.join("|")}) ([\\w-]{1,40}) ([0-9a-f]{128})\\s*$`,
);

/** What is signed: the very bytes of the file, and which letter they are. */
export const markedHash = (file: Uint8Array, { noticeId, noticeHash, locale }: Named, keyId: string): Buffer =>
  hash(
    "sha256",
    `doorstep.letter.1\n${noticeId}\n${noticeHash}\n${locale}\n${keyId}\n${hash("sha256", file, "hex")}`,
    "buffer",
  );

/** Signs a letter's file, so that it can be told from a changed one without anything but itself. */
export function marked(file: Uint8Array, letter: Named, key: SealKey): Uint8Array {
  const signature = key.sign(markedHash(file, letter, key.id)).toString("hex");
  const mark = `${WORD}${letter.noticeId} ${letter.noticeHash} ${letter.locale} ${key.id} ${signature}\n`;
  return Buffer.concat([file, Buffer.from(mark)]);
}

/**
 * The mark of a file with the bytes it vouches for. `none`: there is none. `broken`: something stands behind it or in
 * it that was not there.
 */
export function readMark(
  file: Uint8Array,
): { readonly mark: LetterMark; readonly file: Uint8Array } | "none" | "broken" {
  const bytes = Buffer.from(file);
  const at = bytes.lastIndexOf(WORD);
  if (at < 0) return "none";
  const [, noticeId, noticeHash, locale, keyId, signature] = MARK.exec(bytes.toString("latin1", at)) ?? [];
  if (!noticeId || !noticeHash || !locale || !keyId || !signature) return "broken";
  return {
    mark: { noticeId, noticeHash, locale: locale as Locale, keyId, signature: Buffer.from(signature, "hex") },
    file: bytes.subarray(0, at),
  };
}
