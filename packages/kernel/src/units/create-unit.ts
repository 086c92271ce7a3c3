import { DoorstepError, type Text } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { isTimeZone, localDateOf } from "../clocks/local-time.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { pinyinForm } from "../search-form.ts";
import { lockLivingUnit, lockTree } from "./lock-units.ts";
import { beginPeriod } from "./unit-history.ts";

/** The civil petition regulations hold for every root that has chosen nothing stricter [R22]. */
export const DEFAULT_POLICY_PACK = "cn-civil-2022";
const DEFAULT_REGION = "cn";

export interface NewUnit {
  readonly parentId: string | null;
  readonly code: string;
  readonly name: Text;
  readonly timeZone: string;
  readonly strength: number | null;
  /** a local date; left out: today */
  readonly validFrom?: string | undefined;
}

/**
 * Adds a unit below a parent, or a root. Rules and calendar are those of the parent.
 *
 * @throws DoorstepError `unit.notFound`, `unit.retired`, `unit.codeTaken`, `unit.timeZone`
 */
export async function createUnit(change: Change, input: NewUnit): Promise<string> {
  if (!isTimeZone(input.timeZone)) throw new DoorstepError("unit.timeZone");
  await lockTree(change);
  const parent = input.parentId === null ? null : await lockLivingUnit(change, input.parentId);
  const taken = await change.client.query("select 1 from kernel.units where lower(code) = lower($1)", [input.code]);
  if (taken.rowCount) throw new DoorstepError("unit.codeTaken", { code: input.code });

  const id = change.newId();
  const on = input.validFrom ?? localDateOf(change.at.toISOString(), input.timeZone);
  const path = [...(parent?.path ?? []), id];
  await change.client.query(
    `insert into kernel.units (id, code, name_zh, name_en, name_pinyin, level, parent_id, path, time_zone, strength,
       calendar_region, policy_pack, valid_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      input.code,
      input.name["zh-CN"],
      input.name.en,
      pinyinForm(input.name["zh-CN"]),
      path.length,
      input.parentId,
      path,
      input.timeZone,
      input.strength,
      parent?.calendarRegion ?? DEFAULT_REGION,
      parent?.policyPack ?? DEFAULT_POLICY_PACK,
      on,
    ],
  );
  const unit = { id, parentId: input.parentId, nameZh: input.name["zh-CN"], nameEn: input.name.en };
  await beginPeriod(change, unit, on);
  await recordFact(change.client, {
    stream: id,
    at: change.at,
    type: "unit.changed",
    actor: change.by,
    facts: { act: "created", parent: input.parentId, validFrom: on, strength: input.strength ?? null },
  });
  return id;
}
