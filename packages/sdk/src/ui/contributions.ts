import { useQueries } from "@tanstack/react-query";
import { uiPoints } from "../ui-points.ts";
import { type UiHost, useUiHost } from "./host-context.ts";
import { loadHalf, PageOutdated } from "./load-half.ts";
import type { PluginUi, UiPart } from "./plugin-ui.ts";
import { usePointInView } from "./points-in-view.tsx";

export interface Contributed<T> {
  readonly pluginId: string;
  readonly key: string;
  readonly value: T;
}

export interface PluginUis {
  readonly uis: readonly PluginUi[];
  readonly pending: boolean;
  /** Plugins whose files could not be loaded. */
  readonly failed: readonly string[];
  /** Some were installed after this page was loaded: it must be loaded again. */
  readonly outdated: boolean;
  readonly retry: () => void;
}

interface Wanted {
  readonly id: string;
  readonly load: () => Promise<{ readonly default: PluginUi }>;
}

interface Which {
  readonly pluginId?: string;
  readonly part?: keyof UiPart;
}

/** The point to which a part of a browser half is given. */
export const pointOf = (app: UiHost["app"], part: keyof UiPart): string | undefined =>
  (uiPoints[app] as Partial<Record<keyof UiPart, string>>)[part];

/** A half that was not built with the app may use parts whose sheets no page of the app needs. */
const withSheets =
  ({ sheets }: UiHost, load: Wanted["load"]): Wanted["load"] =>
  async () =>
    (await Promise.all([load(), sheets?.()]))[0];

/** How each plugin that is on gets here: composed into the app, or by its address; nothing is loaded for the others. */
function wantedOf(host: UiHost, { pluginId, part }: Which): readonly Wanted[] {
  const { app, registry, loaders } = host;
  const point = part && pointOf(app, part);
  const on = registry?.plugins.filter(({ id }) => pluginId === undefined || id === pluginId) ?? [];
  return on.flatMap(({ id, ui }): readonly Wanted[] => {
    const composed = loaders.filter((loader) => loader.id === id && (!part || (loader.parts?.includes(part) ?? true)));
    if (composed.some((loader) => loader.live))
      return composed.map((loader) => ({ id, load: withSheets(host, loader.load) }));
    if (ui === null) return composed;
    const half = ui[app];
    if (!half || (point && !half.points.includes(point))) return [];
    return [{ id, load: withSheets(host, () => loadHalf(half)) }];
  });
}

interface Tried {
  readonly isError: boolean;
  readonly refetch: () => Promise<{ readonly isError: boolean }>;
}

/** A browser keeps in mind that a script failed for as long as the page is open: then only a new page can load it. */
async function retry(results: readonly Tried[], outdated: boolean): Promise<void> {
  if (outdated) return location.reload();
  const again = await Promise.all(results.filter((one) => one.isError).map((one) => one.refetch()));
  if (again.some((one) => one.isError)) location.reload();
}

/** The browser halves of the plugins that are on at the unit: of one of them, or of those that have a part. */
export function usePluginUis(which: Which): PluginUis {
  const host = useUiHost();
  const wanted = wantedOf(host, which);
  usePointInView(which.part && pointOf(host.app, which.part));
  const results = useQueries({
    queries: wanted.map((loader) => ({
      queryKey: ["doorstep", "plugin-ui", host.app, loader.id],
      queryFn: async () => {
        const { default: ui } = await loader.load();
        if (ui.part.catalogs) await host.addCatalogs(loader.id, ui.part.catalogs);
        return ui;
      },
      // A device that keeps the pages has the scripts as well, without a network.
      networkMode: "always" as const,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
      // What is loaded stays for as long as the page does, also when a newer version has been installed meanwhile.
      retry: (failures: number, error: Error) => failures < 1 && !(error instanceof PageOutdated),
    })),
  });
  const outdated = results.some((result) => result.error instanceof PageOutdated);
  return {
    uis: results.flatMap((result) => (result.data ? [result.data] : [])),
    pending: host.registry === undefined || results.some((result) => result.isPending),
    failed: results.flatMap((result, index) => (result.isError ? [wanted[index]?.id ?? ""] : [])),
    outdated,
    retry: () => void retry(results, outdated),
  };
}

type KeyedParts = {
  [K in keyof UiPart as NonNullable<UiPart[K]> extends Readonly<Record<string, { readonly title: unknown }>>
    ? K
    : never]-?: NonNullable<UiPart[K]> extends Readonly<Record<string, infer T>> ? T : never;
};

/** The contributions of all effective plugins to one point, in their own order, then by title. */
export function useContributions<K extends keyof KeyedParts>(point: K): readonly Contributed<KeyedParts[K]>[] {
  const { registry, language } = useUiHost();
  const { uis } = usePluginUis({ part: point });
  const may = new Map(registry?.plugins.map((plugin) => [plugin.id, new Set(plugin.permissions)]) ?? []);
  const found = uis.flatMap((ui) => {
    const parts = (ui.part[point] ?? {}) as Readonly<Record<string, KeyedParts[K]>>;
    return Object.entries(parts)
      .filter(([, value]) => !("needs" in value) || !value.needs || (may.get(ui.plugin.id)?.has(value.needs) ?? false))
      .map(([key, value]) => ({ pluginId: ui.plugin.id, key, value }));
  });
  const orderOf = (value: KeyedParts[K]): number => ("order" in value ? (value.order ?? 0) : 0);
  return found.sort(
    (one, other) =>
      orderOf(one.value) - orderOf(other.value) ||
      one.value.title[language].localeCompare(other.value.title[language], language),
  );
}

/** What each of the plugins gives to a point that takes one of it. */
export function useSingle<K extends "filingStep" | "settingsForm">(
  part: K,
): readonly { readonly pluginId: string; readonly value: NonNullable<UiPart[K]> }[] {
  const { uis } = usePluginUis({ part });
  return uis.flatMap((ui) => {
    const value = ui.part[part];
    return value === undefined ? [] : [{ pluginId: ui.plugin.id, value }];
  });
}

/** Whether a part wants to be shown for these facts; one that cannot say so is not. */
export function wantsToShow<F>(when: ((facts: F) => boolean) | undefined, facts: F): boolean {
  try {
    return when?.(facts) ?? true;
  } catch {
    return false;
  }
}
