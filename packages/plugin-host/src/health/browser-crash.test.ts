import { expect, test } from "vitest";
import { openTestHost, pluginFolder, sourceOf } from "../testing/index.ts";
import { plain } from "../testing/sample-plugins.ts";

async function open() {
  const folder = pluginFolder("1.0.0");
  const at = await openTestHost({ sources: [sourceOf(plain("box"), folder.root)], now: "2026-05-04T08:17:00.000Z" });
  const tell = (more: object = {}) =>
    at.as().modules.crash({
      pluginId: "box",
      moduleVersion: "1.0.0",
      point: "portal/page@1",
      place: "entry-a.js:1:20",
      ...more,
    });
  const counted = async () => {
    await at.host.serving.health.book.settled();
    const { rows } = await at.test.database.pool.query(
      "select plugin_id, version, kind, unit_id, code, count, last_at from kernel.plugin_incident",
    );
    return rows;
  };
  return {
    tell,
    counted,
    clock: at.test.clock,
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test("anybody may tell; it is counted with its day and nothing that says who or when", async () => {
  await using o = await open();
  await o.tell();
  await o.tell({ place: null });

  expect(await o.counted()).toEqual([
    {
      plugin_id: "box",
      version: "1.0.0",
      kind: "page",
      unit_id: null,
      code: "threw",
      count: 2,
      last_at: new Date("2026-05-04T00:00:00.000Z"),
    },
  ]);
});

test("what is no module or was never installed here is not counted, and not told apart", async () => {
  await using o = await open();

  expect(await o.tell({ pluginId: "nothing" })).toEqual({ ok: true });
  expect(await o.tell({ moduleVersion: "9.9.9" })).toEqual({ ok: true });
  expect(await o.counted()).toEqual([]);
  await expect(o.tell({ place: "张三:1:2" })).rejects.toThrow();
});

test("a flood counts as sixty a minute", async () => {
  await using o = await open();
  for (let n = 0; n < 70; n++) await o.tell();

  expect(await o.counted()).toMatchObject([{ count: 60 }]);
});
