import { plugins } from "virtual:doorstep-plugins/portal";
import { UiHostContext, useUiHost } from "@doorstep/sdk/ui-host";
import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { useErrorText } from "./error-text.ts";
import { addCatalogs, useLanguage } from "./i18n.ts";
import { anonymousClient, kernel, pluginRpc } from "./rpc.ts";
import { useSession } from "./session.ts";
import { useRegistry, useRegistryOf } from "./unit.ts";

/** Gives the plugins inside the portal their host. */
export function PortalUiHost(props: { readonly children: ReactNode }) {
  const router = useRouter();
  const language = useLanguage();
  const session = useSession();
  const registry = useRegistry();
  const errorText = useErrorText();
  const user = session.data ?? null;
  const known = registry.data;
  const host = useMemo(
    () => ({
      app: "portal" as const,
      language,
      user,
      registry: known,
      loaders: plugins,
      sheets: () => import("@doorstep/ui/styles/all.css"),
      kernel,
      anonymousKernel: anonymousClient,
      pluginRpc: (pluginId: string) => pluginRpc(pluginId, known?.unit?.id),
      addCatalogs,
      navigate: (to: string, options?: { readonly replace?: boolean }) =>
        void router.navigate({ href: to, replace: options?.replace ?? false }),
      back: () => router.history.back(),
      errorText,
    }),
    [language, user, known, router, errorText],
  );
  return <UiHostContext value={host}>{props.children}</UiHostContext>;
}

/** The same for what stands beside a petition: the modules that are on where it is held, wherever its reader is from. */
export function HolderUiHost(props: { readonly unitId: string; readonly children: ReactNode }) {
  const { unitId } = props;
  const around = useUiHost();
  const registry = useRegistryOf(unitId);
  const known = registry.data;
  const host = useMemo(
    () => ({ ...around, registry: known, pluginRpc: (pluginId: string) => pluginRpc(pluginId, unitId) }),
    [around, known, unitId],
  );
  return <UiHostContext value={host}>{props.children}</UiHostContext>;
}
