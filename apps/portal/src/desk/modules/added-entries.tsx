import { useMediaQuery } from "@doorstep/ui";
import type { KeyboardEvent } from "react";
import type { DeskPlace } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { useDeskText } from "../text.ts";
import { useAddedEntries } from "./use-added-entries.ts";

/** On a phone more of them than this would take the page away from what it shows. */
const BESIDE_OTHERS = 2;

function closeOnEscape(event: KeyboardEvent<HTMLDetailsElement>): void {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary")?.focus();
}

const registers: DeskPlace = { page: "registers" };

/** The registers and the entries of modules in the rail; on a phone, where there are many, behind one word. */
export function AddedEntries(props: { readonly isCurrent: (to: DeskPlace) => boolean; readonly at: DeskPlace }) {
  const { text } = useDeskText();
  const added = useAddedEntries();
  const narrow = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const few = narrow && added.length <= BESIDE_OTHERS;
  const all = few ? added : [{ key: "registers", to: registers, label: text("desk.registers.title") }, ...added];
  const links = all.map((entry) => (
    <li key={entry.key}>
      <DeskLink to={entry.to} current={props.isCurrent(entry.to)}>
        <span>{entry.label}</span>
      </DeskLink>
    </li>
  ));
  if (!narrow || few) return links;
  return (
    <li className="desk-more">
      {/* anew on every page, so that it is closed there */}
      <details key={JSON.stringify(props.at)} onKeyDown={closeOnEscape}>
        <summary data-current={all.some((entry) => props.isCurrent(entry.to)) || undefined}>
          {text("desk.nav.more")}
        </summary>
        <ul>{links}</ul>
      </details>
    </li>
  );
}
