import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { execute } from "../pipeline/execute.ts";
import { prove } from "../proof/prove.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  file,
  latestLetter,
  refusalOf,
  register,
  reply,
  rows,
  type Staff,
  staffOf,
} from "../testing/story.ts";
import { reaudienceCases } from "../units/reaudience.ts";
import { acceptCase } from "./accept.ts";
import { recordAgreement, replyMediated } from "./agreement.ts";
import { askAssist } from "./assists.ts";
import { reportConclusion } from "./conclusion-report.ts";
import { designateUnit, objectToTransfer } from "./dispute.ts";
import { assignHandler, recordHeard } from "./handling.ts";
import { openMediation } from "./procedures.ts";
import { readCase } from "./read-case.ts";
import { sealReply } from "./reply.ts";
import { assignCaseToUnit } from "./route.ts";

const report = { attitude: "表示满意", execution: "已补发到账" };

/** Assigned by the brigade to the first battalion, with twenty days for the report; in handling there. */
async function assigned(t: TestKernel): Promise<{ readonly s: Staff; readonly sender: Actor; readonly id: string }> {
  const s = await staffOf(t);
  const sender = await t.person("旅干事", "brigade", [
    { role: "officer", unit: "brigade" },
    { role: "clerk", unit: "brigade" },
  ]);
  const id = await file(t, { unitId: t.units.brigade });
  await register(t, { clerk: sender }, id);
  const order = {
    kind: "assign" as const,
    toUnitId: t.units.first,
    reason: "由一营办理",
    legalGround: "",
    periodDays: 20,
  };
  await execute(t.kernel, assignCaseToUnit, byPerson(t, id, sender), order);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "财务股", phone: "" });
  const naming = { handlerId: s.handler.personId, plan: "核对", heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, id, s.officer), naming);
  await execute(t.kernel, recordHeard, byPerson(t, id, s.handler), { heardOn: "2026-03-02", how: "电话听取" });
  return { s, sender, id };
}
const k5 = async (t: TestKernel, id: string) =>
  (
    await rows<{ state: string }>(
      t,
      "select state from kernel.clocks where case_id = $1 and code = 'K5' order by started_at, id",
      [id],
    )
  ).map((k) => k.state);
const send = (t: TestKernel, id: string, who: Actor) =>
  execute(t.kernel, reportConclusion, byPerson(t, id, who), report);

test("what was assigned is reported back: the period ends with the report, not with the reply", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, sender, id } = await assigned(t);
  expect(await refusalOf(send(t, id, s.officer))).toEqual(["act.state"]);
  await execute(t.kernel, askAssist, byPerson(t, id, s.officer), {
    unitId: t.units.second,
    question: "请核对二营的工资表",
    days: 10,
  });
  await reply(t, s, id);
  // whoever assisted owes nothing any more; the report is still owed
  expect((await k5(t, id)).toSorted()).toEqual(["running", "stopped"]);
  expect(await refusalOf(send(t, id, s.handler))).toEqual(["forbidden"]);
  expect(await refusalOf(send(t, id, sender))).toEqual(["forbidden"]);
  const offered = (await readCase(t.kernel, s.officer, id)).acts.find((a) => a.act === "reportConclusion");
  expect(offered?.effect.notices).toEqual(["D31"]);
  await send(t, id, s.officer);
  expect(await k5(t, id)).toEqual(["stopped", "stopped"]);
  expect(await refusalOf(send(t, id, s.officer))).toEqual(["assignment.none"]);

  const [letter] = await rows<{ facts: never; state: string }>(
    t,
    "select facts, state from kernel.notices where case_id = $1 and code = 'D31'",
    [id],
  );
  expect(letter?.state).toBe("sealed");
  for (const [locale, words] of [
    ["zh-CN", ["brigade单位：", "表示满意", "经查确有少发", "予以补发", "听取信访人陈述", "查询页面，2026年3月2日"]],
    ["en", ["petitioner heard", "表示满意", "posted in the petitioner's case, 2 March 2026"]],
  ] as const) {
    const text = JSON.stringify(composeLetter("D31", letter?.facts as never, locale));
    for (const word of words) expect(text).toContain(word);
    // the day from which the petitioner's time runs is still to come
    expect(text).not.toMatch(/3月4日|4 March/);
  }
  // the unit that assigned it reads it; it is no letter to the petitioner
  expect((await readCase(t.kernel, sender, id)).notices.map((n) => n.code)).toContain("D31");
  expect((await readPetitionerCase(t.kernel, id)).letters.map((l) => l.code)).not.toContain("D31");
});

test("a report that does not come is urged although the petitioner has his reply", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, id } = await assigned(t);
  await reply(t, s, id);
  t.clock.now = new Date("2026-03-23T16:01:00Z");
  await sweepClocks(t.kernel);
  await breachEffects(t.kernel);
  expect(
    await rows(t, "select code, to_unit_id as unit from kernel.supervision_items where case_id = $1", [id]),
  ).toEqual([{ code: "K5", unit: t.units.first }]);
});

test("what a mediation has settled is reported, too", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, id } = await assigned(t);
  const consents = { bothConsented: true as const, note: "双方自愿", mediatorIds: [] };
  await execute(t.kernel, openMediation, byPerson(t, id, s.officer), consents);
  await execute(t.kernel, recordAgreement, byPerson(t, id, s.handler), {
    ...{ parties: "甲、乙", facts: "经查", dispute: "赔多少", responsibilities: "乙承担", terms: "乙支付维修费" },
    ...{ mode: "当面支付", mediator: "营调解小组", basis: "第三十一条", signedOn: "2026-03-02", performance: null },
    withinDiscretion: true,
  });
  const noticeId = await latestLetter(t, id, "D18");
  await execute(t.kernel, sealReply, byPerson(t, id, s.signer), { noticeId });
  const portal = { noticeId, method: "portal" as const, receivedOn: null, proof: "" };
  await execute(t.kernel, replyMediated, byPerson(t, id, s.officer), portal);
  expect(await k5(t, id)).toEqual(["running"]);
  await send(t, id, s.officer);
  expect(await k5(t, id)).toEqual(["stopped"]);
});

test("nothing is owed where nothing was assigned", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t);
  await register(t, s, id);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "财务股", phone: "" });
  const naming = { handlerId: s.handler.personId, plan: "", heardOn: "2026-03-02" };
  await execute(t.kernel, assignHandler, byPerson(t, id, s.officer), naming);
  await reply(t, s, id);
  expect(await refusalOf(send(t, id, s.officer))).toEqual(["assignment.none"]);
});

/** Assigned by the first battalion to the second, which objects; the brigade above both names one. */
async function disputed(t: TestKernel) {
  const s = await staffOf(t);
  const second = await t.person("二营干事", "second", [{ role: "officer", unit: "second" }]);
  const above = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const id = await file(t);
  await register(t, s, id);
  const order = { kind: "assign" as const, toUnitId: t.units.second, reason: "由二营办理", legalGround: "" };
  await execute(t.kernel, assignCaseToUnit, byPerson(t, id, s.officer), { ...order, periodDays: 40 });
  const objection = { reasons: "不属本营管理。", legalGround: "" };
  await execute(t.kernel, objectToTransfer, byPerson(t, id, second), objection);
  const designate = (toUnitId: string) =>
    execute(t.kernel, designateUnit, byPerson(t, id, above), { toUnitId, reason: "指定办理", legalGround: "" });
  const seen = async () => ({
    units: (
      await rows<{ key: string }>(t, "select key from kernel.case_audience where case_id = $1 and depth >= 0", [id])
    )
      .map((row) => row.key)
      .toSorted(),
    faults: (await prove(t.kernel))?.counts,
  });
  return { s, second, id, designate, seen };
}

test("where a dispute over an assignment was decided, whoever assigned it still sees it and gets its report from whoever is named", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, second, id, designate, seen } = await disputed(t);
  const before = await seen();
  expect(before.units).toContain(t.units.first);
  await designate(t.units.second);
  expect(await k5(t, id)).toEqual(["running"]);
  // as the nightly proof sees it, row by row, and as the tree is written anew
  expect(await seen()).toEqual(before);
  await reaudienceCases(t.database.pool as never, [id]);
  expect(await seen()).toEqual(before);
  // a house of before had lost its sight with the designation
  await rows(t, "delete from kernel.case_audience where case_id = $1 and key = $2", [id, t.units.first]);
  const mended = new URL("../../migrations/0063-who-assigned-waits-for-the-report.sql", import.meta.url);
  await t.database.pool.query(readFileSync(mended, "utf8"));
  expect(await seen()).toEqual(before);

  const handler = await t.person("二营承办", "second", [{ role: "handler", unit: "second" }]);
  const signer = await t.person("二营长", "second", [{ role: "signer", unit: "second" }]);
  await execute(t.kernel, acceptCase, byPerson(t, id, second), { office: "财务股", phone: "" });
  const naming = { handlerId: handler.personId, plan: "核对", heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, id, second), naming);
  await execute(t.kernel, recordHeard, byPerson(t, id, handler), { heardOn: "2026-03-02", how: "电话听取" });
  await reply(t, { ...s, officer: second, handler, signer }, id);
  expect(await k5(t, id)).toEqual(["running"]);
  expect(await refusalOf(send(t, id, s.officer))).toEqual(["forbidden"]);
  await send(t, id, second);
  expect(await k5(t, id)).toEqual(["stopped"]);
  expect((await readCase(t.kernel, s.officer, id)).notices.map((n) => n.code)).toContain("D31");
  const [stored] = await rows<{ facts: never; told: object }>(
    t,
    `select n.facts, (select l.body::jsonb -> 'facts' from kernel.ledger l where l.stream = n.case_id and l.type = 'assignment.reported') as told
       from kernel.notices n where n.case_id = $1 and n.code = 'D31'`,
    [id],
  );
  expect(stored?.told).toMatchObject({ toUnit: t.units.first, leg: 1 });
  const letter = JSON.stringify(composeLetter("D31", stored?.facts as never, "en"));
  for (const words of ["assignment received", "designated to handle it"]) expect(letter).toContain(words);
}, 60_000);

test("the unit that assigned it may be named itself: nobody reports to himself, and the period ends", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { s, id, designate } = await disputed(t);
  await designate(t.units.first);
  expect(await k5(t, id)).toEqual(["stopped"]);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "财务股", phone: "" });
  const naming = { handlerId: s.handler.personId, plan: "核对", heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, id, s.officer), naming);
  await execute(t.kernel, recordHeard, byPerson(t, id, s.handler), { heardOn: "2026-03-02", how: "电话听取" });
  await reply(t, s, id);
  expect(await refusalOf(send(t, id, s.officer))).toEqual(["assignment.none"]);
}, 30_000);
