import type { ReactNode } from "react";

interface TileProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** The one thing most people come for. */
  readonly primary?: boolean;
  readonly href: string;
  readonly onNavigate?: (href: string) => void;
}

/** A large link with a line of explanation: the rows of a front page. */
export function Tile(props: TileProps) {
  const { href, onNavigate } = props;
  return (
    <a
      href={href}
      className={props.primary ? "ds-tile ds-tile-primary" : "ds-tile"}
      onClick={(event) => {
        if (!onNavigate || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onNavigate(href);
      }}
    >
      <span className="ds-tile-text">
        <span className="ds-tile-title">{props.title}</span>
        {props.note && <span className="ds-tile-note">{props.note}</span>}
      </span>
      <span aria-hidden="true">{"→"}</span>
    </a>
  );
}
