import type { Change } from "../change.ts";
import { nextEntry } from "../ledger/entry.ts";
import { apply } from "../pipeline/apply.ts";
import { reaudienceCases } from "./reaudience.ts";

interface OpenCase {
  id: string;
  status: string;
  track: string;
  category: string | null;
  channel: string;
  level: string;
  hops: number;
  ledger_seq: number;
  ledger_hash: Buffer;
  legs: number;
}

/**
 * Passes what a retired unit still holds to its successor: each petition has exactly one holder at any time. It is no
 * hop of the petition, whose state and clocks stay as they are; handlers stay until the successor names others.
 */
export async function handOver(
  change: Change,
  units: { readonly from: string; readonly to: string; readonly why: string },
): Promise<number> {
  const { rows } = await change.client.query<OpenCase>(
    `select c.id, c.status, c.track, c.category, c.channel, c.level, c.hops, c.ledger_seq, c.ledger_hash,
       (select count(*)::int from kernel.legs l where l.case_id = c.id) as legs
      from kernel.cases c
     where c.holder_unit_id = $1 and c.status <> all('{archived,diverted,guided,merged,notReaccepted,withdrawn}')
     order by c.id for update of c`,
    [units.from],
  );
  if (rows.length === 0) return 0;
  const at = change.at.toISOString();
  const entries = rows.map((row) => ({
    row,
    entry: nextEntry(
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
          unit: units.to,
          fromUnit: units.from,
          track: row.track,
          category: row.category,
          channel: row.channel,
          level: row.level,
          due: {},
        },
      },
    ),
  }));
  const by = change.by.startsWith("person:") ? change.by.slice("person:".length) : null;
  await apply(change.client, {
    legs: rows.map((row) => ({
      id: change.newId(),
      case_id: row.id,
      no: row.legs + 1,
      from_unit_id: units.from,
      to_unit_id: units.to,
      kind: "designate",
      reason: units.why,
      legal_ground: "",
      due_on: null,
      sent_at: at,
      sent_by: by,
    })),
    ledger: entries.map(({ entry }) => entry.row),
    outbox: entries.map(({ row, entry }) => ({
      id: change.newId(),
      at,
      case_id: row.id,
      seq: entry.row.seq,
      unit_id: units.to,
      type: "case.routed",
      payload: { from: row.status, to: row.status, act: "handOver" },
    })),
  });
  await change.client.query(
    `update kernel.cases c set holder_unit_id = $1, ledger_seq = e.seq, ledger_hash = decode(e.hash, 'hex')
      from unnest($2::uuid[], $3::int[], $4::text[]) as e(id, seq, hash) where c.id = e.id`,
    [
      units.to,
      rows.map((row) => row.id),
      entries.map(({ entry }) => entry.head.seq),
      entries.map(({ entry }) => entry.head.hash),
    ],
  );
  await reaudienceCases(
    change.client,
    rows.map((row) => row.id),
  );
  return rows.length;
}
