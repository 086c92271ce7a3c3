import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { registerCase } from "../cases/register.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { noticesHandlers } from "../notices/handlers.ts";
import { blankWords, opensWords } from "../organs/reseal.ts";
import { sealLeftovers } from "../organs/seal-leftovers.ts";
import { execute } from "../pipeline/execute.ts";
import { retentionHandlers } from "../retention/handlers.ts";
import { carryOut, findDue } from "../retention/runs.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { whereIsWritten } from "../testing/find-words.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, claim, file, rows } from "../testing/story.ts";
import { draftUnitLetter, withdrawUnitLetter } from "./draft-letter.ts";
import { unitLettersHandlers } from "./handlers.ts";
import { unitLettersOfModule } from "./module-letters.ts";

const WORD = "zebrafinch";
const plain = { decided: "限期答复", why: "逾期没有答复。", can: "书面说明。", until: "3月20日。" };
const inEnglish = { decided: "answer in time", why: "No answer came.", can: "Say why.", until: "20 March." };
const urging = (words = "请于3月20日前书面答复。") => ({
  pluginId: "supervision",
  template: "urging",
  title: { "zh-CN": "督办函", en: "Urging letter" },
  letter: {
    "zh-CN": { blocks: [{ kind: "paragraph" as const, text: words }], closing: "特此函告。", plain },
    en: { blocks: [{ kind: "paragraph" as const, text: "Answer by 20 March." }], plain: inEnglish },
  },
});

async function world(t: TestKernel) {
  const above = (name: string, role: string) => t.person(name, "brigade", [{ role, unit: "brigade", subtree: true }]);
  const below = (name: string, role: string) => t.person(name, "first", [{ role, unit: "first" }]);
  return {
    supervisor: await above("督查员", "supervisor"),
    head: await above("旅长", "signer"),
    admin: await above("管理员", "unitAdmin"),
    officer: await below("干事", "officer"),
    clerk: await below("文书", "clerk"),
    commander: await below("营长", "signer"),
    stranger: await t.person("外人", "second", [{ role: "officer", unit: "second" }]),
  };
}

const letters = (t: TestKernel, actor: Actor) =>
  caller(t.kernel, { unitLetters: unitLettersHandlers, notices: noticesHandlers })(actor);
const of = (t: TestKernel, actor: Actor) => letters(t, actor).unitLetters;

const draft = async (
  t: TestKernel,
  by: Actor | null,
  more: { letterId?: string; caseId?: string; words?: string } = {},
) => {
  const letterId = more.letterId ?? t.kernel.newId();
  await draftUnitLetter(
    t.kernel,
    { by, unitId: t.units.brigade },
    { ...urging(more.words), letterId, toUnitId: t.units.first, caseId: more.caseId },
  );
  return letterId;
};
const listed = async (t: TestKernel, actor: Actor, list: "toSign" | "received" | "sent") =>
  (await of(t, actor).list({ list })).items.map((one) => one.letterId);

test("a letter of no petition is signed by another person, bears number and seal, and the other unit confirms it", async () => {
  await using t = await openTestKernel();
  const { supervisor, head, admin, officer, clerk, commander, stranger } = await world(t);
  const letterId = await draft(t, supervisor);

  expect(await listed(t, head, "toSign")).toEqual([letterId]);
  expect(await listed(t, supervisor, "sent")).toEqual([letterId]);
  expect(await listed(t, officer, "received")).toEqual([]);
  expect(await refusalOf(of(t, admin).read({ letterId }))).toBe("forbidden");
  for (const nobody of [officer, commander, stranger])
    expect(await refusalOf(of(t, nobody).read({ letterId }))).toBe("notice.notFound");
  const { item, doc } = await of(t, head).read({ letterId });
  expect(item).toMatchObject({ state: "toSign", steps: ["sign", "sendBack"], case: null, draftedBy: "督查员" });
  expect(doc).toMatchObject({
    addressee: "first单位：",
    issuer: "brigade单位",
    caseNo: "不涉及具体信访事项",
    number: null,
  });
  const { doc: inEnglish } = await of(t, { ...head, locale: "en" }).read({ letterId });
  expect(inEnglish).toMatchObject({ caseNo: "belongs to no petition" });
  expect(doc.summary.paragraphs[2]).toBe("贵单位可以：书面说明。");
  expect(JSON.stringify(doc)).not.toContain("查询码");
  expect(await refusalOf(of(t, supervisor).sign({ letterId, readVersion: 1 }))).toBe("forbidden");
  expect(await refusalOf(of(t, head).sign({ letterId, readVersion: 2 }))).toBe("notice.state");

  const signed = await of(t, head).sign({ letterId, readVersion: 1 });
  expect(signed).toMatchObject({ state: "issued", number: "BRIGADE〔2026〕1-DM", signedBy: "旅长", steps: [] });
  expect(await of(t, head).sign({ letterId, readVersion: 1 })).toMatchObject({ number: signed.number });
  expect(await listed(t, head, "toSign")).toEqual([]);
  for (const reader of [officer, clerk, commander]) expect(await listed(t, reader, "received")).toEqual([letterId]);
  expect(await refusalOf(of(t, stranger).pdf({ letterId, locale: "en" }))).toBe("notice.notFound");
  for (const locale of ["zh-CN", "en"] as const) {
    const { pdf, fileName } = await of(t, officer).pdf({ letterId, locale });
    expect(fileName).toBe("BRIGADE〔2026〕1-DM.pdf");
    expect(await letters(t, stranger).notices.verify({ pdf })).toMatchObject({
      state: "genuine",
      letter: { code: "DM", number: "BRIGADE〔2026〕1-DM", locale },
    });
  }

  expect(await refusalOf(of(t, head).confirm({ letterId }))).toBe("forbidden");
  expect(await of(t, clerk).confirm({ letterId })).toMatchObject({ receivedBy: "文书", steps: [] });
  expect(await of(t, officer).confirm({ letterId })).toMatchObject({ receivedBy: "文书" });
  const chain = await rows(t, "select type, actor from kernel.ledger where stream = $1 order by seq", [letterId]);
  expect(chain).toEqual([
    { type: "unitLetter.drafted", actor: `person:${supervisor.personId}` },
    { type: "unitLetter.issued", actor: `person:${head.personId}` },
    { type: "unitLetter.received", actor: `person:${clerk.personId}` },
  ]);
  expect((await verifyLedger(t.kernel)).faults).toEqual([]);
}, 60_000);

test("sent back it is written anew under its id; taken back it is gone, and signed it stays as it is", async () => {
  await using t = await openTestKernel();
  const { supervisor, head, commander, stranger } = await world(t);
  const own = { by: supervisor, unitId: t.units.brigade };
  const letterId = await draft(t, head);
  expect((await of(t, head).read({ letterId })).item.steps).toEqual(["sendBack"]);
  expect(await refusalOf(of(t, head).sign({ letterId, readVersion: 1 }))).toBe("second.samePerson");
  await of(t, head).sendBack({ letterId, readVersion: 1, reason: "期限没有写" });
  expect(await listed(t, head, "toSign")).toEqual([]);
  expect((await of(t, supervisor).read({ letterId })).item).toMatchObject({
    state: "sentBack",
    sentBackReason: "期限没有写",
  });

  await draft(t, supervisor, { letterId, words: "请于3月25日前答复。" });
  await draft(t, supervisor, { letterId, words: "请于3月25日前答复。" });
  expect((await of(t, head).read({ letterId })).item).toMatchObject({
    state: "toSign",
    version: 2,
    sentBackReason: "",
  });
  expect(await unitLettersOfModule(t.kernel, own, "other", [letterId])).toEqual([]);
  await of(t, head).sign({ letterId, readVersion: 2 });
  expect(await unitLettersOfModule(t.kernel, own, "supervision", [letterId, t.kernel.newId()])).toEqual([
    {
      ...{ letterId, template: "urging", state: "issued", toUnit: t.units.first, receivedAt: null },
      ...{ number: "BRIGADE〔2026〕1-DM", issuedOn: "2026-03-02" },
    },
  ]);
  expect(await refusalOf(draft(t, supervisor, { letterId, words: "别的话。" }))).toBe("notice.state");
  const taken = { pluginId: "supervision", letterId };
  expect(await refusalOf(withdrawUnitLetter(t.kernel, own, taken))).toBe("notice.state");

  const second = await draft(t, null);
  expect(
    await unitLettersOfModule(t.kernel, { by: null, unitId: t.units.brigade }, "supervision", [second]),
  ).toHaveLength(1);
  expect(await unitLettersOfModule(t.kernel, { by: null, unitId: t.units.first }, "supervision", [second])).toEqual([]);
  expect(
    await refusalOf(
      withdrawUnitLetter(t.kernel, { by: commander, unitId: t.units.first }, { ...taken, letterId: second }),
    ),
  ).toBe("notice.notFound");
  await withdrawUnitLetter(t.kernel, own, { ...taken, letterId: second });
  await withdrawUnitLetter(t.kernel, own, { ...taken, letterId: second });
  expect(await refusalOf(of(t, head).read({ letterId: second }))).toBe("notice.notFound");

  expect(await refusalOf(draft(t, stranger))).toBe("forbidden");
  expect(await refusalOf(draft(t, supervisor, { words: "请𠮷祥答复。" }))).toBe("notice.glyphMissing");
  const toItself = { ...urging(), letterId: t.kernel.newId(), toUnitId: t.units.brigade };
  expect(await refusalOf(draftUnitLetter(t.kernel, own, toItself))).toBe("unit.notFound");
  expect((await verifyLedger(t.kernel)).faults).toEqual([]);
}, 60_000);

test("a letter of a petition is for those who may see it; an accusation takes it under its organ's key, and it goes with the file", async () => {
  await using t = await openTestKernel();
  const { supervisor, head, officer, clerk } = await world(t);
  const caseId = await file(t);
  const letterId = await draft(t, supervisor, { caseId, words: `请说明${WORD}。` });
  const unsigned = await draft(t, supervisor, { caseId, words: `再说明${WORD}。` });
  await of(t, head).sign({ letterId, readVersion: 1 });
  await of(t, head).sendBack({ letterId: unsigned, readVersion: 1, reason: `不写${WORD}` });
  const [c] = await rows<{ case_no: string }>(t, "select case_no from kernel.cases where id = $1", [caseId]);
  expect((await of(t, officer).read({ letterId })).doc).toMatchObject({ caseNo: c?.case_no });
  const blind = await t.person("无关", "first", [{ role: "officer", unit: "first" }]);
  await rows(
    t,
    "insert into kernel.recusals (person_id, case_id, source, state, ground, reason, at) values ($1, $2, 'self', 'asked', 'position', '', now())",
    [blind.personId, caseId],
  );
  expect(await refusalOf(of(t, blind).read({ letterId }))).toBe("notice.notFound");
  expect(await listed(t, blind, "received")).toEqual([]);

  await execute(t.kernel, registerCase, byPerson(t, caseId, clerk), {
    ...claim,
    ...{ category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 },
    demands: [{ text: "查清", desiredOutcome: "" }],
  } as never);

  expect(await whereIsWritten(t, WORD)).toEqual([]);
  const [organ] = await rows<{ organ_id: string }>(t, "select organ_id from kernel.cases where id = $1", [caseId]);
  expect(
    await opensWords(t.database.pool as never, t.kernel.keys, { id: caseId, organId: organ?.organ_id ?? "" }),
  ).toBe(true);
  for (const nobody of [head, officer, supervisor])
    expect(await refusalOf(of(t, nobody).read({ letterId }))).toBe("notice.notFound");
  const [sealed] = await rows<{ facts: object }>(t, "select facts from kernel.unit_letters where id = $1", [letterId]);
  expect(Object.keys(sealed?.facts ?? {})).toEqual(["$sealed"]);
  expect(await refusalOf(draft(t, supervisor, { caseId }))).toBe("case.notFound");
  await rows(t, `update kernel.unit_letters set facts = '{"title":"${WORD}"}' where id = $1`, [unsigned]);
  await sealLeftovers(t.kernel);
  expect(await whereIsWritten(t, WORD)).toEqual([]);

  await blankWords(t.database.pool as never, caseId);
  expect(
    await rows(
      t,
      "select facts, hash is not null as hashed, sent_back_reason as why from kernel.unit_letters order by hashed",
    ),
  ).toEqual([
    { facts: {}, hashed: false, why: "" },
    { facts: {}, hashed: true, why: "" },
  ]);
  expect((await verifyLedger(t.kernel)).faults).toEqual([]);
}, 60_000);

test("a letter of no petition has a term of its own: a person approves, its words go, its number and chain stay", async () => {
  await using t = await openTestKernel();
  await t.database.pool.query("select kernel.ensure_partitions('2036-01-01', '2036-12-31')");
  const { supervisor, head, officer } = await world(t);
  const admin = await t.person("平台管理", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const { retention } = caller(t.kernel, { retention: retentionHandlers })(admin);
  const ofPetition = await draft(t, supervisor, { caseId: await file(t), words: WORD });
  const [signed, unsigned] = [await draft(t, supervisor, { words: WORD }), await draft(t, supervisor, { words: WORD })];
  t.clock.advance({ days: 200 });
  await of(t, head).sign({ letterId: signed, readVersion: 1 });
  const { pdf } = await of(t, officer).pdf({ letterId: signed, locale: "zh-CN" });
  const dueLetters = async () => (await retention.state({})).classes.find((one) => one.class === "unitLetters");
  t.clock.advance({ days: 3653 - 200 });
  // of the one that was signed half a year later ten years are not over
  expect(await dueLetters()).toMatchObject({ due: 1, held: 0 });
  t.clock.advance({ days: 200 });
  expect(await dueLetters()).toMatchObject({ due: 2, approvedBy: null });
  await findDue(t.kernel);
  expect(await carryOut(t.kernel)).toBe(0);
  const run = (await retention.state({})).runs.find((one) => one.class === "unitLetters");
  await retention.decide({ runId: run?.id ?? "", approve: true, reason: "保管期满" });
  expect(await carryOut(t.kernel)).toBe(2);

  for (const letterId of [signed, unsigned])
    expect(await refusalOf(of(t, head).read({ letterId }))).toBe("notice.notFound");
  expect(
    await rows(
      t,
      "select id, number, hash is not null as sealed from kernel.unit_letters where facts = '{}' order by number",
    ),
  ).toEqual([
    { id: signed, number: "BRIGADE〔2026〕1-DM", sealed: true },
    { id: unsigned, number: null, sealed: false },
  ]);
  expect(await rows(t, "select from kernel.unit_letters where id = $1 and facts <> '{}'", [ofPetition])).toHaveLength(
    1,
  );
  expect(await rows(t, "select type from kernel.ledger where stream = $1 order by seq", [signed])).toEqual([
    { type: "unitLetter.drafted" },
    { type: "unitLetter.issued" },
    { type: "unitLetter.destroyed" },
  ]);
  expect(await letters(t, officer).notices.verify({ pdf })).toMatchObject({ state: "genuine" });
  expect((await verifyLedger(t.kernel)).faults).toEqual([]);
}, 60_000);

test("a letter of no petition is held by two of the unit that wrote it, and outlives its term until two have lifted that", async () => {
  await using t = await openTestKernel();
  await t.database.pool.query("select kernel.ensure_partitions('2036-01-01', '2036-12-31')");
  const { supervisor, head, officer, commander } = await world(t);
  const admin = await t.person("平台管理", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const { retention } = caller(t.kernel, { retention: retentionHandlers })(admin);
  const [held, late, ofPetition] = [
    await draft(t, supervisor),
    await draft(t, supervisor),
    await draft(t, supervisor, { caseId: await file(t) }),
  ];
  const reason = "诉讼未结";
  const ask = (letterId: string, on = true, by = supervisor) => of(t, by).askHold({ letterId, on, reason });
  const decide = (letterId: string, by: Actor, on = true, confirm = true) =>
    of(t, by).decideHold({ letterId, on, confirm });
  for (const letterId of [held, late]) await of(t, head).sign({ letterId, readVersion: 1 });

  expect(await ask(held)).toMatchObject({
    held: false,
    holdAsked: { on: true, by: "督查员", reason },
    steps: ["dropHold"],
  });
  expect(await ask(held)).toMatchObject({ held: false });
  expect(await refusalOf(decide(held, supervisor))).toBe("proposal.samePerson");
  expect(await refusalOf(decide(held, head, false))).toBe("proposal.notFound");
  expect(await refusalOf(ask(ofPetition))).toBe("forbidden");
  for (const outside of [officer, commander]) {
    expect(await refusalOf(ask(held, true, outside))).toBe("forbidden");
    expect(await refusalOf(decide(held, outside))).toBe("forbidden");
    expect((await of(t, outside).read({ letterId: held })).item).toMatchObject({ held: false, holdAsked: null });
  }
  // let be, asked again, and set
  expect(await decide(held, supervisor, true, false)).toMatchObject({ held: false, holdAsked: null });
  await ask(held);
  expect((await of(t, head).read({ letterId: held })).item.steps).toEqual(["decideHold", "dropHold"]);
  expect(await decide(held, head)).toMatchObject({ held: true, holdAsked: null, steps: [] });
  expect(await decide(held, head)).toMatchObject({ held: true });

  t.clock.advance({ days: 3660 });
  await findDue(t.kernel);
  const letters = async () => (await retention.state({})).classes.find((one) => one.class === "unitLetters");
  expect(await letters()).toMatchObject({ due: 1, held: 1 });
  const run = (await retention.state({})).runs.find((one) => one.class === "unitLetters");
  await retention.decide({ runId: run?.id ?? "", approve: true, reason: "保管期满" });
  // a hold that comes between the approval and the round
  await ask(late);
  await decide(late, head);
  expect(await carryOut(t.kernel)).toBe(0);

  await ask(held, false);
  await decide(held, head, false);
  expect(await letters()).toMatchObject({ due: 1, held: 1 });
  t.clock.advance({ days: 1 });
  await findDue(t.kernel);
  expect(await carryOut(t.kernel)).toBe(1);
  expect(await refusalOf(of(t, supervisor).read({ letterId: held }))).toBe("notice.notFound");
  expect(await rows(t, "select type from kernel.ledger where stream = $1 order by seq", [held])).toEqual(
    ["drafted", "issued", "held", "holdLifted", "destroyed"].map((what) => ({ type: `unitLetter.${what}` })),
  );
  expect((await of(t, supervisor).read({ letterId: late })).item.held).toBe(true);
}, 60_000);

test("a term that changes amid a round takes its approval away: nothing more goes", async () => {
  await using t = await openTestKernel();
  await t.database.pool.query("select kernel.ensure_partitions('2036-01-01', '2036-12-31')");
  const { supervisor } = await world(t);
  const admin = await t.person("平台管理", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const { retention } = caller(t.kernel, { retention: retentionHandlers })(admin);
  for (let n = 0; n < 3; n += 1) await draft(t, supervisor);
  t.clock.advance({ days: 3660 });
  await findDue(t.kernel);
  const run = async () => (await retention.state({})).runs.find((one) => one.class === "unitLetters");
  await retention.decide({ runId: (await run())?.id ?? "", approve: true, reason: "保管期满" });
  let begun = 0;
  const amid = Object.create(t.kernel.pool, {
    connect: {
      // a transaction of its own; a single query connects with a callback
      value: async (done?: Parameters<typeof t.kernel.pool.connect>[0]) => {
        if (done) return t.kernel.pool.connect(done);
        begun += 1;
        if (begun === 2)
          await retention.setRule({ class: "unitLetters", unitId: null, months: 240, reason: "按规定延长" });
        return await t.kernel.pool.connect();
      },
    },
  }) as typeof t.kernel.pool;
  expect(await carryOut({ ...t.kernel, pool: amid })).toBe(1);
  expect(await rows(t, "select from kernel.unit_letters where facts <> '{}'")).toHaveLength(2);
  expect(await run()).toMatchObject({ state: "declined", destroyed: 1 });
  expect(await carryOut(t.kernel)).toBe(0);
}, 60_000);

test("a hold that is set amid a round keeps its letter", async () => {
  await using t = await openTestKernel();
  await t.database.pool.query("select kernel.ensure_partitions('2036-01-01', '2036-12-31')");
  const { supervisor } = await world(t);
  const admin = await t.person("平台管理", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  const { retention } = caller(t.kernel, { retention: retentionHandlers })(admin);
  const letterId = await draft(t, supervisor);
  t.clock.advance({ days: 3660 });
  await findDue(t.kernel);
  const run = (await retention.state({})).runs.find((one) => one.class === "unitLetters");
  await retention.decide({ runId: run?.id ?? "", approve: true, reason: "保管期满" });
  const amid = Object.create(t.kernel.pool, {
    connect: {
      // the letter is among those to go, and its own transaction begins
      value: async (done?: Parameters<typeof t.kernel.pool.connect>[0]) => {
        if (done) return t.kernel.pool.connect(done);
        await t.database.pool.query("update kernel.unit_letters set held = true where id = $1", [letterId]);
        return await t.kernel.pool.connect();
      },
    },
  });

  expect(await carryOut({ ...t.kernel, pool: amid })).toBe(0);
  expect(await rows(t, "select from kernel.unit_letters where id = $1 and facts <> '{}'", [letterId])).toHaveLength(1);
}, 30_000);
