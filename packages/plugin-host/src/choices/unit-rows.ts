import { DoorstepError, type Text, type UnitSummary } from "@doorstep/contracts";
import type { ClientBase } from "pg";

/** A pool or the connection of a transaction. */
export type Reader = Pick<ClientBase, "query">;

export interface UnitRow extends UnitSummary {
  /** the root first, the unit itself last */
  readonly path: readonly string[];
  readonly timeZone: string;
}

interface Columns {
  id: string;
  code: string;
  name_zh: string;
  name_en: string;
  level: number;
  parent_id: string | null;
  path: string[];
  time_zone: string;
}

export const UNIT_COLUMNS = "u.id, u.code, u.name_zh, u.name_en, u.level, u.parent_id, u.path, u.time_zone";

export const toUnitRow = (row: Columns): UnitRow => ({
  id: row.id,
  code: row.code,
  name: { "zh-CN": row.name_zh, en: row.name_en },
  level: row.level,
  parentId: row.parent_id,
  path: row.path,
  timeZone: row.time_zone,
});

export const toSummary = (unit: UnitSummary): UnitSummary => ({
  id: unit.id,
  code: unit.code,
  name: unit.name,
  level: unit.level,
  parentId: unit.parentId,
});

/** The units with these ids; unknown ones are absent. */
export async function unitsById(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, UnitRow>> {
  const { rows } = await reader.query<Columns>(
    `select ${UNIT_COLUMNS} from kernel.units u where u.id = any($1::uuid[])`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, toUnitRow(row)]));
}

/** @throws DoorstepError `unit.notFound` */
export async function unitById(reader: Reader, id: string): Promise<UnitRow> {
  const unit = (await unitsById(reader, [id])).get(id);
  if (!unit) throw new DoorstepError("unit.notFound");
  return unit;
}

export async function unitByCode(reader: Reader, code: string): Promise<UnitRow | undefined> {
  const { rows } = await reader.query<Columns>(
    `select ${UNIT_COLUMNS} from kernel.units u where lower(u.code) = lower($1)`,
    [code.trim()],
  );
  return rows[0] && toUnitRow(rows[0]);
}

/** Where whoever does not know the unit is sent; absent in a database without units. */
export async function rootUnit(reader: Reader): Promise<UnitRow | undefined> {
  const { rows } = await reader.query<Columns>(
    `select ${UNIT_COLUMNS} from kernel.units u where u.parent_id is null order by u.code limit 1`,
  );
  return rows[0] && toUnitRow(rows[0]);
}

export const nameOf = (unit: UnitRow | undefined): Text => unit?.name ?? { "zh-CN": "–", en: "–" };

/** A lock names who set it, in the language of whoever reads the refusal. */
export function lockedBy(authority: UnitRow | undefined): DoorstepError {
  const name = nameOf(authority);
  return new DoorstepError("module.locked", { unit: name["zh-CN"], unitEn: name.en });
}
