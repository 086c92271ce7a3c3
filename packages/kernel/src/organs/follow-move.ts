import { places } from "../cases/reveal.ts";
import type { Change } from "../change.ts";
import { rewrappedFiles } from "../files/file-keys.ts";
import { nextEntry } from "../ledger/entry.ts";
import { apply } from "../pipeline/apply.ts";
import { reaudienceCases } from "../units/reaudience.ts";
import type { Keys } from "../vault/keys.ts";
import { protectText } from "../vault/protected-text.ts";
import { resealed } from "./reseal.ts";

interface Accusation {
  readonly id: string;
  readonly status: string;
  readonly organId: string;
  readonly holderId: string;
  readonly ledgerSeq: number;
  readonly ledgerHash: Buffer;
  readonly legs: number;
  /** where the organ's unit stands, root first */
  readonly organPath: readonly string[];
  /** the same for every unit complained of */
  readonly respondents: readonly (readonly string[])[];
}

/** Only over all units complained of, and none of them: that is the organ one level up [R22:22(2),30]. */
export const standsAbove = (unitId: string, respondents: readonly (readonly string[])[]): boolean =>
  respondents.every((path) => path.slice(0, -1).includes(unitId));

/** Units above everybody complained of, the nearest first. */
export function aboveAll(respondents: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = respondents;
  return first
    .slice(0, -1)
    .filter((id) => standsAbove(id, others.length > 0 ? others : [first]))
    .toReversed();
}

const concerned = (change: Change, unitId: string) =>
  change.client.query<Accusation>(
    `select c.id, c.status, c.organ_id as "organId", c.holder_unit_id as "holderId", c.ledger_seq as "ledgerSeq",
        c.ledger_hash as "ledgerHash", ou.path as "organPath",
        (select count(*)::int from kernel.legs l where l.case_id = c.id) as legs,
        (select jsonb_agg(to_jsonb(u.path)) from kernel.respondents r join kernel.units u on u.id = r.unit_id
          where r.case_id = c.id) as respondents
       from kernel.cases c join kernel.offices o on o.id = c.organ_id join kernel.units ou on ou.id = o.unit_id
      where c.status <> all('{archived,diverted,guided,merged,notReaccepted,withdrawn}')
        and exists (select from kernel.respondents r join kernel.units u on u.id = r.unit_id
                     where r.case_id = c.id and (u.path @> array[$1::uuid] or ou.path @> array[$1::uuid]))
      order by c.id for update of c`,
    [unitId],
  );

/**
 * After a unit has moved: where the organ that has an accusation no longer stands above the unit complained of, the
 * nearest one that does takes over, with everything under its key, in the transaction of the move.
 *
 * @returns how many changed hands; one that has no organ above it any more stays where it is
 */
export async function followMove(change: Change & { readonly keys: Keys }, unitId: string): Promise<number> {
  const { rows } = await concerned(change, unitId);
  let moved = 0;
  for (const c of rows) {
    if (standsAbove(c.organPath.at(-1) ?? "", c.respondents)) continue;
    const { rows: organs } = await change.client.query<{ id: string; unitId: string }>(
      `select o.id, o.unit_id as "unitId" from kernel.offices o
        where o.unit_id = any($1::uuid[]) and o.kind = 'disciplineOrgan' and o.valid_until is null
        order by array_position($1::uuid[], o.unit_id), o.id limit 1`,
      [aboveAll(c.respondents)],
    );
    const [organ] = organs;
    if (!organ || organ.id === c.organId) continue;
    await takeOver(change, c, organ);
    moved += 1;
  }
  return moved;
}

async function takeOver(
  change: Change & { readonly keys: Keys },
  c: Accusation,
  organ: { readonly id: string; readonly unitId: string },
): Promise<void> {
  const at = change.at.toISOString();
  const { client, keys } = change;
  const key = { caseId: c.id, from: c.organId, to: organ.id };
  const sealed = await resealed({ pool: client as never, keys }, key);
  const entry = nextEntry(
    c.id,
    { seq: c.ledgerSeq, hash: c.ledgerHash.toString("hex") },
    {
      at,
      type: "case.organChanged",
      actor: change.by,
      facts: {
        act: "followMove",
        from: c.status,
        to: c.status,
        unit: organ.unitId,
        fromUnit: c.holderId,
        fromOrgan: c.organId,
        toOrgan: organ.id,
      },
    },
  );
  const legId = change.newId();
  await apply(client, {
    ...sealed.batch,
    resealed: [{ id: c.id, ...sealed.own }],
    file_keys: await rewrappedFiles({ pool: client as never, keys }, c.id, { from: c.organId, to: organ.id }),
    ledger: [entry.row],
    outbox: [
      {
        id: change.newId(),
        at,
        case_id: c.id,
        seq: entry.row.seq,
        unit_id: organ.unitId,
        type: "case.organChanged",
        payload: { from: c.status, to: c.status, act: "followMove" },
      },
    ],
    legs: [
      {
        id: legId,
        case_id: c.id,
        no: c.legs + 1,
        from_unit_id: c.holderId,
        to_unit_id: organ.unitId,
        kind: "designate",
        reason: protectText(keys, organ.id, places.leg(legId, "reason"), "unit.moved"),
        legal_ground: "R22:30",
        due_on: null,
        sent_at: at,
        sent_by: null,
      },
    ],
  });
  await client.query(
    `update kernel.cases set organ_id = $2, holder_unit_id = $3, handler_id = null, ledger_seq = $4, ledger_hash = decode($5, 'hex')
      where id = $1`,
    [c.id, organ.id, organ.unitId, entry.head.seq, entry.head.hash],
  );
  await reaudienceCases(client, [c.id]);
}
