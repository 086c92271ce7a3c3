import { places } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { Batch } from "../pipeline/batch.ts";
import type { Keys } from "../vault/keys.ts";
import { MARK, protectText, revealText } from "../vault/protected-text.ts";
import { hex, open, seal } from "../vault/seal.ts";

/** A file's own key as it is stored: wrapped, with the name of what wraps it. */
export interface WrappedKey {
  readonly kek: string;
  readonly dek: Buffer;
}

/** Beside the number of the key file it says that the organ's key wraps, not the general one. */
const ORGAN = "organ:";
const place = (fileId: string): string => `file:${fileId}`;

/** Wraps the key of a file: under the discipline organ's own key where the case is its, else under the general one. */
export function wrapKey(keys: Keys, organId: string | null, fileId: string, key: Buffer): WrappedKey {
  if (organId === null) return { kek: keys.kek.id, dek: seal(keys.kek.key, key, place(fileId)) };
  const organ = keys.organ(organId);
  return { kek: ORGAN + organ.id, dek: seal(organ.key, key, place(fileId)) };
}

/** @throws where the file belongs to another organ, or to nobody's organ. */
export function unwrapKey(keys: Keys, organId: string | null, file: WrappedKey & { readonly id: string }): Buffer {
  if (!file.kek.startsWith(ORGAN)) return open(keys.kek.key, file.dek, place(file.id));
  if (organId === null) throw new Error("the file is under an organ's key, its case is not");
  return open(keys.organ(organId).key, file.dek, place(file.id));
}

type Stored = WrappedKey & { readonly id: string; readonly name: string };

const nameFrom = (keys: Keys, organId: string | null, file: Pick<Stored, "id" | "name">): string =>
  revealText(keys, organId, places.fileName(file.id), file.name);

/** The name a file of the case bears: sealed like its words where the case is an organ's. */
export const fileNameOf = nameFrom;

const rewrapped = (keys: Keys, organs: { readonly from: string | null; readonly to: string }, file: Stored) => {
  const { kek, dek } = wrapKey(keys, organs.to, file.id, unwrapKey(keys, organs.from, file));
  const name = protectText(keys, organs.to, places.fileName(file.id), nameFrom(keys, organs.from, file));
  return { id: file.id, kek, dek: hex(dek), name };
};

/**
 * Puts the files of an accusation under the key of its organ, in the very statement that claims them or gives the case
 * to the organ: from then on the general key opens none of them.
 */
export async function underOrgansKey(
  k: Pick<Kernel, "pool" | "keys">,
  c: { readonly id: string; readonly organId: string | null; readonly formerOrganId: string | null },
  batch: Batch,
): Promise<Batch> {
  const { organId, formerOrganId } = c;
  if (organId === null) return batch;
  const claims = (batch.file_claims ?? []) as readonly { readonly id: string }[];
  if (claims.length === 0 && formerOrganId === organId) return batch;
  const { rows } = await k.pool.query<Stored & { readonly mine: boolean }>(
    `select id, kek, dek, name, case_id is not null as mine from kernel.files
      where case_id = $1 or case_id is null and id = any($2::uuid[])`,
    [c.id, claims.map((claim) => claim.id)],
  );
  const claimed = new Map(
    rows.filter((r) => !r.mine).map((r) => [r.id, rewrapped(k.keys, { from: null, to: organId }, r)]),
  );
  return {
    ...batch,
    file_claims: claims.map((claim) => ({ ...claim, ...claimed.get(claim.id) })),
    file_keys:
      formerOrganId === organId
        ? []
        : rows.filter((r) => r.mine).map((r) => rewrapped(k.keys, { from: formerOrganId, to: organId }, r)),
  };
}

/** The files of a case under the key of another organ. */
export async function rewrappedFiles(
  k: Pick<Kernel, "pool" | "keys">,
  caseId: string,
  organs: { readonly from: string | null; readonly to: string },
): Promise<readonly object[]> {
  const { rows } = await k.pool.query<Stored>("select id, kek, dek, name from kernel.files where case_id = $1", [
    caseId,
  ]);
  return rows.map((row) => rewrapped(k.keys, organs, row));
}

const AT_ONCE = 500;

/** Puts under the organ's key what an earlier version left under the general one. @returns how many. */
export async function shelterFiles(k: Pick<Kernel, "pool" | "keys">): Promise<number> {
  const { rows } = await k.pool.query<Stored & { readonly organId: string }>(
    `select f.id, f.kek, f.dek, f.name, c.organ_id as "organId" from kernel.files f join kernel.cases c on c.id = f.case_id
      where c.organ_id is not null and (f.kek not like '${ORGAN}%' or f.name not like '${MARK}%') limit ${AT_ONCE}`,
  );
  for (const row of rows) {
    const { id, kek, dek, name } = rewrapped(k.keys, { from: row.organId, to: row.organId }, row);
    await k.pool.query("update kernel.files set kek = $2, dek = $3, name = $5 where id = $1 and dek = $4", [
      id,
      kek,
      dek,
      row.dek,
      name,
    ]);
  }
  return rows.length;
}
