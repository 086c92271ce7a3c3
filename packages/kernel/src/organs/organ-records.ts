import { DoorstepError, type Text } from "@doorstep/contracts";
import type { PoolClient } from "pg";
import type { Actor } from "../actor.ts";
import { places } from "../cases/reveal.ts";
import { ledgerActorOf } from "../change.ts";
import type { Kernel } from "../kernel.ts";
import { recordAccess } from "../ledger/record-access.ts";
import { protectText, revealText } from "../vault/protected-text.ts";

/** An organ that somebody belongs to. */
export interface OwnOrgan {
  readonly organId: string;
  readonly name: Text;
  readonly unitId: string;
}

/** The newest version of what a module keeps for an organ. */
export interface OrganRecord {
  readonly recordId: string;
  readonly version: number;
  readonly data: unknown;
  /** Instant. */
  readonly at: string;
  readonly by: string;
}

export interface Sealed {
  readonly data: unknown;
  readonly at: string;
  readonly by: string;
}

/** The discipline organs whose member somebody is today; none for anybody else. */
export async function organsOf(k: Pick<Kernel, "pool">, actor: Actor): Promise<readonly OwnOrgan[]> {
  const { rows } = await k.pool.query<{ id: string; zh: string; en: string; unit: string }>(
    `select id, name_zh as zh, name_en as en, unit_id as unit from kernel.offices
      where kind = 'disciplineOrgan' and valid_until is null and id = any ($1::uuid[]) order by id`,
    [actor.reach.map((one) => one.key)],
  );
  return rows.map((row) => ({ organId: row.id, name: { "zh-CN": row.zh, en: row.en }, unitId: row.unit }));
}

/** Nobody outside is told whether there is such an organ, or anything in it. @throws DoorstepError `forbidden` */
export async function assertMember(k: Pick<Kernel, "pool">, actor: Actor, organId: string): Promise<void> {
  if (!(await organsOf(k, actor)).some((one) => one.organId === organId)) throw new DoorstepError("forbidden");
}

/** An organ reads what was kept for one that it has taken the place of, at its unit or at one that came to it. */
export const CAME_TO = `select o.id from kernel.offices o join kernel.offices mine on mine.id = $1
  where o.kind = 'disciplineOrgan' and (o.id = mine.id or (o.valid_until is not null and kernel.heir(o.unit_id) = mine.unit_id))`;

export async function writeRecord(
  k: Pick<Kernel, "keys" | "newId" | "now">,
  client: Pick<PoolClient, "query">,
  by: Pick<Actor, "personId">,
  at: { readonly organId: string; readonly pluginId: string; readonly recordId: string; readonly version: number },
  data: unknown,
): Promise<boolean> {
  const id = k.newId();
  const sealed: Sealed = { data, at: k.now().toISOString(), by: by.personId };
  const { rowCount } = await client.query(
    `insert into kernel.organ_records (id, organ_id, plugin_id, record_id, version, data) values ($1, $2, $3, $4, $5, $6)
      on conflict do nothing`,
    [
      ...[id, at.organId, at.pluginId, at.recordId, at.version],
      protectText(k.keys, at.organId, places.organRecord(id), JSON.stringify(sealed)),
    ],
  );
  return rowCount === 1;
}

export interface RecordRow {
  readonly id: string;
  readonly organ_id: string;
  readonly record_id: string;
  readonly version: number;
  readonly data: string;
}

export const openedRecord = (k: Pick<Kernel, "keys">, row: RecordRow): Sealed =>
  JSON.parse(revealText(k.keys, row.organ_id, places.organRecord(row.id), row.data)) as Sealed;

/**
 * What a module keeps for an organ, for one of its members. That it was looked at stands in the ledger before the answer
 * leaves, whether there was anything or not.
 *
 * @throws DoorstepError `forbidden` for whoever is no member
 */
export async function organRecordsOf(
  k: Kernel,
  actor: Actor,
  at: { readonly organId: string; readonly pluginId: string },
): Promise<readonly OrganRecord[]> {
  await assertMember(k, actor, at.organId);
  const { rows } = await k.pool.query<RecordRow>(
    `select distinct on (record_id) id, organ_id, record_id, version, data from kernel.organ_records
      where plugin_id = $2 and organ_id in (${CAME_TO}) order by record_id, version desc`,
    [at.organId, at.pluginId],
  );
  await recordAccess(k, {
    type: "access.contentRead",
    actor: ledgerActorOf(actor),
    facts: { organ: at.organId, module: at.pluginId, level: 3 },
  });
  return rows
    .map((row) => ({ recordId: row.record_id, version: row.version, ...openedRecord(k, row) }))
    .toSorted((a, b) => b.at.localeCompare(a.at));
}

/**
 * Keeps a record, or its next version, in the name of a member. Earlier versions stay.
 *
 * @param record - `version`: of the one that was read, 0 for a new record
 * @returns the version written, or the one that stands with the same words; `null` where somebody has written in between
 * @throws DoorstepError `forbidden`
 */
export async function keepOrganRecord(
  k: Kernel,
  actor: Actor,
  at: { readonly organId: string; readonly pluginId: string },
  record: { readonly recordId: string; readonly version: number; readonly data: unknown },
): Promise<number | null> {
  await assertMember(k, actor, at.organId);
  const { rows } = await k.pool.query<RecordRow>(
    `select id, organ_id, record_id, version, data from kernel.organ_records
      where plugin_id = $2 and record_id = $3 and organ_id in (${CAME_TO}) order by version desc limit 1`,
    [at.organId, at.pluginId, record.recordId],
  );
  const [last] = rows;
  if (last && JSON.stringify(openedRecord(k, last).data) === JSON.stringify(record.data)) return last.version;
  if ((last?.version ?? 0) !== record.version) return null;
  const { organId, pluginId } = at;
  const next = { organId: last?.organ_id ?? organId, pluginId, recordId: record.recordId, version: record.version + 1 };
  return (await writeRecord(k, k.pool, actor, next, record.data)) ? next.version : null;
}

/**
 * Puts something before the organ of a unit, or the nearest above it, in the name of whoever asks: he writes it and cannot
 * read it back, and is not told whether it was there before.
 *
 * @returns whether there is such an organ
 */
export async function handToOrganOf(
  k: Kernel,
  actor: Actor,
  at: { readonly unitId: string; readonly pluginId: string },
  record: { readonly recordId: string; readonly data: unknown },
): Promise<boolean> {
  const { rows } = await k.pool.query<{ id: string }>(
    `select o.id from kernel.units u join kernel.offices o on o.unit_id = any (u.path)
      where u.id = $1 and o.kind = 'disciplineOrgan' and o.valid_until is null
      order by array_position(u.path, o.unit_id) desc, o.id limit 1`,
    [at.unitId],
  );
  const [organ] = rows;
  if (!organ) return false;
  const { pluginId } = at;
  await writeRecord(
    k,
    k.pool,
    actor,
    { organId: organ.id, pluginId, recordId: record.recordId, version: 1 },
    record.data,
  );
  return true;
}
