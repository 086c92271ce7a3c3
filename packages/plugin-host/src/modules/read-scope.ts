import { type Permission, rolePermissions } from "@doorstep/contracts";
import type { Actor } from "@doorstep/kernel";

/** Where somebody holds a permission: units with those below them, and units alone. */
export function readScope(actor: Actor, permission: Permission): readonly [subtree: string[], alone: string[]] {
  const held = actor.grants.filter((grant) => rolePermissions[grant.role].includes(permission));
  return [
    held.filter((grant) => grant.subtree).map((grant) => grant.unitId),
    held.filter((grant) => !grant.subtree).map((grant) => grant.unitId),
  ];
}
