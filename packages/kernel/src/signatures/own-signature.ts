import { hash } from "node:crypto";
import { DoorstepError, type LetterFacts, type OwnSignature } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordFact } from "../ledger/record-fact.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { checkedPng } from "./check-png.ts";

/** Three times what stands on paper, so that it prints well; anything larger is a photo of a desk. */
const MOST = { width: 1_200, height: 600 };

interface Row {
  readonly hash: string;
  readonly png: Buffer;
  readonly since: Date;
}

/** The picture somebody signs with now, for himself alone. */
export async function ownSignature(k: Pick<Kernel, "pool">, actor: Actor): Promise<OwnSignature | null> {
  const { rows } = await k.pool.query<Row>(
    "select hash, png, added_at as since from kernel.signatures where person_id = $1 and ended_at is null",
    [actor.personId],
  );
  const [row] = rows;
  return row ? { png: row.png.toString("base64"), since: row.since.toISOString() } : null;
}

/**
 * Puts another picture in the place of the one before, or none: `null`. Only ever one's own; who did it and when stands
 * in the ledger, the picture does not.
 *
 * @throws DoorstepError `signature.picture`
 */
export async function setOwnSignature(k: Kernel, actor: Actor, png: string | null): Promise<void> {
  const picture = png === null ? null : checkedPng(Buffer.from(png, "base64"), MOST).bytes;
  const digest = picture && hash("sha256", picture, "hex");
  await inChange(k, ledgerActorOf(actor), async (change) => {
    const { client, at } = change;
    await client.query("select 1 from kernel.people where id = $1 for update", [actor.personId]);
    await client.query("update kernel.signatures set ended_at = $2 where person_id = $1 and ended_at is null", [
      actor.personId,
      at,
    ]);
    if (picture)
      await client.query(
        "insert into kernel.signatures (id, person_id, hash, png, added_at) values ($1, $2, $3, $4, $5)",
        [change.newId(), actor.personId, digest, picture, at],
      );
    const { rows } = await client.query<{ unit_id: string }>("select unit_id from kernel.people where id = $1", [
      actor.personId,
    ]);
    await recordFact(client, {
      stream: rows[0]?.unit_id ?? actor.personId,
      at,
      type: "person.changed",
      actor: change.by,
      facts: { act: picture ? "signatureSet" : "signatureRemoved", person: actor.personId, picture: digest },
    });
  });
}

/** Who seals a letter and the picture he signs with, as the letter keeps it; nothing where he has none. */
export type Signed = Pick<LetterFacts<"D14">, "signer">;

export async function signerOf(k: Pick<Kernel, "pool">, party: ActingParty): Promise<Signed> {
  if (party.kind !== "person") return {};
  const { rows } = await k.pool.query<{ hash: string }>(
    "select hash from kernel.signatures where person_id = $1 and ended_at is null",
    [party.actor.personId],
  );
  return rows[0] ? { signer: { name: party.actor.name, picture: rows[0].hash } } : {};
}

/** The picture a letter names. @throws DoorstepError `signature.notFound` */
export async function signatureNamed(k: Pick<Kernel, "pool">, picture: string | undefined): Promise<Buffer | null> {
  if (picture === undefined) return null;
  const { rows } = await k.pool.query<{ png: Buffer }>("select png from kernel.signatures where hash = $1 limit 1", [
    picture,
  ]);
  if (!rows[0]) throw new DoorstepError("signature.notFound");
  return rows[0].png;
}
