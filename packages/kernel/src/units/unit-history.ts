import type { Change } from "../change.ts";

/** What a period of a unit's life is written down with. */
export interface UnitPeriod {
  readonly id: string;
  readonly parentId: string | null;
  readonly nameZh: string;
  readonly nameEn: string;
}

/** The first period of a new unit. */
export async function beginPeriod(change: Change, unit: UnitPeriod, on: string): Promise<void> {
  await change.client.query(
    `insert into kernel.unit_history (unit_id, from_on, parent_id, name_zh, name_en, changed_by, seq)
     values ($1, $2, $3, $4, $5, $6, 1)`,
    [unit.id, on, unit.parentId, unit.nameZh, unit.nameEn, change.by],
  );
}

/** Ends the running period of the unit and, unless the unit ends with it, begins the next one on the same day. */
export async function turnPeriod(
  change: Change,
  unit: UnitPeriod,
  period: { readonly on: string; readonly why: string; readonly ends?: boolean },
): Promise<void> {
  await change.client.query("update kernel.unit_history set until_on = $2 where unit_id = $1 and until_on is null", [
    unit.id,
    period.on,
  ]);
  if (period.ends) return;
  await change.client.query(
    `insert into kernel.unit_history (unit_id, from_on, parent_id, name_zh, name_en, changed_by, why, seq)
     select $1, $2, $3, $4, $5, $6, $7, coalesce(max(seq), 0) + 1 from kernel.unit_history where unit_id = $1`,
    [unit.id, period.on, unit.parentId, unit.nameZh, unit.nameEn, change.by, period.why],
  );
}
