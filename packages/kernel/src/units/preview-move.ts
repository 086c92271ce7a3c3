import { DoorstepError, type Text } from "@doorstep/contracts";
import type { ModuleStates } from "../overview/module-states.ts";
import type { Transaction } from "../people/accounts.ts";
import { unitPath } from "./unit-path.ts";

export interface UnitChangePreview {
  openCases: number;
  people: number;
  subUnits: number;
  modulesTurnedOn: string[];
  modulesTurnedOff: string[];
  reviewBodyBefore: Text | null;
  reviewBodyAfter: Text | null;
}

/**
 * What a move changes. Petitions are counted by the unit's own audience key, so that an accusation, which no unit
 * sees, is not counted either.
 *
 * @throws DoorstepError `unit.notFound`, `unit.cycle`
 */
export async function previewMove(
  reader: Transaction,
  modules: ModuleStates,
  input: { readonly unitId: string; readonly parentId: string },
): Promise<UnitChangePreview> {
  const target = await unitPath(reader, input.parentId);
  if (target.includes(input.unitId)) throw new DoorstepError("unit.cycle");
  const { rows } = await reader.query<{
    cases: number;
    people: number;
    units: number;
    before: Text | null;
    after: Text;
  }>(
    `select (select count(*)::int from kernel.case_audience a where a.key = u.id and a.open) as cases,
       (select count(*)::int from kernel.people p join kernel.units h on h.id = p.unit_id
         where p.active and h.path @> array[u.id]) as people,
       (select count(*)::int from kernel.units b where b.path @> array[u.id] and b.id <> u.id and b.valid_until is null) as units,
       (select json_build_object('zh-CN', b.name_zh, 'en', b.name_en) from kernel.units b where b.id = u.parent_id) as before,
       (select json_build_object('zh-CN', b.name_zh, 'en', b.name_en) from kernel.units b where b.id = $2) as after
      from kernel.units u where u.id = $1`,
    [input.unitId, input.parentId],
  );
  const row = rows[0];
  if (!row) throw new DoorstepError("unit.notFound");
  const changes = await modules.changesByMove(reader, input.unitId, input.parentId);
  return {
    openCases: row.cases,
    people: row.people,
    subUnits: row.units,
    modulesTurnedOn: [...changes.on],
    modulesTurnedOff: [...changes.off],
    reviewBodyBefore: row.before,
    reviewBodyAfter: row.after,
  };
}
