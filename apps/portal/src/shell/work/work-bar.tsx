import { useSyncExternalStore } from "react";
import { useText } from "../i18n.ts";
import { working } from "./working.ts";

/** Says why sending takes a moment; nobody has to do anything. */
export function WorkBar() {
  const text = useText();
  const busy = useSyncExternalStore(working.subscribe, working.get);
  return <div role="status">{busy && <p className="ds-banner">{text("shell.working")}</p>}</div>;
}
