import {
  type ActorGrant,
  DoorstepError,
  type Locale,
  type Permission,
  type Role,
  rolePermissions,
} from "@doorstep/contracts";

export { DoorstepError };

/** A signed-in person, loaded once a request: grants valid today, and the handful of keys he sees by. */
export interface Actor {
  readonly personId: string;
  readonly name: string;
  readonly username: string;
  readonly unitId: string;
  readonly locale: Locale;
  readonly grants: readonly ActorGrant[];
  /** audience keys he holds: units with all below them, discipline organs, himself */
  readonly keys: readonly string[];
  /** unit keys held for the unit alone, without the units below */
  readonly flatKeys: readonly string[];
  /** highest confidentiality he sees by unit keys: 1 or 2 */
  readonly ceiling: 1 | 2;
}

/** Whether the person holds one of the roles at the unit, by the unit itself or by a grant above that covers it. */
export const holdsRoleAt = (actor: Actor, roles: readonly Role[], pathToRoot: readonly string[]): boolean =>
  actor.grants.some(
    (g) => roles.includes(g.role) && (g.unitId === pathToRoot[0] || (g.subtree && pathToRoot.includes(g.unitId))),
  );

export const mayAnywhere = (actor: Actor, permission: Permission): boolean =>
  actor.grants.some((g) => rolePermissions[g.role].includes(permission));

/** `pathToRoot` is the unit itself first, then its ancestors up to the root. */
export const mayAt = (actor: Actor, permission: Permission, pathToRoot: readonly string[]): boolean =>
  actor.grants.some(
    (g) =>
      rolePermissions[g.role].includes(permission) &&
      (g.unitId === pathToRoot[0] || (g.subtree && pathToRoot.includes(g.unitId))),
  );
