import { kernelHandlers } from "@doorstep/kernel";
import { fileForTest } from "@doorstep/kernel/testing";
import { definePlugin } from "@doorstep/sdk";
import { pluginServer, type RoutingSpec } from "@doorstep/sdk/server";
import { beforeEach, expect, test } from "vitest";
import { openTestHost, pluginFolder, sourceOf, type TestPluginHost } from "../testing/index.ts";

const words = (name: string) => ({ "zh-CN": `规则${name}`, en: `Rule ${name}` });

/** What the rules of a test say; asked by name. */
const says: Record<string, RoutingSpec["decide"]> = {};
const asked: string[] = [];
beforeEach(() => {
  for (const name of Object.keys(says)) delete says[name];
  asked.length = 0;
});

function rules(
  id: string,
  priorities: Readonly<Record<string, number>>,
  capabilities: "cases.read"[] = ["cases.read"],
) {
  const plugin = definePlugin({
    id,
    title: words(id),
    purpose: words(id),
    sdk: "^1.0.0",
    capabilities,
    onByDefault: true,
  });
  const routing = Object.fromEntries(
    Object.entries(priorities).map(([name, priority]): [string, RoutingSpec] => [
      name,
      {
        title: words(name),
        priority,
        decide: (ctx, petition) => {
          asked.push(`${name} ${ctx.unit.code} ${petition.title}`);
          return says[name]?.(ctx, petition) ?? null;
        },
      },
    ]),
  );
  return pluginServer(plugin, { routing } as never);
}

async function open(plugins = [rules("a", { late: 9, early: 1 }), rules("b", { middle: 5 })]) {
  const folder = pluginFolder("1.0.0");
  const at = await openTestHost({
    sources: plugins.map((one) => sourceOf(one, folder.root)),
    handlers: kernelHandlers as never,
  });
  const officer = await at.test.person("officer", "first", [{ role: "officer", unit: "first" }]);
  const to = (unit: keyof TestPluginHost["test"]["units"], because = "归口管理") => ({
    toUnit: at.test.units[unit],
    because,
  });
  const ledger = async () =>
    (
      await at.test.database.pool.query(
        "select body::jsonb -> 'facts' ->> 'module' as module, body::jsonb -> 'facts' ->> 'rule' as rule from kernel.ledger where type = 'case.ruleNotRun' order by seq",
      )
    ).rows;
  return {
    at,
    officer,
    to,
    ledger,
    propose: (caseId: string, actor = officer) => at.as(actor).routing.propose({ caseId }),
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test("rules are asked by their priority, and the first answer is proposed with its reason", async () => {
  await using o = await open();
  const caseId = await fileForTest(o.at.test);
  expect(await o.propose(caseId)).toEqual({ proposal: null, failed: [] });
  expect(asked).toEqual(["early", "middle", "late"].map((name) => `${name} FIRST 津贴少发一档`));

  says.late = () => o.to("brigade");
  says.middle = async () => o.to("second", "二营负责");
  expect(await o.propose(caseId)).toMatchObject({
    proposal: {
      unit: { id: o.at.test.units.second, path: { "zh-CN": expect.stringContaining(" › ") } },
      because: "二营负责",
      rule: words("middle"),
      module: words("b"),
    },
    failed: [],
  });
  expect((await o.at.test.database.pool.query("select 1 from kernel.legs")).rowCount).toBe(0);
});

test("a unit to which it may not go is not proposed: where it is, complained of or below, or none at all", async () => {
  await using o = await open();
  const caseId = await fileForTest(o.at.test);
  const { pool } = o.at.test.database;
  await pool.query("insert into kernel.respondents (id, case_id, kind, unit_id) values ($1, $2, 'unit', $3)", [
    o.at.kernel.newId(),
    caseId,
    o.at.test.units.second,
  ]);
  says.early = () => o.to("first");
  says.middle = () => o.to("second");
  says.late = () => ({ toUnit: o.at.kernel.newId(), because: "不存在的单位" });
  expect(await o.propose(caseId)).toEqual({ proposal: null, failed: [] });

  says.late = () => o.to("brigade");
  expect((await o.propose(caseId)).proposal?.rule).toEqual(words("late"));
});

test("one that throws, hangs or says what is no answer is passed over, and the petition holds that it did not run", async () => {
  await using o = await open();
  const caseId = await fileForTest(o.at.test);
  says.early = () => {
    throw new Error("boom");
  };
  says.middle = () => new Promise(() => undefined);
  says.late = () => ({ toUnit: "nowhere", because: "" });

  const failed = [words("early"), words("middle"), words("late")];
  expect(await o.propose(caseId)).toEqual({ proposal: null, failed });
  expect(await o.propose(caseId)).toEqual({ proposal: null, failed });
  expect(await o.ledger()).toEqual([
    { module: "a", rule: "early" },
    { module: "b", rule: "middle" },
    { module: "a", rule: "late" },
  ]);
});

test("of an accusation no rule is asked; whoever does not see a petition gets nothing from it", async () => {
  await using o = await open();
  says.early = () => o.to("second");
  const organ = await o.at.test.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const sealed = await fileForTest(o.at.test, { purpose: "accuse" });

  expect(await o.propose(sealed, organ)).toEqual({ proposal: null, failed: [] });
  await expect(o.propose(sealed)).rejects.toThrow("case.notFound");
  await expect(o.propose(o.at.kernel.newId())).rejects.toThrow("case.notFound");
  const elsewhere = await o.at.test.person("二营", "second", [{ role: "officer", unit: "second" }]);
  await expect(o.propose(await fileForTest(o.at.test), elsewhere)).rejects.toThrow("case.notFound");
  expect(asked).toEqual([]);
});

test("rules need to be let read petitions, and are asked only where their module is on", async () => {
  await using o = await open([rules("a", { early: 1 }), rules("blind", { late: 1 }, [])]);
  expect(
    o.at.host
      .snapshot()
      .plugins.get("blind")
      ?.problems.map((one) => one.code),
  ).toEqual(["plugin.capabilityMissing"]);
  const admin = await o.at.test.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const { revision } = await o.at.as(admin).modules.matrix({});
  const change = { unitId: o.at.test.units.first, pluginId: "a", choice: "off", why: "x" } as const;
  await o.at.as(admin).modules.choose({ revision, changes: [change] });

  await o.propose(await fileForTest(o.at.test));
  expect(asked).toEqual([]);
});
