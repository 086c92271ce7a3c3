import type { MouseEvent, ReactNode } from "react";
import { useDesk } from "../desk-context.ts";
import { type DeskPlace, hrefOf } from "../place.ts";

interface DeskLinkProps {
  readonly to: DeskPlace;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly id?: string | undefined;
  readonly current?: boolean | undefined;
  readonly onFocus?: (() => void) | undefined;
  readonly label?: string | undefined;
  readonly title?: string | undefined;
}

const plainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** A real link to a place of the desk: middle click and "copy address" work as everywhere. */
export function DeskLink(props: DeskLinkProps) {
  const { go } = useDesk();
  const { to } = props;
  return (
    <a
      href={hrefOf(to)}
      id={props.id}
      className={props.className}
      aria-current={props.current ? "page" : undefined}
      aria-label={props.label}
      title={props.title}
      onFocus={props.onFocus}
      onClick={(event) => {
        if (!plainClick(event)) return;
        event.preventDefault();
        go(to);
      }}
    >
      {props.children}
    </a>
  );
}
