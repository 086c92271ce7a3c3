import { both, type Draft } from "../draft.ts";
import { kebab, pascal } from "../names.ts";
import type { Piece } from "./piece.ts";

const lazyOf = (file: string): string => `lazyPart(() => import("./${file}.tsx"))`;

const part = (component: string, props: string, text: string): string => {
  const names = props === "" ? "usePlugin" : `type ${props}, usePlugin`;
  return `import { ${names} } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";

export default function ${component}(${props === "" ? "" : `props: ${props}`}) {
  const { t } = usePlugin(plugin);
  return ${text};
}
`;
};

export const page: Piece = {
  summary: "a page in the portal, with a row on its front page",
  key: "home",
  needs: ["router"],
  add: (draft, key) => {
    const file = `${kebab(key)}-page`;
    const path = key === "home" ? "/" : `/${kebab(key)}`;
    draft.create(
      `src/ui/${file}.tsx`,
      `import { Screen, usePlugin, useQuery } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";

export default function ${pascal(key)}Page() {
  const { rpc, t, language } = usePlugin<typeof server>(plugin);
  const hello = useQuery(rpc.hello.queryOptions());
  return (
    <Screen title={t("${key}.title")}>
      <p>{t("${key}.unit", { unit: hello.data?.unit[language] ?? "…" })}</p>
    </Screen>
  );
}
`,
    );
    const title = both({ "zh-CN": "新模块", en: "New module" });
    draft.portal((half) => {
      half.import("@doorstep/sdk/ui", "lazyPart", "pluginUi");
      half.add("pluginUi", ["pages"], key, `{ path: "${path}", title: ${title}, component: ${lazyOf(file)} }`);
      half.add("pluginUi", ["homeTiles"], key, `{ title: ${title}, page: "${path}" }`);
    });
    draft.words(key, {
      title: { "zh-CN": "新模块", en: "New module" },
      unit: { "zh-CN": "当前单位：{{unit}}", en: "Unit: {{unit}}" },
    });
  },
};

/** A box beside something of the desk, in a file of its own. */
function box(
  draft: Draft,
  slot: string,
  key: string,
  file: string,
  title: Readonly<Record<"zh-CN" | "en", string>>,
): void {
  draft.portal((half) => {
    half.import("@doorstep/sdk/ui", "lazyPart", "pluginUi");
    half.add("pluginUi", [slot], key, `{ title: ${both(title)}, component: ${lazyOf(file)} }`);
  });
}

export const panel: Piece = {
  summary: "a box beside a petition at the desk",
  key: "note",
  add: (draft, key) => {
    const file = `${kebab(key)}-panel`;
    const text = `<p data-case={props.caseId}>{t("${key}.text")}</p>`;
    draft.create(`src/ui/${file}.tsx`, part(`${pascal(key)}Panel`, "CasePartProps", text));
    box(draft, "caseSide", key, file, { "zh-CN": "提示", en: "A note" });
    draft.words(key, { text: { "zh-CN": "这里可以显示与事项有关的内容。", en: "Whatever belongs to the matter." } });
  },
};

export const widget: Piece = {
  summary: "a box on the desk's page of today",
  key: "today",
  add: (draft, key) => {
    const file = `${kebab(key)}-widget`;
    draft.create(`src/ui/${file}.tsx`, part(`${pascal(key)}Widget`, "", `<p>{t("${key}.text")}</p>`));
    box(draft, "widgets", key, file, { "zh-CN": "今日", en: "Today" });
    draft.words(key, { text: { "zh-CN": "今天没有需要处理的内容。", en: "Nothing to do today." } });
  },
};
