import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { kernelHandlers } from "@doorstep/kernel";
import { openInstalling, post } from "@doorstep/plugin-host/testing";
import { describe, expect, test, vi } from "vitest";
import { buildPlugin } from "./build-plugin.ts";

const SAMPLE = join(import.meta.dirname, "../../../../tooling/fixtures/sample-box");

async function open() {
  const at = await openInstalling({ handlers: kernelHandlers as never });
  const admin = await at.test.person("admin", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const officer = await at.test.person("officer", "first", [{ role: "officer", unit: "first", subtree: true }]);
  const switchOn = async () => {
    const { revision } = await at.as(admin).modules.matrix({});
    const change = { unitId: at.test.units.first, pluginId: "sample-box", choice: "on", why: "x" } as const;
    await at.as(admin).modules.choose({ revision, changes: [change] });
  };
  return { at, admin, officer, switchOn, first: at.test.units.first };
}

describe.each(["thread", "process"] as const)("%s", (mode) => {
  test("is installed into a running platform, switched on, called, and files petitions", async () => {
    const { at, admin, officer, switchOn, first } = await open();
    await using _at = at;
    const { archive } = await buildPlugin(SAMPLE, at.keys[mode]);

    expect(await at.install(archive)).toEqual([]);
    expect(at.host.snapshot().plugins.get("sample-box")?.remote?.runs.where).toBe(mode);
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
