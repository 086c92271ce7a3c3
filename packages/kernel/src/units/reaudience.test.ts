import { expect, test } from "vitest";
import { audienceOf } from "../audience/audience-of.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel, type TestUnit } from "../testing/index.ts";
import { petition } from "../testing/petition-row.ts";
import { unitsHandlers } from "./handlers.ts";

async function audience(t: TestKernel, caseId: string) {
  const { rows } = await t.database.pool.query<{ key: string; depth: number; due: string; holder: string }>(
    "select key, depth, due, holder from kernel.case_audience where case_id = $1 order by depth, key",
    [caseId],
  );
  return rows;
}

const keysOf = async (t: TestKernel, caseId: string) =>
  (await audience(t, caseId)).map(({ key, depth }) => [nameOf(t, key), depth]);
const nameOf = (t: TestKernel, id: string) => Object.entries(t.units).find(([, unit]) => unit === id)?.[0] ?? id;

async function open() {
  const t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const { units } = caller(t.kernel, { units: unitsHandlers })(admin);
  const move = (unit: TestUnit, parent: TestUnit) =>
    units.move({ unitId: t.units[unit], parentId: t.units[parent], version: 1, why: "整编" });
  return { t, units, move };
}

test("a move takes the petitions below from the units above before and gives them to the new ones", async () => {
  const { t, move } = await open();
  await using _ = t;
  const caseId = await petition(t, { holder: "company" });
  await t.database.pool.query("update kernel.case_audience set due = '2026-05-05'");
  expect(await keysOf(t, caseId)).toEqual([
    ["company", 0],
    ["first", 1],
    ["brigade", 2],
  ]);

  await move("company", "second");

  expect(await keysOf(t, caseId)).toEqual([
    ["company", 0],
    ["second", 1],
    ["brigade", 2],
  ]);
  expect((await audience(t, caseId)).every((row) => row.due === "2026-05-05")).toBe(true);
  const { rows } = await t.database.pool.query("select version from kernel.cases where id = $1", [caseId]);
  expect(rows[0].version).toBeGreaterThan(2);
});

test("a move up the tree corrects how far a unit stands from the petition", async () => {
  const { t, move } = await open();
  await using _ = t;
  const caseId = await petition(t, { holder: "company" });

  await move("company", "brigade");

  expect(await keysOf(t, caseId)).toEqual([
    ["company", 0],
    ["brigade", 1],
  ]);
});

test("what the office that took it in still sees moves with that office, until the petition has left it", async () => {
  const { t, move } = await open();
  await using _ = t;
  const fresh = await petition(t, { holder: "brigade", intake: "company", status: "registered" });
  const routed = await petition(t, { holder: "brigade", intake: "company", status: "accepted" });

  await move("company", "second");

  expect((await keysOf(t, fresh)).map(([name]) => name).toSorted()).toEqual(["brigade", "company", "second"]);
  expect(await keysOf(t, routed)).toEqual([["brigade", 0]]);
});

test("a unit complained of sees nothing after it has come above the holder", async () => {
  const { t, move } = await open();
  await using _ = t;
  const caseId = await petition(t, { holder: "company", respondent: "second" });

  await move("company", "second");

  expect(await keysOf(t, caseId)).toEqual([["brigade", 2]]);
});

test("an accusation keeps its one key, whatever is moved, and personal rows stay", async () => {
  const { t, move } = await open();
  await using _ = t;
  const organ = await t.database.pool.query<{ id: string }>(
    "select id from kernel.offices where unit_id = $1 and kind = 'disciplineOrgan'",
    [t.units.first],
  );
  const organId = organ.rows[0]?.id ?? "";
  const accusation = await petition(t, { holder: "company", confidentiality: 3, organId });
  const claim = await petition(t, { holder: "company" });
  const person = crypto.randomUUID();
  await t.database.pool.query(
    `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, channel, holder)
     select $1, case_id, due, received, -1, conf, status, open, channel, holder from kernel.case_audience
      where case_id = $2 and depth = 0`,
    [person, claim],
  );

  await move("company", "second");

  expect(await audience(t, accusation)).toMatchObject([{ key: organId, depth: 0 }]);
  expect((await audience(t, claim)).map((row) => row.key)).toContain(person);
  const paths = { holder: [t.units.company, t.units.second, t.units.brigade] };
  const rule = audienceOf({
    confidentiality: 1,
    organId: null,
    holderPath: paths.holder,
    intakePath: null,
    handlingPath: null,
    respondentUnits: [],
    quarantined: false,
  });
  expect((await audience(t, claim)).filter((row) => row.depth >= 0).map(({ key, depth }) => ({ key, depth }))).toEqual([
    ...rule,
  ]);
});

test("a retired unit's open petitions pass to its successor, each with a leg and a ledger entry of its own", async () => {
  const { t, units } = await open();
  await using _ = t;
  const open1 = await petition(t, { holder: "second" });
  const open2 = await petition(t, { holder: "second", status: "replied" });
  const done = await petition(t, { holder: "second", status: "archived" });
  const retire = (successorId: string | null) =>
    refusalOf(units.retire({ unitId: t.units.second, version: 1, successorId, why: "撤编" }));

  expect(await retire(null)).toBe("unit.hasOpenCases");
  expect(await retire(t.units.first)).toMatchObject({ done: { version: 2 } });

  const { rows } = await t.database.pool.query<{ id: string; holder_unit_id: string; seq: number; legs: number }>(
    `select c.id, c.holder_unit_id, c.ledger_seq as seq, (select count(*)::int from kernel.legs l where l.case_id = c.id) as legs
       from kernel.cases c`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const id of [open1, open2])
    expect(byId.get(id)).toMatchObject({ holder_unit_id: t.units.first, seq: 1, legs: 1 });
  expect(byId.get(done)).toMatchObject({ holder_unit_id: t.units.second, seq: 0, legs: 0 });
  expect(await keysOf(t, open1)).toEqual([
    ["first", 0],
    ["brigade", 1],
  ]);
  expect((await audience(t, open1)).every((row) => row.holder === t.units.first)).toBe(true);
  const entries = await t.database.pool.query("select type from kernel.ledger where stream = any($1::uuid[])", [
    [open1, open2],
  ]);
  expect(entries.rows).toEqual([{ type: "case.routed" }, { type: "case.routed" }]);
});

test("that a hidden accusation is held by a unit shows neither in a preview nor in a refusal", async () => {
  const { t, units } = await open();
  await using _ = t;
  const organ = await t.database.pool.query<{ id: string }>(
    "select id from kernel.offices where unit_id = $1 and kind = 'disciplineOrgan'",
    [t.units.brigade],
  );
  const accusation = await petition(t, { holder: "second", confidentiality: 3, organId: organ.rows[0]?.id ?? "" });

  const preview = await units.previewMove({ unitId: t.units.second, parentId: t.units.first });
  await units.retire({ unitId: t.units.second, version: 1, successorId: null, why: "撤编" });

  expect(preview.openCases).toBe(0);
  const { rows } = await t.database.pool.query("select holder_unit_id from kernel.cases where id = $1", [accusation]);
  expect(rows).toEqual([{ holder_unit_id: t.units.brigade }]);
});

test("the organ that still has open accusations cannot be closed", async () => {
  const { t, units } = await open();
  await using _ = t;
  const before = await units.get({ unitId: t.units.first });
  const organ = before.offices.find((office) => office.kind === "disciplineOrgan");
  const offices = before.offices.filter((office) => office !== organ);
  await petition(t, { holder: "company", confidentiality: 3, organId: organ?.id ?? "" });

  expect(await refusalOf(units.update({ unitId: t.units.first, version: 1, offices }))).toBe("unit.organInUse");
  await t.database.pool.query("update kernel.cases set status = 'archived'");
  expect(await refusalOf(units.update({ unitId: t.units.first, version: 1, offices }))).toMatchObject({
    done: { version: 2 },
  });
});
