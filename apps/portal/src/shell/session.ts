import type { Permission } from "@doorstep/contracts";
import { showTimesIn } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel, queryClient } from "./rpc.ts";

/** Who is signed in; `null` for everybody else. His unit's time is the time of his screens. */
export function useSession() {
  const session = useQuery(kernel.session.me.queryOptions({}, { staleTime: 60_000 }));
  showTimesIn(session.data?.timeZone ?? undefined);
  return session;
}

/**
 * Forgets what the one before could see and asks anew who is signed in. Reset, not removed: screens that are open
 * would go on showing a query that has been removed.
 */
export async function sessionChanged(): Promise<void> {
  await queryClient.resetQueries({ predicate: (query) => query.queryKey[0] !== "doorstep" });
  await queryClient.fetchQuery(kernel.session.me.queryOptions({}));
}

/** Asks anew about the account, of the same person as before: what is open stays as it is. */
export async function accountChanged(): Promise<void> {
  await queryClient.invalidateQueries(kernel.session.pathFilter());
}

/** Whether the reader holds a permission anywhere; the server decides at which unit. */
export function useMay(): (permission: Permission) => boolean {
  const session = useSession();
  return (permission) => session.data?.permissions.includes(permission) ?? false;
}
