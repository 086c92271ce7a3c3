import { DoorstepError } from "@doorstep/contracts";
import { type Change, recordFact } from "@doorstep/kernel";
import type { Pool, PoolClient } from "pg";
import { keyIdOf, type Publisher, readPublicKey } from "../archive/signature.ts";
import { rootUnit } from "../choices/unit-rows.ts";

type Reader = Pick<Pool | PoolClient, "query">;

/** The keys whose archives are taken: this platform's own, and those that an administrator trusts. */
export async function trustedPublishers(reader: Reader, own: Publisher): Promise<readonly Publisher[]> {
  const { rows } = await reader.query<Publisher>(
    `select key_id as "keyId", name, public_key as "publicKey" from kernel.plugin_publisher
      where revoked_at is null order by name, key_id`,
  );
  return [own, ...rows];
}

export interface Trust {
  readonly name: string;
  /** PEM of an Ed25519 public key */
  readonly publicKey: string;
  readonly why: string;
}

/** Trusts a key from now on. @throws DoorstepError `module.publisherKey` where the text is no such key */
export async function trustPublisher(change: Change, trust: Trust): Promise<string> {
  const keyId = idOf(trust.publicKey);
  await change.client.query(
    `insert into kernel.plugin_publisher (key_id, name, public_key, why, added_by, added_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (key_id) do update set name = excluded.name, why = excluded.why, added_by = excluded.added_by,
       added_at = excluded.added_at, revoked_at = null`,
    [keyId, trust.name, trust.publicKey, trust.why, personOf(change), change.at],
  );
  await note(change, "publisher.trusted", { key: keyId });
  return keyId;
}

/** Takes no further archive of a key; what is installed runs on. @throws DoorstepError `module.publisherUnknown` */
export async function revokePublisher(change: Change, keyId: string): Promise<void> {
  const { rowCount } = await change.client.query(
    "update kernel.plugin_publisher set revoked_at = $2 where key_id = $1 and revoked_at is null",
    [keyId, change.at],
  );
  if (rowCount === 0) throw new DoorstepError("module.publisherUnknown");
  await note(change, "publisher.revoked", { key: keyId });
}

function idOf(publicKey: string): string {
  try {
    return keyIdOf(readPublicKey(publicKey));
  } catch {
    throw new DoorstepError("module.publisherKey");
  }
}

export const personOf = (change: Change): string | null =>
  change.by.startsWith("person:") ? change.by.slice("person:".length) : null;

type Noted =
  | "publisher.trusted"
  | "publisher.revoked"
  | "module.installed"
  | "module.ended"
  | "module.released"
  | "module.purgeAsked"
  | "module.purgeDecided"
  | "module.dataBack"
  | "module.dataDropped"
  | "module.dataExported";

/** Modules belong to the whole platform, so what is done with them stands in the chain of its root. */
export async function note(change: Change, type: Noted, facts: Readonly<Record<string, unknown>>): Promise<void> {
  const root = await rootUnit(change.client);
  if (root) await recordFact(change.client, { stream: root.id, at: change.at, type, actor: change.by, facts });
}
