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

/** Of a petition, or from one unit to another: what stands in the ledger of the petition, or of the letter itself. */
const SEALED = `select code, number, sealed_at, issuer_unit_id as unit_id, case_id as stream
    from kernel.notices where id = $1 and hash = decode($2, 'hex')
  union all select 'DM', number, issued_at, from_unit_id, id from kernel.unit_letters where id = $1 and hash = decode($2, 'hex')`;

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
        where l.stream = n.stream and position($2 in l.body) > 0) as recorded
      from (${SEALED}) n join kernel.units u on u.id = n.unit_id`,
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
