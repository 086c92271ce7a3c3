import type { Encoding } from "@doorstep/sdk/sheets";
import iconv from "iconv-lite";

/** Encodings that cannot hold every character, so that writing them may have left `?` behind. */
export const isLossy = (encoding: Encoding): boolean => encoding === "gbk" || encoding === "big5";

const LINE_END = 0x0a;

/**
 * Gives bytes in pieces that end with a line. No character of a double-byte encoding holds the byte of a line's end, so
 * no character is cut: iconv-lite loses one where a character of four bytes is cut by the end of a piece.
 */
async function* wholeLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array[] = [];
  for await (const piece of bytes) {
    const end = piece.lastIndexOf(LINE_END) + 1;
    if (end === 0) {
      begun.push(piece);
      continue;
    }
    yield Buffer.concat([...begun, piece.subarray(0, end)]);
    begun = end === piece.length ? [] : [piece.subarray(end)];
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

const isWide = (encoding: Encoding): boolean => encoding === "utf-16le" || encoding === "utf-16be";

/** Decodes bytes as they come in; what cannot be decoded becomes U+FFFD, never an error. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  // One decoder for both: a file taken for GBK may hold a few characters that only GB18030 has.
  const decoder = iconv.getDecoder(encoding === "gbk" ? "gb18030" : encoding, { stripBOM: true });
  // Half of a character beyond the basic plane waits for its other half: alone it would be lost on the way.
  let half = "";
  for await (const chunk of isWide(encoding) ? bytes : wholeLines(bytes)) {
    const text = half + decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    half = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : "";
    const whole = half ? text.slice(0, -1) : text;
    if (whole) yield whole;
  }
  const rest = half + (decoder.end() ?? "");
  if (rest) yield rest;
}
