import type { officeKinds, Permission, PersonKind, Role } from "@doorstep/contracts";
import { useText } from "../app/i18n.ts";

type Dotless<S extends string> = S extends `${infer A}.${infer B}` ? `${A}_${B}` : S;

/** What roles, kinds, rights and offices are called. */
export function useNames() {
  const text = useText();
  return {
    role: (role: Role) => text(`names.role.${role}`),
    kind: (kind: PersonKind) => text(`names.kind.${kind}`),
    permission: (permission: Permission) =>
      text(`names.permission.${permission.replace(".", "_") as Dotless<Permission>}`),
    office: (kind: (typeof officeKinds)[number]) => text(`names.office.${kind}`),
  };
}
