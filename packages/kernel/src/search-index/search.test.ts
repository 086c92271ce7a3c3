import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { pumpOnce } from "../outbox/pump.ts";
import { searchCases } from "../queue/search-cases.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, draft, file, inHandling, register, reply, rows, staffOf } from "../testing/story.ts";
import { markFreshTexts } from "./mark-fresh-texts.ts";
import { rebuildSearch } from "./rebuild-search.ts";
import { searchConsumer } from "./search-consumer.ts";

const fill = (t: TestKernel) => pumpOnce(t.kernel, [searchConsumer(t.kernel.pool)]);
async function found(t: TestKernel, actor: Actor, q: string): Promise<readonly string[]> {
  const page = await searchCases(t.kernel, actor, { q, limit: 50, cursor: undefined });
  return page.items.map((i) => i.caseId);
}

test("a petition is found by its words in either language, by phrase, by one character and by its number", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  const barracks = await file(t, {
    title: "营房漏水",
    body: "三楼宿舍屋顶漏水，墙面发霉，Heating radiators were broken since March 2025.",
  });
  const pay = await file(t, { title: "津贴少发", body: "艰苦边远津贴少发一档" });
  await fill(t);

  expect(await found(t, officer, "漏水")).toEqual([barracks]);
  expect(await found(t, officer, "津贴")).toEqual([pay]);
  expect(await found(t, officer, "屋顶漏水")).toEqual([barracks]);
  // both pairs are there, but not side by side
  expect(await found(t, officer, "漏水屋顶")).toEqual([]);
  expect(await found(t, officer, "radiator")).toEqual([barracks]);
  expect(await found(t, officer, "heated")).toEqual([barracks]);
  expect(await found(t, officer, "霉")).toEqual([]);
  expect(await found(t, officer, "墙")).toEqual([barracks]);
  expect(await found(t, officer, "漏水 radiators 2025")).toEqual([barracks]);
  expect(await found(t, officer, "漏水 allowance")).toEqual([]);
  const [row] = await rows<{ case_no: string }>(t, "select case_no from kernel.cases where id = $1", [pay]);
  expect(await found(t, officer, row?.case_no ?? "")).toEqual([pay]);
  expect(await found(t, officer, (row?.case_no ?? "").replaceAll("-", "").toLowerCase())).toEqual([pay]);
});

test("operators, quotes and odd characters in a query are words or nothing, never an error", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  const id = await file(t, { title: "津贴", body: "the pay & allowance of O'Brien" });
  await fill(t);

  for (const q of [
    "津贴'",
    "津贴 & | ! <-> ()",
    "津贴:*",
    "'津贴' || --",
    "津贴\\",
    "津贴%",
    "“津贴”",
    "ＡＬＬＯＷＡＮＣＥ 津贴",
  ])
    expect([q, await found(t, officer, q)]).toEqual([q, [id]]);
  for (const q of ["&", "'", "''''", "<->", "\\", ":*", "!!", "\u{20BB7}", "。，、", "the"])
    expect([q, await found(t, officer, q)]).toEqual([q, []]);
});

test("nobody finds what he may not see, and the recused nothing of theirs, by words or by number", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  const elsewhere = await t.person("二营", "second", [{ role: "officer", unit: "second", subtree: true }]);
  const above = await t.person("旅", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const id = await file(t);
  await fill(t);
  const [{ case_no: no } = { case_no: "" }] = await rows<{ case_no: string }>(
    t,
    "select case_no from kernel.cases where id = $1",
    [id],
  );

  expect(await found(t, above, "津贴")).toEqual([id]);
  expect(await found(t, elsewhere, "津贴")).toEqual([]);
  expect(await found(t, elsewhere, no)).toEqual([]);
  await declareRecusal(t.kernel, byPerson(t, id, officer), "亲属");
  expect(await found(t, officer, "津贴")).toEqual([]);
  expect(await found(t, officer, no)).toEqual([]);
});

test("an accusation is in no index, nor one that turns out to be an accusation", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const above = await t.person("旅", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  await file(t, { purpose: "accuse", title: "检举", body: "冒领差旅费" });
  const plain = await file(t, { title: "反映情况", body: "领导冒领差旅费" });
  await fill(t);
  expect(await found(t, above, "冒领")).toEqual([plain]);

  await register(t, s, plain, { category: "accusation", track: "accusation", confidentiality: 3 });
  await fill(t);
  expect(await rows(t, "select case_id from kernel.case_text")).toEqual([]);
});

test("a reply is found once it was delivered, a draft is not", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await draft(t, s, id, "拟以转账方式处理");
  await fill(t);
  expect(await found(t, s.officer, "转账")).toEqual([]);

  await reply(t, s, id, "已经转账补足");
  await fill(t);
  expect(await found(t, s.officer, "转账补足")).toEqual([id]);
});

test("the index follows a case to another unit", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const before = await file(t);
  await register(t, s, before, { respondents: [{ kind: "unit", unitId: t.units.first }] });
  await fill(t);
  const [{ aud } = { aud: [] }] = await rows<{ aud: string[] }>(t, "select aud from kernel.case_text");
  expect(aud).toEqual([t.units.brigade]);
});

test("a rebuild fills what is missing, all of it where asked, and counts it", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  const ids = [await file(t), await file(t), await file(t, { purpose: "accuse" })];

  expect(await rebuildSearch(t.kernel.pool)).toBe(2);
  expect((await found(t, officer, "津贴")).toSorted()).toEqual(ids.slice(0, 2).toSorted());
  expect(await rebuildSearch(t.kernel.pool)).toBe(0);
  await rows(t, "update kernel.case_text set tsv = ''");
  expect(await rebuildSearch(t.kernel.pool, { all: true })).toBe(2);
  expect(await found(t, officer, "津贴")).toHaveLength(2);
});

test("the newest texts, and they alone, stand in the index of their own", async () => {
  await using t = await openTestKernel();
  await staffOf(t);
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) {
    t.clock.advance({ minutes: 1 });
    ids.push(await file(t));
  }
  await fill(t);
  const fresh = async () =>
    (await rows<{ case_id: string }>(t, "select case_id from kernel.case_text where fresh order by received")).map(
      (r) => r.case_id,
    );
  expect(await markFreshTexts(t.kernel.pool, 4)).toBe(0);
  expect(await markFreshTexts(t.kernel.pool, 2)).toBe(2);
  expect(await fresh()).toEqual(ids.slice(2));
  // what is there already when the index comes has to be said as well
  await rows(t, "update kernel.case_text set fresh = not fresh");
  expect(await markFreshTexts(t.kernel.pool, 3)).toBe(3);
  expect(await fresh()).toEqual(ids.slice(1));
  expect(await markFreshTexts(t.kernel.pool, 3)).toBe(0);
});

test("a case that somebody is writing is waited for, not skipped", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  const id = await file(t);
  const client = await t.database.pool.connect();
  await client.query("begin");
  await client.query("select 1 from kernel.cases where id = $1 for update", [id]);
  const filling = fill(t);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await client.query("commit");
  client.release();
  await filling;
  expect(await found(t, officer, "津贴")).toEqual([id]);
});
