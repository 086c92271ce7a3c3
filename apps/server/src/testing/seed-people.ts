import type { Role } from "@doorstep/contracts";
import { hashPassword } from "../accounts/passwords.ts";
import type { TestServer } from "./start-test-server.ts";

export interface SeedUnit {
  readonly code: string;
  readonly parent?: string;
}

export interface SeedPerson {
  readonly username: string;
  readonly unit: string;
  readonly roles?: readonly { readonly role: Role; readonly unit?: string; readonly subtree?: boolean }[];
  readonly active?: boolean;
  readonly mustChangePassword?: boolean;
}

/** The password of everybody seeded. */
export const TEST_PASSWORD = "a long enough sentence";

/** Lays units and people with logins straight into the tables, for tests of what surrounds the kernel. */
export async function seedPeople(
  server: Pick<TestServer, "platform"> & {
    readonly database: { readonly pool: Pick<TestServer["database"]["pool"], "query"> };
  },
  units: readonly SeedUnit[],
  people: readonly SeedPerson[],
): Promise<{ readonly units: ReadonlyMap<string, string>; readonly people: ReadonlyMap<string, string> }> {
  const { pool } = server.database;
  const { newId, now } = server.platform.kernel;
  const day = now().toISOString().slice(0, 10);
  const unitIds = new Map<string, string>();
  const paths = new Map<string, readonly string[]>();
  for (const unit of units) {
    const id = newId();
    const parent = unit.parent === undefined ? undefined : unitIds.get(unit.parent);
    const path = [...((unit.parent !== undefined && paths.get(unit.parent)) || []), id];
    await pool.query(
      `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, policy_pack, valid_from)
       values ($1, $2, $2, $2, $3, $4, $5, 'Asia/Shanghai', 'cn-civil-2022', $6::date - 400)`,
      [id, unit.code, path.length, parent ?? null, path, day],
    );
    unitIds.set(unit.code, id);
    paths.set(unit.code, path);
  }
  const hash = await hashPassword(TEST_PASSWORD);
  const personIds = new Map<string, string>();
  for (const person of people) {
    const id = newId();
    await pool.query(
      `insert into kernel.people (id, username, name, kind, unit_id, active) values ($1, $2, $2, 'officer', $3, $4)`,
      [id, person.username, unitIds.get(person.unit), person.active ?? true],
    );
    await pool.query(
      `insert into auth.users (id, username, email, must_change_password) values ($1::uuid, $2, $1::uuid::text || '@local.invalid', $3)`,
      [id, person.username, person.mustChangePassword ?? false],
    );
    await pool.query(
      `insert into auth.accounts (id, user_id, account_id, provider_id, password)
       values ($1, $2::uuid, $2::text, 'credential', $3)`,
      [newId(), id, hash],
    );
    for (const grant of person.roles ?? []) {
      await pool.query(
        `insert into kernel.role_grants (id, person_id, role, unit_id, subtree, valid_from, at)
         values ($1, $2, $3, $4, $5, $6::date - 300, $7)`,
        [newId(), id, grant.role, unitIds.get(grant.unit ?? person.unit), grant.subtree ?? false, day, now()],
      );
    }
    personIds.set(person.username, id);
  }
  return { units: unitIds, people: personIds };
}
