import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { registerCase } from "../cases/register.ts";
import { blankWords } from "../organs/reseal.ts";
import { execute } from "../pipeline/execute.ts";
import { coverWords } from "../redaction/acts.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, claim, file, inHandling, staffOf } from "../testing/story.ts";
import { keepCaseData } from "./keep-case-data.ts";
import { readCaseData, readModuleFacts } from "./read-case-data.ts";

const kept = {
  pluginId: "visits",
  title: { "zh-CN": "走访", en: "Visits" },
  labels: { note: { "zh-CN": "情况", en: "Found" } },
  data: { note: "zebrafinch 在家", count: 2, gone: null },
};
const keep = (t: TestKernel, actor: Actor | null, id: string, more: object = {}) =>
  keepCaseData(t.kernel, { by: actor, unitId: t.units.first }, id, { ...kept, ...more });
const stored = async (t: TestKernel) =>
  (await t.database.pool.query<{ data: string; plugin_id: string }>("select plugin_id, data from kernel.case_data"))
    .rows;

test("a module's fields are read by those who see the petition, written by those who have a part in it, and entered without a word of them", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const analyst = await t.person("分析", "first", [{ role: "analyst", unit: "first" }]);
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);

  await keep(t, s.handler, id);
  await keep(t, s.handler, id, { data: { note: "nightjar" } });
  await keep(t, s.officer, id, { pluginId: "other", data: { x: 1 } });

  expect(await readCaseData(t.kernel, { by: s.officer, unitId: t.units.first }, id, "visits")).toEqual({
    note: "nightjar",
  });
  expect(await readCaseData(t.kernel, { by: s.officer, unitId: t.units.first }, id, "none")).toBeNull();
  for (const [actor, code] of [
    [analyst, "case.notFound"],
    [stranger, "case.notFound"],
  ] as const) {
    await expect(readCaseData(t.kernel, { by: actor, unitId: t.units.first }, id, "visits")).rejects.toMatchObject({
      code,
    });
    await expect(readModuleFacts(t.kernel, actor, id)).rejects.toMatchObject({ code });
    await expect(keep(t, actor, id)).rejects.toMatchObject({ code });
  }
  const custodian = await t.person("保管", "first", [{ role: "custodian", unit: "first" }]);
  await expect(keep(t, custodian, id)).rejects.toMatchObject({ code: "forbidden" });
  expect((await stored(t)).length).toBe(2);
  const { rows } = await t.database.pool.query<{ body: string }>(
    "select body from kernel.ledger where type = 'case.dataKept'",
  );
  expect(rows).toHaveLength(3);
  expect(rows.map((one) => JSON.stringify(one.body)).join()).toMatch(/visits/);
  expect(JSON.stringify(rows)).not.toMatch(/nightjar|zebrafinch/);
});

test("what is kept is read as plain facts without its module, in both languages", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);

  await keep(t, s.handler, id);

  expect(await readModuleFacts(t.kernel, s.officer, id)).toEqual([
    {
      pluginId: "visits",
      title: kept.title,
      at: t.clock.now.toISOString(),
      facts: [
        { label: kept.labels.note, value: "zebrafinch 在家" },
        { label: { "zh-CN": "count", en: "count" }, value: "2" },
      ],
    },
  ]);
  const mark = { words: "zebrafinch", kind: "temporary", reason: "thirdParty" };
  await execute(t.kernel, coverWords, byPerson(t, id, s.officer), mark as never);
  expect(await readCaseData(t.kernel, { by: s.officer, unitId: t.units.first }, id, "visits")).toMatchObject({
    note: "zebrafinch 在家",
  });
  await blankWords(t.database.pool, id);
  expect(await readModuleFacts(t.kernel, s.officer, id)).toEqual([]);
  expect(await readCaseData(t.kernel, { by: s.officer, unitId: t.units.first }, id, "visits")).toBeNull();
});

test("of an accusation a module reads and writes nothing; what it kept before is sealed, and a fact for the organ", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const id = await file(t, {});
  await keep(t, s.clerk, id);

  const accusation = { ...claim, category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 };
  await execute(t.kernel, registerCase, byPerson(t, id, s.clerk), accusation as never);

  expect((await stored(t))[0]?.data).toMatch(/^c3:/);
  expect(await readCaseData(t.kernel, { by: organ, unitId: t.units.first }, id, "visits")).toBeNull();
  expect(JSON.stringify(await readModuleFacts(t.kernel, organ, id))).toContain("zebrafinch");
  await expect(readModuleFacts(t.kernel, s.clerk, id)).rejects.toMatchObject({ code: "case.notFound" });
  await expect(keep(t, organ, id)).rejects.toMatchObject({ code: "forbidden" });
  await t.database.pool.query("update kernel.cases set handler_id = $2 where id = $1", [id, organ.personId]);
  await expect(keep(t, organ, id)).rejects.toMatchObject({ reasons: [{ code: "module.sealed" }] });
});

test("by itself a module keeps its fields at petitions of its unit and below, and reads them as it wrote them", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const mark = { words: "zebrafinch", kind: "temporary", reason: "thirdParty" };

  await keep(t, null, id);
  await execute(t.kernel, coverWords, byPerson(t, id, s.officer), mark as never);

  expect(await readCaseData(t.kernel, { by: null, unitId: t.units.brigade }, id, "visits")).toMatchObject(kept.data);
  const elsewhere = { by: null, unitId: t.units.second };
  await expect(readCaseData(t.kernel, elsewhere, id, "visits")).rejects.toMatchObject({ code: "case.notFound" });
  await expect(keepCaseData(t.kernel, elsewhere, id, kept)).rejects.toMatchObject({ code: "case.notFound" });
  const { rows } = await t.database.pool.query("select by_person from kernel.case_data");
  expect(rows).toEqual([{ by_person: null }]);
  const entries = await t.database.pool.query("select actor from kernel.ledger where type = 'case.dataKept'");
  expect(entries.rows).toEqual([{ actor: "system" }]);
});
