import type { KernelRouter } from "@doorstep/kernel/contract";
import { noteRefusal } from "@doorstep/ui";
import { MutationCache, QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";

/** Everything from the server is kept here; nothing of it is written to disk. */
export const queryClient = new QueryClient({
  mutationCache: new MutationCache({ onError: noteRefusal }),
  defaultOptions: { queries: { staleTime: 15_000, retry: retryNetworkOnce, refetchOnWindowFocus: false } },
});

/** A refusal stays a refusal; only a connection that failed is worth a second try. */
function retryNetworkOnce(failures: number, error: unknown): boolean {
  const refused = typeof error === "object" && error !== null && "data" in error && error.data !== undefined;
  return !refused && failures < 1;
}

// Every call goes by POST: what is asked for never stands in an address.
const methodOverride = "POST";

export const kernelClient = createTRPCClient<KernelRouter>({ links: [httpBatchLink({ url: "/rpc", methodOverride })] });

export const kernel = createTRPCOptionsProxy<KernelRouter>({ client: kernelClient, queryClient });

const pluginProxies = new Map<string, TRPCOptionsProxy<AnyTRPCRouter>>();

/** The procedures of one plugin at the unit in view, which the server checks again. */
export function pluginRpc(pluginId: string, unitId: () => string | undefined): TRPCOptionsProxy<AnyTRPCRouter> {
  const known = pluginProxies.get(pluginId);
  if (known) return known;
  const headers = () => {
    const unit = unitId();
    return unit === undefined ? {} : { "x-doorstep-unit": unit };
  };
  const client = createTRPCClient<AnyTRPCRouter>({
    links: [httpBatchLink({ url: `/rpc/p/${pluginId}`, methodOverride, headers })],
  });
  const options = { client, queryClient, keyPrefix: pluginId };
  const proxy = createTRPCOptionsProxy<AnyTRPCRouter>(
    options as Parameters<typeof createTRPCOptionsProxy<AnyTRPCRouter>>[0],
  );
  pluginProxies.set(pluginId, proxy);
  return proxy;
}
