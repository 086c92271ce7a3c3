import { lazyPart, pluginUi } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import { AccusePage } from "./accuse-page.tsx";
import { DonePage } from "./done-page.tsx";
import { FurtherPage } from "./further-page.tsx";
import { ResumeTile } from "./resume-tile.tsx";
import { StartPage } from "./start-page.tsx";
import { StepPage } from "./step-page.tsx";
import { type Words, words } from "./words.ts";

const title = { "zh-CN": "反映问题", en: "Raise a matter" };

// biome-ignore lint/style/noDefaultExport: the portal loads the browser half by its default export
export default pluginUi(plugin, "portal", {
  catalogs: {
    // Most people here read Chinese: its words come with the questions, without another trip over a slow line.
    "zh-CN": async () => words,
    en: async (): Promise<Words> => (await import("./en.json", { with: { type: "json" } })).default,
  },
  pages: {
    start: { path: "/", title, component: StartPage },
    before: { path: "/before", title, component: lazyPart(() => import("../help/ui/before-page.tsx")) },
    accuse: { path: "/accuse", title, component: AccusePage },
    done: { path: "/done", title, component: DonePage },
    further: { path: "/more", title, component: FurtherPage },
    step: { path: "/:step", title, component: StepPage },
  },
  deskPages: {
    answers: {
      path: "/answers",
      title: { "zh-CN": "常见问题", en: "Answers before filing" },
      component: lazyPart(() => import("../help/ui/answers-page.tsx")),
      nav: { order: 70 },
      needs: "answer",
    },
  },
  homeTiles: { resume: { title, component: ResumeTile } },
});
