import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { openTestKernel, type TestKernel, type TestUnit } from "../testing/index.ts";
import { byPerson, file, inHandling, register, rows, staffOf } from "../testing/story.ts";
import { readRegister } from "./register.ts";
import { kernelRegisters } from "./registers.ts";

interface Asked {
  readonly name: string;
  readonly at?: TestUnit;
  readonly from?: string;
  readonly to?: string;
}

/** The numbers of the petitions that a register shows. */
async function numbers(t: TestKernel, actor: Actor, { name, at = "brigade", ...asked }: Asked): Promise<unknown[]> {
  const register = kernelRegisters[name];
  if (!register) throw new Error(name);
  const place = { id: t.units[at], timeZone: "Asia/Shanghai" };
  return (await readRegister(t.kernel, actor, place, { register, asked })).rows.map((row) => row.caseNo);
}

const numberOf = async (t: TestKernel, caseId: string): Promise<string> =>
  (await t.database.pool.query("select case_no from kernel.cases where id = $1", [caseId])).rows[0].case_no;

test("the register of petitions holds what its reader may open, of the unit and the days asked; accusations stand in their organ's alone", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade", subtree: true }]);
  const above = await t.person("上级", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const own = await numberOf(t, await file(t));
  const recused = await file(t);
  await declareRecusal(t.kernel, byPerson(t, recused, s.officer), "来信人是我的亲属");
  const elsewhere = await numberOf(t, await file(t, { unitId: t.units.second }));
  const accusation = await numberOf(t, await file(t, { purpose: "accuse", title: "控告克扣" }));
  const petitions = { name: "petitions" };

  expect(await numbers(t, s.officer, petitions)).toEqual([own]);
  expect((await numbers(t, above, petitions)).toSorted()).toEqual(
    [own, await numberOf(t, recused), elsewhere].toSorted(),
  );
  expect(await numbers(t, above, { ...petitions, at: "second" })).toEqual([elsewhere]);
  expect(await numbers(t, organ, petitions)).toEqual([]);
  expect(await numbers(t, organ, { name: "accusations" })).toEqual([accusation]);
  for (const actor of [s.officer, above]) expect(await numbers(t, actor, { name: "accusations" })).toEqual([]);
  expect(kernelRegisters.accusations?.kept(above)).toBe(false);
  const [today] = t.clock.now.toISOString().split("T");
  expect(await numbers(t, s.officer, { ...petitions, from: "2999-01-01", to: "2999-12-31" })).toEqual([]);
  expect(await numbers(t, s.officer, { ...petitions, to: "2000-01-01" })).toEqual([]);
  expect(await numbers(t, s.officer, { ...petitions, from: "2000-01-01", to: `${today}` })).toEqual([own]);
});

test("a line has what the registration sheet D2 says and who handles it; an old register that did not say is not spoken for", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const topics = await rows<{ id: string }>(t, "select id from kernel.topics order by code");
  const registered = await file(t, { headcount: 14 });
  await register(t, s, registered, { severity: "serious", topicIds: topics.map((topic) => topic.id) });
  t.clock.advance({ minutes: 1 });
  const handled = await inHandling(t, s);
  const [waiting, alarming] = [await file(t), await file(t, { urgentSafety: true })];
  const imported = await file(t);
  await t.database.pool.query("update kernel.cases set imported = true where id = $1", [imported]);
  const { petitions } = kernelRegisters;
  const place = { id: t.units.first, timeZone: "Asia/Shanghai" };
  const { rows: lines } = petitions
    ? await readRegister(t.kernel, s.officer, place, { register: petitions, asked: {} })
    : { rows: [] };
  const lineOf = async (caseId: string) => {
    const caseNo = await numberOf(t, caseId);
    const line = lines.find((one) => one.caseNo === caseNo);
    return line && [line.headcount, line.topics, line.severity, line.handler];
  };
  const ordinary = { "zh-CN": "一般", en: "ordinary" };

  expect(await lineOf(registered)).toEqual([
    14,
    { "zh-CN": "骚扰、欺凌；暴力、打骂体罚", en: "Harassment and bullying; Violence and corporal punishment" },
    { "zh-CN": "重要", en: "serious" },
    null,
  ]);
  expect(await lineOf(handled)).toEqual([1, null, ordinary, s.handler.name]);
  expect(await lineOf(waiting)).toEqual([1, null, null, null]);
  expect(await lineOf(alarming)).toEqual([1, null, { "zh-CN": "紧急", en: "urgent" }, null]);
  expect(await lineOf(imported)).toEqual([null, null, null, null]);
});

test("what was handed on and what is under review is shown to whoever may open the petition, without a word of it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  const no = await numberOf(t, caseId);
  const accusation = await file(t, { purpose: "accuse" });
  const at = t.clock.now;
  for (const [n, id] of [caseId, accusation].entries()) {
    await t.database.pool.query(
      `insert into kernel.legs (id, case_id, no, from_unit_id, to_unit_id, kind, reason, sent_at, objected_at, agreed)
       values ($1, $2, 90, $3, $4, 'assign', '秘密理由', $5, $5, false)`,
      [t.kernel.newId(), id, t.units.brigade, t.units.first, at],
    );
    await t.database.pool.query(
      `insert into kernel.reviews (id, case_id, level, requested_at, grounds, text, body_unit_id, of_unit_id, outcome)
       values ($1, $2, 'review', $3, 'facts', '秘密内容', $4, $5, $6)`,
      [t.kernel.newId(), id, at, t.units.brigade, t.units.first, n === 0 ? "changed" : null],
    );
  }
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second", subtree: true }]);

  for (const name of ["handedOn", "reviews"]) {
    expect(await numbers(t, s.officer, { name, at: "first" }), name).toContain(no);
    expect(new Set(await numbers(t, s.officer, { name })), name).toEqual(new Set([no]));
    for (const at of ["brigade", "second"] as const) expect(await numbers(t, stranger, { name, at }), name).toEqual([]);
    expect(await numbers(t, s.officer, { name, at: "second" }), name).toEqual([]);
    const register = kernelRegisters[name];
    const place = { id: t.units.first, timeZone: "Asia/Shanghai" };
    const table = register && (await readRegister(t.kernel, s.officer, place, { register, asked: {} }));
    expect(JSON.stringify(table)).not.toContain("秘密");
    expect(JSON.stringify(table)).toContain(name === "reviews" ? "变更原处理意见" : "交办");
  }
  await declareRecusal(t.kernel, byPerson(t, caseId, s.officer), "来信人是我的亲属");
  for (const name of ["handedOn", "reviews"]) expect(await numbers(t, s.officer, { name })).toEqual([]);
});

test("more lines than a table holds are refused, with what to do", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const register = {
    ...{ title: { "zh-CN": "长", en: "Long" }, columns: [{ key: "n", title: { "zh-CN": "号", en: "No" } }] },
    kept: () => true,
    async *lines() {
      for (let n = 0; ; n++) yield { n };
    },
  };
  const place = { id: t.units.first, timeZone: "Asia/Shanghai" };
  await expect(readRegister(t.kernel, s.officer, place, { register, asked: {} })).rejects.toThrow("table.tooLong");
});

test("the weekly brief counts what its reader may open, by unit, beside the days before", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const above = await t.person("上级", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  await file(t);
  t.clock.advance({ days: 8 });
  const handled = await inHandling(t, s);
  await file(t, { unitId: t.units.second });
  await file(t, { purpose: "accuse" });
  await t.database.pool.query(
    `insert into kernel.legs (id, case_id, no, from_unit_id, to_unit_id, kind, reason, sent_at)
     values ($1, $2, 90, $3, $4, 'assign', 'x', $5)`,
    [t.kernel.newId(), handled, t.units.brigade, t.units.first, t.clock.now],
  );
  const brief = async (actor: Actor, at: TestUnit, what: string) => {
    const { weekly } = kernelRegisters;
    const place = { id: t.units[at], timeZone: "Asia/Shanghai" };
    const { rows } = weekly
      ? await readRegister(t.kernel, actor, place, { register: weekly, asked: {} })
      : { rows: [] };
    return rows.flatMap((row) => (JSON.stringify(row.what).includes(what) ? [[row.now, row.before]] : []));
  };

  // the whole, the brigade alone, and its two battalions
  expect(await brief(above, "brigade", "Received")).toEqual([
    ...[
      [2, 1],
      [0, 0],
    ],
    ...[
      [1, 1],
      [1, 0],
    ],
  ]);
  expect(await brief(above, "brigade", "Handed on")).toEqual([
    ...[
      [1, 0],
      [0, 0],
    ],
    ...[
      [1, 0],
      [0, 0],
    ],
  ]);
  expect(await brief(above, "brigade", "Open today")).toEqual([
    [3, null],
    [0, null],
    [2, null],
    [1, null],
  ]);
  expect((await brief(s.officer, "brigade", "Received"))[0]).toEqual([1, 1]);
  expect((await brief(s.officer, "second", "Open today"))[0]).toEqual([0, null]);
  await declareRecusal(t.kernel, byPerson(t, handled, s.officer), "来信人是我的亲属");
  expect((await brief(s.officer, "first", "Received"))[0]).toEqual([0, 1]);
});
