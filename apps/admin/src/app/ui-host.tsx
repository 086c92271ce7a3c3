import { plugins } from "virtual:doorstep-plugins/admin";
import { UiHostContext } from "@doorstep/sdk/ui-host";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { useErrorText } from "./error-text.ts";
import { addCatalogs, useLanguage } from "./i18n.ts";
import { kernel, kernelClient, pluginRpc } from "./rpc.ts";
import { useSession } from "./session.ts";

/** Gives the plugins inside the administration their host; what is on is asked at the reader's own unit. */
export function AdminUiHost(props: { readonly children: ReactNode }) {
  const router = useRouter();
  const language = useLanguage();
  const session = useSession();
  const errorText = useErrorText();
  const user = session.data ?? null;
  const unitId = user?.unit?.id;
  const registry = useQuery(
    kernel.registry.forUnit.queryOptions(unitId ? { unitId } : {}, { enabled: user !== null, staleTime: 60_000 }),
  );
  const known = registry.data;
  const host = useMemo(
    () => ({
      app: "admin" as const,
      language,
      user,
      registry: known,
      loaders: plugins,
      kernel,
      // Nothing is filed from here: there is nobody who would have to stay unknown.
      anonymousKernel: kernelClient,
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
