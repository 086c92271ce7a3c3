import { useQuery } from "@tanstack/react-query";
import { type DeviceStore, openDeviceStore } from "./device-store.ts";
import { usePluginScope } from "./plugin-scope.tsx";
import { useKernel } from "./use-plugin.ts";

/**
 * Keeps what somebody types on his own device, encrypted under his session: for work that goes on without a network. `undefined`
 * until the key has come, and for good where the page is not served securely. Signing out wipes it.
 *
 * @since 0.1
 */
export function useDeviceStore(): DeviceStore | undefined {
  const kernel = useKernel();
  const { pluginId } = usePluginScope();
  const { data: given } = useQuery(
    kernel.session.deviceKey.queryOptions({}, { staleTime: Infinity, gcTime: Infinity }),
  );
  const key = given?.key;
  const store = useQuery({
    queryKey: ["device-store", pluginId, key],
    enabled: key !== undefined,
    staleTime: Infinity,
    gcTime: Infinity,
    networkMode: "always",
    queryFn: async () => {
      // only pages that are served securely have it
      const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
      return subtle && key !== undefined ? await openDeviceStore(localStorage, subtle, { key, scope: pluginId }) : null;
    },
  });
  return store.data ?? undefined;
}
