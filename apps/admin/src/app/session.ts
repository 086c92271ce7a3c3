import type { Permission } from "@doorstep/contracts";
import { useQuery } from "@tanstack/react-query";
import { kernel, queryClient } from "./rpc.ts";

/** Who is signed in; `null` for everybody else. */
export function useSession() {
  return useQuery(kernel.session.me.queryOptions({}, { staleTime: 60_000 }));
}

/** Asks the server anew who is signed in, and forgets what the one before could see. */
export async function sessionChanged(): Promise<void> {
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "doorstep" });
  await queryClient.fetchQuery(kernel.session.me.queryOptions({}));
}

/** Whether the reader holds a permission anywhere; the server decides at which unit. */
export function useMay(): (permission: Permission) => boolean {
  const session = useSession();
  return (permission) => session.data?.permissions.includes(permission) ?? false;
}

/** The portal's sign-in page, which leads back here. */
export const signInAddress = (): string =>
  `/sign-in?to=${encodeURIComponent(`${location.pathname}${location.search}`)}`;
