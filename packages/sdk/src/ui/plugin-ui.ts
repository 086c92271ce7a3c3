import type { Text } from "@doorstep/contracts";
import type { ComponentType } from "react";

export type UiAppName = "portal" | "admin";

/** What the browser needs of a plugin's definition. */
export interface PluginIdentity {
  readonly id: string;
}

/** A page of the plugin's own, at `/p/<id><path>`. Point `portal/page@1`, `admin/page@1`. */
export interface PageContribution {
  /** `/`, `/done`, `/board/:boardId`; what `:name` stands for is in `usePage().params`. */
  readonly path: string;
  readonly title: Text;
  readonly component: ComponentType;
  /** With it the page is offered in the navigation. */
  readonly nav?: { readonly group?: string; readonly order?: number };
  /** A permission of the plugin, by its local name. */
  readonly needs?: string;
}

/** A row on the front page. Point `portal/home-tile@1`. */
export interface HomeTileContribution {
  readonly title: Text;
  readonly note?: Text;
  /** Path of one of the plugin's pages: the row leads there. */
  readonly page?: string;
  /** Shown in place of the row, above the others; may show nothing. */
  readonly component?: ComponentType;
  readonly order?: number;
}

export interface FilingStepProps {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}
/** One more question while filing. Point `portal/filing-step@1`. */
export interface FilingStepContribution {
  readonly title: Text;
  readonly component: ComponentType<FilingStepProps>;
  /** Whether it is asked, from the answers so far. */
  readonly when?: (answers: Readonly<Record<string, unknown>>) => boolean;
}

export interface CasePartProps {
  readonly caseId: string;
}
/** What a contribution to a case may look at when it decides whether to show. */
export interface CaseFacts {
  readonly caseId: string;
  readonly state: string;
  readonly category: string | null;
  readonly channel: string;
  /** taken over from an old register */
  readonly imported: boolean;
}
/** A tab, side panel or act beside a case. Points `desk/case-tab@1`, `desk/case-side@1`, `portal/track-panel@1`. */
export interface CasePartContribution {
  readonly title: Text;
  readonly component: ComponentType<CasePartProps>;
  readonly when?: (facts: CaseFacts) => boolean;
  readonly needs?: string;
  readonly order?: number;
}

export interface UnitPartProps {
  readonly unitId: string;
}
/** A tab beside a unit in the administration. Point `admin/unit-tab@1`. */
export interface UnitPartContribution {
  readonly title: Text;
  readonly component: ComponentType<UnitPartProps>;
  readonly needs?: string;
}

export interface SettingsFormProps {
  readonly value: Readonly<Record<string, unknown>>;
  readonly onChange: (value: Readonly<Record<string, unknown>>) => void;
  readonly locked: readonly string[];
}

type Keyed<T> = Readonly<Record<string, T>>;

/** Everything a plugin shows in one app; every part is rendered inside its own error boundary. */
export interface UiPart {
  /** The plugin's words, one file a language, loaded when the plugin is. */
  readonly catalogs?: Readonly<Record<"zh-CN" | "en", () => Promise<Catalog>>>;
  readonly pages?: Keyed<PageContribution>;
  readonly homeTiles?: Keyed<HomeTileContribution>;
  readonly filingStep?: FilingStepContribution;
  readonly trackPanels?: Keyed<CasePartContribution>;
  readonly caseTabs?: Keyed<CasePartContribution>;
  readonly caseSide?: Keyed<CasePartContribution>;
  readonly caseActions?: Keyed<CasePartContribution>;
  readonly unitTabs?: Keyed<UnitPartContribution>;
  readonly settingsForm?: ComponentType<SettingsFormProps>;
}

/** Nested words by key, as they stand in `zh-CN.json` and `en.json`. */
export interface Catalog {
  readonly [key: string]: string | Catalog;
}

export interface PluginUi {
  readonly plugin: PluginIdentity;
  readonly app: UiAppName;
  readonly part: UiPart;
}

/** Declares the browser half of a plugin for one app: the default export of `ui/portal.ts` or `ui/admin.ts`. */
export function pluginUi(plugin: PluginIdentity, app: UiAppName, part: UiPart): PluginUi {
  return { plugin: { id: plugin.id }, app, part };
}
