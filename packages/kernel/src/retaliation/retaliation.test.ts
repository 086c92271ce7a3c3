import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { readCase } from "../cases/read-case.ts";
import { readTimeline } from "../cases/read-timeline.ts";
import { registerCase } from "../cases/register.ts";
import { intakeHandlers } from "../intake/handlers.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { composeLetter } from "../letters/compose-letter.ts";
import { noticesHandlers } from "../notices/handlers.ts";
import { revealFacts } from "../notices/notice-row.ts";
import { execute } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import { countCases, listCases } from "../queue/list-cases.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { caller } from "../testing/call.ts";
import { whereIsWritten } from "../testing/find-words.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, claim, file, inHandling, reply, rows, staffOf } from "../testing/story.ts";
import {
  acknowledgeReport,
  answerCheckIn,
  askExplanation,
  concludeReport,
  decideProtection,
  worseAgain,
} from "./acts.ts";
import { askedOf, explainUnit, explanationsOf } from "./explanations.ts";
import { escalateReports } from "./next-level.ts";
import { assertLinked, linkedOf } from "./petitioner.ts";
import { reportRetaliation } from "./report.ts";
import { retaliationSignal } from "./signal.ts";

const WORDS = "检查后我的休假两次被取消，还有人说“知道是谁写的”。zebrafinch";
const acts = ["blocked", "huntForAuthor"] as const;

const loaded = async (t: TestKernel, caseId: string) => {
  const found = await loadCase(t.kernel.pool, caseId, "", "");
  if (!found) throw new Error("no case");
  return found;
};

async function report(t: TestKernel, origin: string, more: object = {}): Promise<string> {
  const c = (await loaded(t, origin)).case;
  const typed = { key: t.key(), acts, text: WORDS, fileIds: [], ...more };
  return reportRetaliation(t.kernel, c, typed, { reporter: "petitioner", personId: null });
}

const organs = async (t: TestKernel) => ({
  lower: await t.person("营纪检", "first", [{ role: "discipline", unit: "first" }]),
  upper: await t.person("旅纪检", "brigade", [{ role: "discipline", unit: "brigade" }]),
});

const dues = async (t: TestKernel, caseId: string) =>
  Object.fromEntries(
    (
      await rows<{ rule: string; due: string; state: string }>(
        t,
        "select explain->>'rule' as rule, due_on::text as due, state from kernel.clocks where case_id = $1 and state <> 'stopped' order by due_on",
        [caseId],
      )
    ).map((r) => [r.rule, r.due]),
  );

const protect = {
  measures: ["movePower" as const, "contactPerson" as const],
  text: "休假改由旅里审批",
  from: "2026-03-04",
  till: null,
  contact: "旅纪委 010",
} satisfies Parameters<typeof decideProtection.decide>[3];

/** What a person of the unit sees: list, counts, the matter itself and its history. */
const sight = async (t: TestKernel, actor: Actor, caseId: string) => {
  const seen = await readCase(t.kernel, actor, caseId);
  const timeline = await readTimeline(t.kernel, actor, { caseId, limit: 50 } as never);
  const list = await listCases(t.kernel, actor, { view: "all", sort: "due", limit: 50 } as never);
  return JSON.stringify({
    seen: { ...seen, version: 0 },
    timeline: timeline.items,
    list: list.items,
    counts: await countCases(t.kernel, actor, undefined),
  });
};

test("P12: a report by the same code goes two levels up, protects, is explained, ends, and is asked after three times", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const { lower, upper } = await organs(t);
  const head = await t.person("连长", "company", [{ role: "signer", unit: "company" }]);
  const kinOfHead = await t.person("指导员", "company", [{ role: "signer", unit: "company" }]);
  const named = await t.person("副连长", "company", [{ role: "signer", unit: "company" }]);
  const watcher = await t.person("连队", "company", [{ role: "officer", unit: "company" }]);
  const origin = await file(t, { unitId: t.units.company, title: "伙食费被挪用" });
  await sight(t, watcher, origin);
  const before = await sight(t, watcher, origin);

  const id = await report(t, origin);

  // company -> first (one up, has an organ) -> brigade (two up): two levels up, under that organ's key
  expect((await readCase(t.kernel, upper, id)).body).toBe(WORDS);
  expect(await retaliationSignal(t.kernel, upper)).toEqual([
    { unit: { "zh-CN": "company单位", en: "company unit" }, reports: 1, open: 1, found: 0 },
  ]);
  for (const other of [lower, head, watcher, s.officer, s.clerk])
    expect(await retaliationSignal(t.kernel, other)).toEqual([]);
  for (const other of [lower, head, watcher, s.officer, s.clerk])
    await expect(readCase(t.kernel, other, id)).rejects.toMatchObject({ code: "case.notFound" });
  expect(await whereIsWritten(t, "zebrafinch")).toEqual([]);
  // for those who see the matter nothing has changed: no entry, date, count or row
  expect(await sight(t, watcher, origin)).toBe(before);
  expect(await dues(t, id)).toEqual({
    K24: "2026-03-03",
    "K24.protection": "2026-03-09",
    "K24.findings": "2026-04-01",
  });
  expect(await linkedOf(t.kernel, origin)).toMatchObject([{ caseId: id, kind: "report" }]);
  expect(await linkedOf(t.kernel, id)).toMatchObject([{ caseId: origin, kind: "origin" }]);
  await expect(assertLinked(t.kernel, await file(t), id)).rejects.toMatchObject({ code: "case.notFound" });

  // registered it would lose the acts and days of its own
  expect((await readCase(t.kernel, upper, id)).acts.find((a) => a.act === "register")?.refusals).toEqual([
    { code: "report.ownWay", params: {} },
  ]);

  // in their order: read, protected, explained, found out
  const on = () => byPerson(t, id, upper);
  await expect(execute(t.kernel, decideProtection, on(), protect)).rejects.toMatchObject({
    reasons: [{ code: "report.notAcknowledged" }],
  });
  await execute(t.kernel, acknowledgeReport, on(), {});
  expect(Object.keys(await dues(t, id))).toEqual(["K24.protection", "K24.findings"]);
  await execute(t.kernel, decideProtection, on(), protect);
  expect(Object.keys(await dues(t, id))).toEqual(["K24.findings"]);
  const own = await readPetitionerCase(t.kernel, id);
  expect(own.letters.map((l) => l.code)).toEqual(["D1", "D30"]);
  const notices = caller(t.kernel, { notices: noticesHandlers })(upper).notices;
  const d30 = own.letters[1]?.id ?? "";
  const shown = await notices.preview({ caseId: id, noticeId: d30 });
  expect(JSON.stringify(shown)).toContain("休假改由旅里审批");

  const neutral = "请书面说明近期两次变更休假安排的依据和经过";
  await execute(t.kernel, askExplanation, on(), { question: neutral, dueOn: "2026-03-20" });
  const [asked] = await askedOf(t.kernel, head);
  expect(asked).toEqual({
    id: asked?.id,
    unit: { "zh-CN": "company单位", en: "company unit" },
    askedBy: { "zh-CN": "纪委", en: "Discipline organ" },
    question: neutral,
    askedAt: t.clock.now.toISOString(),
    dueOn: "2026-03-20",
  });
  expect(await askedOf(t.kernel, watcher)).toEqual([]);
  // he leads the unit, too, but is kin of somebody in the case, or complained of himself
  await t.database.pool.query(
    "update kernel.recusals set ground = 'kin' where person_id = $1 and case_id = $2 and ground = 'position'",
    [kinOfHead.personId, id],
  );
  await t.database.pool.query(
    "insert into kernel.respondents (id, case_id, kind, person_id) values ($1, $2, 'person', $3)",
    [t.kernel.newId(), id, named.personId],
  );
  expect(await askedOf(t.kernel, kinOfHead)).toEqual([]);
  expect(await askedOf(t.kernel, named)).toEqual([]);
  const answer = { id: asked?.id ?? "", key: "k1", answer: "因战备调整zebrafinch" };
  await expect(explainUnit(t.kernel, watcher, answer)).rejects.toMatchObject({ code: "report.notAsked" });
  await explainUnit(t.kernel, head, answer);
  await explainUnit(t.kernel, head, answer);
  await expect(explainUnit(t.kernel, head, { ...answer, key: "k2" })).rejects.toMatchObject({
    code: "report.notAsked",
  });
  expect(await whereIsWritten(t, "zebrafinch")).toEqual([]);
  expect(await explanationsOf(t.kernel, (await loaded(t, id)).case)).toMatchObject([
    { question: neutral, answer: answer.answer },
  ]);

  await execute(t.kernel, concludeReport, on(), { outcome: "found", text: "情况属实，已纠正zebrafinch" });
  expect(await retaliationSignal(t.kernel, upper)).toMatchObject([{ reports: 1, open: 0, found: 1 }]);
  // D31 is the organ's own: sealed like the case, and no letter to the person
  const after = await loaded(t, id);
  const record = after.noticeRows.find((n) => n.code === "D31");
  const facts = revealFacts(
    { keys: t.kernel.keys, organId: after.case.organId },
    record?.id ?? "",
    record?.facts ?? {},
  );
  for (const locale of ["zh-CN", "en"] as const)
    expect(JSON.stringify(composeLetter("D31", facts as never, locale))).toContain("情况属实，已纠正zebrafinch");
  expect(await whereIsWritten(t, "zebrafinch")).toEqual([]);
  expect((await readPetitionerCase(t.kernel, id)).letters.map((l) => l.code)).not.toContain("D31");
  expect(await dues(t, id)).toEqual({ K32: "2026-04-01", "K32.second": "2026-06-01", "K32.third": "2026-08-31" });

  // voluntary: before the day there is nothing to answer; a "no" ends that question alone
  const say = (worse: "no" | "yes") => ({ worse, text: "" });
  await expect(execute(t.kernel, answerCheckIn, byPetitioner(t, id), say("no"))).rejects.toMatchObject({
    reasons: [{ code: "report.noCheckIn" }],
  });
  t.clock.advance({ days: 30 });
  await sweepClocks(t.kernel);
  await execute(t.kernel, answerCheckIn, byPetitioner(t, id), say("no"));
  expect(Object.keys(await dues(t, id))).toEqual(["K32.second", "K32.third"]);
  // what was found stays found
  expect(await retaliationSignal(t.kernel, upper)).toMatchObject([{ reports: 1, open: 0, found: 1 }]);
  t.clock.advance({ days: 61 });
  await execute(t.kernel, worseAgain, byPetitioner(t, id), say("yes"));
  expect(Object.keys(await dues(t, id))).toEqual(["K24", "K24.protection", "K24.findings"]);
  expect((await readCase(t.kernel, upper, id)).state).toBe("received");
  expect(await retaliationSignal(t.kernel, upper)).toMatchObject([{ reports: 1, open: 1, found: 0 }]);
});

test("what an organ lets pass goes one level up, with the same days anew; at the top it stays", async () => {
  await using t = await openTestKernel();
  const { lower, upper } = await organs(t);
  // a matter of the first battalion's company whose report reaches the first battalion's organ only by hand
  const origin = await file(t, { unitId: t.units.company });
  const id = await report(t, origin, { unitId: t.units.company });
  await t.database.pool.query(
    "delete from kernel.offices where unit_id = $1 and kind = 'disciplineOrgan' and id not in (select organ_id from kernel.cases where organ_id is not null)",
    [t.units.second],
  );
  const handed = await import("../organs/hand-to-organ.ts");
  await execute(t.kernel, handed.handToOrgan, byPerson(t, id, upper), {
    toUnitId: t.units.first,
    reason: "由营里先办",
  });
  expect((await readCase(t.kernel, lower, id)).body).toBe(WORDS);

  t.clock.advance({ days: 2 });
  await sweepClocks(t.kernel);
  expect(await escalateReports(t.kernel)).toBe(1);

  await expect(readCase(t.kernel, lower, id)).rejects.toMatchObject({ code: "case.notFound" });
  expect((await readCase(t.kernel, upper, id)).body).toBe(WORDS);
  expect((await dues(t, id)).K24).toBe("2026-03-05");
  t.clock.advance({ days: 2 });
  await sweepClocks(t.kernel);
  expect(await escalateReports(t.kernel)).toBe(0);
  expect((await readCase(t.kernel, upper, id)).body).toBe(WORDS);
});

test("an open report holds the matter back from its end, and the refusal counts nothing that could tell of it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const origin = await inHandling(t, s);
  await reply(t, s, origin);
  t.clock.advance({ days: 33 });
  const act = async () =>
    (await readCase(t.kernel, s.officer, origin)).acts.find((a) => a.act === "finalise")?.refusals;
  expect(await act()).toEqual([]);

  await report(t, origin);

  expect(await act()).toEqual([{ code: "nothing.open", params: {} }]);
});

test("a clerk reports for somebody by the desk; nobody who sees the matter reads it, he himself does as its author", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const { upper } = await organs(t);
  const origin = await file(t);
  await execute(t.kernel, registerCase, byPerson(t, origin, s.clerk), claim as never);
  const { retaliationHandlers } = await import("./handlers.ts");
  const desk = caller(t.kernel, { retaliation: retaliationHandlers, intake: intakeHandlers });

  await desk(s.clerk).retaliation.reportFor({ caseId: origin, key: t.key(), acts: ["threat"], text: WORDS });
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
  await expect(
    desk(stranger).retaliation.reportFor({ caseId: origin, key: t.key(), acts: ["threat"], text: WORDS }),
  ).rejects.toThrow("case.notFound");

  const [filed] = await rows<{ id: string }>(
    t,
    "select case_id as id from kernel.retaliations where origin_case_id = $1",
    [origin],
  );
  const id = filed?.id ?? "";
  expect((await readCase(t.kernel, upper, id)).body).toBe(WORDS);
  await expect(readCase(t.kernel, s.officer, id)).rejects.toMatchObject({ code: "case.notFound" });
  expect(await linkedOf(t.kernel, origin)).toEqual([]);
  const mine = await desk(s.clerk).intake.mine({ limit: 10 });
  expect(mine.items.map((i) => i.caseId)).toEqual([id]);
  expect(await desk(upper).retaliation.get({ caseId: id })).toMatchObject({ acts: ["threat"], checkIns: 0 });
});
