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

/** A grey bar while there is no network. */
export function OfflineBar() {
  const text = useText();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status" className={online ? undefined : "ds-banner"}>
      {online ? "" : text("app.offline")}
    </div>
  );
}
