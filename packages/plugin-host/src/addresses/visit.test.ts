import { definePlugin } from "@doorstep/sdk";
import { type AddressAnswer, address, pluginServer } from "@doorstep/sdk/server";
import { expect, test, vi } from "vitest";
import { openTestHost, pluginFolder, sourceOf } from "../testing/index.ts";

const title = { "zh-CN": "窗口", en: "Window" };
const spec = { id: "window", title, purpose: title, sdk: "^1.0.0", onByDefault: true } as const;
const window = definePlugin({ ...spec, capabilities: ["serve"] });

async function open(answer: () => unknown, more: object = {}) {
  const folder = pluginFolder("1.0.0");
  const given = { title, who: "anybody", methods: ["GET"], answer: answer as () => AddressAnswer, ...more } as const;
  const server = pluginServer(window, { addresses: { go: address(window, given) } });
  const at = await openTestHost({ sources: [sourceOf(server, folder.root)] });
  const request = new Request("http://localhost/x/window/BRIGADE/go");
  const visit = () =>
    at.host.visit({ request, locale: "en", context: at.request(), read: async () => new Uint8Array(), take: () => 0 });
  return { at, visit, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]().then(folder[Symbol.dispose]) };
}

test.each<[string, () => unknown]>([
  ["throws", () => Promise.reject(new Error("何某 lives in room 7"))],
  ["answers with a page", () => ({ type: "text/html", body: "<script>" })],
  ["redirects", () => ({ status: 302, type: "text/plain", body: "https://elsewhere.example" })],
  ["names a file with a line of its own", () => ({ type: "text/plain", body: "", fileName: "a\r\nset-cookie: x" })],
  ["answers nothing", () => null],
  ["answers too much", () => ({ type: "text/plain", body: new Uint8Array(16 * 1_024 * 1_024 + 1) })],
])("a module that %s has failed, and nobody is told more", async (_what, answer) => {
  await using house = await open(answer);
  const warned = vi.spyOn(house.at.kernel.log, "warn");

  await expect(house.visit()).rejects.toMatchObject({ code: "module.failed", params: {} });

  expect(JSON.stringify(warned.mock.calls)).not.toContain("elsewhere.example");
});

test.each([
  ["methods", { methods: [] }],
  ["accepts", { accepts: ["anything"] }],
  ["maxBytes", { maxBytes: 17 * 1_024 * 1_024 }],
  ["perMinute", { perMinute: 0 }],
])("an address whose %s does not fit is a module that is not started", async (name, more) => {
  await using house = await open(() => null, more);

  const [problem] = house.at.host.snapshot().plugins.get("window")?.problems ?? [];
  expect([problem?.code, problem?.message.en]).toEqual(["plugin.addressShape", expect.stringContaining(`“${name}”`)]);
  await expect(house.visit()).rejects.toMatchObject({ code: "address.unknown" });
});

test("a module that did not say that it answers others is not started", async () => {
  const folder = pluginFolder("1.0.0");
  const silent = definePlugin(spec);
  const go = {
    title,
    who: "anybody",
    methods: ["GET"],
    answer: () => ({ type: "text/plain", body: "" }) as const,
  } as const;
  await using at = await openTestHost({
    sources: [sourceOf(pluginServer(silent, { addresses: { go } }), folder.root)],
  });

  const [problem] = at.host.snapshot().plugins.get("window")?.problems ?? [];
  expect(problem?.code).toBe("plugin.capabilityMissing");
});
