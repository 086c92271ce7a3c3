import type { Text, ViewDefinition } from "@doorstep/contracts";
import type { ComponentType } from "react";

export type UiAppName = "portal" | "admin";

/** What the browser needs of a plugin's definition. */
export interface PluginIdentity {
  readonly id: string;
}

/** A page of the plugin's own, at `/p/<id><path>`. Points `portal/page@1`, `desk/page@1`, `admin/page@1`. */
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
  /** What has been answered so far: `purpose`, `story` and so on; never who is writing. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}
/**
 * One more question while filing, between the files and the check; the first of the plugins that are on is asked. Point
 * `portal/filing-step@1`.
 */
export interface FilingStepContribution {
  readonly title: Text;
  readonly component: ComponentType<FilingStepProps>;
  /** Whether it is asked, from the answers so far. */
  readonly when?: (answers: Readonly<Record<string, unknown>>) => boolean;
  /** The answer in words, added to the matter under the title: it stays readable without the plugin. Empty: nothing. */
  readonly words: (value: unknown, language: "zh-CN" | "en") => string;
}

export interface RegisterFieldsProps {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}
/** Further questions at the counter, where a letter, visit or call is taken down. Point `desk/register-fields@1`. */
export interface RegisterFieldsContribution {
  readonly title: Text;
  readonly component: ComponentType<RegisterFieldsProps>;
  /** The answers in words, added to the matter under the title. Empty: nothing. */
  readonly words: (value: unknown, language: "zh-CN" | "en") => string;
  readonly needs?: string;
  readonly order?: number;
}

/** A list of cases under a name of its own, beside the desk's. Point `desk/queue-view@1`. */
export interface QueueViewContribution {
  readonly title: Text;
  /** What it shows of what the reader may see. */
  readonly shows: Partial<Omit<ViewDefinition, "unitId">>;
  readonly needs?: string;
  readonly order?: number;
}

/** A box on the page of today. Point `leader/widget@1`. */
export interface WidgetContribution {
  readonly title: Text;
  readonly component: ComponentType;
  /** `wide` takes the whole row. @defaultValue "small" */
  readonly size?: "small" | "wide";
  readonly needs?: string;
  readonly order?: number;
}

export interface CasePartProps {
  readonly caseId: string;
}
/** What a contribution to a case may look at when it decides whether to show. */
export interface CaseFacts {
  readonly caseId: string;
  readonly state: string;
  readonly category: string | null;
  /** `null` where it is the petitioner who reads */
  readonly channel: string | null;
  /** taken over from an old register */
  readonly imported: boolean;
}
/** A part beside a case. Points `desk/case-tab@1`, `desk/case-side@1`, `desk/queue-column@1`, `portal/track-panel@1`. */
export interface CasePartContribution {
  readonly title: Text;
  readonly component: ComponentType<CasePartProps>;
  readonly when?: (facts: CaseFacts) => boolean;
  readonly needs?: string;
  readonly order?: number;
}

export interface CaseActionProps extends CasePartProps {
  /** Closes the panel and loads the case anew. */
  readonly onDone: () => void;
}
/** Something to do with a case: a button beside the desk's own, and what opens when it is pressed. Point `desk/case-action@1`. */
export interface CaseActionContribution {
  readonly title: Text;
  readonly component: ComponentType<CaseActionProps>;
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
  readonly deskPages?: Keyed<PageContribution>;
  readonly queueViews?: Keyed<QueueViewContribution>;
  readonly queueColumns?: Keyed<CasePartContribution>;
  readonly caseTabs?: Keyed<CasePartContribution>;
  readonly caseSide?: Keyed<CasePartContribution>;
  readonly caseActions?: Keyed<CaseActionContribution>;
  readonly registerFields?: Keyed<RegisterFieldsContribution>;
  readonly widgets?: Keyed<WidgetContribution>;
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
