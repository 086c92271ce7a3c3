import type { Kernel } from "../kernel.ts";
import type { Batch } from "../pipeline/batch.ts";
import { personTag, tagsOf } from "../vault/person-tags.ts";
import { hex, seal, sealRecord } from "../vault/seal.ts";
import type { Filing } from "./file-case.ts";

/**
 * Name and contact go straight to the vault; the case keeps only an encrypted link. An anonymous petition writes no
 * person, no tag, no link.
 */
export function partyRows(
  k: Kernel,
  caseId: string,
  filing: Pick<Filing, "anonymity" | "petitioner">,
  accountId: string | null,
): Pick<Batch, "persons" | "tags" | "party_links"> {
  const { petitioner } = filing;
  if (filing.anonymity === "anonymous" || !petitioner) return {};
  const personId = k.newId();
  const record = sealRecord(k.keys.kek, personId, JSON.stringify({ ...petitioner, ...(accountId && { accountId }) }));
  const linkId = k.newId();
  return {
    persons: [{ id: personId, kek: record.kek, dek: hex(record.dek), ct: hex(record.ct) }],
    tags: tagsOf(k.keys, petitioner).map(({ kind, tag }) => ({ kind, tag: hex(tag), person_id: personId })),
    party_links: [
      {
        id: linkId,
        case_id: caseId,
        role: "petitioner",
        kek: k.keys.link.id,
        sealed: hex(seal(k.keys.link.key, personId, `link:${linkId}`)),
        person_tag: hex(personTag(k.keys, accountId ?? personId)),
      },
    ],
  };
}
