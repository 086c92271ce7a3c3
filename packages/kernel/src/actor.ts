import {
  type ActorGrant,
  DoorstepError,
  type Locale,
  type Permission,
  type Role,
  rolePermissions,
} from "@doorstep/contracts";

export { DoorstepError };

/**
 * A signed-in person, loaded once a request: grants valid today, and the handful of keys he sees by. A connected system
 * that calls with its token is one, too, with its own id in the place of a person's.
 */
export interface Actor {
  readonly personId: string;
  readonly isSystem?: true;
  readonly name: string;
  readonly username: string;
  readonly unitId: string;
  readonly locale: Locale;
  readonly grants: readonly ActorGrant[];
  /** the audience keys he holds, each with what it reaches: a role counts where it is held, and nowhere else */
  readonly reach: readonly Reach[];
  /** his pseudonym as a petitioner: opens his own page and nothing of the desk, whatever duties he has */
  readonly ownKey: string;
}

/** One way somebody sees cases: by the key of a unit or of a discipline organ. */
export interface Reach {
  readonly key: string;
  /** a unit held without those below it */
  readonly flat: boolean;
  /** the highest confidentiality seen by this key; an organ's stands for the very case: 3 */
  readonly ceiling: 1 | 2 | 3;
}

/** The one predicate over an audience already read; recusal is asked beside it. */
export const reaches = (
  actor: Pick<Actor, "reach">,
  confidentiality: number,
  audience: readonly { readonly key: string; readonly depth: number }[],
): boolean =>
  audience.some((a) =>
    actor.reach.some((r) => r.key === a.key && (!r.flat || a.depth === 0) && confidentiality <= r.ceiling),
  );

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
