import type { Role } from "@doorstep/contracts";
import { isLiveGrant } from "./living.ts";

/** Who takes in what arrives at a unit [SPEC §7]. */
export const intakeRoles: readonly Role[] = ["clerk", "officer"];
export const signerRoles: readonly Role[] = ["signer"];

/** SQL: whether an active person holds one of the roles at the unit, or above it with the units below. */
export const isCovered = (unit: string, roles: string, now: string): string =>
  `exists (select 1 from kernel.role_grants g join kernel.people h on h.id = g.person_id and h.active
            join kernel.units gu on gu.id = g.unit_id
           where g.role = any(${roles}::text[])
             and (g.unit_id = ${unit}.id or (g.subtree and g.unit_id = any(${unit}.path)))
             and ${isLiveGrant("g", "gu", now)})`;

/** SQL: whether a discipline organ is there for accusations against the unit: strictly above, or the root's own. */
export const hasOrganAbove = (unit: string, now: string): string =>
  `exists (select 1 from kernel.offices o
           where o.kind = 'disciplineOrgan' and o.unit_id = any(${unit}.path)
             and (o.unit_id <> ${unit}.id or ${unit}.parent_id is null)
             and (o.valid_until is null or o.valid_until > (${now}::timestamptz at time zone ${unit}.time_zone)::date))`;
