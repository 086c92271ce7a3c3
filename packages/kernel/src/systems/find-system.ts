import type { Role, SystemScope } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { isLiving, localDay } from "../units/living.ts";
import { personKey } from "../vault/keys.ts";
import { hashOfToken } from "./change-systems.ts";

/** A connected system as it calls. */
export interface CallingSystem {
  readonly actor: Actor;
  readonly scopes: readonly SystemScope[];
}

/**
 * The role whose rights a scope borrows: which procedures it reaches is held by `restProcedures`, so no act of that role
 * is among them.
 */
const roleOf: Readonly<Record<SystemScope, Role>> = {
  "units.read": "analyst",
  "modules.read": "unitAdmin",
  "modules.call": "analyst",
  "intake.file": "analyst",
  "cases.read": "supervisor",
  "import.run": "officer",
  "ledger.read": "auditor",
};

/** What a system reads at most: ordinary petitions of its unit and below; nothing confidential, no accusation. */
const CEILING = 1;

interface Row {
  readonly token: string;
  readonly id: string;
  readonly name: string;
  readonly unit_id: string;
  readonly scopes: readonly SystemScope[];
  readonly today: string;
  readonly last_used_on: string | null;
}

/**
 * Who calls with this token, with what it may do as of now.
 *
 * @returns undefined for a token that is unknown, revoked or over, and where the system or its unit is no longer there.
 */
export async function findSystem(
  k: Pick<Kernel, "pool" | "keys">,
  token: string,
  now: Date,
): Promise<CallingSystem | undefined> {
  const { rows } = await k.pool.query<Row>({
    name: "find_system",
    text: `select t.id as token, s.id, s.name, s.unit_id, s.scopes, ${localDay("u", "$2")}::text as today, t.last_used_on::text
      from kernel.system_tokens t join kernel.systems s on s.id = t.system_id join kernel.units u on u.id = s.unit_id
     where t.hash = $1 and t.revoked_at is null and t.until >= ${localDay("u", "$2")} and s.ended_at is null
       and s.confirmed_at is not null and ${isLiving("u", "$2")}`,
    values: [hashOfToken(token), now],
  });
  const [row] = rows;
  if (!row) return undefined;
  // once a day is enough to tell which tokens nobody needs any more
  if (row.last_used_on !== row.today)
    await k.pool.query("update kernel.system_tokens set last_used_on = $2 where id = $1", [row.token, row.today]);
  const { id, name, unit_id: unitId, scopes } = row;
  const roles = [...new Set(scopes.map((scope) => roleOf[scope]))];
  const actor: Actor = {
    personId: id,
    isSystem: true,
    name,
    username: name,
    unitId,
    locale: "zh-CN",
    grants: roles.map((role) => ({ role, unitId, subtree: true })),
    reach: scopes.includes("cases.read") ? [{ key: unitId, flat: false, ceiling: CEILING }] : [],
    ownKey: personKey(k.keys, id),
  };
  return { actor, scopes };
}
