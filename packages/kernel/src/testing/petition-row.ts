import { GENESIS } from "../ledger/entry.ts";
import { reaudienceCases } from "../units/reaudience.ts";
import type { TestKernel, TestUnit } from "./test-kernel.ts";
import { testCalendar, testPack } from "./test-policy.ts";

export interface Given {
  readonly holder: TestUnit;
  readonly intake?: TestUnit;
  readonly status?: string;
  readonly confidentiality?: number;
  readonly organId?: string;
  readonly respondent?: TestUnit;
}

/** A petition as rows, without the way that led to it; its audience is the one the rule gives now. */
export async function petition(t: TestKernel, given: Given): Promise<string> {
  const id = crypto.randomUUID();
  const status = given.status ?? "inHandling";
  await t.database.pool.query(
    `insert into kernel.cases (id, case_no, intake_unit_id, holder_unit_id, organ_id, status, channel, channel_label_zh,
       channel_label_en, track, purpose, confidentiality, anonymity, title, body, pack, pack_version, calendar,
       received_at, entered_at, version, ledger_seq, ledger_hash)
     values ($1, $2, $3, $4, $5, $6, 'online', '网上', 'Online', 'ordinary', 'solve', $7, 'named', 't', 'b', $8, $9, $10,
       $11, $11, 1, 0, decode($12, 'hex'))`,
    [
      id,
      id.slice(0, 20),
      t.units[given.intake ?? given.holder],
      t.units[given.holder],
      given.organId ?? null,
      status,
      given.confidentiality ?? 1,
      testPack.id,
      testPack.version,
      testCalendar.id,
      t.clock.now,
      GENESIS,
    ],
  );
  if (given.respondent)
    await t.database.pool.query(
      "insert into kernel.respondents (id, case_id, kind, unit_id) values ($1, $2, 'unit', $3)",
      [crypto.randomUUID(), id, t.units[given.respondent]],
    );
  await reaudienceCases(t.database.appPool, [id]);
  return id;
}
