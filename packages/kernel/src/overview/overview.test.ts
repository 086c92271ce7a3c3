import { expect, test } from "vitest";
import { peopleHandlers } from "../people/handlers.ts";
import { sessionHandlers } from "../session/handlers.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, testCalendar } from "../testing/index.ts";
import { overviewHandlers } from "./handlers.ts";

const handlers = { overview: overviewHandlers, session: sessionHandlers, people: peopleHandlers };

test("the overview names the topmost unit where nobody takes in, with how many below share it", async () => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const { overview } = caller(t.kernel, handlers)(admin);

  const bare = await overview.get({});
  await t.person("孙", "first", [{ role: "clerk", unit: "first", subtree: true }]);
  await t.person("钱", "brigade", [
    { role: "officer", unit: "brigade" },
    { role: "signer", unit: "brigade", subtree: true },
  ]);
  const staffed = await overview.get({});

  expect(bare.items.filter((item) => item.code === "noIntakePerson")).toMatchObject([
    { level: "red", params: { below: 3 }, unit: { id: t.units.brigade } },
  ]);
  expect(staffed.items.filter((item) => item.code === "noIntakePerson")).toMatchObject([
    { params: { below: 0 }, unit: { id: t.units.second } },
  ]);
  expect(staffed.items.filter((item) => item.code === "noSigner")).toEqual([]);
  expect(staffed).toMatchObject({ units: 4, people: 3, modules: 0, version: "0.0.0-test" });
});

test.each([
  ["long before the end nothing is said", -200, undefined],
  ["a quarter before the end it is said", -60, "amber"],
  ["after the end it is urgent", 1, "red"],
])("holidays of the next year: %s", async (_, days, level) => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  t.clock.now = new Date(Date.parse(`${testCalendar.officialUntil}T04:00:00Z`) + days * 86_400_000);

  const { items } = await caller(t.kernel, handlers)(admin).overview.get({});

  expect(items.find((item) => item.code === "calendarEnds")?.level).toBe(level);
});

test("modules in trouble, people left in a retired unit and roles that wait for the reader are named", async () => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const asker = await t.person("李", "second", [{ role: "unitAdmin", unit: "second", subtree: true }]);
  const soldier = await t.person("张", "company", []);
  const troubled = [{ id: "talks", title: { "zh-CN": "谈心", en: "Talks" }, state: "quarantined" as const }];
  const kernel = {
    ...t.kernel,
    modules: { ...t.kernel.modules, installed: async () => ({ count: 3, troubled }) },
  };
  const call = caller(kernel, handlers);
  await t.database.pool.query("update kernel.units set valid_until = '2026-01-01' where id = $1", [t.units.company]);
  await call(asker).people.grant({ personId: soldier.personId, role: "officer", unitId: t.units.second, why: "需要" });

  const { items } = await call(admin).overview.get({});

  expect(items).toContainEqual({
    level: "red",
    code: "module.quarantined",
    params: { zh: "谈心", en: "Talks", id: "talks" },
    unit: null,
  });
  expect(items.find((item) => item.code === "peopleInRetiredUnit")).toMatchObject({ params: { count: 1 } });
  expect(items.find((item) => item.code === "grantsWaiting")).toMatchObject({ params: { count: 1 } });
  expect(items.map((item) => item.level)).toEqual(
    items
      .map((item) => item.level)
      .toSorted()
      .toReversed(),
  );
});

test("the session says who asks, what he may do and what his account owes; nobody is null", async () => {
  await using t = await openTestKernel();
  const admin = await t.person("王", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  await t.database.pool.query("insert into kernel.second_factor_rules values ('unitAdmin', true)");
  const states = async (ids: readonly string[]) =>
    new Map(ids.map((id) => [id, { secondFactor: false, mustChangePassword: true }]));
  const call = caller({ ...t.kernel, accounts: { ...t.kernel.accounts, states } }, handlers);

  const me = await call(admin).session.me({});
  await call(admin).session.setLocale({ locale: "en" });

  expect(await call(undefined).session.me({})).toBeNull();
  expect(me).toMatchObject({
    personId: admin.personId,
    unit: { id: t.units.brigade },
    grants: [{ role: "unitAdmin", subtree: true }],
    mustChangePassword: true,
    mustEnrolSecondFactor: true,
    secondFactor: false,
    secondFactorRequired: true,
  });
  expect(me?.permissions).toContain("people.manage");
  const { rows } = await t.database.pool.query("select locale, last_seen_on from kernel.people where id = $1", [
    admin.personId,
  ]);
  expect(rows).toEqual([{ locale: "en", last_seen_on: "2026-03-02" }]);
  expect(await refusalOf(call(undefined).session.setLocale({ locale: "en" }))).toBe("unauthorized");
});
