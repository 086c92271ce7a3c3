import iconv from "iconv-lite";

/** The encodings old registers come in. GB18030 holds all of GBK; the name still tells how the file was written. */
export const encodings = ["utf-8", "gbk", "gb18030", "big5", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof encodings)[number];

/** Encodings that cannot hold every character, so that writing them may have left `?` behind. */
export const isLossy = (encoding: Encoding): boolean => encoding === "gbk" || encoding === "big5";

/** Decodes bytes as they come in; what cannot be decoded becomes U+FFFD, never an error. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  // One decoder for both: a file taken for GBK may hold a few characters that only GB18030 has.
  const decoder = iconv.getDecoder(encoding === "gbk" ? "gb18030" : encoding, { stripBOM: true });
  for await (const chunk of bytes) {
    const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (text) yield text;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}
