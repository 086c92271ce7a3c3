import process from "node:process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { overviewHandlers } from "../overview/handlers.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, rows } from "../testing/story.ts";
import { ladderOf, pagedAt } from "./ladder.ts";
import { pageDue } from "./page-due.ts";

// biome-ignore lint/style/noProcessEnv: how long to look is said by whoever starts the tests.
const LONG = process.env.DOORSTEP_LONG === "1" || process.env.LONG === "1";
const RUNS = LONG ? 400 : 40;

const HOUR = 3_600_000;
const roles = ["officer", "signer", "chargeLeader", "handler", "clerk", "unitAdmin", "reviewer"] as const;
/** SPEC §7, by hand: who reads petitions of a unit, and who stands in for an empty roster. */
const reads = ["officer", "signer", "chargeLeader", "handler", "clerk", "reviewer"];
const standsIn = ["officer", "signer", "chargeLeader"];

interface Person {
  readonly unit: number;
  readonly role: (typeof roles)[number];
  readonly subtree: boolean;
  readonly active: boolean;
  readonly recused: boolean;
  readonly expired: boolean;
}
interface Shift {
  readonly unit: number;
  readonly person: number;
  readonly from: number;
  readonly hours: number;
  readonly removed: boolean;
}
interface House {
  /** parent of unit n+1, among those before it; unit 0 is the top */
  readonly parents: readonly number[];
  readonly people: readonly Person[];
  readonly shifts: readonly Shift[];
  readonly holder: number;
  readonly respondents: readonly number[];
}

const house: fc.Arbitrary<House> = fc.record({
  parents: fc.array(fc.nat({ max: 99 }), { maxLength: 5 }),
  people: fc.array(
    fc.record({
      unit: fc.nat({ max: 99 }),
      role: fc.constantFrom(...roles),
      subtree: fc.boolean(),
      active: fc.nat({ max: 5 }).map((n) => n > 0),
      recused: fc.nat({ max: 3 }).map((n) => n === 0),
      expired: fc.nat({ max: 4 }).map((n) => n === 0),
    }),
    { maxLength: 5 },
  ),
  shifts: fc.array(
    fc.record({
      unit: fc.nat({ max: 99 }),
      person: fc.nat({ max: 99 }),
      from: fc.integer({ min: -30, max: 6 }),
      hours: fc.integer({ min: 1, max: 40 }),
      removed: fc.nat({ max: 4 }).map((n) => n === 0),
    }),
    { maxLength: 6 },
  ),
  holder: fc.nat({ max: 99 }),
  respondents: fc.array(fc.nat({ max: 99 }), { maxLength: 1 }),
});

interface Built {
  readonly caseId: string;
  /** by the plain reading of the rule: who may be paged */
  readonly expected: ReadonlySet<string>;
}

/** The tree by numbers: the unit first, the top last. */
const pathIn = (h: House, n: number): readonly number[] =>
  n === 0 ? [0] : [n, ...pathIn(h, (h.parents[n - 1] ?? 0) % n)];
const sizeOf = (h: House): number => h.parents.length + 1;
const at = (h: House, unit: number): number => unit % sizeOf(h);

async function plant(t: TestKernel, h: House): Promise<readonly string[]> {
  const units = [0, ...h.parents].map(() => t.kernel.newId());
  for (const [n, unitId] of units.entries()) {
    const path = [
      t.units.brigade,
      ...pathIn(h, n)
        .map((m) => units[m])
        .toReversed(),
    ];
    await rows(
      t,
      `insert into kernel.units (id, code, name_zh, name_en, level, parent_id, path, time_zone, calendar_region, policy_pack, valid_from)
       select $1, $2, '某单位', 'a unit', $3, $4, $5, 'Asia/Shanghai', calendar_region, policy_pack, '2020-01-01'
         from kernel.units where id = $6`,
      [unitId, `U-${unitId}`, path.length, path.at(-2), path, t.units.brigade],
    );
  }
  return units;
}

async function staff(t: TestKernel, h: House, units: readonly string[]): Promise<readonly string[]> {
  const people = h.people.map(() => t.kernel.newId());
  for (const [n, p] of h.people.entries()) {
    const unitId = units[at(h, p.unit)];
    await rows(
      t,
      "insert into kernel.people (id, username, name, kind, unit_id, active) values ($1, $2, '某人', 'officer', $3, $4)",
      [people[n], `u${people[n]}`, unitId, p.active],
    );
    await rows(
      t,
      `insert into kernel.role_grants (id, person_id, role, unit_id, subtree, valid_from, valid_until, at)
       values ($1, $2, $3, $4, $5, '2020-01-01', $6, now())`,
      [t.kernel.newId(), people[n], p.role, unitId, p.subtree, p.expired ? "2026-03-01" : null],
    );
  }
  for (const s of people.length === 0 ? [] : h.shifts)
    await rows(
      t,
      `insert into kernel.duty_shifts (id, unit_id, person_id, from_at, until_at, made_at, removed_at)
       values ($1, $2, $3, $4, $5, now(), $6)`,
      [
        t.kernel.newId(),
        units[at(h, s.unit)],
        people[s.person % people.length],
        new Date(t.clock.now.getTime() + s.from * HOUR),
        new Date(t.clock.now.getTime() + (s.from + s.hours) * HOUR),
        s.removed ? t.clock.now : null,
      ],
    );
  return people;
}

/** Units of the path outside a respondent's subtree. */
function freeOf(h: House): readonly number[] {
  const path = pathIn(h, at(h, h.holder));
  const respondents = h.respondents.map((r) => at(h, r));
  return path.filter((_, n) => !path.slice(n).some((u) => respondents.includes(u)));
}

const isOnShift = (h: House, person: number): boolean =>
  h.shifts.some(
    (s) =>
      s.person % h.people.length === person &&
      !s.removed &&
      pathIn(h, at(h, h.holder)).includes(at(h, s.unit)) &&
      s.from <= 0 &&
      s.from + s.hours > 0,
  );

function mayBePaged(h: House, person: number): boolean {
  const p = h.people[person];
  if (!p || !p.active || p.recused || p.expired || !reads.includes(p.role)) return false;
  const unit = at(h, p.unit);
  const holder = at(h, h.holder);
  const covers = (of: number): boolean => (p.subtree ? pathIn(h, of).includes(unit) : unit === of && of === holder);
  if (!freeOf(h).some(covers)) return false;
  return isOnShift(h, person) || (standsIn.includes(p.role) && covers(holder));
}

async function build(t: TestKernel, h: House): Promise<Built> {
  const units = await plant(t, h);
  const people = await staff(t, h, units);
  const caseId = await file(t, { unitId: units[at(h, h.holder)] ?? "", urgentSafety: true });
  const free = freeOf(h);
  // as if the respondents had been named when it was filed
  const hidden = units.filter((_, n) => !free.includes(n));
  await rows(t, "delete from kernel.case_audience where case_id = $1 and key = any ($2::uuid[])", [caseId, hidden]);
  for (const [n, p] of h.people.entries())
    if (p.recused)
      await rows(
        t,
        "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', now())",
        [people[n], caseId],
      );
  return { caseId, expected: new Set(people.filter((_, n) => mayBePaged(h, n))) };
}

test("at every instant exactly those stand on the ladder who are on duty and may know; and somebody is paged, or the platform hears that nobody is there", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const admin = await t.person("平台", "brigade", [{ role: "platformAdmin", unit: "brigade" }]);
  const ctx = { kernel: t.kernel, actor: admin } as never;
  const unpaged = async (): Promise<number> =>
    Number((await overviewHandlers.get(ctx, {})).items.find((i) => i.code === "dutyNobody")?.params["count"] ?? 0);
  let seen = 0;
  let somebody = 0;
  await fc.assert(
    fc.asyncProperty(house, async (h) => {
      const { caseId, expected } = await build(t, h);
      const rungs = await ladderOf(t.kernel, caseId);
      expect(new Set(rungs.flatMap((r) => r.people))).toEqual(expected);
      for (let step = 0; step < rungs.length * 2; step++) expect(pagedAt(rungs, step).length).toBeGreaterThan(0);
      const before = await unpaged();
      await pageDue(t.kernel, caseId);
      const told = await rows<{ recipient: string }>(
        t,
        "select recipient from kernel.notifications where case_id = $1 and kind = 'duty'",
        [caseId],
      );
      const nobody = (await unpaged()) - before;
      expect([told.length > 0, nobody]).toEqual(expected.size > 0 ? [true, 0] : [false, 1]);
      for (const { recipient } of told) expect(expected.has(recipient)).toBe(true);
      seen += 1;
      if (expected.size > 0) somebody += 1;
    }),
    { numRuns: RUNS },
  );
  // both kinds of house were there
  expect(somebody).toBeGreaterThan(0);
  expect(somebody).toBeLessThan(seen);
}, 300_000);
