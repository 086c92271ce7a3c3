import { join } from "node:path";
import { kernelHandlers, pumpOnce, runWorkersOnce } from "@doorstep/kernel";
import { fileForTest, inHandlingForTest, staffForTest } from "@doorstep/kernel/testing";
import type { PluginSource } from "@doorstep/plugin-host";
import { openInstalling, openTestHost, post, type TestPluginHost } from "@doorstep/plugin-host/testing";
import type { TestMode } from "@doorstep/sdk/test";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { buildPlugin } from "./build-plugin.ts";

const FOLDER = join(import.meta.dirname, "../../../../tooling/fixtures/every-point");
/** A house in which the plugin runs, in this process, a thread or a process of its own. */
async function open(mode: TestMode): Promise<TestPluginHost> {
  const handlers = kernelHandlers as never;
  if (mode === "inline") {
    const load: PluginSource["load"] = () => import(join(FOLDER, "src/server.ts"));
    return await openTestHost({ sources: [{ id: "every-point", root: FOLDER, load }], handlers });
  }
  const at = await openInstalling({ handlers });
  const { archive, manifest } = await buildPlugin(FOLDER, at.keys[mode]);
  expect(manifest.sdkFloor).toBe("0.1.0");
  expect(await at.install(archive)).toEqual([]);
  return at;
}

describe.each<TestMode>(["inline", "thread", "process"])("%s", (mode) => {
  let at: TestPluginHost;
  beforeAll(async () => {
    at = await open(mode);
  });
  afterAll(() => at[Symbol.asyncDispose]());

  test("hears of a petition and does its turn", async () => {
    const said = vi.spyOn(at.kernel.log, "info");
    await pumpOnce(at.kernel, at.host.consumers());
    await fileForTest(at.test);

    await pumpOnce(at.kernel, at.host.consumers());
    await at.host.jobs.runDue();

    expect(said.mock.calls).toEqual([
      ["heard", { unit: "FIRST", type: "case.received", to: "received", plugin: "every-point" }],
      ["ticked", { unit: "BRIGADE", plugin: "every-point" }],
    ]);
    const kept = await at.test.database.pool.query("select data, by_person from kernel.case_data");
    expect(kept.rows).toEqual([{ data: '{"heard":"case.received"}', by_person: null }]);
  });

  test("runs a period from an event on, and hears of its end", async () => {
    const said = vi.spyOn(at.kernel.log, "info");
    at.test.clock.advance({ days: 2 });

    await runWorkersOnce(at.kernel, { consumers: at.host.consumers });

    expect(said.mock.calls).toContainEqual(["passed", { unit: "FIRST", code: "visit", plugin: "every-point" }]);
  });

  test("conducts a hearing, asks the petitioner and writes to him", async () => {
    const staff = await staffForTest(at.test);
    const caseId = await inHandlingForTest(at.test, staff);
    const on = at.kernel.now().toISOString().slice(0, 10);
    const hearingOn = `${Number(on.slice(0, 4)) + 1}${on.slice(4)}`;

    const heard = await post(at, "every-point", "hear", { caseId, on: hearingOn }, { actor: staff.officer });

    expect(heard.data).toEqual({ runs: true, consent: "asked", letter: "draft" });
  });

  test("says where a petition belongs", async () => {
    const clerk = await at.test.person("clerk", "first", [{ role: "clerk", unit: "first" }]);
    const { proposal } = await at.as(clerk).routing.propose({ caseId: await fileForTest(at.test) });
    expect(proposal).toMatchObject({ unit: { id: at.test.units.brigade }, because: "FIRST" });
  });

  test("counts a month that is over, and reads what was released of it", async () => {
    const officer = await at.test.person("reader", "brigade", [{ role: "officer", unit: "brigade" }]);
    at.test.clock.advance({ days: 60 });
    await at.host.jobs.runDue();

    const month = "2026-03";
    const { data } = await post(at, "every-point", "figures", { month }, { actor: officer });

    const told = {
      ...{ month, number: 1, unitId: at.test.units.brigade, total: 9 },
      dimensions: { way: { portal: 9, letter: 0 } },
      measures: { inTime: { yes: 9, no: 0 } },
    };
    expect(data).toMatchObject({
      about: { dataset: "every-point/heard", measures: { inTime: { en: "Every point" } } },
      figures: [
        { ...told, own: false },
        { ...told, own: true },
      ],
    });
  });

  test("answers a report for whoever may ask, and nothing for a wrong question", async () => {
    const officer = await at.test.person("officer", "first", [{ role: "officer", unit: "first" }]);
    const key = "every-point/echo";
    const { reports } = at.as(officer);

    const { table } = await reports.run({ key, params: { times: 2 } });
    expect(table.rows).toEqual([{ who: "officer FIRST true" }, { who: "officer FIRST true" }]);
    expect((await reports.run({ key })).table.rows).toHaveLength(1);
    await expect(reports.run({ key, params: { times: 4 } })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
