import type { PersonKind } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { CO_SIGNER } from "../mandates/mandate.ts";
import type { Batch } from "../pipeline/batch.ts";
import { type Conflict, personNamed } from "../recusal/conflicts.ts";
import { kinOf } from "../recusal/kin.ts";
import { personTag, tagsOf } from "../vault/person-tags.ts";
import { returnCodeOf, returnTag } from "../vault/return-code.ts";
import { hex, seal, sealRecord } from "../vault/seal.ts";

/** Somebody who signed beside the petitioner. */
export interface CoSigner {
  /** of his press alone: his own code is made from it */
  readonly secret: string;
  readonly name: string;
  readonly kind: PersonKind;
  readonly contact: string;
  readonly serviceNo?: string | undefined;
  readonly accountId?: string | undefined;
  /** he speaks for all who signed, one of the representatives */
  readonly represents: boolean;
}

/** The code of somebody who signs, before there is a petition; from the filing on it opens that petition. */
export const signerCodeOf = (k: Pick<Kernel, "keys">, secret: string): string =>
  returnCodeOf(k.keys.code, `signer:${secret}`);

/**
 * Names go to the vault; each has a code of his own that shows him the petition and its letters. A representative writes and
 * asks for reviews as well; what binds everybody stays with whoever filed.
 */
export function coSignerRows(
  k: Kernel,
  caseId: string,
  at: string,
  signers: readonly CoSigner[],
): Required<Pick<Batch, "persons" | "tags" | "party_links" | "mandates">> {
  const rows = signers.map(({ secret, represents, accountId, ...who }) => {
    const [personId, linkId] = [k.newId(), k.newId()];
    const record = sealRecord(k.keys.kek, personId, JSON.stringify({ ...who, ...(accountId && { accountId }) }));
    return {
      person: { id: personId, kek: record.kek, dek: hex(record.dek), ct: hex(record.ct) },
      tags: tagsOf(k.keys, who).map(({ kind, tag }) => ({ kind, tag: hex(tag), person_id: personId })),
      link: {
        id: linkId,
        case_id: caseId,
        role: CO_SIGNER,
        kek: k.keys.link.id,
        sealed: hex(seal(k.keys.link.key, personId, `link:${linkId}`)),
        person_tag: hex(personTag(k.keys, accountId ?? personId)),
      },
      mandate: {
        id: k.newId(),
        case_id: caseId,
        filed: false,
        kind: "delegate",
        relation: CO_SIGNER,
        scope: represents ? ["speak", "appeal"] : [],
        consent: "given",
        given_at: at,
        until: null,
        return_tag: hex(returnTag(k.keys.code, signerCodeOf(k, secret))),
      },
    };
  });
  return {
    persons: rows.map((row) => row.person),
    tags: rows.flatMap((row) => row.tags),
    party_links: rows.map((row) => row.link),
    mandates: rows.map((row) => row.mandate),
  };
}

async function accountOf(k: Kernel, one: CoSigner): Promise<string | null> {
  const { accountId, name, kind, contact, serviceNo } = one;
  if (accountId) return accountId;
  return personNamed(k, { anonymity: "named", petitioner: { name, kind, contact, serviceNo, filingFor: "self" } });
}

/**
 * Who of the house must stand out because of those who signed: their kin, and they themselves where they have duties. All by
 * the same ground, so that a recusal does not say who has signed.
 */
export async function conflictsOfSigners(k: Kernel, signers: readonly CoSigner[]): Promise<readonly Conflict[]> {
  if (signers.length === 0) return [];
  const named = await Promise.all(signers.map((one) => accountOf(k, one)));
  const people = [...new Set(named.filter((id) => id !== null))];
  if (people.length === 0) return [];
  const [kin, staff] = await Promise.all([
    kinOf(k, people),
    k.pool.query<{ id: string }>(
      `select distinct person_id as id from kernel.role_grants
        where person_id = any ($1::uuid[]) and revoked_on is null and role not in ('petitioner', 'delegate')`,
      [people],
    ),
  ]);
  const out = new Set([...kin, ...staff.rows.map((row) => row.id)]);
  return [...out].map((personId) => ({ personId, ground: "kin" }));
}
