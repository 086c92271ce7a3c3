import type { SessionMe, UnitSummary } from "@doorstep/contracts";
import type { AnyTRPCRouter } from "@trpc/server";
import type { TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useUiHost } from "./host-context.ts";
import { usePluginScope } from "./plugin-scope.tsx";
import type { PluginIdentity } from "./plugin-ui.ts";

/** The part of a plugin's server half that its screens are typed by; imported as a type only. */
export interface TypedServer {
  readonly plugin: { readonly settings?: unknown; readonly permissions?: unknown };
  readonly router?: unknown;
}

type RpcOf<S> = S extends { readonly router: infer R extends AnyTRPCRouter } ? TRPCOptionsProxy<R> : undefined;
type SettingsOf<S> = S extends { readonly plugin: { readonly settings: infer Z extends z.ZodType } }
  ? z.output<Z>
  : Readonly<Record<string, unknown>>;
type PermissionOf<S> = S extends { readonly plugin: { readonly permissions: infer P extends object } }
  ? keyof P & string
  : string;

export interface PluginHandle<S> {
  readonly rpc: RpcOf<S>;
  /** As they hold at the unit in view, inheritance and locks applied. */
  readonly settings: Partial<SettingsOf<S>>;
  readonly unit: UnitSummary | null;
  readonly user: SessionMe;
  /** Whether the reader holds a permission of the plugin here; the server checks it again. */
  readonly can: (permission: PermissionOf<S>) => boolean;
  /** The plugin's own words. */
  readonly t: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  readonly language: "zh-CN" | "en";
}

/** Everything a plugin's component needs of its host. */
export function usePlugin<S = TypedServer>(plugin: PluginIdentity): PluginHandle<S> {
  const host = useUiHost();
  const { t } = useTranslation(plugin.id);
  const entry = host.registry?.plugins.find((one) => one.id === plugin.id);
  return {
    // The router's type is the plugin's own word about its server half; nothing of it exists in the browser.
    rpc: host.pluginRpc(plugin.id) as RpcOf<S>,
    settings: (entry?.settings ?? {}) as Partial<SettingsOf<S>>,
    unit: host.registry?.unit ?? null,
    user: host.user,
    can: (permission) => entry?.permissions.includes(permission) ?? false,
    t: (key, values) => t(key, values ?? {}),
    language: host.language,
  };
}

export interface PageHandle {
  /** What `:name` in the page's path stands for. */
  readonly params: Readonly<Record<string, string>>;
  /** Goes to a page of the same plugin (`/2`), or with `portal:` before it to a page of the app (`portal:/t`). */
  readonly go: (path: string, options?: { readonly replace?: boolean }) => void;
  readonly back: () => void;
}

/** The page a plugin's component stands on. */
export function usePage(): PageHandle {
  const host = useUiHost();
  const scope = usePluginScope();
  return {
    params: scope.params,
    go: (path, options) =>
      host.navigate(path.startsWith("portal:") ? path.slice("portal:".length) : `${scope.base}${path}`, options),
    back: host.back,
  };
}

/** The kernel's procedures as options for `useQuery` and `useMutation`. */
export function useKernel(): ReturnType<typeof useUiHost>["kernel"] {
  return useUiHost().kernel;
}

/** The kernel's procedures called without cookies: for what must not be tied to anybody. */
export function useAnonymousKernel(): ReturnType<typeof useUiHost>["anonymousKernel"] {
  return useUiHost().anonymousKernel;
}

/** Gives the sentence for a refused call; it says what to do next. */
export function useErrorText(): (error: unknown) => string {
  return useUiHost().errorText;
}
