import { crc32, inflateSync } from "node:zlib";
import { DoorstepError } from "@doorstep/contracts";

const MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** All that is needed to show the picture; what else a file tells (place, device, program) is left out. */
const KEPT = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];
const BIT_DEPTH = 8;
/** Values a pixel has, by the kind of colour. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;
const FILTERS = 5;

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** the file with nothing but the picture */
  readonly bytes: Buffer;
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  readonly whole: Buffer;
}

function chunksOf(bytes: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = MAGIC.length; chunks.at(-1)?.type !== "IEND"; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const whole = bytes.subarray(at, end);
    if (crc32(whole.subarray(4, -4)) !== whole.readUInt32BE(whole.length - 4)) throw new RangeError("check sum");
    chunks.push({ type: whole.toString("latin1", 4, 8), data: whole.subarray(8, -4), whole });
    at = end;
  }
  return chunks;
}

/** Unpacks the whole picture, since whoever draws it later trusts that every line is there. */
function assertComplete(width: number, height: number, channels: number, packed: Buffer): void {
  const line = width * channels + 1;
  const pixels = inflateSync(packed, { maxOutputLength: line * height + 1 });
  if (pixels.length !== line * height) throw new RangeError("lines");
  for (let at = 0; at < pixels.length; at += line)
    if ((pixels[at] ?? FILTERS) >= FILTERS) throw new RangeError("filter");
}

/**
 * Reads a PNG to its last pixel: eight bits a value, not interlaced, no larger than given.
 *
 * @throws DoorstepError `signature.picture`
 */
export function checkedPng(bytes: Buffer, most: { readonly width: number; readonly height: number }): Picture {
  try {
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new RangeError("no PNG");
    const kept = chunksOf(bytes).filter(({ type }) => KEPT.includes(type));
    const [first] = kept;
    if (first?.type !== "IHDR" || first.data.length !== 13) throw new RangeError("no head");
    const [width, height] = [first.data.readUInt32BE(0), first.data.readUInt32BE(4)];
    const [depth, colour = -1, , , interlaced] = first.data.subarray(8);
    const channels = CHANNELS[colour];
    if (channels === undefined || depth !== BIT_DEPTH || interlaced !== 0) throw new RangeError("kind");
    if (!(width > 0 && width <= most.width && height > 0 && height <= most.height)) throw new RangeError("size");
    const palette = kept.find(({ type }) => type === "PLTE");
    if (colour === PALETTE && (!palette || palette.data.length % 3 > 0)) throw new RangeError("palette");
    const packed = Buffer.concat(kept.filter(({ type }) => type === "IDAT").map(({ data }) => data));
    assertComplete(width, height, channels, packed);
    return { width, height, bytes: Buffer.concat([MAGIC, ...kept.map(({ whole }) => whole)]) };
  } catch {
    throw new DoorstepError("signature.picture");
  }
}
