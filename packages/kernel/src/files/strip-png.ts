import { DoorstepError } from "@doorstep/contracts";
import { ByteReader, type Bytes } from "./byte-reader.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Chunks needed to show the picture (or the moving one) in its colours; text, time, EXIF and private ones go. */
const KEPT = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT cICP mDCV cLLI acTL fcTL fdAT".split(" "),
);

/**
 * Removes everything from a PNG that tells more than the picture, also what was appended after its end.
 *
 * @throws DoorstepError `file.type` when it is no well-formed PNG.
 */
export async function* stripPng(source: Bytes): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  if (!(await reader.take(8)).equals(SIGNATURE)) throw new DoorstepError("file.type");
  yield SIGNATURE;
  for (let ended = false; !ended; ) {
    const head = await reader.take(8);
    if (head.length < 8) throw new DoorstepError("file.type");
    const type = head.toString("latin1", 4);
    const kept = KEPT.has(type);
    if (kept) yield Buffer.from(head);
    // the data and its four bytes of check sum
    for (let left = head.readUInt32BE() + 4; left > 0; ) {
      const piece = await reader.some(left);
      if (piece.length === 0) throw new DoorstepError("file.type");
      left -= piece.length;
      if (kept) yield Buffer.from(piece);
    }
    ended = type === "IEND";
  }
}
