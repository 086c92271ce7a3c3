import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "外单位转来转出", en: "Referral" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    list: {
      path: "/",
      title,
      component: lazyPart(() => import("./list-page.tsx")),
      nav: { order: 56 },
      needs: "refer",
    },
    partners: {
      path: "/partners",
      title: { "zh-CN": "往来单位", en: "Partners" },
      component: lazyPart(() => import("./partners-page.tsx")),
      nav: { order: 57 },
      needs: "partners",
    },
  },
  caseTabs: {
    referral: {
      title: { "zh-CN": "转外单位", en: "Referral" },
      component: lazyPart(async () => ({ default: (await import("./case-tab.tsx")).CaseTab })),
      when: (facts) => facts.category !== "accusation",
      needs: "refer",
    },
  },
});
