import { hash, timingSafeEqual } from "node:crypto";
import { DoorstepError, type ReceiptShown } from "@doorstep/contracts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import { hmacSha256 } from "../vault/key-object.ts";
import { ALPHABET } from "../vault/return-code.ts";

const CHARACTERS = 16;

const digestOf = (text: string): string => hash("sha256", text, "hex");

/**
 * Stands on the receipt and proves that this text came in under this number at this time. It opens nothing, says
 * nothing of who wrote, and is stored nowhere: it is made anew from what the case itself holds.
 */
export function receiptProofOf(codeKey: Buffer, caseNo: string, receivedAt: Date, body: string): string {
  const said = `receipt\0${caseNo}\0${receivedAt.toISOString()}\0${digestOf(body)}`;
  const bytes = hmacSha256(codeKey).update(said).digest().subarray(0, CHARACTERS);
  return Array.from(bytes, (b) => ALPHABET.charAt(b & 31))
    .join("")
    .replace(/(.{4})(?=.)/g, "$1-");
}

/** As people copy it from paper. */
const plain = (typed: string): string =>
  typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0")
    .replace(/U/g, "V");

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

interface Row {
  readonly id: string;
  readonly organ_id: string | null;
  readonly body: string;
  readonly received_at: Date;
  readonly time_zone: string;
}

/**
 * Whether a receipt is ours: for whoever was shown it, in any later year, without learning anything of the case. A
 * number that is nobody's and a proof that does not fit are answered alike.
 *
 * @throws DoorstepError `receipt.unknown`.
 */
export async function verifyReceipt(
  k: Pick<Kernel, "pool" | "keys">,
  shown: { readonly caseNo: string; readonly proof: string; readonly text: string },
): Promise<ReceiptShown> {
  const caseNo = shown.caseNo.trim().toUpperCase();
  const { rows } = await k.pool.query<Row>(
    `select c.id, c.organ_id, c.body, c.received_at, u.time_zone from kernel.cases c
       join kernel.units u on u.id = c.intake_unit_id where c.case_no = $1 and not c.imported`,
    [caseNo],
  );
  const [found] = rows;
  const body =
    found &&
    shelterOf(k.keys, { id: found.id, organId: found.organ_id }).reveal(places.case(found.id, "body"), found.body);
  const expected = receiptProofOf(k.keys.code, caseNo, found?.received_at ?? new Date(0), body ?? "");
  if (!found || body === undefined || !isSame(plain(expected), plain(shown.proof)))
    throw new DoorstepError("receipt.unknown");
  return {
    receivedAt: found.received_at.toISOString(),
    timeZone: found.time_zone,
    digest: digestOf(body),
    textMatches: shown.text === "" ? null : shown.text === body,
  };
}
