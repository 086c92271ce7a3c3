import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { askAssist } from "../cases/assists.ts";
import { mergeCase } from "../cases/merge.ts";
import { readCase, readCovered } from "../cases/read-case.ts";
import { transferCase } from "../cases/route.ts";
import { keepFile, mayReadFile } from "../files/index.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { noticesHandlers } from "../notices/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { exportCases } from "../queue/export-cases.ts";
import { listCases } from "../queue/list-cases.ts";
import { searchCases } from "../queue/search-cases.ts";
import { fillCaseText } from "../search-index/fill-case-text.ts";
import { caller, refusalOf as codeOf } from "../testing/call.ts";
import { whereIsWritten } from "../testing/find-words.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, inHandling, refusalOf, register, rows, type Staff, staffOf } from "../testing/story.ts";
import { coverWords, uncoverWords } from "./acts.ts";
import { COVER, covered, coverOf } from "./cover.ts";

const WORD = "王小梅";
const filed = {
  title: `${WORD}的津贴`,
  body: `我爱人${WORD}在卫生队，王\n小梅 的津贴少发一档。`,
  alreadyTried: `问过${WORD}的队长`,
  desiredOutcome: `给${WORD}补发`,
} as const;
const mark = { words: WORD, kind: "temporary", reason: "thirdParty" } as const;

const cover = (t: TestKernel, id: string, actor: Actor, more: object = {}) =>
  execute(t.kernel, coverWords, byPerson(t, id, actor), { ...mark, ...more } as never);

/** Another unit is asked to assist: it sees the case, and is not of those who handle it. */
async function assisting(t: TestKernel, s: Staff, id: string): Promise<Actor> {
  const helper = await t.person("协办", "second", [{ role: "officer", unit: "second" }]);
  const asked = { unitId: t.units.second, question: `请提供${WORD}的工资表`, days: 5 };
  await execute(t.kernel, askAssist, byPerson(t, id, s.officer), asked as never);
  return helper;
}

const says = (value: unknown): boolean => /王\s*小\s*梅/u.test(JSON.stringify(value).replaceAll("\\n", "\n"));

test("covered words are found however they are written, and nothing else is touched", () => {
  const hide = coverOf(["Li Wei", "王小梅", "12-34"]);
  expect(hide("LI  WEI 和王 小\n梅，电话 １２-３４")).toBe(`${COVER} 和${COVER}，电话 ${COVER}`);
  expect(hide("王小明 Li Wen 12-35")).toBe("王小明 Li Wen 12-35");
  expect(coverOf(["a+b(c"])("x a+b(c y")).toBe(`x ${COVER} y`);
  expect(coverOf([])("王小梅")).toBe("王小梅");
  expect(covered({ id: "王小梅", text: ["王小梅"], at: null }, hide)).toEqual({
    id: "王小梅",
    text: [COVER],
    at: null,
  });
});

test("outside of the circle no way shows the words: case, list, search, export, files; the circle and the petitioner read all", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const blobs = { write: async () => "k", remove: async () => undefined, read: async function* () {} };
  const content = (async function* () {
    yield Buffer.from("%PDF-1.4\n%%EOF\n");
  })();
  const kept = await keepFile(t.kernel, blobs as never, { name: `${WORD}.pdf`, content });
  const id = await inHandling(t, s, { ...filed, fileIds: [kept.id] });
  const helper = await assisting(t, s, id);
  expect(says(await readCase(t.kernel, helper, id))).toBe(true);

  await cover(t, id, s.officer);

  const outside = await readCase(t.kernel, helper, id);
  expect([says(outside), outside.covered, outside.redactions]).toEqual([false, true, []]);
  expect(outside.body).toBe(`我爱人${COVER}在卫生队，${COVER} 的津贴少发一档。`);
  expect(outside.assists[0]?.question).toBe(`请提供${COVER}的工资表`);
  const list = await listCases(t.kernel, helper, { view: "open", limit: 10 } as never);
  const sheet = await exportCases(t.kernel, helper, { view: "open", reason: "汇总", columns: ["title"] } as never);
  expect([list.items.length, says(list), sheet.items.length, says(sheet)]).toEqual([1, false, 1, false]);
  await expect(mayReadFile(t.kernel, { actor: helper, codeCaseId: undefined }, kept.id)).rejects.toMatchObject({
    code: "redaction.outside",
  });
  await fillCaseText(t.kernel.pool, [id]);
  const search = (actor: Actor, words: string) => searchCases(t.kernel, actor, { q: words, limit: 5 } as never);
  for (const actor of [helper, s.officer]) {
    expect((await search(actor, "小梅")).items).toEqual([]);
    const found = await search(actor, "津贴");
    expect([found.items.length, says(found)]).toEqual([1, false]);
  }

  const letters = (actor: Actor) => caller(t.kernel, { notices: noticesHandlers })(actor).notices;
  const noticeId = outside.notices[0]?.id ?? "";
  for (const show of [
    () => letters(helper).list({ caseId: id }),
    () => letters(helper).preview({ caseId: id, noticeId }),
    () => letters(helper).pdf({ caseId: id, noticeId, locale: "zh-CN" }),
  ])
    expect(await codeOf(show())).toBe("redaction.outside");
  expect((await letters(s.handler).list({ caseId: id })).length).toBeGreaterThan(0);

  const inside = await readCase(t.kernel, s.handler, id);
  expect(inside).toMatchObject({
    body: filed.body,
    covered: false,
    redactions: [{ words: WORD, by: s.officer.name, reason: "thirdParty" }],
  });
  // what the circle prints for somebody else is as he would read it
  const printed = await readCovered(t.kernel, s.handler, id);
  expect([says(printed), printed.covered, printed.acts, printed.mayOpenIdentity]).toEqual([false, true, [], false]);
  expect([printed.body, printed.demands]).toEqual([outside.body, outside.demands]);
  const stranger = await t.person("旁人", "second", [{ role: "handler", unit: "second" }]);
  await rows(t, "delete from kernel.case_audience where case_id = $1 and key = $2", [id, t.units.second]);
  await expect(readCovered(t.kernel, stranger, id)).rejects.toMatchObject({ code: "case.notFound" });
  expect((await mayReadFile(t.kernel, { actor: s.handler, codeCaseId: undefined }, kept.id))?.id).toBe(kept.id);
  expect(says(await readPetitionerCase(t.kernel, id))).toBe(true);
  expect((await mayReadFile(t.kernel, { actor: undefined, codeCaseId: id }, kept.id))?.id).toBe(kept.id);
});

test("a letter to another unit is written with the words covered, and stays so when the mark is lifted", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await file(t, filed);
  await register(t, s, id, { demands: [{ text: `给${WORD}补发`, desiredOutcome: "" }] });
  await cover(t, id, s.clerk);
  const to = { toUnitId: t.units.second, reason: `${WORD}的人事关系在该营`, legalGround: "", passOn: false };
  await execute(t.kernel, transferCase, byPerson(t, id, s.officer), to as never);
  const letters = await rows<{ code: string; facts: object }>(
    t,
    "select code, facts from kernel.notices where case_id = $1",
    [id],
  );
  const of = (code: string) => letters.find((l) => l.code === code)?.facts;
  expect([says(of("D4")), JSON.stringify(of("D4")).includes(COVER)]).toEqual([false, true]);
  // what the petitioner is told is his own
  expect(says(of("D3"))).toBe(true);
});

test("what is marked for good cannot be lifted; who may mark, and what is refused", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s, filed);
  const helper = await assisting(t, s, id);
  expect(await refusalOf(cover(t, id, helper))).toEqual(["forbidden"]);
  expect(await refusalOf(cover(t, id, s.officer, { words: "从未出现" }))).toEqual(["redaction.notFound"]);
  await cover(t, id, s.handler, { kind: "permanent", words: "卫生队" });
  await cover(t, id, s.officer);
  expect(await refusalOf(cover(t, id, s.officer))).toEqual(["redaction.known"]);
  const marks = (await readCase(t.kernel, s.officer, id)).redactions;
  const lift = (words: string) =>
    refusalOf(
      execute(t.kernel, uncoverWords, byPerson(t, id, s.officer), {
        redactionId: marks.find((m) => m.words === words)?.id ?? "",
      }),
    );
  expect(await lift("卫生队")).toEqual(["redaction.permanent"]);
  expect(await lift(WORD)).toEqual([]);
  expect(
    await refusalOf(execute(t.kernel, uncoverWords, byPerson(t, id, s.officer), { redactionId: t.kernel.newId() })),
  ).toEqual(["redaction.none"]);
  const seen = await readCase(t.kernel, helper, id);
  expect([seen.body.includes(WORD), seen.body.includes("卫生队")]).toEqual([true, false]);
  const written = await rows<{ facts: object }>(
    t,
    "select body::jsonb -> 'facts' as facts from kernel.ledger where type like 'case.words%' order by seq",
  );
  expect(written.map((w) => w.facts)).toMatchObject([
    { kind: "permanent", reason: "thirdParty" },
    { kind: "temporary" },
    {},
  ]);
  expect(says(written)).toBe(false);
});

test("in an accusation the marked words lie sealed like the rest", async () => {
  await using t = await openTestKernel();
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const id = await file(t, { ...filed, title: "举报zebrafinch", purpose: "accuse" });
  await cover(t, id, organ, { words: "zebrafinch" });
  expect(await whereIsWritten(t, "zebrafinch")).toEqual([]);
  expect((await readCase(t.kernel, organ, id)).redactions).toMatchObject([{ words: "zebrafinch" }]);
});

test("a text that comes into another case by joining brings its marks along", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const zhang = {
    anonymity: "named",
    petitioner: { name: "张三", kind: "nco", contact: "138 0000 0001", filingFor: "self" },
  } as const;
  const main = await inHandling(t, s, zhang);
  const again = await file(t, { ...zhang, ...filed });
  await register(t, s, again);
  await cover(t, again, s.officer);
  const [{ no } = { no: "" }] = await rows<{ no: string }>(t, "select case_no as no from kernel.cases where id = $1", [
    main,
  ]);
  await execute(t.kernel, mergeCase, byPerson(t, again, s.officer), {
    samePerson: true,
    sameMatter: true,
    reason: "同一事项正在办理",
    newFacts: "",
    mainCaseNo: no,
  } as never);
  const helper = await assisting(t, s, main);
  expect(says(await readCase(t.kernel, s.handler, main))).toBe(true);
  expect(says(await readCase(t.kernel, helper, main))).toBe(false);
});
