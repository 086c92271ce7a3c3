import type { Permission, Role, Text, UnitSummary } from "@doorstep/contracts";
import { rolePermissions } from "@doorstep/contracts";

/** A grant as rules about people look at it; `path` leads from its unit to the root. */
export interface HeldGrant {
  readonly role: Role;
  readonly unit: Pick<UnitSummary, "id" | "name">;
  readonly path: readonly string[];
  readonly subtree: boolean;
  readonly until: string | null;
  readonly pending: boolean;
}

export type PersonWarning = "registersAndApproves" | "grantWithoutEnd" | "noSecondFactor";

const covers = (above: HeldGrant, below: HeldGrant): boolean =>
  above.unit.id === below.unit.id || (above.subtree && below.path.includes(above.unit.id));

const meet = (one: HeldGrant, other: HeldGrant): boolean => covers(one, other) || covers(other, one);

/** What an administrator should look at again; nothing of it is forbidden. */
export function personWarnings(
  grants: readonly HeldGrant[],
  secondFactor: { readonly required: boolean; readonly present: boolean },
): readonly PersonWarning[] {
  const counting = grants.filter((grant) => !grant.pending);
  const registers = counting.filter((grant) => rolePermissions[grant.role].includes("desk.register"));
  const signs = counting.filter((grant) => grant.role === "signer");
  const warnings: PersonWarning[] = [];
  if (registers.some((one) => signs.some((other) => meet(one, other)))) warnings.push("registersAndApproves");
  if (counting.some((grant) => grant.until === null)) warnings.push("grantWithoutEnd");
  if (secondFactor.required && !secondFactor.present) warnings.push("noSecondFactor");
  return warnings;
}

/** What somebody may really do, each right with the role and unit it comes from. */
export const effectiveRights = (
  grants: readonly HeldGrant[],
): { readonly permission: Permission; readonly role: Role; readonly unitName: Text }[] =>
  grants
    .filter((grant) => !grant.pending)
    .flatMap((grant) =>
      rolePermissions[grant.role].map((permission) => ({ permission, role: grant.role, unitName: grant.unit.name })),
    );
