import { useMediaQuery } from "@doorstep/ui";
import type { KeyboardEvent } from "react";
import type { DeskPlace } from "../place.ts";
import { badgeOf } from "../queue/arrivals.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { useDeskText } from "../text.ts";
import { useAddedEntries } from "./use-added-entries.ts";

/** A phone has room for these in one row, beside the word that opens the others. */
const IN_ONE_ROW = 4;

export interface NavEntry {
  readonly key: string;
  readonly to: DeskPlace;
  readonly label: string;
  /** how many wait there */
  readonly count?: number | undefined;
}

interface NavProps {
  readonly own: readonly NavEntry[];
  readonly isCurrent: (to: DeskPlace) => boolean;
  readonly at: DeskPlace;
}

const registers: DeskPlace = { page: "registers" };

function closeOnEscape(event: KeyboardEvent<HTMLDetailsElement>): void {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary")?.focus();
}

function Count({ of }: { readonly of: number | undefined }) {
  const badge = badgeOf(of);
  return badge && <span className="desk-count">{badge}</span>;
}

/** The desk's own entries, the registers and the entries of modules; on a phone the first of them, and all others behind one word. */
export function NavEntries({ own, isCurrent, at }: NavProps) {
  const { text } = useDeskText();
  const added = useAddedEntries();
  const narrow = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const all: readonly NavEntry[] = [
    ...own,
    { key: "registers", to: registers, label: text("desk.registers.title") },
    ...added,
  ];
  const linkOf = ({ key, to, label, count }: NavEntry) => (
    <li key={key}>
      <DeskLink to={to} current={isCurrent(to)}>
        <span>{label}</span>
        <Count of={count} />
      </DeskLink>
    </li>
  );
  if (!narrow) return all.map(linkOf);
  const behind = all.slice(IN_ONE_ROW);
  return (
    <>
      {all.slice(0, IN_ONE_ROW).map(linkOf)}
      <li className="desk-more">
        {/* anew on every page, so that it is closed there */}
        <details key={JSON.stringify(at)} onKeyDown={closeOnEscape}>
          <summary data-current={behind.some((entry) => isCurrent(entry.to)) || undefined}>
            {text("desk.nav.more")}
            <Count of={behind.reduce((sum, { count = 0 }) => sum + count, 0)} />
          </summary>
          <ul>{behind.map(linkOf)}</ul>
        </details>
      </li>
    </>
  );
}
