import { DoorstepError, type officeKinds, type Text } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import type { LockedUnit } from "./lock-units.ts";

export interface OfficeInput {
  readonly id?: string | undefined;
  readonly kind: (typeof officeKinds)[number];
  readonly name: Text;
  readonly contact: string;
  readonly phone: string;
  readonly address: string;
}

/**
 * Brings the unit's offices to the list given: new ones begin today, missing ones end today, none is ever deleted.
 *
 * @throws DoorstepError `unit.organInUse` when a discipline organ still has open accusations, `unit.notFound` for an
 *   office of another unit.
 */
export async function saveOffices(change: Change, unit: LockedUnit, wanted: readonly OfficeInput[]): Promise<void> {
  const { rows: current } = await change.client.query<{ id: string; kind: string }>(
    "select id, kind from kernel.offices where unit_id = $1 and (valid_until is null or valid_until > $2) for update",
    [unit.id, unit.today],
  );
  const kept = new Set(wanted.flatMap((office) => (office.id ? [office.id] : [])));
  const known = new Map(current.map((office) => [office.id, office.kind]));
  for (const office of wanted)
    if (office.id && known.get(office.id) !== office.kind) throw new DoorstepError("unit.notFound");

  for (const office of current.filter((o) => !kept.has(o.id))) await endOffice(change, unit, office);
  for (const office of wanted) await writeOffice(change, unit, office);
}

async function endOffice(change: Change, unit: LockedUnit, office: { id: string; kind: string }): Promise<void> {
  // The organ is the only one who sees its accusations: without it nobody would.
  if (office.kind === "disciplineOrgan") {
    const inUse = await change.client.query(
      `select 1 from kernel.cases where organ_id = $1
        and status <> all('{archived,diverted,guided,merged,notReaccepted,withdrawn}') limit 1`,
      [office.id],
    );
    if (inUse.rowCount) throw new DoorstepError("unit.organInUse");
  }
  await change.client.query("update kernel.offices set valid_until = $2 where id = $1", [office.id, unit.today]);
}

async function writeOffice(change: Change, unit: LockedUnit, office: OfficeInput): Promise<void> {
  const values = [office.name["zh-CN"], office.name.en, office.contact, office.phone, office.address];
  if (office.id) {
    await change.client.query(
      "update kernel.offices set name_zh = $2, name_en = $3, contact = $4, phone = $5, address = $6 where id = $1",
      [office.id, ...values],
    );
    return;
  }
  await change.client.query(
    `insert into kernel.offices (id, unit_id, kind, valid_from, name_zh, name_en, contact, phone, address)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [change.newId(), unit.id, office.kind, unit.today, ...values],
  );
}
