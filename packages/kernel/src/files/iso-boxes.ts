/** A box of an ISO base media file, by where it lies in the buffer that holds it. */
export interface Box {
  readonly type: string;
  readonly start: number;
  /** where its content begins */
  readonly body: number;
  readonly end: number;
}

/** The boxes of a stretch, one after the other. @throws RangeError where one says it is longer than what holds it. */
export function boxesIn(bytes: Buffer, from: number, to: number): readonly Box[] {
  const boxes: Box[] = [];
  for (let start = from; start + 8 <= to; ) {
    const short = bytes.readUInt32BE(start);
    const body = start + (short === 1 ? 16 : 8);
    const end = short === 0 ? to : start + (short === 1 ? Number(bytes.readBigUInt64BE(start + 8)) : short);
    if (end < body || end > to) throw new RangeError("a box is longer than what holds it");
    boxes.push({ type: bytes.toString("latin1", start + 4, start + 8), start, body, end });
    start = end;
  }
  return boxes;
}

/** Reads numbers of changing width, as the tables of such files have them. */
export class Cursor {
  readonly #bytes: Buffer;
  #at: number;
  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }
  /** `width` 0 reads nothing and is 0. */
  uint(width: number): number {
    const at = this.#at;
    this.#at += width;
    if (width === 0) return 0;
    return width === 8 ? Number(this.#bytes.readBigUInt64BE(at)) : this.#bytes.readUIntBE(at, width);
  }
  text(length: number): string {
    this.#at += length;
    if (this.#at > this.#bytes.length) throw new RangeError("cut off");
    return this.#bytes.toString("latin1", this.#at - length, this.#at);
  }
}

/** The box is still there, and as long, but says nothing: what lies behind it keeps its place. */
export function blankBox(bytes: Buffer, box: Box): void {
  bytes.write("free", box.start + 4, "latin1");
  bytes.fill(0, box.body, box.end);
}
