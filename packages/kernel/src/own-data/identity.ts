import type { OpenedIdentity, PetitionerIdentity } from "@doorstep/contracts";
import type { Kernel } from "../kernel.ts";
import { CO_SIGNER } from "../mandates/mandate.ts";
import { open, openRecord } from "../vault/seal.ts";

interface Sealed {
  readonly id: string;
  readonly dek: Buffer;
  readonly ct: Buffer;
}
export type Correction = Partial<Pick<PetitionerIdentity, "name" | "contact">>;

/** What he added later, oldest first. */
export async function correctionsOf(k: Pick<Kernel, "pool" | "keys">, caseId: string): Promise<readonly Correction[]> {
  const { rows } = await k.pool.query<Sealed>(
    "select id, dek, ct from vault.corrections where case_id = $1 order by at, id",
    [caseId],
  );
  return rows.map((row) => JSON.parse(openRecord(k.keys.kek, row.id, row)) as Correction);
}

/** The newest word he gave on each; what he left out stays as it was. */
export const corrected = <P extends Correction>(person: P, corrections: readonly Correction[]): P =>
  corrections.reduce<P>((now, one) => ({ ...now, ...one }), person);

/** The person of the vault behind a case; `null` where nobody was named or the link was cut. */
export async function personOfCase(
  k: Pick<Kernel, "pool" | "keys">,
  caseId: string,
): Promise<{ readonly id: string; readonly identity: PetitionerIdentity; readonly corrections: number } | null> {
  const links = await k.pool.query<{ id: string; sealed: Buffer }>(
    "select id, sealed from kernel.party_links where case_id = $1 and role = 'petitioner' order by id limit 1",
    [caseId],
  );
  const [link] = links.rows;
  if (!link) return null;
  const id = open(k.keys.link.key, link.sealed, `link:${link.id}`).toString("utf8");
  const { rows } = await k.pool.query<Omit<Sealed, "id">>("select dek, ct from vault.persons where id = $1", [id]);
  const [record] = rows;
  if (!record) return null;
  const { accountId: _account, ...given } = JSON.parse(openRecord(k.keys.kek, id, record)) as PetitionerIdentity & {
    accountId?: string;
  };
  const corrections = await correctionsOf(k, caseId);
  return { id, identity: corrected(given, corrections), corrections: corrections.length };
}

/** Who signed a joint petition, by name: in which order they did is nobody's business. */
export async function coSignersOf(
  k: Pick<Kernel, "pool" | "keys">,
  caseId: string,
): Promise<OpenedIdentity["coSigners"]> {
  const links = await k.pool.query<{ id: string; sealed: Buffer }>(
    "select id, sealed from kernel.party_links where case_id = $1 and role = $2",
    [caseId, CO_SIGNER],
  );
  const ids = links.rows.map((link) => open(k.keys.link.key, link.sealed, `link:${link.id}`).toString("utf8"));
  const { rows } = await k.pool.query<Sealed>("select id, dek, ct from vault.persons where id = any ($1::uuid[])", [
    ids,
  ]);
  const people = rows.map((row) => JSON.parse(openRecord(k.keys.kek, row.id, row)) as PetitionerIdentity);
  return people
    .map(({ name, kind, contact }) => ({ name, kind, contact }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "zh-CN"));
}
