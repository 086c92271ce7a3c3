import { createPublicKey, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelHandlers } from "@doorstep/kernel";
import { archiveStore, createSigningKey, keyIdOf, type Publisher } from "@doorstep/plugin-host";
import { openTestHost, post } from "@doorstep/plugin-host/testing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type BuiltPlugin, buildPlugin } from "./build-plugin.ts";

const SAMPLE = join(import.meta.dirname, "../../../../tooling/fixtures/sample-box");

/** A key, and it as a publisher. */
function signing(name: string): { readonly privateKey: string; readonly publisher: Publisher } {
  const { privateKey, publicKey } = createSigningKey();
  return { privateKey, publisher: { keyId: keyIdOf(createPublicKey(publicKey)), name, publicKey } };
}
const own = signing("built here");
const other = signing("somebody else");
const data = mkdtempSync(join(tmpdir(), "doorstep-archives-"));
const by = { by: "system", why: "test" } as const;
const built: { own?: BuiltPlugin; other?: BuiltPlugin } = {};

beforeAll(async () => {
  built.own = await buildPlugin(SAMPLE, own.privateKey);
  built.other = await buildPlugin(SAMPLE, other.privateKey);
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function open() {
  const at = await openTestHost({
    sources: [],
    handlers: kernelHandlers as never,
    archives: { store: archiveStore(join(data, randomUUID()), randomUUID), own: own.publisher, drainMs: 0 },
  });
  const { archives } = at.host;
  if (!archives) throw new Error("nothing can be installed");
  const admin = await at.test.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const officer = await at.test.person("officer", "first", [{ role: "officer", unit: "first", subtree: true }]);
  const switchOn = async () => {
    const { revision } = await at.as(admin).modules.matrix({});
    const change = { unitId: at.test.units.first, pluginId: "sample-box", choice: "on", why: "x" } as const;
    await at.as(admin).modules.choose({ revision, changes: [change] });
  };
  return { at, archives, admin, officer, switchOn, first: at.test.units.first };
}

describe.each([
  ["a thread, built here", "own"],
  ["a process of its own, from elsewhere", "other"],
] as const)("%s", (_, key) => {
  test("is installed into a running platform, switched on, called, and files petitions", async () => {
    const { at, archives, admin, officer, switchOn, first } = await open();
    await using _at = at;
    const { archive, manifest } = built[key] as BuiltPlugin;
    if (key === "other") await archives.trust({ name: "x", publicKey: other.publisher.publicKey }, by);

    expect(await archives.look(archive)).toMatchObject({ ok: true });
    await archives.install(archive, manifest.capabilities, by);
    expect((await post(at, "sample-box", "list", {}, { actor: officer, unitId: first })).error?.code).toBe(
      "module.notFound",
    );
    await switchOn();

    const call = (path: string, input: unknown, actor = officer) =>
      post(at, "sample-box", path, input, { actor, unitId: first });
    const placed = await call("place", { place: "一号楼门口" }, admin);
    const [box] = placed.data as { id: string; place: string }[];
    expect(box?.place).toBe("一号楼门口");
    expect((await call("place", { place: "x" })).error?.code).toBe("forbidden");
    expect((await call("place", { place: "" }, admin)).error).toMatchObject({ code: "input.invalid" });
    const warned = vi.spyOn(at.kernel.log, "warn");
    await at.host.jobs.runDue();
    expect(warned.mock.calls).toEqual([["boxes not opened in time", { late: 1, plugin: "sample-box" }]]);
    const letters = [{ title: "食堂的菜凉了", body: "晚饭时菜总是凉的。" }];
    const opened = await call("open", { key: randomUUID(), boxId: box?.id, letters });
    expect(opened.data).toHaveLength(1);
    expect((await call("list", {})).data).toMatchObject([{ place: "一号楼门口", lastOpenedAt: expect.any(String) }]);
    const { rows } = await at.test.database.pool.query("select channel_key, title from kernel.cases");
    expect(rows).toEqual([{ channel_key: "sample-box/letters", title: "食堂的菜凉了" }]);
  });
});
