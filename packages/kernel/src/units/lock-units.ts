import { DoorstepError } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { localDateOf } from "../clocks/local-time.ts";

const TREE_LOCK = 7_301_001;

/**
 * Changes of the tree's shape are rare and wait for each other: two moves at once could otherwise put each unit below
 * the other.
 */
export async function lockTree(change: Change): Promise<void> {
  await change.client.query("select pg_advisory_xact_lock($1)", [TREE_LOCK]);
}

export interface LockedUnit {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly parentId: string | null;
  /** root first, the unit last */
  readonly path: readonly string[];
  readonly timeZone: string;
  readonly strength: number | null;
  readonly receptionPlace: string;
  readonly policyPack: string;
  readonly calendarRegion: string;
  readonly validUntil: string | null;
  readonly version: number;
  /** the date people at the unit write today */
  readonly today: string;
  readonly living: boolean;
}

const COLUMNS = `id, code, name_zh as "nameZh", name_en as "nameEn", parent_id as "parentId", path,
  time_zone as "timeZone", strength, reception_place as "receptionPlace", policy_pack as "policyPack",
  calendar_region as "calendarRegion", valid_until as "validUntil", version`;

/** The unit, locked until the transaction ends. @throws DoorstepError `unit.notFound` */
export async function lockUnit(change: Change, unitId: string): Promise<LockedUnit> {
  const { rows } = await change.client.query<Omit<LockedUnit, "today" | "living">>(
    `select ${COLUMNS} from kernel.units where id = $1 for update`,
    [unitId],
  );
  const row = rows[0];
  if (!row) throw new DoorstepError("unit.notFound");
  const today = localDateOf(change.at.toISOString(), row.timeZone);
  return { ...row, today, living: row.validUntil === null || row.validUntil > today };
}

/** The same for a unit that something new is to hang on. @throws DoorstepError `unit.notFound`, `unit.retired` */
export async function lockLivingUnit(change: Change, unitId: string): Promise<LockedUnit> {
  const unit = await lockUnit(change, unitId);
  if (!unit.living) throw new DoorstepError("unit.retired");
  return unit;
}

export function assertFresh(unit: LockedUnit, version: number): void {
  if (unit.version !== version) throw new DoorstepError("unit.stale");
}
