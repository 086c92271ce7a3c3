import { randomUUIDv7 } from "node:crypto";
import type { Role } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { loadActor } from "../people/load-actor.ts";
import { type TestKernel, testCalendar, testPack } from "../testing/index.ts";
import type { World } from "../testing/random-acts.ts";

export interface HouseUnit {
  readonly id: string;
  /** the root first, the unit itself last */
  readonly path: readonly string[];
  readonly organId: string | null;
}

export interface HousePerson {
  readonly id: string;
  readonly unitId: string;
  readonly grants: readonly { readonly role: Role; readonly unitId: string; readonly subtree: boolean }[];
}

/** A random tree of units with random duties, beside others in the same database. */
export interface House {
  readonly world: World;
  readonly units: ReadonlyMap<string, HouseUnit>;
  readonly people: ReadonlyMap<string, HousePerson>;
  readonly parties: readonly ActingParty[];
  /** where petitions come in: a unit whose desk is staffed, and whose level above reviews */
  readonly home: HouseUnit;
}

/** Numbers that follow from a seed alone. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const DUTIES: readonly Role[] = ["clerk", "officer", "handler", "signer", "reviewer", "discipline"];
const DESK: readonly Role[] = ["clerk", "officer", "handler", "handler", "signer"];

function treeOf(below: (n: number) => number): readonly HouseUnit[] {
  const units: HouseUnit[] = [];
  const count = 3 + below(10);
  for (let n = 0; n < count; n++) {
    // the first three stand below each other: a review and a re-review have somewhere to go
    const parent = n < 3 ? units[n - 1] : units[below(units.length)];
    const id = randomUUIDv7();
    const organId = n === 0 || below(5) < 2 ? randomUUIDv7() : null;
    units.push({ id, path: [...(parent?.path ?? []), id], organId });
  }
  return units;
}

function peopleOf(units: readonly HouseUnit[], home: HouseUnit, below: (n: number) => number): readonly HousePerson[] {
  const person = (unitId: string, grants: HousePerson["grants"]): HousePerson => ({
    id: randomUUIDv7(),
    unitId,
    grants,
  });
  const above = home.path.toReversed().slice(1);
  const staff = DESK.map((role) => person(home.id, [{ role, unitId: home.id, subtree: false }]));
  const reviewers = above.map((unitId) =>
    person(
      unitId,
      (["reviewer", "officer", "clerk"] as const).map((role) => ({ role, unitId, subtree: below(3) === 0 })),
    ),
  );
  const organs = units.flatMap((u) =>
    u.organId ? [person(u.id, [{ role: "discipline" as const, unitId: u.id, subtree: false }])] : [],
  );
  const anyUnit = () => (units[below(units.length)] as HouseUnit).id;
  const others = Array.from({ length: 4 + below(6) }, () =>
    person(
      anyUnit(),
      Array.from({ length: below(3) }, () => ({
        role: DUTIES[below(DUTIES.length)] as Role,
        unitId: anyUnit(),
        subtree: below(3) === 0,
      })),
    ),
  );
  return [...staff, ...reviewers, ...organs.slice(0, 3), ...others];
}

const json = (rows: readonly object[]): string => JSON.stringify(rows);

async function writeHouse(t: TestKernel, units: readonly HouseUnit[], people: readonly HousePerson[]): Promise<void> {
  const { pool } = t.database;
  await pool.query(
    `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, calendar_region, policy_pack, valid_from)
     select id, id::text, '单位', 'unit', cardinality(path), parent, path, 'Asia/Shanghai', $2, $3, '2020-01-01'
       from jsonb_to_recordset($1::jsonb) x(id uuid, parent uuid, path uuid[])`,
    [
      json(units.map((u) => ({ id: u.id, parent: u.path.at(-2) ?? null, path: u.path }))),
      testCalendar.region,
      testPack.id,
    ],
  );
  const offices = units.flatMap((u) => [
    { id: randomUUIDv7(), unit: u.id, kind: "petitionOffice" },
    ...(u.organId ? [{ id: u.organId, unit: u.id, kind: "disciplineOrgan" }] : []),
  ]);
  await pool.query(
    `insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from)
     select id, unit, kind, '办公室', 'office', '010-1000', '2020-01-01' from jsonb_to_recordset($1::jsonb) x(id uuid, unit uuid, kind text)`,
    [json(offices)],
  );
  await pool.query(
    `insert into kernel.people (id, username, name, kind, unit_id)
     select id, id::text, '某人', 'officer', "unitId" from jsonb_to_recordset($1::jsonb) x(id uuid, "unitId" uuid)`,
    [json(people)],
  );
  const grants = people.flatMap((p) => p.grants.map((g) => ({ ...g, id: randomUUIDv7(), person: p.id })));
  await pool.query(
    `insert into kernel.role_grants (id, person_id, role, unit_id, subtree, valid_from, at)
     select id, person, role, "unitId", subtree, '2020-01-01', '2020-01-01'
       from jsonb_to_recordset($1::jsonb) x(id uuid, person uuid, role text, "unitId" uuid, subtree boolean)`,
    [json(grants)],
  );
}

export async function openHouse(t: TestKernel, seed: number): Promise<House> {
  const below = numbersFrom(seed);
  const units = treeOf(below);
  const home = units[2] as HouseUnit;
  const people = peopleOf(units, home, below);
  await writeHouse(t, units, people);
  const actors: Actor[] = [];
  for (const p of people) {
    const actor = await loadActor(t.kernel, p.id, t.clock.now);
    if (!actor) throw new Error("somebody of the house was not found");
    actors.push(actor);
  }
  const parties: readonly ActingParty[] = [
    ...actors.map((actor) => ({ kind: "person" as const, actor })),
    { kind: "petitioner" },
    { kind: "system" },
  ];
  // the inputs of acts take units and people of this house for those of the small one
  const ours = { ...t, units: Object.fromEntries(units.map((u) => [u.id, u.id])) } as unknown as TestKernel;
  return {
    world: { t: ours, people: actors, parties, caseNos: [] },
    units: new Map(units.map((u) => [u.id, u])),
    people: new Map(people.map((p) => [p.id, p])),
    parties,
    home,
  };
}
