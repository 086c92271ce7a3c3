import type { Text } from "@doorstep/contracts";
import type { Manifest } from "@doorstep/sdk";
import { type Cascade, cascades } from "./cascade.ts";

export interface SettingKey {
  readonly key: string;
  readonly cascade: Cascade;
  /** never leaves the server */
  readonly secret: boolean;
  readonly fallback: unknown;
}

interface PropertySchema {
  readonly cascade?: unknown;
  readonly secret?: unknown;
  readonly default?: unknown;
}

/** The keys of a plugin's settings, from its manifest: so they are known while its code is not. */
export function settingKeys(manifest: Manifest): readonly SettingKey[] {
  const properties = (manifest.settings.properties ?? {}) as Readonly<Record<string, PropertySchema>>;
  return Object.entries(properties).map(([key, schema]) => ({
    key,
    cascade: cascades.find((one) => one === schema.cascade) ?? "override",
    secret: schema.secret === true,
    fallback: schema.default,
  }));
}

/** What a key is called on screens: its `title`, in English by `x-labels`; else the key itself. */
export function settingTitle(manifest: Manifest, key: string): Text {
  const properties = (manifest.settings.properties ?? {}) as Readonly<
    Record<string, { title?: unknown; "x-labels"?: { en?: unknown } }>
  >;
  const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
  const zh = typeof property?.title === "string" ? property.title : key;
  const en = property?.["x-labels"]?.en;
  return { "zh-CN": zh, en: typeof en === "string" ? en : zh };
}
