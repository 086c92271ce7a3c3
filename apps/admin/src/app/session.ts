import type { Permission } from "@doorstep/contracts";
import { showTimesIn } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { kernel } from "./rpc.ts";

/** Who is signed in; `null` for everybody else. His unit's time is the time of his screens. */
export function useSession() {
  const session = useQuery(kernel.session.me.queryOptions({}, { staleTime: 60_000 }));
  showTimesIn(session.data?.timeZone ?? undefined);
  return session;
}

/** Whether the reader holds a permission anywhere; the server decides at which unit. */
export function useMay(): (permission: Permission) => boolean {
  const session = useSession();
  return (permission) => session.data?.permissions.includes(permission) ?? false;
}

/** The portal's sign-in page, which leads back here. */
export const signInAddress = (): string =>
  `/sign-in?to=${encodeURIComponent(`${location.pathname}${location.search}`)}`;
