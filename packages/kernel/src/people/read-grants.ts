import type { Grant, Role, Text } from "@doorstep/contracts";
import { localDay } from "../units/living.ts";
import type { Reader } from "../units/unit-path.ts";
import type { HeldGrant } from "./person-lines.ts";

export interface ReadGrant extends HeldGrant {
  readonly id: string;
  readonly personId: string;
  readonly from: string;
  readonly grantedById: string | null;
  readonly grantedBy: string | null;
  readonly why: string;
}

interface Row {
  id: string;
  person_id: string;
  role: Role;
  unit_id: string;
  unit_name: Text;
  path: string[];
  subtree: boolean;
  valid_from: string;
  valid_until: string | null;
  pending: boolean;
  granted_by: string | null;
  granter: string | null;
  why: string;
}

const COLUMNS = `g.id, g.person_id, g.role, g.unit_id, u.path, g.subtree, g.valid_from, g.valid_until, g.pending, g.why,
  g.granted_by, (select h.name from kernel.people h where h.id = g.granted_by) as granter,
  json_build_object('zh-CN', u.name_zh, 'en', u.name_en) as unit_name`;

const toGrant = (row: Row): ReadGrant => ({
  id: row.id,
  personId: row.person_id,
  role: row.role,
  unit: { id: row.unit_id, name: row.unit_name },
  path: row.path.toReversed(),
  subtree: row.subtree,
  from: row.valid_from,
  until: row.valid_until,
  pending: row.pending,
  grantedById: row.granted_by,
  grantedBy: row.granter,
  why: row.why,
});

/** Grants of these people that are neither revoked nor over; those that wait for a second administrator too. */
export async function grantsOf(reader: Reader, personIds: readonly string[], now: Date): Promise<readonly ReadGrant[]> {
  const { rows } = await reader.query<Row>(
    `select ${COLUMNS} from kernel.role_grants g join kernel.units u on u.id = g.unit_id
      where g.person_id = any($1::uuid[]) and g.revoked_on is null
        and (g.valid_until is null or g.valid_until >= ${localDay("u", "$2")})
      order by g.pending desc, u.level, u.code, g.role, g.at`,
    [personIds, now],
  );
  return rows.map(toGrant);
}

/** Every role somebody ever got, newest first. */
export async function grantHistoryOf(
  reader: Reader,
  personId: string,
): Promise<readonly (ReadGrant & { readonly revokedOn: string | null })[]> {
  const { rows } = await reader.query<Row & { revoked_on: string | null }>(
    `select ${COLUMNS}, g.revoked_on from kernel.role_grants g join kernel.units u on u.id = g.unit_id
      where g.person_id = $1 order by g.at desc, g.id`,
    [personId],
  );
  return rows.map((row) => ({ ...toGrant(row), revokedOn: row.revoked_on }));
}

/** One grant, locked, whatever its state. */
export async function lockGrant(
  reader: Reader,
  grantId: string,
): Promise<(ReadGrant & { readonly revoked: boolean }) | undefined> {
  const { rows } = await reader.query<Row & { revoked: boolean }>(
    `select ${COLUMNS}, g.revoked_on is not null as revoked
       from kernel.role_grants g join kernel.units u on u.id = g.unit_id where g.id = $1 for update of g`,
    [grantId],
  );
  const row = rows[0];
  return row && { ...toGrant(row), revoked: row.revoked };
}

export const toWireGrant = (grant: ReadGrant): Grant => ({
  id: grant.id,
  role: grant.role,
  unitId: grant.unit.id,
  unitName: grant.unit.name,
  subtree: grant.subtree,
  from: grant.from,
  until: grant.until,
  pending: grant.pending,
  grantedBy: grant.grantedBy,
});
