import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, inHandling, staffOf } from "../testing/story.ts";
import { listNotifications } from "./read-notifications.ts";
import { tellFromModule } from "./tell-from-module.ts";

const text = { "zh-CN": "到期", en: "due" };
const news = (t: TestKernel, caseId: string | null, more: object = {}) =>
  ({ pluginId: "visits", caseId, unitId: t.units.first, to: "handler", key: "1", text, ...more }) as const;
const told = async (t: TestKernel, actor: Actor) =>
  (await listNotifications(t.kernel, actor, { limit: 20, unread: false })).items.filter(
    (n) => n.kind === "module" || n.kind === "news",
  );

test("the handler is told once, in both languages; while there is none, the officers are", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const fresh = await file(t);

  expect(await tellFromModule(t.kernel, { actor: s.officer }, news(t, id))).toBe(1);
  expect(await tellFromModule(t.kernel, { actor: s.officer }, news(t, id))).toBe(1);
  expect(await tellFromModule(t.kernel, { actor: s.officer }, news(t, fresh, { key: "2" }))).toBe(1);

  expect(await told(t, s.handler)).toMatchObject([{ caseId: id, params: { module: "visits", zh: "到期", en: "due" } }]);
  expect(await told(t, s.officer)).toMatchObject([{ caseId: fresh }]);
});

test("who may not know of the petition tells nobody, and nobody who may not is told", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
  const analyst = await t.person("分析", "first", [{ role: "analyst", unit: "first" }]);
  const missing = { code: "case.notFound" };

  await expect(tellFromModule(t.kernel, { actor: stranger }, news(t, id))).rejects.toMatchObject(missing);
  await expect(tellFromModule(t.kernel, { unitId: t.units.second }, news(t, id))).rejects.toMatchObject(missing);
  await expect(tellFromModule(t.kernel, { unitId: t.units.first }, news(t, t.kernel.newId()))).rejects.toMatchObject(
    missing,
  );
  expect(await tellFromModule(t.kernel, { unitId: t.units.brigade }, news(t, id, { to: ["analyst"] }))).toBe(0);
  expect([await told(t, analyst), await told(t, s.handler)]).toEqual([[], []]);

  await t.database.pool.query("update kernel.cases set confidentiality = 3 where id = $1", [id]);
  await expect(tellFromModule(t.kernel, { unitId: t.units.first }, news(t, id))).rejects.toMatchObject({
    code: "module.sealed",
  });
});

test("of a sensitive petition nothing is said but that there is news; of a unit's work those with the role are told", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  await t.database.pool.query("update kernel.cases set confidentiality = 2 where id = $1", [id]);
  await t.database.pool.query("update kernel.case_audience set conf = 2 where case_id = $1", [id]);

  await tellFromModule(t.kernel, { unitId: t.units.first }, news(t, id));
  await tellFromModule(t.kernel, { unitId: t.units.first }, news(t, null, { to: ["clerk"] }));

  expect(await told(t, s.handler)).toMatchObject([{ kind: "news", params: {} }]);
  expect(await told(t, s.clerk)).toMatchObject([{ kind: "module", caseId: null }]);
});
