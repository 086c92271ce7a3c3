import type { Kernel } from "../kernel.ts";
import { personTag } from "../vault/person-tags.ts";
import { hex, open } from "../vault/seal.ts";

/** More petitions of one person than this are not needed to see that it is a repeat. */
const MOST = 50;

/**
 * Other petitions of the petitioner of this one, by the keyed blind index over what identifies him: no name is read and
 * nothing is said of who he is. An anonymous petition has no petitioner to compare [SPEC §6(7); PROC].
 */
export async function casesOfSamePerson(k: Kernel, caseId: string): Promise<readonly string[]> {
  const own = await k.pool.query<{ id: string; sealed: Buffer; person_tag: Buffer | null }>({
    name: "repeats_own_links",
    text: "select id, sealed, person_tag from kernel.party_links where case_id = $1 and role in ('petitioner', 'coSigner')",
    values: [caseId],
  });
  if (own.rows.length === 0) return [];
  const persons = own.rows.map((row) => open(k.keys.link.key, row.sealed, `link:${row.id}`).toString("utf8"));
  const alike = await k.pool.query<{ person_id: string }>({
    name: "repeats_alike_persons",
    text: `select distinct t.person_id from vault.tags mine join vault.tags t using (kind, tag)
      where mine.person_id = any ($1::uuid[]) limit ${MOST}`,
    values: [persons],
  });
  const tags = [
    ...own.rows.flatMap((row) => (row.person_tag ? [hex(row.person_tag)] : [])),
    ...[...persons, ...alike.rows.map((row) => row.person_id)].map((person) => hex(personTag(k.keys, person))),
  ];
  const { rows } = await k.pool.query<{ case_id: string }>({
    name: "repeats_same_person",
    text: `select distinct l.case_id from kernel.party_links l
      where l.person_tag = any ($1::bytea[]) and l.role in ('petitioner', 'coSigner') and l.case_id <> $2 limit ${MOST}`,
    values: [tags, caseId],
  });
  return rows.map((row) => row.case_id);
}
