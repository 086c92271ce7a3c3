import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";

interface DataListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly children: (item: T, index: number) => ReactNode;
  /** Height of a row before it has been measured, in CSS pixels. */
  readonly rowHeight?: number;
  /** Height of the box; the list scrolls inside it. */
  readonly height?: string;
  /** The row that keys move over; it is kept in sight. */
  readonly activeIndex?: number | undefined;
  /** Called when the last row comes near: load the next page. */
  readonly onEnd?: (() => void) | undefined;
}

/** Rows before the end at which the next page is asked for. */
const END_MARGIN = 8;

/** A list of any length: only the rows in sight are in the page. Row count and place are told to screen readers. */
export function DataList<T>(props: DataListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const { items, keyOf, onEnd, activeIndex } = props;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => props.rowHeight ?? 56,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 6,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (items.length > 0 && last >= items.length - END_MARGIN) onEnd?.();
  }, [last, items.length, onEnd]);
  useEffect(() => {
    if (activeIndex !== undefined && activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: "auto" });
  }, [activeIndex, virtual]);

  return (
    <section
      ref={box}
      className="ds-data-list"
      style={{ height: props.height ?? "70vh" }}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <ul style={{ height: virtual.getTotalSize() }}>
        {rows.map((row) => {
          const item = items[row.index];
          return (
            item !== undefined && (
              <li
                key={row.key}
                ref={virtual.measureElement}
                data-index={row.index}
                aria-setsize={items.length}
                aria-posinset={row.index + 1}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {props.children(item, row.index)}
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
