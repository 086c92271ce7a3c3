import type { Kernel } from "../kernel.ts";
import type { Blobs } from "./blobs.ts";
import type { Bytes } from "./byte-reader.ts";
import { decrypt } from "./chunk-cipher.ts";
import { unwrapKey } from "./file-keys.ts";
import type { FileRow } from "./may-read-file.ts";

/** The content of a file that `mayReadFile` gave. */
export const readContent = (kernel: Pick<Kernel, "keys">, blobs: Blobs, file: FileRow): Bytes =>
  decrypt(unwrapKey(kernel.keys, file.organId, file), blobs.read(file.storageKey));

const CLAIM_HOURS = 24;
const HOUR_MS = 3_600_000;

/** Removes what was uploaded but never sent with anything. */
export async function forgetUnclaimed(kernel: Pick<Kernel, "pool" | "now">, blobs: Blobs): Promise<number> {
  const { rows } = await kernel.pool.query<{ storage_key: string }>(
    "delete from kernel.files where case_id is null and uploaded_at < $1 returning storage_key",
    [new Date(kernel.now().getTime() - CLAIM_HOURS * HOUR_MS)],
  );
  for (const row of rows) await blobs.remove(row.storage_key);
  return rows.length;
}
