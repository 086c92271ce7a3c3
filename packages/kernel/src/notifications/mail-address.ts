import type { PetitionerIdentity } from "@doorstep/contracts";
import { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { corrected, correctionsOf } from "../own-data/identity.ts";
import { personKey } from "../vault/keys.ts";
import { open, openRecord } from "../vault/seal.ts";

const mail = z.email().max(200);

/** What somebody gave as contact, where it is an e-mail address. */
export const asMail = (contact: string | undefined): string | null => mail.safeParse(contact?.trim()).data ?? null;

interface Party {
  readonly link: string;
  readonly sealed: Buffer;
}
interface Sealed {
  readonly dek: Buffer;
  readonly ct: Buffer;
}

/**
 * The address a petitioner gave with one of his cases, for the account behind this pseudonym and nobody else who stands
 * in the case. Only for whoever has asked to be written to; it leaves the vault for the one message and is kept nowhere.
 */
export async function petitionersAddress(
  k: Pick<Kernel, "pool" | "keys">,
  caseId: string,
  recipient: string,
): Promise<string | null> {
  const parties = await k.pool.query<Party>(
    "select id as link, sealed from kernel.party_links where case_id = $1 and role = 'petitioner' order by id",
    [caseId],
  );
  for (const { link, sealed } of parties.rows) {
    const personId = open(k.keys.link.key, sealed, `link:${link}`).toString("utf8");
    const { rows } = await k.pool.query<Sealed>("select dek, ct from vault.persons where id = $1", [personId]);
    const [record] = rows;
    if (!record) continue;
    const person = JSON.parse(openRecord(k.keys.kek, personId, record)) as PetitionerIdentity & { accountId?: string };
    if (person.accountId && personKey(k.keys, person.accountId) === recipient)
      return asMail(corrected(person, await correctionsOf(k, caseId)).contact);
  }
  return null;
}
