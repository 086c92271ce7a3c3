import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "首长信箱", en: "Leader's mailbox" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  homeTiles: {
    mailbox: {
      title,
      note: { "zh-CN": "写信给首长，原样送达", en: "Write to a leader, delivered as it is" },
      page: "/",
    },
  },
  pages: {
    mailboxes: { path: "/", title, component: lazyPart(() => import("./mailboxes-page.tsx")) },
    write: { path: "/:mailboxId", title, component: lazyPart(() => import("./write-page.tsx")) },
  },
  widgets: {
    unread: {
      title,
      component: lazyPart(async () => ({ default: (await import("./unread-widget.tsx")).UnreadWidget })),
      ...{ needs: "read", order: 5 },
    },
  },
  deskPages: {
    letters: {
      ...{ path: "/", title, component: lazyPart(() => import("./letters-page.tsx")), needs: "read" },
      nav: { order: 12 },
    },
    letter: { path: "/l/:letterId", title, component: lazyPart(() => import("./letter-page.tsx")), needs: "read" },
    arrange: {
      path: "/arrange",
      title: { "zh-CN": "首长信箱管理", en: "Mailboxes of leaders" },
      component: lazyPart(() => import("./arrange-page.tsx")),
      nav: { order: 46 },
      needs: "arrange",
    },
  },
});
