import { DoorstepError } from "@doorstep/contracts";
import { ByteReader, type Bytes } from "./byte-reader.ts";
import { blankRemarks, keepOnly, type Stretch } from "./heic-items.ts";

/** An index is read whole; that of a photo has a few kilobytes. */
const INDEX_BYTES = 4 * 1_024 * 1_024;

interface Head {
  readonly type: string;
  readonly bytes: Buffer;
  /** of the content; to the end of the file where that is not stated */
  readonly left: number;
}

async function headOf(reader: ByteReader): Promise<Head | null> {
  const short = await reader.take(8);
  if (short.length < 8) return null;
  const size = short.readUInt32BE();
  const type = short.toString("latin1", 4);
  if (size === 0) return { type, bytes: short, left: Number.POSITIVE_INFINITY };
  if (size !== 1) return { type, bytes: short, left: size - 8 };
  const long = await reader.take(8);
  return { type, bytes: Buffer.concat([short, long]), left: Number(long.readBigUInt64BE()) - 16 };
}

/** The index, read whole and blanked in place. */
async function indexOf(reader: ByteReader, head: Head): Promise<{ bytes: Buffer; picture: readonly Stretch[] }> {
  if (head.left > INDEX_BYTES) throw new RangeError("an index without end");
  const body = await reader.take(head.left);
  if (body.length < head.left) throw new RangeError("cut off");
  const bytes = Buffer.concat([head.bytes, body]);
  const box = { type: head.type, start: 0, body: head.bytes.length, end: bytes.length };
  return { bytes, picture: blankRemarks(bytes, box) };
}

/** The content of any other box: all of the kind of file, the picture of the data, nothing of the rest. */
async function* content(reader: ByteReader, head: Head, at: number, picture: readonly Stretch[]) {
  let from = at;
  for (let left = head.left; left > 0; ) {
    const piece = Buffer.from(await reader.some(left));
    if (piece.length === 0) return;
    if (head.type !== "ftyp") keepOnly(piece, from, head.type === "mdat" ? picture : []);
    yield piece;
    from += piece.length;
    left -= piece.length;
  }
}

const named = ({ type, bytes }: Head): Buffer =>
  type === "ftyp" || type === "mdat"
    ? bytes
    : Buffer.concat([bytes.subarray(0, 4), Buffer.from("free"), bytes.subarray(8)]);

async function* stripped(reader: ByteReader): AsyncGenerator<Uint8Array> {
  let picture: readonly Stretch[] | null = null;
  let at = 0;
  for (let head = await headOf(reader); head; head = await headOf(reader)) {
    if ((at === 0) !== (head.type === "ftyp") || head.left < 0) throw new RangeError("not in order");
    // without the index nobody knows what in the data is picture
    if (head.type === "mdat" && !picture) throw new RangeError("data before their index");
    if (head.type === "meta") {
      const index = await indexOf(reader, head);
      picture = index.picture;
      yield index.bytes;
    } else {
      yield named(head);
      yield* content(reader, head, at + head.bytes.length, picture ?? []);
    }
    at += head.bytes.length + head.left;
  }
  if (!picture) throw new RangeError("no index");
}

/**
 * Empties everything in a HEIC picture that tells more than the picture: EXIF with place and time, XMP, films and
 * private boxes beside it. Lengths stay, so that everything else keeps its place. How the camera was held stands in a
 * property of the picture and is kept.
 *
 * @throws DoorstepError `file.type` when it is not well-formed, or what is picture cannot be told beforehand.
 */
export async function* stripHeic(source: Bytes): AsyncGenerator<Uint8Array> {
  try {
    yield* stripped(new ByteReader(source));
  } catch (error) {
    throw error instanceof RangeError ? new DoorstepError("file.type") : error;
  }
}
