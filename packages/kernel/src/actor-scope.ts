import { DoorstepError, type ErrorCode, type Permission, rolePermissions } from "@doorstep/contracts";
import { type Actor, mayAnywhere, mayAt } from "./actor.ts";

/** The units at which somebody holds a permission, as the two arrays that SQL compares paths with. */
export interface ActorScope {
  /** held for these and everything below */
  readonly subtree: readonly string[];
  /** held for the unit alone; or `EVERYWHERE` */
  readonly flat: readonly string[];
}

/** Stands in a scope for all units there are; no unit has this id. */
const EVERYWHERE = "00000000-0000-0000-0000-000000000000";

/** The platform's administrators keep every tree, also one that was planted after their grant. */
const isPlatformWide = (actor: Actor, permission: Permission): boolean =>
  rolePermissions.platformAdmin.includes(permission) && mayAnywhere(actor, "platform.manage");

export function scopeOf(actor: Actor, permission: Permission): ActorScope {
  if (isPlatformWide(actor, permission)) return { subtree: [], flat: [EVERYWHERE] };
  const held = actor.grants.filter((grant) => rolePermissions[grant.role].includes(permission));
  return {
    subtree: held.filter((grant) => grant.subtree).map((grant) => grant.unitId),
    flat: held.filter((grant) => !grant.subtree).map((grant) => grant.unitId),
  };
}

/** SQL: whether the unit `alias` lies in the scope whose two arrays are the given parameters. */
export const inScope = (alias: string, subtree: string, flat: string): string =>
  `(${alias}.path && ${subtree}::uuid[] or ${alias}.id = any(${flat}::uuid[]) or '${EVERYWHERE}' = any(${flat}::uuid[]))`;

/** `pathToRoot`: the unit first, the root last. */
export const holdsAt = (actor: Actor, permission: Permission, pathToRoot: readonly string[]): boolean =>
  mayAt(actor, permission, pathToRoot) || isPlatformWide(actor, permission);

export function assertMayAt(
  actor: Actor,
  permission: Permission,
  pathToRoot: readonly string[],
  code: ErrorCode = "forbidden",
): void {
  if (!holdsAt(actor, permission, pathToRoot)) throw new DoorstepError(code);
}
