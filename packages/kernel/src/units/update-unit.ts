import { DoorstepError, type Text } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { isTimeZone } from "../clocks/local-time.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { pinyinForm } from "../search-form.ts";
import { assertFresh, type LockedUnit, lockLivingUnit } from "./lock-units.ts";
import { type OfficeInput, saveOffices } from "./save-offices.ts";
import { turnPeriod } from "./unit-history.ts";

export interface UnitUpdate {
  readonly unitId: string;
  readonly version: number;
  readonly name?: Text | undefined;
  readonly strength?: number | null | undefined;
  readonly timeZone?: string | undefined;
  readonly receptionPlace?: string | undefined;
  readonly replyApprovals?: 1 | 2 | null | undefined;
  readonly offices?: readonly OfficeInput[] | undefined;
}

const isRenamed = (unit: LockedUnit, name: Text | undefined): name is Text =>
  name !== undefined && (name["zh-CN"] !== unit.nameZh || name.en !== unit.nameEn);

/**
 * Changes what is given and leaves the rest. A new name begins a new period of the unit's history.
 *
 * @throws DoorstepError `unit.notFound`, `unit.retired`, `unit.stale`, `unit.timeZone`, `unit.organInUse`
 */
export async function updateUnit(change: Change, input: UnitUpdate): Promise<void> {
  const unit = await lockLivingUnit(change, input.unitId);
  assertFresh(unit, input.version);
  if (input.timeZone !== undefined && !isTimeZone(input.timeZone)) throw new DoorstepError("unit.timeZone");
  const nameZh = input.name?.["zh-CN"] ?? unit.nameZh;
  await change.client.query(
    `update kernel.units set name_zh = $2, name_en = $3, name_pinyin = $4, strength = $5, time_zone = $6,
       reception_place = $7, reply_approvals = case when $8 then $9::smallint else reply_approvals end, version = version + 1 where id = $1`,
    [
      unit.id,
      nameZh,
      input.name?.en ?? unit.nameEn,
      pinyinForm(nameZh),
      input.strength === undefined ? unit.strength : input.strength,
      input.timeZone ?? unit.timeZone,
      input.receptionPlace ?? unit.receptionPlace,
      input.replyApprovals !== undefined,
      input.replyApprovals ?? null,
    ],
  );
  const renamed = isRenamed(unit, input.name);
  if (renamed) {
    const period = { ...unit, nameZh, nameEn: input.name.en };
    await turnPeriod(change, period, { on: unit.today, why: "" });
  }
  if (input.offices) await saveOffices(change, unit, input.offices);
  await recordFact(change.client, {
    stream: unit.id,
    at: change.at,
    type: "unit.changed",
    actor: change.by,
    facts: {
      act: renamed ? "renamed" : "updated",
      version: unit.version + 1,
      fields: fieldsOf(input),
      // a number of the unit, by which counts of cases are read in proportion [SPEC §13 I24]
      ...(input.strength !== undefined && { strength: input.strength }),
    },
  });
}

/** Which fields were sent, never what stands in them. */
const fieldsOf = (input: UnitUpdate): string[] =>
  (["name", "strength", "timeZone", "receptionPlace", "replyApprovals", "offices"] as const).filter(
    (f) => input[f] !== undefined,
  );
