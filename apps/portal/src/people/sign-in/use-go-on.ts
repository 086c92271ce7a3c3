import { useNavigate } from "@tanstack/react-router";
import { localPath } from "../../shell/local-path.ts";
import { kernel, queryClient } from "../../shell/rpc.ts";
import { sessionChanged } from "../../shell/session.ts";
import { afterSignIn, isOtherApp } from "./after-sign-in.ts";

/** Looks at who has signed in and goes where he belongs. */
export function useGoOn(wanted: string | undefined): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    await sessionChanged();
    const me = queryClient.getQueryData(kernel.session.me.queryKey({}));
    if (!me) return;
    const { to, next } = afterSignIn(me, localPath(wanted));
    if (isOtherApp(to)) location.assign(to);
    else await navigate({ href: next === undefined ? to : `${to}?to=${encodeURIComponent(next)}`, replace: true });
  };
}
