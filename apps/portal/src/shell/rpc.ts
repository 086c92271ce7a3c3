import type { KernelRouter } from "@doorstep/kernel/contract";
import { noteRefusal } from "@doorstep/ui";
import { MutationCache, QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpLink } from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { workLink } from "./work/work-link.ts";

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

/** Calls with the reader's session. */
export const kernelClient = createTRPCClient<KernelRouter>({
  links: [workLink<KernelRouter>(), httpBatchLink({ url: "/rpc", methodOverride })],
});

/** Calls that carry no cookie and no referrer: the server cannot know who asks. */
export const anonymousClient = createTRPCClient<KernelRouter>({
  links: [
    workLink<KernelRouter>(),
    httpLink({
      url: "/rpc",
      methodOverride,
      fetch: (url, options) =>
        fetch(url, {
          method: "POST",
          body: options?.body ?? null,
          headers: { "content-type": "application/json" },
          credentials: "omit",
          referrerPolicy: "no-referrer",
        }),
    }),
  ],
});

export const kernel = createTRPCOptionsProxy<KernelRouter>({ client: kernelClient, queryClient });

const pluginProxies = new Map<string, TRPCOptionsProxy<AnyTRPCRouter>>();

/** The procedures of one plugin at a unit, which the server checks again; what is kept of one unit is not shown at another. */
export function pluginRpc(pluginId: string, unitId: string | undefined): TRPCOptionsProxy<AnyTRPCRouter> {
  const place = unitId === undefined ? pluginId : `${pluginId}@${unitId}`;
  const known = pluginProxies.get(place);
  if (known) return known;
  const client = createTRPCClient<AnyTRPCRouter>({
    links: [
      workLink<AnyTRPCRouter>(),
      httpBatchLink({
        url: `/rpc/p/${pluginId}`,
        methodOverride,
        headers: unitId === undefined ? {} : { "x-doorstep-unit": unitId },
      }),
    ],
  });
  const proxy = createTRPCOptionsProxy<AnyTRPCRouter>({
    client,
    queryClient,
    keyPrefix: place,
  } as Parameters<typeof createTRPCOptionsProxy<AnyTRPCRouter>>[0]);
  pluginProxies.set(place, proxy);
  return proxy;
}
