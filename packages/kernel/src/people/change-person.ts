import { DoorstepError, type PersonKind } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertMayAt } from "../actor-scope.ts";
import type { Change } from "../change.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { pinyinForm } from "../search-form.ts";
import { lockLivingUnit } from "../units/lock-units.ts";
import { unitPath } from "../units/unit-path.ts";
import type { Accounts } from "./accounts.ts";
import { assertAdministers, assertAdministersAllRoles, assertNotLastAdmin, lockPerson } from "./authority.ts";

export interface NewPerson {
  readonly name: string;
  readonly username: string;
  readonly kind: PersonKind;
  readonly unitId: string;
}

/** A user name is the same in any case and width. */
export const usernameOf = (typed: string): string => typed.normalize("NFKC").trim().toLowerCase();

/**
 * Adds a person without an account; the caller makes it.
 *
 * @throws DoorstepError `unit.notFound`, `unit.retired`, `person.usernameTaken`
 */
export async function createPerson(change: Change, input: NewPerson): Promise<string> {
  const unit = await lockLivingUnit(change, input.unitId);
  const id = change.newId();
  const username = usernameOf(input.username);
  const made = await change.client.query(
    `insert into kernel.people (id, username, name, name_pinyin, kind, unit_id) values ($1, $2, $3, $4, $5, $6)
     on conflict (username) do nothing`,
    [id, username, input.name, pinyinForm(input.name), input.kind, unit.id],
  );
  if (made.rowCount === 0) throw new DoorstepError("person.usernameTaken", { username });
  await recordFact(change.client, {
    stream: unit.id,
    at: change.at,
    type: "person.changed",
    actor: change.by,
    facts: { act: "created", person: id, kind: input.kind },
  });
  return id;
}

export interface PersonUpdate {
  readonly personId: string;
  readonly version: number;
  readonly name?: string | undefined;
  readonly kind?: PersonKind | undefined;
  readonly unitId?: string | undefined;
  readonly active?: boolean | undefined;
}

/**
 * Changes what is given. Moving somebody needs the right at both units; stopping his account also at all units where
 * he holds a role.
 *
 * @throws DoorstepError `person.notFound`, `person.stale`, `grant.outside`, `grant.lastAdmin`, `unit.notFound`,
 *   `unit.retired`
 */
export async function updatePerson(
  change: Change,
  actor: Actor,
  accounts: Accounts,
  input: PersonUpdate,
): Promise<void> {
  const person = await lockPerson(change, input.personId);
  await assertAdministers(change, actor, person);
  if (person.version !== input.version) throw new DoorstepError("person.stale");
  const unitId = input.unitId ?? person.unitId;
  if (unitId !== person.unitId) {
    assertMayAt(actor, "people.manage", await unitPath(change.client, unitId), "grant.outside");
    await lockLivingUnit(change, unitId);
  }
  const active = input.active ?? person.active;
  if (active !== person.active) await assertAdministersAllRoles(change, actor, person);
  if (person.active && !active) {
    await assertNotLastAdmin(change, { personId: person.id });
    await accounts.endSessions(change.client, person.id);
  }
  const name = input.name ?? person.name;
  await change.client.query(
    `update kernel.people set name = $2, name_pinyin = $3, kind = $4, unit_id = $5, active = $6, version = version + 1
      where id = $1`,
    [person.id, name, pinyinForm(name), input.kind ?? person.kind, unitId, active],
  );
  await recordFact(change.client, {
    stream: unitId,
    at: change.at,
    type: "person.changed",
    actor: change.by,
    facts: {
      act: "updated",
      person: person.id,
      fields: (["name", "kind", "unitId", "active"] as const).filter((field) => input[field] !== undefined),
      active,
      ...(unitId !== person.unitId && { fromUnit: person.unitId }),
    },
  });
}
