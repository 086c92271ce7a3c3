import { type CasePartProps, pluginUi } from "@doorstep/sdk/ui";
import { createElement, lazy, Suspense } from "react";
import { plugin } from "../plugin.ts";

const Loaded = lazy(async () => ({ default: (await import("./original-row.tsx")).OriginalRow }));
/** Loaded when the tab is opened: who only files a petition downloads nothing of it. */
const OriginalRow = (props: CasePartProps) => createElement(Suspense, null, createElement(Loaded, props));

export default pluginUi(plugin, "portal", {
  catalogs: {
    "zh-CN": async () => (await import("./portal-zh-CN.json", { with: { type: "json" } })).default,
    en: async () => (await import("./portal-en.json", { with: { type: "json" } })).default,
  },
  caseTabs: {
    original: {
      title: { "zh-CN": "原台账记录", en: "From the old register" },
      component: OriginalRow,
      when: (facts) => facts.imported,
    },
  },
});
