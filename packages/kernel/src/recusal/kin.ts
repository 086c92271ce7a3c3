import type { Kernel } from "../kernel.ts";
import { personKey } from "../vault/keys.ts";
import { hex, open, seal } from "../vault/seal.ts";

/** A declaration as stored. */
export interface Kinship {
  readonly id: string;
  readonly declarer_key: string;
  readonly declarer: Buffer;
  readonly other: Buffer;
}

const placeOf = (id: string, side: "declarer" | "other"): string => `kinships:${id}:${side}`;
/** Who one side is, sealed to its place. */
export const sealedPerson = (
  k: Pick<Kernel, "keys">,
  id: string,
  side: "declarer" | "other",
  personId: string,
): string => hex(seal(k.keys.link.key, personId, placeOf(id, side)));
export const revealedPerson = (k: Pick<Kernel, "keys">, row: Kinship, side: "declarer" | "other"): string =>
  open(k.keys.link.key, row[side], placeOf(row.id, side)).toString("utf8");

/** Who is declared kin of these people, by them or by the others: it holds both ways, and nobody is told. */
export async function kinOf(k: Pick<Kernel, "pool" | "keys">, people: readonly string[]): Promise<readonly string[]> {
  if (people.length === 0) return [];
  const keys = people.map((id) => personKey(k.keys, id));
  const { rows } = await k.pool.query<Kinship>(
    `select id, declarer_key, declarer, other from kernel.kinships
      where ended_at is null and (declarer_key = any ($1::uuid[]) or other_key = any ($1::uuid[]))`,
    [keys],
  );
  const known = new Set(people);
  const both = rows.flatMap((row) => [revealedPerson(k, row, "declarer"), revealedPerson(k, row, "other")]);
  return [...new Set(both.filter((id) => !known.has(id)))];
}
