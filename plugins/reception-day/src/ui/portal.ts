import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "领导接访", en: "Reception days" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  homeTiles: {
    reception: {
      title: { "zh-CN": "约见领导", en: "See a leader" },
      note: { "zh-CN": "看接访日，选时间", en: "Reception days, and a time of your own" },
      page: "/",
    },
  },
  pages: {
    calendar: { path: "/", title, component: lazyPart(() => import("./calendar-page.tsx")) },
    code: { path: "/code", title, component: lazyPart(() => import("./code-page.tsx")) },
    book: { path: "/:sessionId", title, component: lazyPart(() => import("./book-page.tsx")) },
  },
  widgets: {
    next: {
      title: { "zh-CN": "下一场接访", en: "Next reception day" },
      component: lazyPart(async () => ({ default: (await import("./next-widget.tsx")).NextWidget })),
      ...{ needs: "receive", order: 4 },
    },
  },
  deskPages: {
    days: {
      path: "/",
      title: { "zh-CN": "接访日", en: "Reception days" },
      component: lazyPart(() => import("./days-page.tsx")),
      nav: { order: 30 },
      needs: "receive",
    },
    publish: { path: "/new", title, component: lazyPart(() => import("./publish-page.tsx")), needs: "publish" },
    change: {
      path: "/days/:sessionId/change",
      title,
      component: lazyPart(() => import("./change-page.tsx")),
      needs: "publish",
    },
    day: { path: "/days/:sessionId", title, component: lazyPart(() => import("./day-page.tsx")), needs: "receive" },
    visit: {
      path: "/days/:sessionId/visits/:bookingId",
      title,
      component: lazyPart(() => import("./visit-page.tsx")),
      needs: "receive",
    },
    file: {
      path: "/days/:sessionId/visits/:bookingId/petition",
      title,
      component: lazyPart(() => import("./file-page.tsx")),
      needs: "receive",
    },
  },
});
