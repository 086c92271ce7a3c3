/**
 * What is wrong with a file that says it is a zip archive, a workbook or XML.
 *
 * @since 0.1
 */
export class BrokenFile extends Error {
  override readonly name = "BrokenFile";
}

export interface ZipEntry {
  readonly packed: Uint8Array<ArrayBuffer>;
  readonly method: number;
  readonly size: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at -= 1) if (view.getUint32(at, true) === END) return at;
  throw new BrokenFile("no end of the archive");
}

/**
 * The files of a zip archive by their names, from the list at its end; nothing is unpacked yet.
 *
 * @throws BrokenFile
 */
export function openZip(bytes: Uint8Array<ArrayBuffer>): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, ZipEntry>();
  try {
    const end = endOf(view);
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
      if (view.getUint32(at, true) !== ENTRY) throw new BrokenFile("no entry where one should stand");
      const nameBytes = view.getUint16(at + 28, true);
      const local = view.getUint32(at + 42, true);
      if (view.getUint32(local, true) !== LOCAL) throw new BrokenFile("no file where one should stand");
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const packed = bytes.subarray(from, from + view.getUint32(at + 20, true));
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
      entries.set(name.replaceAll("\\", "/"), {
        packed,
        method: view.getUint16(at + 10, true),
        size: view.getUint32(at + 24, true),
      });
      at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch (error) {
    if (error instanceof RangeError) throw new BrokenFile("the archive is cut off");
    throw error;
  }
  return entries;
}

/**
 * Unpacks one file as text, piece by piece; more than the archive announced is refused, so that a small file cannot
 * swell without end.
 *
 * @throws BrokenFile
 */
export async function* unzipText(entry: ZipEntry): AsyncGenerator<string> {
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new BrokenFile("unknown way of packing");
  const source = new Blob([entry.packed]).stream();
  const bytes = entry.method === STORED ? source : source.pipeThrough(new DecompressionStream("deflate-raw"));
  const decoder = new TextDecoder();
  const reader = bytes.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new BrokenFile("a packed file is damaged");
      });
      if (done) break;
      size += value.byteLength;
      if (size > entry.size) throw new BrokenFile("a packed file is larger than announced");
      yield decoder.decode(value, { stream: true });
    }
    if (size !== entry.size) throw new BrokenFile("a packed file is cut off");
    yield decoder.decode();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
