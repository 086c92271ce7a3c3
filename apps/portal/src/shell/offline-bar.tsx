import { useSyncExternalStore } from "react";
import { useText } from "./i18n.ts";

function subscribe(tell: () => void): () => void {
  addEventListener("online", tell);
  addEventListener("offline", tell);
  return () => {
    removeEventListener("online", tell);
    removeEventListener("offline", tell);
  };
}

/** Says that the connection is gone, and that reading and drafts go on. */
export function OfflineBar() {
  const text = useText();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return <div role="status">{!online && <p className="ds-banner">{text("shell.offline")}</p>}</div>;
}
