import { deserialize, serialize } from "node:v8";

const HEAD = 4;
/** One message at most: a file of 16 MB and what stands around it. */
const MOST_BYTES = 64 * 1_024 * 1_024;

/** A message as it goes over a pipe: its length, then its bytes. */
export function frameOf(message: unknown): Buffer {
  const body = serialize(message);
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(body.byteLength);
  return Buffer.concat([head, body]);
}

/**
 * Takes the pieces of a pipe and gives the messages in them.
 *
 * Node's own channel between processes throws outside of every handler when the other end writes what is no message, and
 * so lets a child end its parent; here whoever reads decides.
 *
 * @throws Error from the function returned, where a message is too long or is none; nothing more may be fed then
 */
export function frameReader(hear: (message: unknown) => void): (piece: Uint8Array) => void {
  let pieces: Uint8Array[] = [];
  let size = 0;
  /** so many bytes before there is anything to do */
  let needed = HEAD;
  return (piece) => {
    pieces.push(piece);
    size += piece.byteLength;
    if (size < needed) return;
    let rest = Buffer.concat(pieces);
    needed = HEAD;
    while (rest.byteLength >= HEAD) {
      needed = HEAD + rest.readUInt32BE();
      if (needed > MOST_BYTES) throw new Error("a message is too long");
      if (rest.byteLength < needed) break;
      hear(deserialize(rest.subarray(HEAD, needed)));
      rest = rest.subarray(needed);
      needed = HEAD;
    }
    pieces = [rest];
    size = rest.byteLength;
  };
}
