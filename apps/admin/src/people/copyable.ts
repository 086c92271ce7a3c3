import { type Grant, grantableRoles, type Role } from "@doorstep/contracts";

const same = (one: Grant, other: Grant): boolean =>
  one.role === other.role && one.unitId === other.unitId && one.subtree === other.subtree;

/** What of somebody's roles can be granted to another person: what counts, what may be granted, and he has not yet. */
export const copyable = (from: readonly Grant[], has: readonly Grant[], roles: readonly Role[]): readonly Grant[] =>
  from.filter(
    (grant) =>
      !grant.pending &&
      grantableRoles.some((role) => role === grant.role) &&
      roles.includes(grant.role) &&
      !has.some((one) => same(one, grant)),
  );
