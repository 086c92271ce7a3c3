import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    calls: {
      path: "/",
      title: { "zh-CN": "热线电话", en: "Hotline" },
      component: lazyPart(async () => ({ default: (await import("./calls-page.tsx")).CallsPage })),
      nav: { order: 12 },
      needs: "answer",
    },
  },
  caseTabs: {
    call: {
      title: { "zh-CN": "来电", en: "Call" },
      component: lazyPart(async () => ({ default: (await import("./call-tab.tsx")).CallTab })),
      when: (facts) => facts.channel === "phone" && facts.category !== "accusation",
    },
  },
});
