/** Bytes as they arrive. */
export type Bytes = AsyncIterable<Uint8Array>;

/** Reads exact numbers of bytes from a stream without holding more of it than one arrived piece. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: Bytes) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    this.#held = this.#held.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#held, next.value]);
    return true;
  }

  /** The next `count` bytes; fewer only at the end of the stream. */
  async take(count: number): Promise<Buffer> {
    while (this.#held.length < count && (await this.#more()));
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }

  /** Some of the next bytes, at most `limit`; empty at the end. */
  async some(limit: number): Promise<Buffer> {
    if (this.#held.length === 0 && !(await this.#more())) return this.#held;
    return await this.take(Math.min(limit, this.#held.length));
  }

  /** The first bytes, kept for whoever reads next. */
  async peek(count: number): Promise<Buffer> {
    while (this.#held.length < count && (await this.#more()));
    return this.#held.subarray(0, count);
  }

  /** Gives bytes back that were taken too many. */
  putBack(bytes: Uint8Array): void {
    this.#held = Buffer.concat([bytes, this.#held]);
  }

  /** Everything from here on. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = await this.some(Number.POSITIVE_INFINITY);
      if (piece.length === 0) return;
      yield piece;
    }
  }
}
