import { useDeskText } from "../text.ts";
import type { Other } from "./use-presence.ts";

/** Who else is at this case: whoever writes is named first, softly. */
export function PresenceNote(props: { readonly others: readonly Other[] }) {
  const { text, language } = useDeskText();
  const named = (editing: boolean): string => {
    const names = props.others.filter((other) => other.editing === editing).map((other) => other.name);
    // to make a writer of lists takes tens of milliseconds, and mostly nobody else is there
    return names.length === 0 ? "" : new Intl.ListFormat(language, { type: "conjunction" }).format(names);
  };
  const [writing, reading] = [named(true), named(false)];
  return (
    <div role="status" className="desk-presence ds-no-print">
      {writing && <p className="ds-panel ds-panel-warn">{text("desk.case.presence.editing", { names: writing })}</p>}
      {reading && <p className="ds-hint">{text("desk.case.presence.reading", { names: reading })}</p>}
    </div>
  );
}
