import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  caseActions: {
    make: {
      title: { "zh-CN": "制作卷宗", en: "Make the case file" },
      component: lazyPart(async () => ({ default: (await import("./make-archive.tsx")).MakeArchive })),
      needs: "make",
    },
  },
});
