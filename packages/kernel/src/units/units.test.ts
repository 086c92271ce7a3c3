import { expect, test } from "vitest";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { unitsHandlers } from "./handlers.ts";
import { organAbove, reviewBodyOf, unitPath } from "./unit-path.ts";

const as = (t: Awaited<ReturnType<typeof openTestKernel>>) => caller(t.kernel, { units: unitsHandlers });
const name = (zh: string, en: string) => ({ "zh-CN": zh, en });

test("a unit made below another stands in the tree with its path, its rules and its history", async () => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const { units } = as(t)(admin);

  const made = await units.create({ parentId: t.units.first, code: "2LIAN", name: name("二连", "Company 2") });

  expect(made).toMatchObject({ level: 3, parentId: t.units.first, version: 1, manageable: true });
  expect(made.path.map((unit) => unit.id)).toEqual([t.units.brigade, t.units.first, made.id]);
  expect(await unitPath(t.kernel.pool, made.id)).toEqual([made.id, t.units.first, t.units.brigade]);
  const history = await t.database.pool.query("select * from kernel.unit_history where unit_id = $1", [made.id]);
  expect(history.rows).toMatchObject([{ parent_id: t.units.first, from_on: "2026-03-02", until_on: null }]);
  const ledger = await t.database.pool.query("select type, actor, body from kernel.ledger where stream = $1", [
    made.id,
  ]);
  expect(ledger.rows).toMatchObject([{ type: "unit.changed", actor: `person:${admin.personId}` }]);
  expect(ledger.rows[0].body).not.toContain("二连");
});

test.each([
  ["a code in use, in any case", { code: "first" }, "unit.codeTaken"],
  ["a code with other signs", { code: "a b" }, "BAD_REQUEST"],
  ["a time zone that does not exist", { timeZone: "Mars/Base" }, "unit.timeZone"],
  ["a parent that does not exist", { parentId: "01890000-0000-7000-8000-000000000001" }, "unit.notFound"],
])("a unit with %s is refused", async (_, wrong, code) => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);

  const outcome = await refusalOf(
    as(t)(admin).units.create({ parentId: t.units.first, code: "NEW", name: name("新", "New"), ...wrong }),
  );

  expect(outcome).toBe(code);
  const { rows } = await t.database.pool.query("select count(*)::int as n from kernel.units");
  expect(rows).toEqual([{ n: 4 }]);
});

test("only who administers the parent makes units below it, and only the platform's administrator makes a root", async () => {
  await using t = await openTestKernel();
  const call = as(t);
  const first = await t.person("李", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);
  const platform = await t.person("周", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const unit = (parentId: string | null) => ({ parentId, code: "NEW", name: name("新", "New") });

  expect(await refusalOf(call(first).units.create(unit(t.units.second)))).toBe("unit.notFound");
  expect(await refusalOf(call(first).units.create(unit(t.units.brigade)))).toBe("unit.notFound");
  expect(await refusalOf(call(first).units.create(unit(null)))).toBe("forbidden");
  const root = await call(platform).units.create(unit(null));

  expect(root).toMatchObject({ level: 1, parentId: null, manageable: true });
});

test("a move carries the whole subtree, keeps who it belonged to before, and changes the body of review", async () => {
  await using t = await openTestKernel();
  const { units } = as(t)(await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]));
  const squad = await units.create({ parentId: t.units.company, code: "BAN", name: name("一班", "Squad 1") });
  t.clock.advance({ days: 10 });

  const preview = await units.previewMove({ unitId: t.units.company, parentId: t.units.second });
  const moved = await units.move({ unitId: t.units.company, parentId: t.units.second, version: 1, why: "整编" });

  expect(preview).toMatchObject({
    subUnits: 1,
    openCases: 0,
    reviewBodyBefore: { en: "first unit" },
    reviewBodyAfter: { en: "second unit" },
  });
  expect(moved).toMatchObject({ parentId: t.units.second, level: 3, version: 2 });
  expect(await unitPath(t.kernel.pool, squad.id)).toEqual([squad.id, t.units.company, t.units.second, t.units.brigade]);
  expect(await reviewBodyOf(t.kernel.pool, t.units.company)).toBe(t.units.second);
  const { rows } = await t.database.pool.query(
    "select parent_id, from_on, until_on, why from kernel.unit_history where unit_id = $1 order by seq",
    [t.units.company],
  );
  expect(rows).toEqual([{ parent_id: t.units.second, from_on: "2026-03-12", until_on: null, why: "整编" }]);
});

test("a preview lets the modules try the move and keeps nothing of it", async () => {
  await using t = await openTestKernel();
  const changesByMove: typeof t.kernel.modules.changesByMove = async (transaction, unitId, parentId) => {
    await transaction.query("savepoint try_move");
    await transaction.query("update kernel.units set parent_id = $2 where id = $1", [unitId, parentId]);
    await transaction.query("rollback to savepoint try_move");
    return { on: ["talks"], off: [] };
  };
  const kernel = { ...t.kernel, modules: { ...t.kernel.modules, changesByMove } };
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const { units } = caller(kernel, { units: unitsHandlers })(admin);

  const preview = await units.previewMove({ unitId: t.units.company, parentId: t.units.second });

  expect(preview).toMatchObject({ modulesTurnedOn: ["talks"], modulesTurnedOff: [] });
  expect(await units.get({ unitId: t.units.company })).toMatchObject({ parentId: t.units.first, version: 1 });
});

test("a move below itself, on an old version, to a retired unit or out of one's own units is refused", async () => {
  await using t = await openTestKernel();
  const call = as(t);
  const { units } = call(await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]));
  const first = call(await t.person("李", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]));
  const move = (unitId: string, parentId: string, version = 1) => ({ unitId, parentId, version, why: "整编" });

  expect(await refusalOf(units.move(move(t.units.first, t.units.company)))).toBe("unit.cycle");
  expect(await refusalOf(units.previewMove({ unitId: t.units.first, parentId: t.units.first }))).toBe("unit.cycle");
  expect(await refusalOf(units.move(move(t.units.company, t.units.second, 7)))).toBe("unit.stale");
  expect(await refusalOf(first.units.move(move(t.units.company, t.units.second)))).toBe("unit.notFound");
  await units.retire({ unitId: t.units.second, version: 1, successorId: null, why: "撤编" });
  expect(await refusalOf(units.move(move(t.units.company, t.units.second)))).toBe("unit.retired");
});

test("of two moves at once that would close a circle one is refused", async () => {
  await using t = await openTestKernel();
  const { units } = as(t)(await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]));
  const move = (unitId: string, parentId: string) =>
    refusalOf(units.move({ unitId, parentId, version: 1, why: "整编" }));

  const outcomes = await Promise.all([move(t.units.first, t.units.second), move(t.units.second, t.units.first)]);

  expect(outcomes.filter((outcome) => outcome === "unit.cycle")).toHaveLength(1);
  expect(outcomes.filter((outcome) => typeof outcome === "object")).toHaveLength(1);
});

test("two who change the same unit at once get one success and one refusal", async () => {
  await using t = await openTestKernel();
  const { units } = as(t)(await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]));
  const rename = (en: string) => refusalOf(units.rename({ unitId: t.units.first, version: 1, name: name("一营", en) }));

  const outcomes = await Promise.all([rename("Battalion 1"), rename("Battalion One")]);

  expect(outcomes.filter((outcome) => outcome === "unit.stale")).toHaveLength(1);
});

test("a unit with units below, or with open petitions and no successor, is not retired", async () => {
  await using t = await openTestKernel();
  const { units } = as(t)(await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]));
  const retire = (unitId: string, successorId: string | null = null) =>
    refusalOf(units.retire({ unitId, version: 1, successorId, why: "撤编" }));

  expect(await retire(t.units.first)).toBe("unit.hasChildren");
  expect(await retire(t.units.company, t.units.company)).toBe("unit.retired");
  expect(await retire(t.units.company)).toMatchObject({ done: { validUntil: "2026-03-02" } });
  expect(await retire(t.units.first)).toMatchObject({ done: { validUntil: "2026-03-02" } });
  expect(await refusalOf(units.rename({ unitId: t.units.first, version: 2, name: name("一", "One") }))).toBe(
    "unit.retired",
  );
  expect(await units.tree({ parentId: t.units.brigade })).toHaveLength(1);
});

test("everybody finds living units by code, name, pinyin and initials, best hit first, and nothing of their inside", async () => {
  await using t = await openTestKernel();
  const call = as(t);
  const { units } = call(await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]));
  const supply = await units.create({
    parentId: t.units.brigade,
    code: "HQC",
    name: name("后勤处", "Logistics Section"),
    strength: 40,
  });
  const gone = await units.create({ parentId: t.units.brigade, code: "OLD", name: name("后勤旧处", "Old Logistics") });
  await units.retire({ unitId: gone.id, version: 1, successorId: supply.id, why: "撤编" });
  const nobody = call(undefined).units;

  for (const q of ["后勤", "houqin", "hqc", "HQC", "logistics", "ＨＱＣ", "logistics section"])
    expect((await nobody.find({ q })).items.map((unit) => unit.code)).toEqual(["HQC"]);
  expect((await nobody.find({ q: "100%" })).items).toEqual([]);
  expect((await nobody.find({ q: "hqc" })).items).toEqual([
    {
      id: supply.id,
      code: "HQC",
      name: { "zh-CN": "后勤处", en: "Logistics Section" },
      path: { "zh-CN": "brigade单位 › 后勤处", en: "brigade unit › Logistics Section" },
    },
  ]);
});

test("a public search goes on page by page without a repeat or a gap", async () => {
  await using t = await openTestKernel();
  const nobody = as(t)(undefined).units;

  const codes: string[] = [];
  for (let cursor: string | undefined, page = 0; page < 5; page++) {
    const found = await nobody.find({ q: "unit", limit: 1, ...(cursor && { cursor }) });
    codes.push(...found.items.map((unit) => unit.code));
    if (found.nextCursor === null) break;
    cursor = found.nextCursor;
  }

  expect(codes).toEqual(["BRIGADE", "COMPANY", "FIRST", "SECOND"]);
  expect(await refusalOf(nobody.find({ q: "", cursor: "9:x" }))).toBe("input.invalid");
});

test("the notice board shows offices and reception of a unit by its code, whoever asks", async () => {
  await using t = await openTestKernel();
  const nobody = as(t)(undefined).units;

  const board = await nobody.board({ unitCode: "first" });

  expect(board.offices.map((office) => office.kind)).toEqual(["disciplineOrgan", "petitionOffice"]);
  expect(await refusalOf(nobody.board({ unitCode: "NOWHERE" }))).toBe("unit.notFound");
});

test("the tree shows the way to one's own units, and of those above only what everybody sees", async () => {
  await using t = await openTestKernel();
  await t.database.pool.query("update kernel.units set strength = 300");
  const company = as(t)(await t.person("赵", "company", [{ role: "unitAdmin", unit: "company" }])).units;

  const roots = await company.tree({});
  const battalions = await company.tree({ parentId: t.units.brigade });
  const above = await company.get({ unitId: t.units.first });

  expect(roots).toMatchObject([{ id: t.units.brigade, children: 1, manageable: false }]);
  expect(battalions.map((unit) => unit.id)).toEqual([t.units.first]);
  expect(above).toMatchObject({ manageable: false, strength: null, warnings: [] });
  expect(await refusalOf(company.get({ unitId: t.units.second }))).toBe("unit.notFound");
  expect(await company.tree({ q: "second" })).toEqual([]);
  expect(await company.tree({ q: "company" })).toMatchObject([{ id: t.units.company, manageable: true }]);
  expect(await refusalOf(as(t)(undefined).units.tree({}))).toBe("unauthorized");
});

test("a unit says what is missing: nobody who takes in, nobody who signs, no organ above", async () => {
  await using t = await openTestKernel();
  const { units } = as(t)(await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]));

  const bare = await units.get({ unitId: t.units.company });
  await t.person("孙", "first", [
    { role: "officer", unit: "first", subtree: true },
    { role: "signer", unit: "first" },
  ]);
  const staffed = await units.get({ unitId: t.units.company });

  expect(bare.warnings).toEqual(["noIntakePerson", "noSigner"]);
  expect(staffed.warnings).toEqual(["noSigner"]);
});

test("the competent discipline organ stands strictly above the unit; the root has only its own", async () => {
  await using t = await openTestKernel();
  const at = t.clock.now;

  expect((await organAbove(t.kernel.pool, t.units.company, at))?.unitId).toBe(t.units.first);
  expect((await organAbove(t.kernel.pool, t.units.first, at))?.unitId).toBe(t.units.brigade);
  expect((await organAbove(t.kernel.pool, t.units.second, at))?.unitId).toBe(t.units.brigade);
  expect((await organAbove(t.kernel.pool, t.units.brigade, at))?.unitId).toBe(t.units.brigade);
});

test("offices begin and end with a date, and nobody changes an office of another unit", async () => {
  await using t = await openTestKernel();
  const { units } = as(t)(await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]));
  const before = await units.get({ unitId: t.units.first });
  const organ = before.offices.find((office) => office.kind === "disciplineOrgan");
  const handling = {
    kind: "handlingOffice",
    name: name("后勤股", "Supply"),
    contact: "",
    phone: "1",
    address: "",
  } as const;

  const after = await units.update({
    unitId: t.units.first,
    version: 1,
    offices: [...(organ ? [organ] : []), handling],
  });

  expect(after.offices.map((office) => office.kind)).toEqual(["disciplineOrgan", "handlingOffice"]);
  const { rows } = await t.database.pool.query(
    "select valid_until from kernel.offices where unit_id = $1 and kind = 'petitionOffice'",
    [t.units.first],
  );
  expect(rows).toEqual([{ valid_until: "2026-03-02" }]);
  const foreign = { ...handling, id: organ?.id ?? "" };
  expect(await refusalOf(units.update({ unitId: t.units.second, version: 1, offices: [foreign] }))).toBe(
    "unit.notFound",
  );
});
