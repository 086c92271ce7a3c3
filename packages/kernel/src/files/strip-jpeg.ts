import { DoorstepError } from "@doorstep/contracts";
import { ByteReader, type Bytes } from "./byte-reader.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;

const startsWith = (payload: Buffer, text: string): boolean =>
  payload.subarray(0, text.length).toString("latin1") === text;

/** Markers that stand alone, without a length. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Picture data and what is needed to show it; place, time, device, thumbnails and remarks go. */
function isKept(marker: number, payload: Buffer): boolean {
  if (marker === COMMENT) return false;
  if (marker < APP0 || marker > APP15) return true;
  if (marker === APP0) return startsWith(payload, "JFIF\0");
  if (marker === APP2) return startsWith(payload, "ICC_PROFILE\0");
  return marker === APP14 && startsWith(payload, "Adobe");
}

/**
 * Removes everything from a JPEG that tells more than the picture: EXIF with place and time, XMP, IPTC, comments,
 * thumbnails, and whatever was appended. How the camera was held is kept, or the picture would lie on its side.
 *
 * @throws DoorstepError `file.type` when it is no well-formed JPEG.
 */
export async function* stripJpeg(source: Bytes): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  if (!(await reader.take(2)).equals(Buffer.from([0xff, SOI]))) throw new DoorstepError("file.type");
  yield Buffer.from([0xff, SOI]);
  for (let marker = await nextMarker(reader); marker !== EOI; ) {
    if (isBare(marker)) yield Buffer.from([0xff, marker]);
    else yield await segment(reader, marker);
    marker = marker === SOS ? yield* copyScan(reader) : await nextMarker(reader);
  }
  yield Buffer.from([0xff, EOI]);
}

/** A segment as it is kept: whole, not at all, or reduced to how the camera was held. */
async function segment(reader: ByteReader, marker: number): Promise<Buffer> {
  const length = await reader.take(2);
  const payload = await reader.take(length.length === 2 ? length.readUInt16BE() - 2 : 0);
  if (isKept(marker, payload)) return Buffer.concat([Buffer.from([0xff, marker]), length, payload]);
  const orientation = marker === APP1 ? orientationOf(payload) : 1;
  return orientation > 1 ? exifWith(orientation) : Buffer.alloc(0);
}

async function nextMarker(reader: ByteReader): Promise<number> {
  const [start] = await reader.take(1);
  if (start !== 0xff) throw new DoorstepError("file.type");
  for (;;) {
    const [byte] = await reader.take(1);
    if (byte === undefined) throw new DoorstepError("file.type");
    // any number of fill bytes may stand before the marker itself
    if (byte !== 0xff) return byte;
  }
}

/** A stuffed byte or a restart, which belong to the picture data. */
const isData = (byte: number | undefined): boolean =>
  byte === 0x00 || (byte !== undefined && byte >= 0xd0 && byte <= 0xd7);

/** Where picture data stop being certain: at a marker, or at an 0xff whose meaning has not arrived yet. */
function endOfData(piece: Buffer): number {
  for (let at = piece.indexOf(0xff); at !== -1; at = piece.indexOf(0xff, at + 2)) {
    if (!isData(piece[at + 1])) return at;
  }
  return piece.length;
}

/** Copies compressed picture data and gives the marker that ends them. */
async function* copyScan(reader: ByteReader): AsyncGenerator<Uint8Array, number> {
  for (;;) {
    const piece = await reader.some(65_536);
    const end = endOfData(piece);
    yield piece.subarray(0, end);
    if (end === piece.length && end > 0) continue;
    reader.putBack(piece.subarray(end));
    const [, next] = await reader.peek(2);
    // Cut off in the middle: viewers show what is there.
    if (next === undefined) return EOI;
    if (!isData(next)) return await nextMarker(reader);
    yield await reader.take(2);
  }
}

const ORIENTATION = 0x0112;

/** The orientation 1 to 8 of an EXIF block; 1 when it has none or makes no sense. */
function orientationOf(payload: Buffer): number {
  if (!startsWith(payload, "Exif\0\0")) return 1;
  const tiff = payload.subarray(6);
  try {
    const little = tiff.toString("latin1", 0, 2) === "II";
    const u16 = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
    const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    for (let i = 0; i < u16(directory); i += 1) {
      const entry = directory + 2 + i * 12;
      if (u16(entry) === ORIENTATION) return Math.min(8, Math.max(1, u16(entry + 8)));
    }
  } catch {
    // A directory that points outside of its block.
  }
  return 1;
}

/** The smallest EXIF block that says nothing but the orientation. */
function exifWith(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const payload = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, APP1, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}
