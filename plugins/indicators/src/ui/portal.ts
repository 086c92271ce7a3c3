import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "办理指标", en: "Indicators" };

const onePage = lazyPart(() => import("./one-page.tsx"));

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  widgets: {
    month: {
      title: { "zh-CN": "本月三个数", en: "This month in three numbers" },
      component: lazyPart(async () => ({ default: (await import("./today-widget.tsx")).TodayWidget })),
      ...{ needs: "look", order: 6 },
    },
  },
  deskPages: {
    month: {
      path: "/",
      title,
      component: lazyPart(() => import("./month-page.tsx")),
      nav: { order: 60 },
      needs: "look",
    },
    registers: {
      path: "/registers",
      title: { "zh-CN": "旧台账的数字", en: "Figures of old registers" },
      component: lazyPart(() => import("./registers-page.tsx")),
      needs: "look",
    },
    one: { path: "/:month/:scope/:code", title, component: onePage, needs: "look" },
    registered: {
      path: "/registered/:month/:scope/:category/:at",
      title: { "zh-CN": "登记的事项", en: "Petitions registered" },
      component: lazyPart(() => import("./registered-page.tsx")),
      needs: "look",
    },
    part: { path: "/:month/:scope/:code/:category/:channel", title, component: onePage, needs: "look" },
  },
});
