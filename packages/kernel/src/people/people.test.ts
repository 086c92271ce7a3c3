import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { topicsHandlers } from "../topics/handlers.ts";
import { peopleHandlers } from "./handlers.ts";
import { loadActor } from "./load-actor.ts";

const as = (t: TestKernel) => caller(t.kernel, { people: peopleHandlers, topics: topicsHandlers });

async function open() {
  const t = await openTestKernel();
  const call = as(t);
  const root = await t.person("周平", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const brigade = await t.person("王静", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const first = await t.person("李强", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);
  const soldier = await t.person("张三", "company", []);
  return { t, call, root, brigade, first, soldier };
}

const grant = (person: Actor, role: string, unitId: string, more: object = {}) =>
  ({ personId: person.personId, role, unitId, why: "工作需要", ...more }) as never;

test("a new person gets a name to be found by, an account and one slip of paper", async () => {
  const { t, call, first } = await open();
  await using _ = t;
  const { people } = call(first);

  const made = await people.create({ name: "欧阳靖", username: "ＯＹ-01", kind: "officer", unitId: t.units.company });

  expect(made.slip).toMatchObject({ username: "oy-01", oneTimePassword: expect.any(String) });
  expect(made.person).toMatchObject({ name: "欧阳靖", username: "oy-01", active: true, version: 1, grants: [] });
  for (const q of ["ouyang", "oyj", "欧阳", "OY-01"])
    expect((await people.list({ q })).items.map((person) => person.id)).toEqual([made.person.id]);
  const { rows } = await t.database.pool.query("select type, body from kernel.ledger where stream = $1", [
    t.units.company,
  ]);
  expect(rows).toMatchObject([{ type: "person.changed" }]);
  expect(rows[0].body).not.toMatch(/欧阳|oy-01/);
});

test("a user name that is taken, in any case, and a unit of others are refused", async () => {
  const { t, call, first } = await open();
  await using _ = t;
  const { people } = call(first);
  const person = { name: "新人", kind: "officer" as const };

  const create = (username: string, unitId: string) => refusalOf(people.create({ ...person, username, unitId }));

  await create("new-1", t.units.company);
  expect(await create("NEW-1", t.units.company)).toBe("person.usernameTaken");
  expect(await create("new-2", t.units.second)).toBe("grant.outside");
});

test("whoever administers neither somebody's unit nor a unit where he holds a role does not learn that he exists", async () => {
  const { t, call, first, brigade, soldier } = await open();
  await using _ = t;
  const second = await t.person("孙六", "second", [{ role: "unitAdmin", unit: "second", subtree: true }]);

  expect(await refusalOf(call(second).people.get({ personId: soldier.personId }))).toBe("person.notFound");
  expect(await refusalOf(call(second).people.update({ personId: soldier.personId, version: 1, name: "改名" }))).toBe(
    "person.notFound",
  );
  expect((await call(second).people.list({})).items.map((person) => person.name)).toEqual(["孙六"]);
  expect((await call(first).people.list({})).items.map((person) => person.name).toSorted()).toEqual(["张三", "李强"]);
  await call(brigade).people.grant(grant(soldier, "mediator", t.units.second));
  expect((await call(second).people.list({})).items.map((person) => person.name).toSorted()).toEqual(["孙六", "张三"]);
  expect(await refusalOf(call(soldier).people.list({}))).toBe("forbidden");
});

test("a list of people goes on page by page, by unit and by role", async () => {
  const { t, call, brigade } = await open();
  await using _ = t;
  const { people } = call(brigade);

  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof people.list>> = await people.list({ limit: 1, ...(cursor && { cursor }) });
    names.push(...page.items.map((person) => person.name));
    cursor = page.nextCursor;
  } while (cursor);

  expect(names.toSorted()).toEqual(["周平", "张三", "李强", "王静"].toSorted());
  expect((await people.list({ unitId: t.units.first })).items).toHaveLength(2);
  expect((await people.list({ role: "unitAdmin" })).items).toHaveLength(2);
  expect(await refusalOf(people.list({ cursor: "nonsense" }))).toBe("input.invalid");
});

test("nobody grants himself, nobody grants beyond his units, and nobody but the platform's administrator makes one", async () => {
  const { t, call, first, brigade, root, soldier } = await open();
  await using _ = t;

  expect(await refusalOf(call(first).people.grant(grant(first, "clerk", t.units.first)))).toBe("grant.self");
  expect(await refusalOf(call(first).people.grant(grant(soldier, "clerk", t.units.second)))).toBe("grant.outside");
  expect(await refusalOf(call(brigade).people.grant(grant(soldier, "platformAdmin", t.units.brigade)))).toBe(
    "grant.outside",
  );
  expect(await refusalOf(call(soldier).people.grant(grant(first, "clerk", t.units.first)))).toBe("forbidden");
  expect(await refusalOf(call(root).people.grant(grant(soldier, "platformAdmin", t.units.brigade)))).toMatchObject({
    done: { grants: [{ role: "platformAdmin", pending: false }] },
  });
});

test("a role that reads nothing sensitive counts at once; given twice it is refused", async () => {
  const { t, call, first, soldier } = await open();
  await using _ = t;
  const { people } = call(first);

  const after = await people.grant(grant(soldier, "signer", t.units.company, { until: "2026-12-31" }));

  expect(after.grants).toMatchObject([{ role: "signer", pending: false, until: "2026-12-31", grantedBy: "李强" }]);
  expect(after.effective.map((line) => line.permission)).toContain("desk.act");
  expect((await loadActor(t.kernel, soldier.personId, t.clock.now))?.grants).toHaveLength(1);
  expect(await refusalOf(people.grant(grant(soldier, "signer", t.units.company)))).toBe("grant.exists");
  expect(await refusalOf(people.grant(grant(soldier, "clerk", t.units.company, { until: "2026-03-01" })))).toBe(
    "input.invalid",
  );
});

test("a role ends with its last day at the unit", async () => {
  const { t, call, first, soldier } = await open();
  await using _ = t;
  await call(first).people.grant(grant(soldier, "signer", t.units.company, { until: "2026-03-03" }));

  t.clock.now = new Date("2026-03-03T15:59:00Z");
  expect((await loadActor(t.kernel, soldier.personId, t.clock.now))?.grants).toHaveLength(1);
  t.clock.now = new Date("2026-03-03T16:01:00Z");
  expect((await loadActor(t.kernel, soldier.personId, t.clock.now))?.grants).toEqual([]);
  expect((await call(first).people.get({ personId: soldier.personId })).grants).toEqual([]);
});

test("a sensitive role waits for a second administrator of the superior unit", async () => {
  const { t, call, first, brigade, soldier } = await open();
  await using _ = t;
  const other = await t.person("赵七", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);

  const asked = await call(first).people.grant(grant(soldier, "officer", t.units.first));
  const grantId = asked.grants[0]?.id ?? "";

  expect(asked.grants).toMatchObject([{ role: "officer", pending: true }]);
  expect(asked.effective).toEqual([]);
  expect((await loadActor(t.kernel, soldier.personId, t.clock.now))?.grants).toEqual([]);
  expect(await refusalOf(call(first).people.confirmGrant({ grantId }))).toBe("grant.needsSecond");
  expect(await refusalOf(call(other).people.confirmGrant({ grantId }))).toBe("grant.needsSecond");
  expect(await call(other).people.pendingGrants({})).toMatchObject([{ mayConfirm: false, personName: "张三" }]);
  expect(await call(brigade).people.pendingGrants({})).toMatchObject([{ mayConfirm: true, why: "工作需要" }]);
  const confirmed = await call(brigade).people.confirmGrant({ grantId });
  expect(confirmed.grants).toMatchObject([{ pending: false }]);
  expect((await loadActor(t.kernel, soldier.personId, t.clock.now))?.grants).toHaveLength(1);
  expect(await refusalOf(call(brigade).people.confirmGrant({ grantId }))).toBe("grant.notFound");
  const { rows } = await t.database.pool.query(
    "select body from kernel.ledger where type = 'grant.changed' order by seq",
  );
  expect(rows.map((row) => JSON.parse(row.body).facts.act)).toEqual(["asked", "confirmed"]);
});

test("at the root another administrator of the root confirms; the asker, the person himself and strangers cannot", async () => {
  const { t, call, root, brigade, soldier } = await open();
  await using _ = t;
  const second = await t.person("孙六", "second", [{ role: "unitAdmin", unit: "second", subtree: true }]);
  const admin = await t.person("钱八", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const forSoldier = (await call(brigade).people.grant(grant(soldier, "discipline", t.units.brigade))).grants[0];
  const forAdmin = (await call(brigade).people.grant(grant(admin, "custodian", t.units.brigade))).grants.find(
    (line) => line.pending,
  );

  const confirm = (who: Actor, grantId = "") => refusalOf(call(who).people.confirmGrant({ grantId }));
  expect(await confirm(brigade, forSoldier?.id)).toBe("grant.needsSecond");
  expect(await confirm(second, forSoldier?.id)).toBe("grant.notFound");
  expect(await confirm(admin, forAdmin?.id)).toBe("grant.self");
  expect(await confirm(root, forSoldier?.id)).toMatchObject({ done: { id: soldier.personId } });
});

test("a role is taken away as of now, and one that waits is refused the same way", async () => {
  const { t, call, first, brigade, soldier } = await open();
  await using _ = t;
  const second = await t.person("孙六", "second", [{ role: "unitAdmin", unit: "second", subtree: true }]);
  const granted = await call(first).people.grant(grant(soldier, "signer", t.units.company));
  const waiting = await call(first).people.grant(grant(soldier, "officer", t.units.company));
  const id = granted.grants[0]?.id ?? "";
  const waitingId = waiting.grants.find((line) => line.pending)?.id ?? "";

  expect(await refusalOf(call(second).people.revoke({ grantId: id, why: "调离" }))).toBe("grant.notFound");
  await call(first).people.revoke({ grantId: id, why: "调离" });
  const after = await call(brigade).people.revoke({ grantId: waitingId, why: "不同意" });

  expect(after.grants).toEqual([]);
  expect((await loadActor(t.kernel, soldier.personId, t.clock.now))?.grants).toEqual([]);
  expect(await refusalOf(call(first).people.revoke({ grantId: id, why: "再次" }))).toBe("grant.notFound");
});

test("the last administrator of the platform can neither lose the role nor the account", async () => {
  const { t, call, root, brigade } = await open();
  await using _ = t;
  const grantId = (await call(root).people.get({ personId: root.personId })).grants[0]?.id ?? "";
  const stop = (who: Actor) =>
    refusalOf(call(who).people.update({ personId: root.personId, version: 1, active: false }));

  expect(await refusalOf(call(root).people.revoke({ grantId, why: "离任" }))).toBe("grant.lastAdmin");
  expect(await stop(root)).toBe("grant.lastAdmin");
  expect(await stop(brigade)).toBe("grant.outside");
  expect(await refusalOf(call(brigade).people.revoke({ grantId, why: "夺权" }))).toBe("grant.outside");
  await call(root).people.grant(grant(brigade, "platformAdmin", t.units.brigade, { until: "2026-12-31" }));
  expect(await refusalOf(call(root).people.revoke({ grantId, why: "离任" }))).toBe("grant.lastAdmin");
});

test("of two administrators who leave at once one stays", async () => {
  const { t, call, root } = await open();
  await using _ = t;
  const other = await t.person("钱八", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const leave = async (who: Actor) => {
    const grantId = (await call(who).people.get({ personId: who.personId })).grants[0]?.id ?? "";
    return () => refusalOf(call(who).people.revoke({ grantId, why: "离任" }));
  };
  const both = [await leave(root), await leave(other)];

  const outcomes = await Promise.all(both.map((go) => go()));

  expect(outcomes.filter((outcome) => outcome === "grant.lastAdmin")).toHaveLength(1);
});

test("a person is changed by version; moving him needs the right at both units", async () => {
  const { t, call, first, brigade, soldier } = await open();
  await using _ = t;
  const update = (who: Actor, more: object) =>
    refusalOf(call(who).people.update({ personId: soldier.personId, version: 1, ...more }));

  expect(await update(first, { unitId: t.units.second })).toBe("grant.outside");
  expect(await update(brigade, { unitId: t.units.second })).toMatchObject({ done: { unit: { id: t.units.second } } });
  expect(await update(brigade, { name: "张三丰" })).toBe("person.stale");
});

test("stopping an account ends its sessions and its roles", async () => {
  const { t, first, brigade, soldier } = await open();
  await using _ = t;
  const ended: string[] = [];
  const accounts = { ...t.kernel.accounts, endSessions: async (_tx: unknown, id: string) => void ended.push(id) };
  const call = caller({ ...t.kernel, accounts }, { people: peopleHandlers });
  await call(brigade).people.grant(grant(soldier, "signer", t.units.second));

  const byFirst = call(first).people.update({ personId: soldier.personId, version: 1, active: false });
  expect(await refusalOf(byFirst)).toBe("grant.outside");
  await call(brigade).people.update({ personId: soldier.personId, version: 1, active: false });

  expect(ended).toEqual([soldier.personId]);
  expect(await loadActor(t.kernel, soldier.personId, t.clock.now)).toBeUndefined();
});

test("a slip is printed by who administers all of somebody's units, never for oneself", async () => {
  const { t, call, first, brigade, root, soldier } = await open();
  await using _ = t;
  const slip = (who: Actor, person: Actor) =>
    refusalOf(call(who).people.slip({ personId: person.personId, identityChecked: true, resetSecondFactor: true }));
  await call(brigade).people.grant(grant(soldier, "signer", t.units.second));

  expect(await slip(first, first)).toBe("account.ownSlip");
  expect(await slip(first, brigade)).toBe("person.notFound");
  expect(await slip(first, soldier)).toBe("grant.outside");
  expect(await slip(brigade, root)).toBe("grant.outside");
  expect(await slip(brigade, soldier)).toMatchObject({ done: { username: soldier.username } });
  const { rows } = await t.database.pool.query("select body from kernel.ledger where type = 'account.mended'");
  expect(JSON.parse(rows[0].body).facts).toEqual({
    person: soldier.personId,
    identityChecked: true,
    resetSecondFactor: true,
  });
});

test("second factors are demanded by role, and somebody without one is marked", async () => {
  const { t, call, root, brigade } = await open();
  await using _ = t;

  const set = call(brigade).people.setSecondFactorRules({ rules: [{ role: "unitAdmin", required: true }] });
  expect(await refusalOf(set)).toBe("forbidden");
  await call(root).people.setSecondFactorRules({ rules: [{ role: "unitAdmin", required: true }] });

  expect(await call(brigade).people.secondFactorRules({})).toContainEqual({ role: "unitAdmin", required: true });
  expect(await call(root).people.get({ personId: brigade.personId })).toMatchObject({
    secondFactorRequired: true,
    secondFactor: false,
    warnings: ["grantWithoutEnd", "noSecondFactor"],
  });
});

test("a list of people is tried, taken in with roles and slips, and taken in again without a change", async () => {
  const { t, call, first } = await open();
  await using _ = t;
  const { people } = call(first);
  const rows = [
    { 账号: "wu-1", 姓名: "吴一", 人员类别: "军士", 单位: "COMPANY", 角色: "登记员；信访干部" },
    { 账号: "wu-2", 姓名: "吴二", 人员类别: "officer", 单位: "first" },
  ];

  const trial = await people.import({ rows, apply: false });
  const taken = await people.import({ rows, apply: true });
  const again = await people.import({ rows, apply: true });

  expect(trial).toMatchObject({ applied: false, counts: { create: 2, error: 0 }, slips: [] });
  expect(taken.slips.map((slip) => slip.username)).toEqual(["wu-1", "wu-2"]);
  expect(again).toMatchObject({ counts: { create: 0, update: 0, same: 2, error: 0 }, slips: [] });
  const found = (await people.list({ q: "吴一" })).items[0];
  expect(await people.get({ personId: found?.id ?? "" })).toMatchObject({
    kind: "nco",
    grants: [
      { role: "officer", pending: true },
      { role: "clerk", pending: false },
    ],
  });
});

test("bad rows of a list of people end in the report", async () => {
  const { t, call, first, brigade } = await open();
  await using _ = t;
  await call(brigade).people.create({ name: "在册", username: "known", kind: "nco", unitId: t.units.second });

  const report = await call(first).people.import({
    rows: [
      { username: "a b", name: "甲", kind: "officer", unit: "FIRST" },
      { username: "ok-1", name: "乙", kind: "将军", unit: "FIRST" },
      { username: "ok-2", name: "丙", kind: "officer", unit: "NOWHERE" },
      { username: "ok-3", name: "丁", kind: "officer", unit: "SECOND" },
      { username: "known", name: "戊", kind: "officer", unit: "FIRST" },
      { username: "ok-4", name: "己", kind: "officer", unit: "FIRST", role: "皇帝" },
      { username: "ok-5", name: "庚", kind: "officer", unit: "FIRST" },
      { username: "OK-5", name: "辛", kind: "officer", unit: "FIRST" },
      { username: "", name: "", kind: "officer", unit: "FIRST" },
    ],
    apply: true,
  });

  expect(report.rows.map((row) => row.problems.map((p) => `${p.column}:${p.code}`).join())).toEqual([
    "username:person.usernameForm",
    "kind:person.kindUnknown",
    "unit:import.unknownUnit",
    "role:grant.outside",
    "username:person.usernameTaken",
    "role:person.roleUnknown",
    "",
    "username:import.repeatedKey",
    "username:import.columnMissing,name:import.columnMissing",
  ]);
  expect(report.slips).toHaveLength(1);
});

test("the catalogue of topics is changed as a whole, by version, by who administers a whole tree", async () => {
  const { t, call, first, brigade } = await open();
  await using _ = t;
  const topic = (code: string, parentId: string | null = null) => ({
    id: crypto.randomUUID(),
    code,
    name: { "zh-CN": `主题${code}`, en: `Topic ${code}` },
    parentId,
    retired: false,
  });
  const housing = topic("B");
  const repair = topic("A", housing.id);
  const save = (who: Actor, version: number, topics: object[]) =>
    refusalOf(call(who).topics.save({ version, topics: topics as never }));

  expect(await save(first, 1, [housing])).toBe("forbidden");
  expect(await save(brigade, 1, [repair, housing])).toMatchObject({ done: { version: 2 } });
  expect(await save(brigade, 1, [housing])).toBe("topics.stale");
  expect(await save(brigade, 2, [{ ...housing, parentId: repair.id }, repair])).toBe("topics.cycle");
  expect(await save(brigade, 2, [housing, { ...repair, parentId: crypto.randomUUID() }])).toBe("topics.cycle");
  expect(await save(brigade, 2, [housing, { ...repair, code: "B" }])).toBe("topics.codeTaken");
  expect(
    await save(brigade, 2, [
      { ...housing, code: "A" },
      { ...repair, code: "B" },
    ]),
  ).toMatchObject({
    done: { version: 3 },
  });
  expect(await save(brigade, 3, [{ ...housing, code: "A" }])).toMatchObject({
    done: {
      topics: [
        { code: "A", retired: false },
        { code: "B", retired: true },
        { code: "harassment" },
        { code: "violence" },
      ],
    },
  });
  expect(await save(brigade, 4, [{ ...housing, code: "A" }, topic("B")])).toBe("topics.codeTaken");
  expect(await save(first, 4, [{ ...housing, neverMediated: true }])).toBe("forbidden");
});

test("marks of what is never mediated are added and never taken away, and the platform's own topics stay", async () => {
  const { t, call, brigade } = await open();
  await using _ = t;
  const saved = (version: number, topics: object[]) =>
    refusalOf(call(brigade).topics.save({ version, topics: topics as never }));
  const { topics: own } = await call(brigade).topics.list({});
  expect(own).toMatchObject([
    { code: "harassment", neverMediated: true, platformOwn: true, retired: false },
    { code: "violence", neverMediated: true, platformOwn: true, retired: false },
  ]);
  const [harassment, violence] = own as [(typeof own)[number], (typeof own)[number]];
  const topic = (code: string, more: object = {}) => ({
    ...{ id: crypto.randomUUID(), code, name: { "zh-CN": `主题${code}`, en: `Topic ${code}` }, parentId: null },
    ...{ retired: false, ...more },
  });

  for (const gone of [{ retired: true }, { code: "quarrels" }])
    expect(await saved(1, [{ ...violence, ...gone }, harassment])).toBe("topics.platformOwn");
  expect(await saved(1, [{ ...violence, neverMediated: false }, harassment])).toBe("topics.onlyStricter");
  const hazing = topic("hazing", { parentId: harassment.id });
  const threats = topic("threats", { neverMediated: true });
  // left out of the list they stay as they are; what lies below one is never mediated either
  expect(await saved(1, [harassment, hazing, threats, topic("pay")])).toMatchObject({
    done: {
      topics: [
        { code: "harassment", neverMediated: true, retired: false },
        { code: "hazing", neverMediated: true },
        { code: "pay", neverMediated: false },
        { code: "threats", neverMediated: true },
        { code: "violence", neverMediated: true, retired: false },
      ],
    },
  });
  expect(await saved(2, [{ ...hazing, parentId: null }])).toBe("topics.onlyStricter");
  expect(await saved(2, [{ ...threats, neverMediated: false }])).toBe("topics.onlyStricter");
  expect(await saved(2, [{ ...hazing, parentId: null, neverMediated: true }])).toMatchObject({ done: { version: 3 } });
});
