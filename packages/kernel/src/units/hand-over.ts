import { places } from "../cases/reveal.ts";
import type { Change } from "../change.ts";
import { nextEntry } from "../ledger/entry.ts";
import { apply } from "../pipeline/apply.ts";
import { protectText } from "../vault/protected-text.ts";
import { reaudienceCases } from "./reaudience.ts";

/** SQL: whether the case `c` is work for somebody still. */
export const isAtWork = `(c.status <> all('{archived,diverted,guided,merged,notReaccepted,withdrawn}') or c.flags && '{contested,newFacts}')`;

/** An open case, and the unit that has it from now on. */
export interface HandedOver {
  readonly caseId: string;
  readonly to: string;
}

interface OpenCase {
  id: string;
  holder: string;
  organ: string | null;
  status: string;
  track: string;
  category: string | null;
  channel: string;
  level: string;
  ledger_seq: number;
  ledger_hash: Buffer;
  legs: number;
}

/** The reason of a leg, under the key of whose case it is. A change that is only tried out keeps nothing. */
const reasonOf = (change: Change, row: OpenCase, legId: string, why: string): string =>
  row.organ === null || !change.keys ? why : protectText(change.keys, row.organ, places.leg(legId, "reason"), why);

/**
 * Passes open petitions to the units that come after their holders: each petition has exactly one holder at any time. It
 * is no hop of the petition, whose state and clocks stay as they are; handlers stay until the successor names others.
 */
export async function handOver(change: Change, cases: readonly HandedOver[], why: string): Promise<void> {
  if (cases.length === 0) return;
  const toOf = new Map(cases.map((c) => [c.caseId, c.to]));
  const { rows } = await change.client.query<OpenCase>(
    `select c.id, c.holder_unit_id as holder, c.organ_id as organ, c.status, c.track, c.category, c.channel, c.level, c.ledger_seq,
       c.ledger_hash, (select count(*)::int from kernel.legs l where l.case_id = c.id) as legs
      from kernel.cases c where c.id = any($1::uuid[]) order by c.id for update of c`,
    [[...toOf.keys()]],
  );
  const at = change.at.toISOString();
  const by = change.by.startsWith("person:") ? change.by.slice("person:".length) : null;
  const moves = rows.map((row) => {
    const to = toOf.get(row.id) ?? row.holder;
    const entry = nextEntry(
      row.id,
      { seq: row.ledger_seq, hash: row.ledger_hash.toString("hex") },
      {
        at,
        type: "case.routed",
        actor: change.by,
        facts: {
          act: "handOver",
          from: row.status,
          to: row.status,
          unit: to,
          fromUnit: row.holder,
          track: row.track,
          category: row.category,
          channel: row.channel,
          level: row.level,
          due: {},
        },
      },
    );
    return { row, to, entry, legId: change.newId() };
  });
  await apply(change.client, {
    legs: moves.map(({ row, to, legId }) => ({
      id: legId,
      case_id: row.id,
      no: row.legs + 1,
      from_unit_id: row.holder,
      to_unit_id: to,
      kind: "succeed",
      reason: reasonOf(change, row, legId, why),
      legal_ground: "",
      due_on: null,
      sent_at: at,
      sent_by: by,
    })),
    ledger: moves.map(({ entry }) => entry.row),
    outbox: moves.map(({ row, to, entry }) => ({
      id: change.newId(),
      at,
      case_id: row.id,
      seq: entry.row.seq,
      unit_id: to,
      type: "case.routed",
      payload: { from: row.status, to: row.status, act: "handOver" },
    })),
  });
  await change.client.query(
    `update kernel.cases c set holder_unit_id = e.unit, ledger_seq = e.seq, ledger_hash = decode(e.hash, 'hex')
      from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[]) as e(id, unit, seq, hash) where c.id = e.id`,
    [
      moves.map(({ row }) => row.id),
      moves.map(({ to }) => to),
      moves.map(({ entry }) => entry.head.seq),
      moves.map(({ entry }) => entry.head.hash),
    ],
  );
  await reaudienceCases(
    change.client,
    moves.map(({ row }) => row.id),
  );
}
