const MARK = /%doorstep\.archive\.1 [^\n]{1,480}\n/;
/** The mark stands before the last lines of the file. */
const TAIL_BYTES = 2_000;

const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The mark of a case file, and the hash of the file without it; `null` for any other file. */
export async function archiveMarkOf(file: Blob): Promise<{ readonly mark: string; readonly hash: string } | null> {
  const from = Math.max(0, file.size - TAIL_BYTES);
  const tail = new TextDecoder("latin1").decode(await file.slice(from).arrayBuffer());
  const found = MARK.exec(tail);
  if (!found) return null;
  const at = from + found.index;
  const without = new Blob([file.slice(0, at), file.slice(at + found[0].length)]);
  return { mark: found[0], hash: hexOf(await crypto.subtle.digest("SHA-256", await without.arrayBuffer())) };
}
