import { ByteReader, type Bytes } from "@doorstep/kernel";

/** What an archive consists of: facts as JSON, and pieces of content. */
export type Frame =
  | { readonly kind: "head" | "part" | "end" | "manifest"; readonly json: unknown }
  | { readonly kind: "data"; readonly data: Buffer };

const kinds = ["head", "part", "data", "end", "manifest"] as const;
const HEADER = 5;
const PIECE = 256 * 1024;
const MOST = 256 * 1024 * 1024;

/** The order of the parts is what the reader expects; a piece that is none is an archive that is none. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

export function frame(kind: (typeof kinds)[number], content: unknown): Buffer {
  const payload = kind === "data" ? (content as Buffer) : Buffer.from(JSON.stringify(content));
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(kinds.indexOf(kind), 0);
  header.writeUInt32BE(payload.length, 1);
  return Buffer.concat([header, payload]);
}

/** Joins small pieces, so that a row is not a frame. */
export async function* joined(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < PIECE) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}

export async function* readFrames(source: Bytes): AsyncGenerator<Frame> {
  const reader = new ByteReader(source);
  for (;;) {
    const header = await reader.take(HEADER);
    if (header.length === 0) return;
    const kind = header.length === HEADER ? kinds[header.readUInt8(0)] : undefined;
    const size = kind === undefined ? 0 : header.readUInt32BE(1);
    if (kind === undefined || size > MOST) throw new FrameError("no frame");
    const payload = await reader.take(size);
    if (payload.length < size) throw new FrameError("cut off");
    yield kind === "data" ? { kind, data: payload } : { kind, json: JSON.parse(payload.toString("utf8")) };
  }
}
