import type { LetterProof, NoticeCode } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { isSignedBy } from "../ledger/seal-keys.ts";
import { keptSealKeys, sealKeys } from "../ledger/verify-ledger.ts";
import { markedHash, readMark } from "../letters/letter-mark.ts";

interface Row {
  readonly code: NoticeCode;
  readonly number: string;
  readonly sealed_at: Date;
  readonly time_zone: string;
  readonly recorded: boolean;
}

/**
 * Says whether a file is a letter sealed here, byte for byte. The signature comes first: whoever does not hold the file
 * itself is told nothing of any letter, and whoever does is told nothing that does not stand in it.
 */
export async function verifyLetter(k: Pick<Kernel, "pool" | "keys">, bytes: Uint8Array): Promise<LetterProof> {
  const read = readMark(bytes);
  if (read === "none") return { state: "unmarked", letter: null };
  if (read === "broken") return { state: "changed", letter: null };
  const { mark, file } = read;
  const key = sealKeys(k, await keptSealKeys(k.pool)).get(mark.keyId);
  if (!key || !isSignedBy(key, markedHash(file, mark, mark.keyId), mark.signature))
    return { state: "changed", letter: null };
  const { rows } = await k.pool.query<Row>(
    `select n.code, n.number, n.sealed_at, u.time_zone, exists (select 1 from kernel.ledger l
        where l.stream = n.case_id and position($2 in l.body) > 0) as recorded
      from kernel.notices n join kernel.units u on u.id = n.issuer_unit_id where n.id = $1 and n.hash = decode($2, 'hex')`,
    [mark.noticeId, mark.noticeHash],
  );
  const [row] = rows;
  if (!row) return { state: "unrecorded", letter: null };
  return {
    state: row.recorded ? "genuine" : "unrecorded",
    letter: {
      code: row.code,
      number: row.number,
      sealedAt: row.sealed_at.toISOString(),
      timeZone: row.time_zone,
      locale: mark.locale,
    },
  };
}
