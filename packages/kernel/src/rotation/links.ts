import type { PetitionerIdentity } from "@doorstep/contracts";
import type { Correction } from "../own-data/identity.ts";
import type { Keys } from "../vault/keys.ts";
import { personTag, tagsOf } from "../vault/person-tags.ts";
import { open, openRecord, seal } from "../vault/seal.ts";
import { countClosed, type RekeyClient, rekeyStep } from "./rekey-step.ts";

const AT_ONCE = 300;

interface Link {
  readonly id: string;
  readonly caseId: string;
  readonly sealed: Buffer;
  readonly tag: Buffer | null;
}
interface Sealed {
  readonly id: string;
  readonly dek: Buffer;
  readonly ct: Buffer;
}
type Known = PetitionerIdentity & { readonly accountId?: string };

const personOf = (keys: Keys, link: Link): string =>
  open(keys.link.key, link.sealed, `link:${link.id}`).toString("utf8");

/** Who the people behind the links are, with every contact they gave later. */
async function peopleOf(
  client: RekeyClient,
  lying: { readonly links: Keys; readonly vault: Keys },
  links: readonly Link[],
) {
  const ids = new Map(links.map((link) => [link.id, personOf(lying.links, link)]));
  const persons = await client.query<Sealed>("select id, dek, ct from vault.persons where id = any ($1::uuid[])", [
    [...ids.values()],
  ]);
  const corrections = await client.query<Sealed & { readonly caseId: string }>(
    `select id, case_id as "caseId", dek, ct from vault.corrections where case_id = any ($1::uuid[])`,
    [links.map((link) => link.caseId)],
  );
  const known = new Map(
    persons.rows.map((row) => [row.id, JSON.parse(openRecord(lying.vault.kek, row.id, row)) as Known]),
  );
  const later = corrections.rows.map((row) => ({
    caseId: row.caseId,
    words: JSON.parse(openRecord(lying.vault.kek, row.id, row)) as Correction,
  }));
  return links.map((link) => {
    const personId = ids.get(link.id) ?? "";
    const person = known.get(personId);
    const contacts = later.flatMap((one) => (one.caseId === link.caseId ? (one.words.contact ?? []) : []));
    return {
      link,
      personId,
      accountId: person?.accountId,
      values: person ? [person, ...contacts.map((contact) => ({ contact }))] : [],
    };
  });
}

type Person = Awaited<ReturnType<typeof peopleOf>>[number];

const tagsUnder = (keys: Keys, person: Person) =>
  person.values.flatMap((value) => tagsOf(keys, value).map((one) => ({ ...one, personId: person.personId })));

/**
 * Which person a case is of, and what tells that two are the same: both are hashed and sealed anew from what the vault
 * holds. It comes before the vault itself, which it reads under the old key.
 */
export const links = rekeyStep<Link>({
  id: "links",
  read: async (client, after) => {
    const { rows } = await client.query<Link>(
      `select id, case_id as "caseId", sealed, person_tag as tag from kernel.party_links
        where id > $1 order by id limit ${AT_ONCE}`,
      [after],
    );
    return rows;
  },
  async change(client, { from, to }, rows) {
    const people = await peopleOf(client, { links: from, vault: from }, rows);
    await client.query(
      `update kernel.party_links t set kek = $1, sealed = n.sealed, person_tag = n.tag from
         (select unnest($2::uuid[]) as id, unnest($3::bytea[]) as sealed, unnest($4::bytea[]) as tag) n where t.id = n.id`,
      [
        to.link.id,
        people.map(({ link }) => link.id),
        people.map(({ link, personId }) => seal(to.link.key, personId, `link:${link.id}`)),
        people.map(({ link, personId, accountId }) => link.tag && personTag(to, accountId ?? personId)),
      ],
    );
    const old = people.flatMap((person) => tagsUnder(from, person));
    const made = people.flatMap((person) => tagsUnder(to, person));
    await client.query(
      `update vault.tags t set tag = n.made from
         (select unnest($1::text[]) as kind, unnest($2::bytea[]) as old, unnest($3::bytea[]) as made, unnest($4::uuid[]) as person_id) n
        where t.kind = n.kind and t.tag = n.old and t.person_id = n.person_id`,
      [old.map((o) => o.kind), old.map((o) => o.tag), made.map((m) => m.tag), old.map((o) => o.personId)],
    );
  },
  async lost(client, { to }, rows) {
    const closed = countClosed(rows, (row) => personOf(to, row));
    if (closed > 0) return closed;
    const people = await peopleOf(client, { links: to, vault: to }, rows);
    const untrue = people.filter(
      ({ link, personId, accountId }) => link.tag && !link.tag.equals(personTag(to, accountId ?? personId)),
    );
    const stale = await client.query<{ n: number }>(
      `select count(*)::int as n from vault.tags t where t.person_id = any ($1::uuid[])
         and not exists (select from unnest($2::text[], $3::bytea[]) as k (kind, tag) where k.kind = t.kind and k.tag = t.tag)`,
      [
        people.map((person) => person.personId),
        people.flatMap((person) => tagsUnder(to, person).map((one) => one.kind)),
        people.flatMap((person) => tagsUnder(to, person).map((one) => one.tag)),
      ],
    );
    return untrue.length + (stale.rows[0]?.n ?? 0);
  },
});
