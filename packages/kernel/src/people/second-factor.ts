import { type Role, roles } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import type { Reader } from "../units/unit-path.ts";

export interface SecondFactorRule {
  role: Role;
  required: boolean;
}

/** Every role with its rule; a role that nobody has decided about needs no second factor. */
export async function readSecondFactorRules(reader: Reader): Promise<SecondFactorRule[]> {
  const required = await rolesWithSecondFactor(reader);
  return roles
    .filter((role) => role !== "petitioner" && role !== "delegate")
    .map((role) => ({ role, required: required.has(role) }));
}

export async function rolesWithSecondFactor(reader: Reader): Promise<ReadonlySet<Role>> {
  const { rows } = await reader.query<{ role: Role }>("select role from kernel.second_factor_rules where required");
  return new Set(rows.map((row) => row.role));
}

/** Sets the rules given; others stay. `stream` is the unit at which the platform is administered. */
export async function saveSecondFactorRules(
  change: Change,
  rules: readonly SecondFactorRule[],
  stream: string,
): Promise<SecondFactorRule[]> {
  await change.client.query(
    `insert into kernel.second_factor_rules (role, required) select * from unnest($1::text[], $2::boolean[])
     on conflict (role) do update set required = excluded.required`,
    [rules.map((rule) => rule.role), rules.map((rule) => rule.required)],
  );
  await recordFact(change.client, {
    stream,
    at: change.at,
    type: "grant.changed",
    actor: change.by,
    facts: {
      act: "secondFactorRules",
      required: rules.filter((rule) => rule.required).map((rule) => rule.role),
      notRequired: rules.filter((rule) => !rule.required).map((rule) => rule.role),
    },
  });
  return await readSecondFactorRules(change.client);
}
