import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "根源治理", en: "Root causes" };
const asked = { "zh-CN": "举一反三", en: "Checks for others" };
const newPage = lazyPart(() => import("./new-page.tsx"));

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    list: {
      ...{ path: "/", title, component: lazyPart(() => import("./list-page.tsx")), needs: "look" },
      nav: { order: 52 },
    },
    one: { path: "/c/:causeId", title, component: lazyPart(() => import("./cause-page.tsx")), needs: "look" },
    new: { path: "/new", title, component: newPage, needs: "keep" },
    from: { path: "/new/:origin/:originId", title, component: newPage, needs: "keep" },
    fromAbout: { path: "/new/:origin/:originId/:about", title, component: newPage, needs: "keep" },
    asked: {
      ...{ path: "/asked", title: asked, component: lazyPart(() => import("./asked-page.tsx")) },
      ...{ nav: { order: 53 }, needs: "answer" },
    },
  },
  caseTabs: {
    causes: {
      title,
      component: lazyPart(async () => ({ default: (await import("./case-tab.tsx")).CaseTab })),
      when: (facts) => facts.category !== "accusation",
      needs: "look",
    },
  },
  widgets: {
    causes: {
      title,
      component: lazyPart(async () => ({ default: (await import("./today-widget.tsx")).TodayWidget })),
      ...{ needs: "look", order: 8 },
    },
  },
});
