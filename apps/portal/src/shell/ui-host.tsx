import { plugins } from "virtual:doorstep-plugins/portal";
import { UiHostContext } from "@doorstep/sdk/ui-host";
import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { useErrorText } from "./error-text.ts";
import { addCatalogs, useLanguage } from "./i18n.ts";
import { anonymousClient, kernel, pluginRpc } from "./rpc.ts";
import { useSession } from "./session.ts";
import { useRegistry } from "./unit.ts";

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
      kernel,
      anonymousKernel: anonymousClient,
      pluginRpc: (pluginId: string) => pluginRpc(pluginId, () => known?.unit?.id),
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
