import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

const title = { "zh-CN": "来信登记", en: "Letter desk" };

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  deskPages: {
    list: {
      path: "/",
      title,
      component: lazyPart(async () => ({ default: (await import("./letters-page.tsx")).LettersPage })),
      nav: { order: 10 },
      needs: "register",
    },
    one: {
      path: "/:letterId",
      title,
      component: lazyPart(async () => ({ default: (await import("./register-page.tsx")).RegisterPage })),
      needs: "register",
    },
    post: {
      path: "/post/:caseId",
      title: { "zh-CN": "邮寄答复", en: "Answer by post" },
      component: lazyPart(async () => ({ default: (await import("./post-page.tsx")).PostPage })),
      needs: "post",
    },
  },
  caseTabs: {
    letter: {
      title: { "zh-CN": "来信与邮寄", en: "Paper mail" },
      component: lazyPart(async () => ({ default: (await import("./letter-tab.tsx")).LetterTab })),
      when: (facts) => facts.category !== "accusation",
    },
  },
});
