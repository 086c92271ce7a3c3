import { useRouterState } from "@tanstack/react-router";
import { useText } from "./i18n.ts";

/** Pages on which somebody else must not look over a shoulder. */
const guarded = /^\/(p\/|t(\/|$)|file|my)/;

/** Leaves at once: the tab forgets where it was, and the cookie of the one case is given back. */
function leaveNow(): void {
  void fetch("/rpc/intake.leave", {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: "{}",
  }).catch(() => undefined);
  sessionStorage.clear();
  location.replace("about:blank");
}

/** A way out within one press, for somebody who is watched. */
export function QuickExit() {
  const text = useText();
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (!guarded.test(path)) return null;
  return (
    <button type="button" className="ds-link" onClick={leaveNow}>
      {text("shell.quickExit")}
    </button>
  );
}
