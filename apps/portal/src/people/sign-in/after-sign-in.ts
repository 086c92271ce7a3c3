import type { SessionMe } from "@doorstep/contracts";

type SignedIn = NonNullable<SessionMe>;

/**
 * Where somebody goes who has just signed in. A first password or a missing second factor comes before anything
 * else, and keeps where he wanted to go.
 */
export function afterSignIn(me: SignedIn, wanted: string | undefined): { readonly to: string; readonly next?: string } {
  const target = wanted ?? homeOf(me);
  if (me.mustChangePassword) return { to: "/sign-in/password", next: target };
  if (me.mustEnrolSecondFactor) return { to: "/sign-in/second-factor", next: target };
  return { to: target };
}

function homeOf(me: SignedIn): string {
  if (me.permissions.includes("desk.use")) return "/desk";
  if (me.permissions.includes("units.manage")) return "/admin/";
  return "/my";
}

/** The administration is an app of its own: going there loads a page. */
export function isOtherApp(path: string): boolean {
  return path === "/admin" || path.startsWith("/admin/");
}
