import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import { noticeHash, protectFacts } from "../notices/notice-row.ts";
import { nextNumber } from "../notices/number.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { signerOf } from "../signatures/own-signature.ts";
import { lockLetter, noteLetter } from "./change-letter.ts";
import { factsOfLetter, type LetterRow, letterFor, maySign } from "./letter-row.ts";

interface Read {
  readonly letterId: string;
  /** of what was read */
  readonly readVersion: number;
}

/** @throws DoorstepError `forbidden`; `notice.state` for what is not as it was read */
function assertWaits(actor: Actor, letter: LetterRow, { readVersion }: Read): void {
  if (!maySign(actor, letter)) throw new DoorstepError("forbidden");
  if (letter.state !== "toSign" || letter.version !== readVersion) throw new DoorstepError("notice.state");
}

/**
 * Signs a letter in the name of its unit: number, hash and seal are given, and the other unit has it. Never by whoever had it
 * written. A second press by the same person does nothing.
 *
 * @throws DoorstepError `notice.notFound`, `forbidden`, `notice.state`, `second.samePerson`
 */
export async function signUnitLetter(k: Kernel, actor: Actor, read: Read): Promise<LetterRow> {
  const before = await letterFor(k, actor, read.letterId);
  if (before.signed_by === actor.personId && before.version === read.readVersion) return before;
  assertWaits(actor, before, read);
  if (before.drafted_by === actor.personId) throw new DoorstepError("second.samePerson");
  const [unit] = await unitAndAncestors(k.pool, before.from_path[0] ?? null);
  if (!unit) throw new DoorstepError("unit.notFound");
  const on = localDateOf(k.now().toISOString(), unit.timeZone);
  const number = await nextNumber(k.pool, unit, Number(on.slice(0, 4)), "DM");
  const signed = await signerOf(k, { kind: "person", actor });
  await inChange(k, ledgerActorOf(actor), async (change) => {
    const letter = await lockLetter(change, read.letterId);
    assertWaits(actor, letter, read);
    const facts = { ...factsOfLetter(k, letter), number, issuedOn: on, ...signed };
    const hash = noticeHash("DM", facts);
    await change.client.query(
      `update kernel.unit_letters set facts = $2, state = 'issued', number = $3, hash = decode($4, 'hex'), signed_by = $5,
         issued_at = $6 where id = $1`,
      [
        ...[letter.id, protectFacts({ keys: k.keys, organId: letter.organ_id }, letter.id, facts), number, hash],
        ...[actor.personId, change.at],
      ],
    );
    await noteLetter(change, "unitLetter.issued", letter, { number, hash });
  });
  return await letterFor(k, actor, read.letterId);
}

/** Not like this: the module may write it anew. @throws DoorstepError `notice.notFound`, `forbidden`, `notice.state` */
export async function sendBackUnitLetter(
  k: Kernel,
  actor: Actor,
  { reason, ...read }: Read & { readonly reason: string },
): Promise<LetterRow> {
  assertWaits(actor, await letterFor(k, actor, read.letterId), read);
  await inChange(k, ledgerActorOf(actor), async (change) => {
    const letter = await lockLetter(change, read.letterId);
    assertWaits(actor, letter, read);
    const { protect } = shelterOf(k.keys, { id: letter.id, organId: letter.organ_id });
    await change.client.query(
      "update kernel.unit_letters set state = 'sentBack', sent_back_reason = $2 where id = $1",
      [letter.id, protect(places.unitLetter(letter.id), reason)],
    );
    await noteLetter(change, "unitLetter.sentBack", letter);
  });
  return await letterFor(k, actor, read.letterId);
}
