import { definePlugin } from "@doorstep/sdk";
import { manifestOf, pluginServer } from "@doorstep/sdk/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { asksOf } from "./asks.ts";

const title = { "zh-CN": "推送", en: "Hooks" };

test("addresses that units list are something to approve, once for all", () => {
  const plugin = definePlugin({
    ...{ id: "hooks", title, purpose: title, sdk: "^1.0.0" },
    settings: z.object({ places: z.array(z.string()).default([]) }),
    http: { addresses: "places" },
  });
  const manifest = manifestOf(pluginServer(plugin, {}), "1.0.0");

  expect(manifest).toMatchObject({ capabilities: ["http"], httpFrom: { addresses: "places" } });
  expect(asksOf(manifest).map((one) => one.key)).toEqual(["http", "http:*"]);
  expect(asksOf({ ...manifest, httpFrom: undefined as never }).map((one) => one.key)).toEqual(["http"]);
});

test("each is told in words, and what this platform does not know by its own name", () => {
  const plugin = definePlugin({ id: "hooks", title, purpose: title, sdk: "^1.0.0", http: ["https://a.example/in"] });
  const manifest = manifestOf(pluginServer(plugin, {}), "1.0.0");

  expect(asksOf({ ...manifest, capabilities: ["db", "mind.read" as never] })).toEqual([
    { key: "db", title: { "zh-CN": "保存自己的数据", en: "Keep data of its own" } },
    { key: "mind.read", title: { "zh-CN": "mind.read", en: "mind.read" } },
    {
      key: "http:https://a.example/in",
      title: { "zh-CN": "访问网络地址 https://a.example/in", en: "Reach https://a.example/in" },
    },
  ]);
});
