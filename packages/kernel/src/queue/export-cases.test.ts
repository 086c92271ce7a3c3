import { deskViews, type QueueColumn } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { casesHandlers } from "../cases/handlers.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { byPerson, file, inHandling, register, rows, staffOf } from "../testing/story.ts";

const ask: { columns: QueueColumn[]; reason: string } = { columns: ["state", "unit"], reason: "季度分析" };

test("a file holds what the list shows to the same person, and the ledger who took it, how many and by which filter", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const seen = [await inHandling(t, s), await file(t), await file(t)];
  const recused = await file(t);
  await declareRecusal(t.kernel, byPerson(t, recused, s.officer), "来信人是我的亲属");
  const elsewhere = await file(t, { unitId: t.units.second });
  const { list, export: take } = caller(t.kernel, { cases: casesHandlers })(s.officer).cases;

  for (const view of deskViews)
    for (const order of ["usual", "reversed"] as const)
      expect((await take({ ...ask, view, order })).items).toEqual((await list({ view, order })).items);
  const filter = { view: "all", unitId: t.units.first, category: "claim", channel: "online" } as const;
  const taken = await take({ ...ask, ...filter });

  expect(taken).toMatchObject({ complete: true, by: "干事", at: t.clock.now.toISOString() });
  expect(taken.items).toEqual((await list(filter)).items);
  expect(taken.items.length).toBe(1);
  const all = (await take({ ...ask, view: "all" })).items.map((item) => item.caseId);
  expect(all.toSorted()).toEqual(seen.toSorted());
  expect(all).not.toContain(elsewhere);
  const entries = await rows<{ actor: string; facts: { export: string } }>(
    t,
    "select actor, body::jsonb->'facts' as facts from kernel.ledger where type = 'data.exported' order by seq desc limit 2",
  );
  const { unitId, ...codes } = filter;
  expect(entries[1]).toEqual({
    actor: `person:${s.officer.personId}`,
    facts: { export: expect.any(String), what: "cases", count: 1, ...codes, unit: unitId, columns: ask.columns },
  });
  const why = await rows(t, "select by_person, what, count, reason from kernel.exports where id = $1", [
    entries[1]?.facts.export,
  ]);
  expect(why).toEqual([{ by_person: s.officer.personId, what: "cases", count: 1, reason: ask.reason }]);
});

test("who is complained of does not find the case in his file", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await file(t);
  const take = async () =>
    (await caller(t.kernel, { cases: casesHandlers })(s.officer).cases.export({ ...ask, view: "all" })).items;
  expect((await take()).map((item) => item.caseId)).toEqual([caseId]);
  await register(t, s, caseId, { respondents: [{ kind: "person", personId: s.officer.personId }] });
  expect(await take()).toEqual([]);
});

test("an accusation leaves the house by its organ alone", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade", subtree: true }]);
  const caseId = await file(t, { purpose: "accuse", title: "控告克扣" });
  const titles = async (actor: typeof organ) =>
    (await caller(t.kernel, { cases: casesHandlers })(actor).cases.export({ ...ask, view: "all" })).items.map(
      (item) => [item.caseId, item.title],
    );
  expect(await titles(organ)).toEqual([[caseId, "控告克扣"]]);
  for (const actor of Object.values(s)) expect(await titles(actor)).toEqual([]);
});

test("why it is taken is asked, and nobody without a desk takes anything", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const as = caller(t.kernel, { cases: casesHandlers });
  expect(await refusalOf(as(s.officer).cases.export({ ...ask, reason: " " }))).toBe("BAD_REQUEST");
  const admin = await t.person("管理", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  expect(await refusalOf(as(admin).cases.export(ask))).toBe("forbidden");
  expect(await rows(t, "select 1 from kernel.exports")).toEqual([]);
});
