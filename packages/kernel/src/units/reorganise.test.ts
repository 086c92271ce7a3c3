import { expect, test } from "vitest";
import { objectToTransfer, takeBack } from "../cases/dispute.ts";
import { transferCase } from "../cases/route.ts";
import { inChange } from "../change.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { loadActor } from "../people/load-actor.ts";
import { execute } from "../pipeline/execute.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { petition } from "../testing/petition-row.ts";
import { byPerson, file, inHandling, register, rows, staffOf } from "../testing/story.ts";
import { unitsHandlers } from "./handlers.ts";
import { mergeUnits } from "./merge-units.ts";

const name = (zh: string) => ({ "zh-CN": zh, en: `Unit ${zh}` });
const nobody = { people: [], subUnits: [] };

async function open() {
  const t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const { units } = caller(t.kernel, { units: unitsHandlers })(admin);
  return { t, admin, units };
}
const into = (t: TestKernel, unit: "first" | "second" | "brigade") =>
  ({ kind: "existing", unitId: t.units[unit], version: 1 }) as const;
const source = (t: TestKernel, unit: "first" | "second" | "company") => ({ unitId: t.units[unit], version: 1 });
const holderOf = async (t: TestKernel, caseId: string) =>
  (await rows<{ holder: string }>(t, "select holder_unit_id as holder from kernel.cases where id = $1", [caseId]))[0]
    ?.holder;
const keysOf = async (t: TestKernel, caseId: string) =>
  (
    await rows<{ key: string }>(t, "select key from kernel.case_audience where case_id = $1 order by depth", [caseId])
  ).map((r) => r.key);
const again = async (t: TestKernel, personId: string) => loadActor(t.kernel, personId, t.clock.now);

test("a split takes people, units below, petitions, clocks and roles where they belong; the rest goes to the one named", async () => {
  const { t, units } = await open();
  await using _ = t;
  const s = await staffOf(t);
  const mine = await inHandling(t, s);
  const other = await file(t);
  const ofCompany = await file(t, { unitId: t.units.company });
  await t.database.pool.query(
    "insert into kernel.saved_views (id, person_id, unit_id, name, definition, changed_at) values ($1, $2, $3, '超期', '{}', $4)",
    [t.kernel.newId(), s.officer.personId, t.units.first, t.clock.now],
  );
  const clocks = () => rows(t, "select id, code, due_on, state, started_at from kernel.clocks order by id");
  const before = await clocks();
  const split = {
    unitId: t.units.first,
    version: 1,
    parts: [
      { code: "A1", name: name("一连"), people: [s.handler.personId], subUnits: [t.units.company] },
      { code: "A2", name: name("二连"), ...nobody },
    ],
    rest: 1,
  };

  const preview = await units.previewSplit(split);
  expect(await holderOf(t, mine)).toBe(t.units.first);
  const [one, two] = await units.split({ ...split, why: "整编" });

  expect(preview.heirs).toMatchObject([
    { name: name("一连"), openCases: 1, people: 1, subUnits: 1, offices: 0, warnings: ["noIntakePerson", "noSigner"] },
    { name: name("二连"), openCases: 1, people: 3, subUnits: 0, offices: 2, warnings: [] },
  ]);
  expect(await holderOf(t, mine)).toBe(one?.id);
  expect(await holderOf(t, other)).toBe(two?.id);
  expect(await keysOf(t, ofCompany)).toEqual([t.units.company, one?.id, t.units.brigade]);
  expect(await clocks()).toEqual(before);
  expect((await again(t, s.handler.personId))?.grants).toEqual([{ role: "handler", unitId: one?.id, subtree: false }]);
  expect((await again(t, s.officer.personId))?.reach).toMatchObject([{ key: two?.id, flat: true }]);
  expect(await units.get({ unitId: t.units.company })).toMatchObject({ parentId: one?.id });
  const [ended] = await rows(t, "select successor_id, valid_until from kernel.units where id = $1", [t.units.first]);
  expect(ended).toEqual({ successor_id: two?.id, valid_until: "2026-03-02" });
  expect(await rows(t, "select unit_id from kernel.saved_views")).toEqual([{ unit_id: two?.id }]);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, faults: [] });
});

test("somebody from elsewhere keeps his role at every part, and an archived petition is found at the one for the rest", async () => {
  const { t, units } = await open();
  await using _ = t;
  const guest = await t.person("旅干事", "brigade", [{ role: "officer", unit: "first" }]);
  const old = await petition(t, { holder: "first", status: "archived" });
  const ended = async (mark: string) => {
    const caseId = await petition(t, { holder: "first", status: "guided" });
    await rows(t, "update kernel.cases set flags = array[$2] where id = $1", [caseId, mark]);
    return caseId;
  };
  const [contested, facts] = [await ended("contested"), await ended("newFacts")];
  const parts = [
    { code: "A1", name: name("一连"), ...nobody },
    { code: "A2", name: name("二连"), ...nobody },
  ];

  const made = await units.split({ unitId: t.units.first, version: 1, parts, rest: 0, why: "整编" });

  const grants = (await again(t, guest.personId))?.grants ?? [];
  expect(grants.map((g) => g.unitId).toSorted()).toEqual(made.map((u) => u.id).toSorted());
  expect(await holderOf(t, old)).toBe(t.units.first);
  expect([await holderOf(t, contested), await holderOf(t, facts)]).toEqual([made[0]?.id, made[0]?.id]);
  expect(await keysOf(t, old)).toEqual([made[0]?.id, t.units.brigade]);
});

test("an archived petition is seen at whoever comes after the one that came after its holder", async () => {
  const { t, units } = await open();
  await using _ = t;
  const old = await petition(t, { holder: "company", status: "archived" });
  const merged = (unit: "company" | "first", to: "first" | "second") =>
    units.merge({ units: [source(t, unit)], into: into(t, to), why: "整编" });

  await merged("company", "first");
  expect(await keysOf(t, old)).toEqual([t.units.first, t.units.brigade]);
  await merged("first", "second");

  expect(await keysOf(t, old)).toEqual([t.units.second, t.units.brigade]);
});

test("a merger gives one unit all that was the others', and nobody his own sensitive role without a second", async () => {
  const { t } = await open();
  await using _ = t;
  const admin = await t.person("王", "brigade", [
    { role: "unitAdmin", unit: "brigade", subtree: true },
    { role: "officer", unit: "first" },
  ]);
  const { units } = caller(t.kernel, { units: unitsHandlers })(admin);
  const s = await staffOf(t);
  const mine = await inHandling(t, s);
  const merge = { units: [source(t, "first")], into: into(t, "second") };

  const preview = await units.previewMerge(merge);
  expect(await holderOf(t, mine)).toBe(t.units.first);
  const after = await units.merge({ ...merge, why: "合并" });

  expect(preview).toMatchObject({
    heirs: [{ openCases: 1, people: 4, subUnits: 1, clocks: expect.any(Number) }],
    rolesCarried: 5,
    liftedUp: 0,
  });
  expect(after).toMatchObject({ id: t.units.second });
  expect(after.offices.map((o) => o.kind)).toEqual(["disciplineOrgan", "petitionOffice"]);
  expect(await holderOf(t, mine)).toBe(t.units.second);
  expect((await again(t, s.officer.personId))?.grants).toEqual([
    { role: "officer", unitId: t.units.second, subtree: false },
  ]);
  expect((await again(t, admin.personId))?.grants.map((g) => g.role)).toEqual(["unitAdmin"]);
  expect(
    await rows(t, "select pending from kernel.role_grants where person_id = $1 and unit_id = $2", [
      admin.personId,
      t.units.second,
    ]),
  ).toEqual([{ pending: true }]);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, faults: [] });
});

test("several become a new one; a unit and the one above it too", async () => {
  const { t, units } = await open();
  await using _ = t;
  const [a, b] = [await petition(t, { holder: "company" }), await petition(t, { holder: "first" })];
  const made = await units.merge({
    units: [source(t, "first"), source(t, "company")],
    into: { kind: "new", parentId: t.units.brigade, code: "NEW", name: name("新营") },
    why: "合并",
  });

  expect([await holderOf(t, a), await holderOf(t, b)]).toEqual([made.id, made.id]);
  expect(await keysOf(t, a)).toEqual([made.id, t.units.brigade]);
  expect(await rows(t, "select count(*)::int as n from kernel.units where valid_until is null")).toEqual([{ n: 3 }]);
});

test("a petition about the unit that ends is hidden from the one it is merged into, and goes up where that one holds it", async () => {
  const { t, units } = await open();
  await using _ = t;
  const held = await petition(t, { holder: "second", respondent: "company" });
  const closed = await petition(t, { holder: "second", respondent: "company", status: "archived" });

  const preview = await units.previewMerge({ units: [source(t, "company")], into: into(t, "second") });
  await units.merge({ units: [source(t, "company")], into: into(t, "second"), why: "合并" });

  expect(preview.liftedUp).toBe(1);
  expect(await holderOf(t, held)).toBe(t.units.brigade);
  expect(await keysOf(t, held)).toEqual([t.units.brigade]);
  expect(await keysOf(t, closed)).toEqual([t.units.brigade]);
});

test("a body of review that takes in the unit under review leaves the decision to the level above", async () => {
  const { t, units } = await open();
  await using _ = t;
  const caseId = await petition(t, { holder: "first", status: "review" });
  await rows(t, "update kernel.cases set handling_unit_id = $2 where id = $1", [caseId, t.units.company]);
  await rows(
    t,
    `insert into kernel.reviews (id, case_id, level, requested_at, grounds, text, body_unit_id, of_unit_id)
     values (gen_random_uuid(), $1, 'review', now(), 'facts', 'x', $2, $3)`,
    [caseId, t.units.first, t.units.company],
  );

  await units.merge({ units: [source(t, "company")], into: into(t, "first"), why: "合并" });

  expect(await holderOf(t, caseId)).toBe(t.units.brigade);
  expect(await rows(t, "select body_unit_id, of_unit_id from kernel.reviews")).toEqual([
    { body_unit_id: t.units.brigade, of_unit_id: t.units.first },
  ]);
});

test("an objection still goes to whoever came after the sender, and no clock of it is lost", async () => {
  const { t, units } = await open();
  await using _ = t;
  const s = await staffOf(t);
  const officer = await t.person("二营", "second", [{ role: "officer", unit: "second" }]);
  const caseId = await file(t);
  await register(t, s, caseId);
  const sending = { kind: "transfer", toUnitId: t.units.second, reason: "主管", legalGround: "" } as const;
  await execute(t.kernel, transferCase, byPerson(t, caseId, s.officer), sending);
  await execute(t.kernel, objectToTransfer, byPerson(t, caseId, officer), {
    reasons: "非我单位职权",
    legalGround: "条例",
  });

  const become = (unit: "first" | "second", code: string) =>
    units.merge({
      units: [source(t, unit)],
      into: { kind: "new", parentId: t.units.brigade, code, name: name(code) },
      why: "合并",
    });
  await become("second", "N2");
  const made = await become("first", "N1");

  const heir = await again(t, s.officer.personId);
  if (!heir) throw new Error("he is gone");
  await execute(t.kernel, takeBack, byPerson(t, caseId, heir), { agree: true, reason: "收回" });
  expect(await holderOf(t, caseId)).toBe(made.id);
});

test("an accusation keeps its organ and its text through a merger, and no number tells of it", async () => {
  const { t, units } = await open();
  await using _ = t;
  const caseId = await file(t, {
    unitId: t.units.company,
    purpose: "accuse",
    concernsLeader: true,
    body: "克扣伙食费",
  });
  const [before] = await rows<{ organ: string }>(t, "select organ_id as organ from kernel.cases");
  const discipline = await t.person("纪检", "first", [{ role: "discipline", unit: "first" }]);
  expect(discipline.reach).toMatchObject([{ key: before?.organ, ceiling: 3 }]);

  const preview = await units.previewMerge({ units: [source(t, "first")], into: into(t, "second") });
  await units.merge({ units: [source(t, "first")], into: into(t, "second"), why: "合并" });

  expect(preview).toMatchObject({ heirs: [{ openCases: 0, clocks: 0 }], liftedUp: 0 });
  const [c] = await rows(t, "select organ_id as organ, holder_unit_id as holder from kernel.cases");
  expect(c).toEqual({ organ: before?.organ, holder: t.units.second });
  expect(await keysOf(t, caseId)).toEqual([before?.organ]);
  expect((await again(t, discipline.personId))?.reach).toMatchObject([{ key: before?.organ, ceiling: 3 }]);
  expect(await rows(t, "select reason from kernel.legs where reason not like '%合并%'")).toHaveLength(1);
});

test("what cannot be done is refused and changes nothing", async () => {
  const { t, units } = await open();
  await using _ = t;
  const part = (code: string, more: object = {}) => ({ code, name: name(code), ...nobody, ...more });
  const split = (more: object) =>
    refusalOf(
      units.split({
        unitId: t.units.first,
        version: 1,
        parts: [part("A1"), part("A2")],
        rest: 0,
        why: "整编",
        ...more,
      }),
    );
  const merge = (more: object) =>
    refusalOf(units.merge({ units: [source(t, "first")], into: into(t, "second"), why: "合并", ...more }));
  const stranger = await t.person("孙", "second", []);

  expect(await split({ unitId: t.units.brigade })).toBe("unit.splitRoot");
  expect(await split({ version: 7 })).toBe("unit.stale");
  expect(await split({ rest: 5 })).toBe("input.invalid");
  expect(await split({ parts: [part("A1"), part("SECOND")] })).toBe("unit.codeTaken");
  expect(await split({ parts: [part("A1", { people: [stranger.personId] }), part("A2")] })).toBe("person.notFound");
  expect(await split({ parts: [part("A1", { subUnits: [t.units.second] }), part("A2")] })).toBe("unit.notFound");
  const company = { subUnits: [t.units.company] };
  expect(await split({ parts: [part("A1", company), part("A2", company)] })).toBe("unit.assignedTwice");
  expect(await merge({ into: { ...into(t, "second"), version: 7 } })).toBe("unit.stale");
  expect(await merge({ units: [{ ...source(t, "first"), version: 7 }] })).toBe("unit.stale");
  expect(await merge({ units: [source(t, "first"), source(t, "first")] })).toBe("unit.assignedTwice");
  expect(await merge({ into: { kind: "existing", unitId: t.units.company, version: 1 } })).toBe("unit.cycle");
  expect(await merge({ into: into(t, "first") })).toBe("unit.cycle");
  expect(await merge({ into: { kind: "new", parentId: t.units.company, code: "NN", name: name("新") } })).toBe(
    "unit.cycle",
  );
  expect(await rows(t, "select count(*)::int as n from kernel.units where valid_until is null")).toEqual([{ n: 4 }]);
});

test("whoever administers only one side neither tries nor does it", async () => {
  const { t } = await open();
  await using _ = t;
  const first = await t.person("李", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);
  const { units } = caller(t.kernel, { units: unitsHandlers })(first);
  const merge = { units: [source(t, "first")], into: into(t, "second") };
  const parts = ["A1", "A2"].map((code) => ({ code, name: name(code), ...nobody }));
  const split = { unitId: t.units.first, version: 1, parts, rest: 0 };

  expect(await refusalOf(units.previewMerge(merge))).toBe("unit.notFound");
  expect(await refusalOf(units.merge({ ...merge, why: "x" }))).toBe("unit.notFound");
  expect(await refusalOf(units.previewSplit(split))).toBe("unit.notFound");
  expect(await refusalOf(units.split({ ...split, why: "x" }))).toBe("unit.notFound");
});

test("a petition on its way into a unit that is just being merged is refused there, never lost in it", async () => {
  const { t } = await open();
  await using _ = t;
  let filing: Promise<unknown> = Promise.resolve();
  await inChange(t.kernel, "system", async (change) => {
    await mergeUnits(change, t.kernel.modules, { units: [source(t, "company")], into: into(t, "second"), why: "合并" });
    filing = refusalOf(file(t, { unitId: t.units.company }));
    for (let n = 0; n < 150; n++) {
      const waiting = await rows<{ n: number }>(
        t,
        "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      if ((waiting[0]?.n ?? 0) > 0) break;
      await new Promise((done) => setTimeout(done, 20));
    }
  });

  expect(await filing).toBe("unit.retired");
  expect(await rows(t, "select id from kernel.cases")).toEqual([]);
});
