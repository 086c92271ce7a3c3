import { DoorstepError, type PersonKind, type Text } from "@doorstep/contracts";
import type { Change } from "../change.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { recordFact } from "../ledger/record-fact.ts";
import { createPerson } from "../people/change-person.ts";
import { createUnit } from "../units/create-unit.ts";

export interface NewHouse {
  readonly organisation: { readonly code: string; readonly name: Text };
  /** below the organisation; absent: the organisation takes petitions in itself */
  readonly firstUnit?: { readonly code: string; readonly name: Text } | undefined;
  readonly timeZone: string;
  /** whose holidays count */
  readonly calendarRegion: string;
}

/** Whether nobody has begun to use this database: no unit and no person. */
export async function isEmptyHouse(reader: Pick<Change["client"], "query">): Promise<boolean> {
  const { rows } = await reader.query<{ empty: boolean }>(
    "select not exists (select from kernel.units) and not exists (select from kernel.people) as empty",
  );
  return rows[0]?.empty ?? false;
}

/** Two first starts, or a set-up page and a command line, must not both found a house. */
const LOCK = 0x6f_7573_65;

/**
 * Founds the organisation and its first unit in an empty database.
 *
 * @throws DoorstepError `setup.done`, `unit.timeZone`, `unit.codeTaken`.
 */
export async function foundHouse(change: Change, house: NewHouse): Promise<{ readonly rootId: string }> {
  await change.client.query("select pg_advisory_xact_lock($1)", [LOCK]);
  if (!(await isEmptyHouse(change.client))) throw new DoorstepError("setup.done");
  const { timeZone } = house;
  const rootId = await createUnit(change, { ...house.organisation, parentId: null, timeZone, strength: null });
  await change.client.query("update kernel.units set calendar_region = $2 where id = $1", [
    rootId,
    house.calendarRegion,
  ]);
  if (house.firstUnit) await createUnit(change, { ...house.firstUnit, parentId: rootId, timeZone, strength: null });
  return { rootId };
}

export interface NewAdministrator {
  readonly name: string;
  readonly username: string;
  readonly kind: PersonKind;
}

/**
 * Makes a person administrator of the whole platform, without anybody's grant: at the set-up, and on the server's own
 * command line. The second factor becomes a duty of the role with the first of them.
 *
 * @throws DoorstepError `unit.notFound` without an organisation, `person.usernameTaken`.
 */
export async function appointAdministrator(
  change: Change,
  person: NewAdministrator,
): Promise<{ readonly personId: string }> {
  const { rows } = await change.client.query<{ id: string; time_zone: string }>(
    "select id, time_zone from kernel.units where parent_id is null order by valid_until nulls first, id limit 1",
  );
  const [root] = rows;
  if (!root) throw new DoorstepError("unit.notFound");
  const personId = await createPerson(change, { ...person, unitId: root.id });
  const grantId = change.newId();
  await change.client.query(
    `insert into kernel.role_grants (id, person_id, role, unit_id, subtree, valid_from, at)
     values ($1, $2, 'platformAdmin', $3, true, $4, $5)`,
    [grantId, personId, root.id, localDateOf(change.at.toISOString(), root.time_zone), change.at],
  );
  await change.client.query(
    "insert into kernel.second_factor_rules (role, required) values ('platformAdmin', true) on conflict do nothing",
  );
  await recordFact(change.client, {
    stream: root.id,
    at: change.at,
    type: "grant.changed",
    actor: change.by,
    facts: { act: "appointed", grant: grantId, person: personId, role: "platformAdmin", subtree: true },
  });
  return { personId };
}
