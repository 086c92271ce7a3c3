import { hash } from "node:crypto";
import type { SealKey } from "../ledger/seal-keys.ts";

/** What the file of a case says of itself. */
export interface ArchiveMark {
  readonly archiveId: string;
  /** instant, as it stands in the ledger */
  readonly madeAt: string;
  readonly keyId: string;
  readonly signature: Buffer;
}

const WORD = "%doorstep.archive.1 ";
const MARK = new RegExp(`^${WORD}([0-9a-f-]{36}) (\\d{4}-[\\dT:.-]{18}Z) ([\\w-]{1,40}) ([0-9a-f]{128})\\s*$`);
/** Nothing may stand behind the end of a file that is kept for good [ISO 19005-2, 6.1.3]: the mark stands before its last lines. */
const TAIL = "startxref\n";

export const fileHash = (file: Uint8Array): string => hash("sha256", file, "hex");

/** What is signed: which archive it is, and the very bytes of the file without its mark. */
export const markedHash = (mark: Pick<ArchiveMark, "archiveId" | "madeAt" | "keyId">, ofFile: string): Buffer =>
  hash("sha256", `doorstep.archive.1\n${mark.archiveId}\n${mark.madeAt}\n${mark.keyId}\n${ofFile}`, "buffer");

/** Signs a file, so that it can be told from a changed one without anything but itself. */
export function markedArchive(
  file: Uint8Array,
  named: Pick<ArchiveMark, "archiveId" | "madeAt">,
  key: SealKey,
): Buffer {
  const bytes = Buffer.from(file);
  const at = bytes.lastIndexOf(TAIL);
  if (at < 0) throw new Error("a PDF without its last lines");
  const signature = key.sign(markedHash({ ...named, keyId: key.id }, fileHash(file))).toString("hex");
  const mark = Buffer.from(`${WORD}${named.archiveId} ${named.madeAt} ${key.id} ${signature}\n`);
  return Buffer.concat([bytes.subarray(0, at), mark, bytes.subarray(at)]);
}

/** @returns `null` for what is no mark */
export function readArchiveMark(line: string): ArchiveMark | null {
  const [, archiveId, madeAt, keyId, signature] = MARK.exec(line) ?? [];
  if (!archiveId || !madeAt || !keyId || !signature) return null;
  return { archiveId, madeAt, keyId, signature: Buffer.from(signature, "hex") };
}

/** The line of the mark, and the hash of all the rest; `null` where the file bears none. */
export function takenApart(file: Uint8Array): { readonly mark: string; readonly hash: string } | null {
  const bytes = Buffer.from(file);
  const at = bytes.lastIndexOf(WORD);
  const end = bytes.indexOf("\n", at) + 1;
  if (at < 0 || end === 0) return null;
  const rest = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
  return { mark: bytes.toString("latin1", at, end), hash: fileHash(rest) };
}
