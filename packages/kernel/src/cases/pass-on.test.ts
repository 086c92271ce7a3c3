import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { inChange } from "../change.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, refusalOf, register, rows, type Staff, staffOf } from "../testing/story.ts";
import { createUnit } from "../units/create-unit.ts";
import { acceptCase } from "./accept.ts";
import { objectToTransfer, takeBack } from "./dispute.ts";
import { readCase } from "./read-case.ts";
import { assignCaseToUnit, passOnCase, transferCase } from "./route.ts";

const now = "2026-03-02T02:00:00Z";
const because = { reason: "由连队办理", legalGround: "" };

interface Passed {
  readonly id: string;
  /** of the level in between, and of the unit below it */
  readonly between: Actor;
  readonly below: Actor;
  readonly sender: Actor;
  readonly s: Staff;
}

/** Filed at the brigade, sent to the first battalion so that it passes it on to a company. */
async function atBetween(t: TestKernel, more: object = {}, passOn = true): Promise<Passed> {
  const s = await staffOf(t);
  const sender = await t.person("旅干事", "brigade", [
    { role: "officer", unit: "brigade" },
    { role: "clerk", unit: "brigade" },
  ]);
  const below = await t.person("连队干事", "company", [{ role: "officer", unit: "company" }]);
  const id = await file(t, { unitId: t.units.brigade });
  await register(t, { clerk: sender }, id, more);
  const to = { kind: "transfer" as const, toUnitId: t.units.first, ...because, passOn };
  await execute(t.kernel, transferCase, byPerson(t, id, sender), to);
  return { id, between: s.officer, below, sender, s };
}
const passOn = (t: TestKernel, id: string, who: Actor, toUnitId: string, more: object = {}) =>
  execute(t.kernel, passOnCase, byPerson(t, id, who), { toUnitId, ...because, ...more });
const levels = (t: TestKernel, id: string) =>
  rows<{ code: string; rule: string; state: string; due: string }>(
    t,
    `select code, explain->>'rule' as rule, state, due_on::text as due from kernel.clocks
      where case_id = $1 and code in ('K2b', 'K7', 'K3') order by started_at, code desc, id`,
    [id],
  );
const said = async (t: TestKernel, id: string) => (await levels(t, id)).map((k) => `${k.rule} ${k.state} ${k.due}`);
const caseOf = async (t: TestKernel, id: string) =>
  (await rows(t, "select status, holder_unit_id as unit, hops from kernel.cases where id = $1", [id]))[0];

test("the level in between passes it on to the unit below within its share of the days; it is no hop", async () => {
  await using t = await openTestKernel({ now });
  const { id, between, below, sender } = await atBetween(t);
  expect(await said(t, id)).toEqual(["K3 running 2026-03-09", "K2b.second running 2026-03-05"]);
  const letter = async () =>
    rows<{ by: string | null }>(
      t,
      "select facts->>'passOnBy' as by from kernel.notices where case_id = $1 and code = 'D4' order by created_at",
      [id],
    );
  expect(await letter()).toEqual([{ by: "2026-03-05" }]);

  t.clock.now = new Date("2026-03-03T02:00:00Z");
  // what is said of it names no period of the simple track
  const offered = (await readCase(t.kernel, between, id)).acts.find((a) => a.act === "passOn");
  expect(offered?.effect.starts).toEqual(["objection", "tieredTransfer"]);
  await passOn(t, id, between, t.units.company);
  expect(await caseOf(t, id)).toEqual({ status: "routed", unit: t.units.company, hops: 1 });
  // the unit in charge has its own days to object, and none to pass on
  expect(await said(t, id)).toEqual([
    "K3 stopped 2026-03-09",
    "K2b.second stopped 2026-03-05",
    "K3 running 2026-03-10",
  ]);
  expect((await letter()).map((l) => l.by)).toEqual(["2026-03-05", null]);
  expect((await readPetitionerCase(t.kernel, id)).letters.filter((l) => l.code === "D3")).toHaveLength(2);
  // whoever passed it on last answers an objection; who sent it first is done with it
  await execute(t.kernel, objectToTransfer, byPerson(t, id, below), {
    reasons: "不属于连队的职责范围",
    legalGround: "",
  });
  await expect(readCase(t.kernel, sender, id)).rejects.toMatchObject({ code: "case.notFound" });
  await execute(t.kernel, takeBack, byPerson(t, id, between), { agree: true, reason: "情况属实" });
  expect(await caseOf(t, id)).toEqual({ status: "registered", unit: t.units.first, hops: 1 });
});

test("each further level has the share of its place; what is accepted is passed on no more", async () => {
  await using t = await openTestKernel({ now });
  const { id, between, below } = await atBetween(t);
  const platoon = await inChange(t.kernel, "system", (change) =>
    createUnit(change, {
      parentId: t.units.company,
      code: "PLATOON",
      name: { "zh-CN": "一排", en: "First platoon" },
      timeZone: "Asia/Shanghai",
      strength: null,
    }),
  );
  await passOn(t, id, between, t.units.company, { passOn: true });
  expect((await said(t, id)).at(-1)).toBe("K2b.third running 2026-03-05");
  expect(await refusalOf(passOn(t, id, below, platoon, { passOn: true }))).toEqual(["route.noneBelow"]);
  await execute(t.kernel, acceptCase, byPerson(t, id, below), { office: "连部", phone: "" });
  expect((await levels(t, id)).every((k) => k.state === "stopped")).toBe(true);
  expect(await refusalOf(passOn(t, id, below, platoon))).toEqual(["act.state"]);
});

test("a simple matter has one working day a level", async () => {
  await using t = await openTestKernel({ now });
  const { id, between } = await atBetween(t, { track: "simple", simpleFits: true });
  expect(await said(t, id)).toEqual(["K7 running 2026-03-03", "K3 running 2026-03-09"]);
  await passOn(t, id, between, t.units.company);
  expect((await levels(t, id)).filter((k) => k.code === "K7").map((k) => k.state)).toEqual(["stopped"]);
});

test("the level that lets its days pass is urged by the unit above it", async () => {
  await using t = await openTestKernel({ now });
  const { id } = await atBetween(t);
  t.clock.now = new Date("2026-03-05T16:01:00Z");
  await sweepClocks(t.kernel);
  expect(await breachEffects(t.kernel)).toBe(1);
  expect(
    await rows(
      t,
      "select code, by_unit_id as by, to_unit_id as unit from kernel.supervision_items where case_id = $1",
      [id],
    ),
  ).toEqual([{ code: "K2b", by: t.units.brigade, unit: t.units.first }]);
});

test("down one's own line only, never to a unit complained of, and only what was transferred", async () => {
  await using t = await openTestKernel({ now });
  const { id, between, below, sender, s } = await atBetween(t, {}, false);
  // nobody asked for it to be passed on: no days run for that, but it may be
  expect(await said(t, id)).toEqual(["K3 running 2026-03-09"]);
  expect(await refusalOf(passOn(t, id, between, t.units.second))).toEqual(["route.notBelow"]);
  expect(await refusalOf(passOn(t, id, between, t.units.first))).toEqual(["unit.sameHolder", "route.notBelow"]);
  expect(await refusalOf(passOn(t, id, sender, t.units.company))).toEqual(["forbidden"]);
  expect(await refusalOf(passOn(t, id, s.handler, t.units.company))).toEqual(["forbidden"]);
  expect(await refusalOf(passOn(t, id, below, t.units.company))).toEqual(["case.notFound"]);
  await execute(t.kernel, objectToTransfer, byPerson(t, id, between), {
    reasons: "由连队办理，不属于营",
    legalGround: "",
  });
  expect(await refusalOf(passOn(t, id, between, t.units.company))).toEqual(["leg.objected"]);

  const accused = await file(t, { unitId: t.units.brigade });
  await register(t, { clerk: sender }, accused, { respondents: [{ kind: "unit", unitId: t.units.company }] });
  const sent = { kind: "transfer" as const, toUnitId: t.units.first, ...because };
  await execute(t.kernel, transferCase, byPerson(t, accused, sender), sent);
  expect(await refusalOf(passOn(t, accused, between, t.units.company))).toEqual(["unit.notRespondent"]);

  const assigned = await file(t, { unitId: t.units.brigade });
  await register(t, { clerk: sender }, assigned);
  const order = { kind: "assign" as const, toUnitId: t.units.first, ...because, periodDays: 20 };
  expect(
    await refusalOf(execute(t.kernel, assignCaseToUnit, byPerson(t, assigned, sender), { ...order, passOn: true })),
  ).toEqual(["route.passOnAssigned"]);
  await execute(t.kernel, assignCaseToUnit, byPerson(t, assigned, sender), order);
  expect(await refusalOf(passOn(t, assigned, between, t.units.company))).toEqual(["leg.notTransfer"]);
});
