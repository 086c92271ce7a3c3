import { useEffect, useRef } from "react";

/** On a phone the row of tabs fades out at its end: a tab there is not seen whole. */
const FADE_PX = 40;

type Row = Pick<HTMLElement, "scrollLeft" | "clientWidth">;
type Tab = Pick<HTMLElement, "offsetLeft" | "offsetWidth">;

/** How far the row is to be scrolled so that the tab is seen whole; as it is where it is seen already. */
export function scrolledTo(row: Row, { offsetLeft: left, offsetWidth: width }: Tab): number {
  if (left < row.scrollLeft) return left;
  return Math.max(row.scrollLeft, left + width + FADE_PX - row.clientWidth);
}

/** The row of tabs; the chosen one stays in sight when modules add theirs before it. */
export function useTabInView(tabs: string) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (row.current && chosen) row.current.scrollLeft = scrolledTo(row.current, chosen);
  }, [tabs]);
  return row;
}
