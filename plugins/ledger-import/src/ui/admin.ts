import { pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import { ImportPage } from "./import-page.tsx";
import { ImportsPage } from "./imports-page.tsx";

const title = { "zh-CN": "台账导入", en: "Register import" };

export default pluginUi(plugin, "admin", {
  catalogs: {
    "zh-CN": async () => (await import("./zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./en.json", { with: { type: "json" } })).default,
  },
  pages: {
    list: { path: "/", title, component: ImportsPage, nav: { group: "work" }, needs: "run" },
    one: { path: "/:importId", title, component: ImportPage, needs: "run" },
  },
});
