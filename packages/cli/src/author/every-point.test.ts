import { join } from "node:path";
import { kernelHandlers, pumpOnce, runWorkersOnce } from "@doorstep/kernel";
import { fileForTest, inHandlingForTest, staffForTest } from "@doorstep/kernel/testing";
import type { PluginSource } from "@doorstep/plugin-host";
import { connectSystem, openInstalling, openTestHost, post, type TestPluginHost } from "@doorstep/plugin-host/testing";
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
  expect(manifest.sdkFloor).toBe("1.1.0");
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
    const letter = { letterId: at.kernel.newId(), toUnit: at.test.units.brigade, on };
    const written = await post(at, "every-point", "write", letter, {
      actor: staff.officer,
      unitId: at.test.units.first,
    });
    expect(written.data).toEqual({ state: "toSign", left: [] });
    const laid = await post(at, "every-point", "lay", { caseId, on }, { actor: staff.officer });
    expect(laid.data).toEqual({ ok: true });
    expect((await at.as(staff.officer).cases.get({ caseId })).thread.at(-1)).toMatchObject({
      from: "petitioner",
      text: on,
    });
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

  describe("its own addresses", () => {
    const FORM = { "content-type": "application/x-www-form-urlencoded" };
    const ask = async (address: string, init: RequestInit = {}, take: () => number = () => 0): Promise<Response> => {
      const request = new Request(`http://localhost/x/every-point/${address}`, init);
      const read = async () => new Uint8Array(await request.arrayBuffer());
      return await at.host.visit({ request, locale: "en", context: at.request(), read, take });
    };
    const refused = async (address: string, init: RequestInit = {}, take?: () => number): Promise<unknown> =>
      await ask(address, init, take).then(
        ({ status }) => status,
        ({ code }: { code: unknown }) => code,
      );
    const post = (body: BodyInit, headers: Readonly<Record<string, string>>): RequestInit => ({
      ...{ method: "POST", body, headers },
    });

    test("tell everybody the same, and whoever has it already that it is the same", async () => {
      const first = await ask("FIRST/hours/a/%E4%BA%8C?x=1");

      const tag = first.headers.get("etag") ?? "";
      expect([first.status, await first.json(), Object.fromEntries(first.headers)]).toEqual([
        200,
        { unit: "FIRST", path: ["a", "二"], query: { x: "1" }, locale: "en" },
        {
          "cache-control": "public, max-age=300",
          "content-type": "application/json; charset=utf-8",
          etag: expect.stringMatching(/^"[\w-]{43}"$/),
          "last-modified": "Mon, 02 Mar 2026 01:00:00 GMT",
          vary: "Accept-Language",
        },
      ]);
      const again = (headers: Readonly<Record<string, string>>) => refused("FIRST/hours/a/%E4%BA%8C?x=1", { headers });
      expect(await again({ "if-none-match": `"x", W/${tag}` })).toBe(304);
      expect(await again({ "if-modified-since": "Mon, 02 Mar 2026 01:00:00 GMT" })).toBe(304);
      expect(await again({ "if-modified-since": "Mon, 02 Mar 2026 00:59:59 GMT" })).toBe(200);
      expect(await again({ "if-none-match": '"x"', "if-modified-since": "Mon, 02 Mar 2026 01:00:00 GMT" })).toBe(200);
    });

    test("take a key from its header, a bearer or a form, and nothing from whoever has none", async () => {
      const bytes = { "content-type": "application/octet-stream" };
      const kept = await ask("first/drop", post(new Uint8Array([0, 255]), { ...bytes, "x-api-key": "right-key" }));
      expect([kept.status, [...new Uint8Array(await kept.arrayBuffer())]]).toEqual([201, [0, 255]]);
      expect(Object.fromEntries(kept.headers)).toEqual({
        "cache-control": "no-store",
        "content-disposition": "attachment; filename*=UTF-8''%E6%94%B6%201.bin",
        "content-type": "application/octet-stream",
      });
      expect(await refused("first/drop", post("api_key=right-key", FORM))).toBe(201);
      expect(await refused("first/drop", { headers: { authorization: "Bearer right-key" } })).toBe(200);
      expect(await refused("first/drop", { headers: { "x-api-key": "other-key" } })).toBe(403);
      expect(await refused("first/drop?api_key=right-key")).toBe("address.key");
      expect(await refused("first/drop", { headers: { cookie: "api_key=right-key" } })).toBe("address.key");
      expect(await refused("first/drop", post("x=1", FORM))).toBe("address.key");
    });

    test("take a connected system of the unit or above it, with the scope for it alone", async () => {
      const call = (token: string): RequestInit =>
        post("{}", { "content-type": "application/json", authorization: `Bearer ${token}` });
      const below = call(await connectSystem(at.test, "first"));
      expect(await refused("FIRST/machine", call(`dst_${"t".repeat(43)}`))).toBe("system.token");
      expect(await refused("FIRST/machine", call(await connectSystem(at.test, "first", ["modules.read"])))).toBe(
        "system.scope",
      );
      expect(await refused("SECOND/machine", below)).toBe("system.scope");
      await expect(ask("SECOND/machine", call(await connectSystem(at.test, "brigade")))).rejects.toMatchObject({
        ...{ code: "module.refused", params: { reason: "closed", whyEn: "Every point" } },
      });
      expect(await (await ask("COMPANY/machine", below)).text()).toMatch(/^system [\w-]{36}$/);
    });

    test.each([
      ["an unknown name", "FIRST/other", {}, "address.unknown"],
      ["a name of every object", "FIRST/constructor", {}, "address.unknown"],
      ["no name", "FIRST", {}, "address.unknown"],
      ["a unit that there is not", "NOWHERE/hours", {}, "unit.notFound"],
      ["a climb", "FIRST/hours/%2e%2e%2fkey", {}, "address.unknown"],
      ["half of a character", "FIRST/hours/%E4", {}, "address.unknown"],
      ["a NUL", "FIRST/hours/%00", {}, "address.unknown"],
      ["a depth", `FIRST/hours${"/a".repeat(9)}`, {}, "address.unknown"],
      ["a very long question", `FIRST/hours?x=${"a".repeat(201)}`, {}, "address.unknown"],
      ["a method", "FIRST/hours", { method: "DELETE" }, "address.method"],
      [
        "a media type",
        "FIRST/drop",
        post("x", { "content-type": "text/html", "x-api-key": "right-key" }),
        "address.type",
      ],
    ])("refuse %s before the module is asked", async (_what, address, init, code) => {
      expect(await refused(address, init)).toBe(code);
    });

    test("refuse whoever comes too often", async () => {
      const asked: unknown[] = [];
      const take = (...of: readonly unknown[]) => asked.push(of) * 0 + (asked.length > 1 ? 7 : 0);
      expect(await refused("FIRST/drop", { headers: { "x-api-key": "right-key" } }, take)).toBe("request.tooMany");
      const [of, key] = asked as [readonly [string, number], readonly [string, number]];
      expect([of, key[1]]).toEqual([["every-point/drop test", 60], 60]);
      expect(key[0]).not.toContain("right-key");
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
