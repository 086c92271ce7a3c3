import { type Permission, rolePermissions } from "@doorstep/contracts";
import type { Actor } from "@doorstep/kernel";

/**
 * By the right of which unit somebody may act at the end of a path: the highest at which he holds the permission in a
 * way that reaches it. Its place counts from the root; a smaller one outranks a greater one.
 *
 * @param path - the root first, the unit acted upon last.
 */
export function authorityOver(
  actor: Actor,
  permission: Permission,
  path: readonly string[],
): { readonly unitId: string; readonly place: number } | undefined {
  for (const [place, unitId] of path.entries()) {
    const isUnitItself = place === path.length - 1;
    const held = actor.grants.some(
      (grant) =>
        grant.unitId === unitId && (grant.subtree || isUnitItself) && rolePermissions[grant.role].includes(permission),
    );
    if (held) return { unitId, place };
  }
  return undefined;
}

/** Whether he is the superior of units below this one: only then may he bind them. */
export const mayBindBelow = (actor: Actor, permission: Permission, path: readonly string[]): boolean =>
  actor.grants.some(
    (grant) => grant.subtree && path.includes(grant.unitId) && rolePermissions[grant.role].includes(permission),
  );
