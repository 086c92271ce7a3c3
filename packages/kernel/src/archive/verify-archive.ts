import type { ArchiveProof, verifyArchiveInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { ACCESS_STREAM } from "../ledger/record-access.ts";
import { isSignedBy } from "../ledger/seal-keys.ts";
import { keptSealKeys, sealKeys } from "../ledger/verify-ledger.ts";
import { markedHash, readArchiveMark, takenApart } from "./archive-mark.ts";

const CHANGED: ArchiveProof = { state: "changed", archive: null };

/**
 * Says whether a case file was made here and is unchanged. The signature comes first, over a hash that only whoever holds
 * the file can state: nobody else is told that there is such a file.
 */
export async function verifyArchive(
  k: Pick<Kernel, "pool" | "keys">,
  input: z.output<typeof verifyArchiveInput>,
): Promise<ArchiveProof> {
  const mark = readArchiveMark(input.mark);
  const key = mark && sealKeys(k, await keptSealKeys(k.pool)).get(mark.keyId);
  if (!mark || !key || !isSignedBy(key, markedHash(mark, input.hash), mark.signature)) return CHANGED;
  const { rows } = await k.pool.query<{ case_no: string; time_zone: string }>(
    `select c.case_no, u.time_zone from kernel.ledger l
       join kernel.cases c on c.id = (l.body::jsonb->'facts'->>'case')::uuid join kernel.units u on u.id = c.holder_unit_id
      where l.stream = $1 and l.at = $2 and l.type = 'data.exported'
        and l.body::jsonb->'facts'->>'archive' = $3 and l.body::jsonb->'facts'->>'hash' = $4`,
    [ACCESS_STREAM, mark.madeAt, mark.archiveId, input.hash],
  );
  const [row] = rows;
  if (!row) return { state: "unrecorded", archive: null };
  return { state: "genuine", archive: { caseNo: row.case_no, madeAt: mark.madeAt, timeZone: row.time_zone } };
}

/** The same of the file itself; `null`: it says nothing of being a case file. */
export async function verifyArchiveFile(
  k: Pick<Kernel, "pool" | "keys">,
  file: Uint8Array,
): Promise<ArchiveProof | null> {
  const apart = takenApart(file);
  return apart && (await verifyArchive(k, apart));
}
