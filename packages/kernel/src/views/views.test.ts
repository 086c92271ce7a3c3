import type { ViewDefinition } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { rows } from "../testing/story.ts";
import { viewsHandlers } from "./handlers.ts";

const definition: ViewDefinition = {
  view: "overdue",
  category: "claim",
  order: "reversed",
  columns: ["state", "unit"],
};

/** Officers of the brigade with all below it, of the first battalion with its company, of the second, and of the company. */
async function desks(t: TestKernel) {
  const officer = (name: string, unit: "brigade" | "first" | "second" | "company", subtree: boolean) =>
    t.person(name, unit, [{ role: "officer", unit, subtree }]);
  return {
    as: caller(t.kernel, { views: viewsHandlers }),
    above: await officer("旅干事", "brigade", true),
    first: await officer("一营干事", "first", true),
    other: await officer("二营干事", "second", true),
    below: await officer("连干事", "company", false),
  };
}

test("a view is its owner's alone: he changes and removes it, for others there is none", async () => {
  await using t = await openTestKernel();
  const d = await desks(t);
  const mine = d.as(d.first).views;
  const { id, ...saved } = await mine.save({ name: "超期的", definition });
  expect(saved).toEqual({ name: "超期的", definition, own: true, by: "一营干事", unit: null, mayUnshare: false });

  for (const stranger of [d.above, d.below]) {
    const { list, save, remove, share } = d.as(stranger).views;
    expect(await list({})).toEqual([]);
    expect(await refusalOf(save({ id, name: "改", definition }))).toBe("views.notFound");
    expect(await refusalOf(remove({ id }))).toBe("views.notFound");
    expect(await refusalOf(share({ id, unitId: null }))).toBe("views.notFound");
  }
  expect(await mine.list({})).toEqual([{ id, ...saved }]);
  const changed = { ...definition, columns: [] };
  await mine.save({ id, name: "快到期", definition: changed });
  expect(await mine.list({})).toMatchObject([{ id, name: "快到期", definition: changed }]);
  await mine.remove({ id });
  expect(await mine.list({})).toEqual([]);
  expect(await refusalOf(mine.remove({ id }))).toBe("views.notFound");
});

test("names are one's own, each once, and not without end", async () => {
  await using t = await openTestKernel();
  const d = await desks(t);
  const { save } = d.as(d.first).views;
  const { id } = await save({ name: "甲", definition });
  await save({ name: "乙", definition });
  expect(await refusalOf(save({ name: "甲", definition }))).toBe("views.nameTaken");
  expect(await refusalOf(save({ id, name: "乙", definition }))).toBe("views.nameTaken");
  await d.as(d.other).views.save({ name: "甲", definition });
  for (let n = 2; n < 50; n += 1) await save({ name: `视图${n}`, definition });
  expect(await refusalOf(save({ name: "再一个", definition }))).toBe("views.tooMany");
});

test("only what a list can be asked for is kept; what a later release has written is left out", async () => {
  await using t = await openTestKernel();
  const d = await desks(t);
  const { save, list } = d.as(d.first).views;
  for (const wrong of [{ view: "secrets" }, { columns: ["petitioner"] }, { order: "random" }, { unitId: "x" }])
    expect(await refusalOf(save({ name: "错", definition: { ...definition, ...wrong } as never }))).toBe("BAD_REQUEST");
  const { id } = await save({ name: "甲", definition });
  await save({ name: "乙", definition });
  await rows(t, `update kernel.saved_views set definition = '{"view": "later", "columns": []}' where id = $1`, [id]);
  expect((await list({})).map((view) => view.name)).toEqual(["乙"]);
});

test("who manages a unit's desk shares his view with it and those below; they read it, and nobody else does", async () => {
  await using t = await openTestKernel();
  const d = await desks(t);
  const { save, share } = d.as(d.first).views;
  const { id } = await save({ name: "本营超期", definition });
  for (const unitId of [t.units.brigade, t.units.second])
    expect(await refusalOf(share({ id, unitId }))).toBe("forbidden");
  const flat = await t.person("文书", "first", [{ role: "officer", unit: "first" }]);
  const own = await d.as(flat).views.save({ name: "甲", definition });
  expect(await refusalOf(d.as(flat).views.share({ id: own.id, unitId: t.units.first }))).toBe("forbidden");
  const clerk = await t.person("收发", "first", [{ role: "clerk", unit: "first", subtree: true }]);
  const clerks = await d.as(clerk).views.save({ name: "甲", definition });
  expect(await refusalOf(d.as(clerk).views.share({ id: clerks.id, unitId: t.units.first }))).toBe("forbidden");

  expect(await share({ id, unitId: t.units.first })).toMatchObject({ unit: { id: t.units.first }, mayUnshare: true });
  await share({ id, unitId: t.units.first });
  const read = { id, own: false, by: "一营干事", unit: { id: t.units.first } };
  expect(await d.as(d.below).views.list({})).toMatchObject([{ ...read, mayUnshare: false }]);
  expect(await d.as(d.above).views.list({})).toMatchObject([{ ...read, mayUnshare: true }]);
  expect(await d.as(d.other).views.list({})).toEqual([]);
  const { save: change, remove, share: pass } = d.as(d.below).views;
  expect(await refusalOf(change({ id, name: "改", definition }))).toBe("views.notFound");
  expect(await refusalOf(remove({ id }))).toBe("views.notFound");
  expect(await refusalOf(pass({ id, unitId: null }))).toBe("forbidden");
  expect(await refusalOf(d.as(d.above).views.share({ id, unitId: t.units.brigade }))).toBe("forbidden");

  await d.as(d.above).views.share({ id, unitId: null });
  expect(await d.as(d.below).views.list({})).toEqual([]);
  expect(await d.as(d.first).views.list({})).toMatchObject([{ id, unit: null, mayUnshare: false }]);
  const told = await rows<{ facts: object }>(
    t,
    "select body::jsonb->'facts' as facts from kernel.ledger where stream = $1 and type = 'unit.changed' order by seq",
    [t.units.first],
  );
  expect(told.map(({ facts }) => facts)).toEqual([
    { act: "viewShared", view: id },
    { act: "viewUnshared", view: id },
  ]);
});

test("no administrator reads the views of others, and nobody without a desk has any", async () => {
  await using t = await openTestKernel();
  const d = await desks(t);
  await d.as(d.first).views.save({ name: "甲", definition });
  const admin = await t.person("管理", "brigade", [{ role: "platformAdmin", unit: "brigade", subtree: true }]);
  for (const actor of [admin, undefined])
    expect(await refusalOf(d.as(actor).views.list({}))).toBe(actor ? "forbidden" : "unauthorized");
});
