import { randomBytes, randomUUIDv7 } from "node:crypto";
import type { Migrations } from "@doorstep/database";
import { openTestDatabase, type Preparation, type TestDatabase } from "@doorstep/database/testing";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { kernelMigrations } from "../migrations.ts";
import { noModules } from "../overview/module-states.ts";
import type { Accounts } from "../people/accounts.ts";
import { loadActor } from "../people/load-actor.ts";
import { loadRules } from "../rules/load-rules.ts";
import { deriveKeys } from "../vault/keys.ts";
import { testCalendar, testPack } from "./test-policy.ts";

/** Time that only a test moves. */
export interface TestClock {
  now: Date;
  advance(by: { readonly days?: number; readonly hours?: number; readonly minutes?: number }): void;
}

export interface TestKernel extends AsyncDisposable {
  readonly kernel: Kernel;
  readonly database: TestDatabase;
  readonly clock: TestClock;
  /** root brigade, two battalions, a company below the first; each with a petition office, the root and the first battalion with a discipline organ */
  readonly units: Readonly<Record<"brigade" | "first" | "second" | "company", string>>;
  /** makes a person with grants and loads him as a request would */
  person(
    name: string,
    unit: TestUnit,
    grants: readonly { readonly role: string; readonly unit: TestUnit; readonly subtree?: boolean }[],
  ): Promise<Actor>;
  key(): string;
}
export type TestUnit = "brigade" | "first" | "second" | "company";

const noAccounts: Accounts = {
  createAccounts: async (_t, holders) =>
    holders.map((h) => ({
      username: h.username,
      oneTimePassword: "one-time-password",
      validUntil: "2026-12-31T00:00:00Z",
    })),
  issueSlip: async (_t, h) => ({
    username: h.username,
    oneTimePassword: "one-time-password",
    validUntil: "2026-12-31T00:00:00Z",
  }),
  endSessions: async () => undefined,
  sessions: async () => [],
  endSession: async () => undefined,
  endOtherSessions: async () => undefined,
  states: async () => new Map(),
};

function createClock(start: string): TestClock {
  const clock: TestClock = {
    now: new Date(start),
    advance: (by) => {
      const ms = (by.days ?? 0) * 86_400_000 + (by.hours ?? 0) * 3_600_000 + (by.minutes ?? 0) * 60_000;
      clock.now = new Date(clock.now.getTime() + ms);
    },
  };
  return clock;
}

const MONTHS = "select kernel.ensure_partitions('2025-12-01', '2027-06-30')";

/** The months that tests live in: making them takes four times as long as cloning them, and each is read by every plan. */
export const testMonths: Preparation = {
  key: MONTHS,
  run: async (owner) => void (await owner.query(MONTHS)),
};

/** A real kernel over a database of its own, with a small unit tree and rules installed. */
export async function openTestKernel(
  options: { readonly now?: string; readonly migrations?: readonly Migrations[] } = {},
): Promise<TestKernel> {
  const migrations = [kernelMigrations, ...(options.migrations ?? [])];
  const database = await openTestDatabase({ migrations, prepared: testMonths });
  const clock = createClock(options.now ?? "2026-03-02T02:00:00.000Z");
  const newId = (): string => randomUUIDv7();
  const { pool } = database;
  await pool.query("insert into kernel.policy_packs (id, version, body, installed_at) values ($1, $2, $3, $4)", [
    testPack.id,
    testPack.version,
    testPack,
    clock.now,
  ]);
  await pool.query(
    "insert into kernel.calendars (id, region, official_until, body, installed_at) values ($1, $2, $3, $4, $5)",
    [testCalendar.id, testCalendar.region, testCalendar.officialUntil, testCalendar, clock.now],
  );
  const units = { brigade: newId(), first: newId(), second: newId(), company: newId() };
  const paths: Record<TestUnit, readonly string[]> = {
    brigade: [units.brigade],
    first: [units.brigade, units.first],
    second: [units.brigade, units.second],
    company: [units.brigade, units.first, units.company],
  };
  for (const [name, path] of Object.entries(paths)) {
    const [id, parent] = path.toReversed();
    await pool.query(
      `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, calendar_region, policy_pack, valid_from)
       values ($1, $2, $3, $4, $5, $6, $7, 'Asia/Shanghai', $8, $9, '2020-01-01')`,
      [
        id,
        name.toUpperCase(),
        `${name}单位`,
        `${name} unit`,
        path.length,
        parent ?? null,
        path,
        testCalendar.region,
        testPack.id,
      ],
    );
    const office =
      "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) values ($1, $2, $3, $4, $5, '010-1000', '2020-01-01')";
    await pool.query(office, [newId(), id, "petitionOffice", "信访办", "Petition office"]);
    if (name === "brigade" || name === "first")
      await pool.query(office, [newId(), id, "disciplineOrgan", "纪委", "Discipline organ"]);
  }
  const kernel: Kernel = {
    pool: database.appPool,
    now: () => clock.now,
    newId,
    keys: deriveKeys(randomBytes(32)),
    rules: await loadRules(database.appPool),
    channels: { at: async () => ({ label: { "zh-CN": "网上", en: "Online" }, anonymousAllowed: true }) },
    accounts: noAccounts,
    modules: noModules,
    version: "0.0.0-test",
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  let people = 0;
  return {
    kernel,
    database,
    clock,
    units,
    key: () => `key-${newId()}`,
    async person(name, unit, grants) {
      const id = newId();
      people += 1;
      await pool.query(
        "insert into kernel.people (id, username, name, kind, unit_id) values ($1, $2, $3, 'officer', $4)",
        [id, `p${people}`, name, units[unit]],
      );
      for (const g of grants)
        await pool.query(
          "insert into kernel.role_grants (id, person_id, role, unit_id, subtree, valid_from, at) values ($1, $2, $3, $4, $5, '2020-01-01', $6)",
          [newId(), id, g.role, units[g.unit], g.subtree ?? false, clock.now],
        );
      const actor = await loadActor(kernel, id, clock.now);
      if (!actor) throw new Error("the person was not found");
      return actor;
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}
