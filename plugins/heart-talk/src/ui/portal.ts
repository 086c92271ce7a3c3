import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "谈心", en: "Talks" };
const talk = lazyPart(() => import("./talk-page.tsx"));

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  homeTiles: {
    talk: {
      title,
      note: { "zh-CN": "找人谈谈，或看看谁约了你", en: "Ask for a talk, or see who offers one" },
      page: "/",
    },
  },
  pages: {
    mine: { path: "/", title, component: lazyPart(() => import("./my-talks-page.tsx")) },
    ask: { path: "/ask", title, component: lazyPart(() => import("./ask-page.tsx")) },
    talk: { path: "/t/:talkId", title, component: talk },
    petition: { path: "/petition", title, component: lazyPart(() => import("./petition-page.tsx")) },
  },
  deskPages: {
    work: { path: "/", title, component: lazyPart(() => import("./work-page.tsx")), nav: { order: 40 }, needs: "talk" },
    people: { path: "/people", title, component: lazyPart(() => import("./people-page.tsx")), needs: "talk" },
    person: { path: "/with/:personId", title, component: lazyPart(() => import("./person-page.tsx")), needs: "talk" },
    talk: { path: "/t/:talkId", title, component: talk, needs: "talk" },
  },
});
