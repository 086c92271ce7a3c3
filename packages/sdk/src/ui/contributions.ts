import { useQueries } from "@tanstack/react-query";
import { useUiHost } from "./host-context.ts";
import type { PluginUi, UiPart } from "./plugin-ui.ts";

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
  readonly retry: () => void;
}

/** The browser halves of the plugins that are on at the unit; `only` looks at one. */
export function usePluginUis(only?: string): PluginUis {
  const host = useUiHost();
  const on = new Set(host.registry?.plugins.map((plugin) => plugin.id) ?? []);
  const wanted = host.loaders.filter((loader) => on.has(loader.id) && (only === undefined || loader.id === only));
  const results = useQueries({
    queries: wanted.map((loader) => ({
      queryKey: ["doorstep", "plugin-ui", host.app, loader.id],
      queryFn: async () => {
        const { default: ui } = await loader.load();
        if (ui.part.catalogs) await host.addCatalogs(loader.id, ui.part.catalogs);
        return ui;
      },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
      retry: 1,
    })),
  });
  return {
    uis: results.flatMap((result) => (result.data ? [result.data] : [])),
    pending: host.registry === undefined || results.some((result) => result.isPending),
    failed: results.flatMap((result, index) => (result.isError ? [wanted[index]?.id ?? ""] : [])),
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
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
  const { uis } = usePluginUis();
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
