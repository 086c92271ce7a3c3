import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Skeleton } from "../feedback/skeleton.tsx";
import { type TreeUnit, treeKey, type VisibleNode } from "./visible-nodes.ts";

interface LazyTreeProps<T extends TreeUnit> {
  readonly label: string;
  /** made by `visibleNodes` from what is loaded and what is open */
  readonly nodes: readonly VisibleNode<T>[];
  readonly selected: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onToggle: (id: string) => void;
  /** what a row says */
  readonly children: (item: T) => ReactNode;
}

/** A tree whose branches may come later: one tab stop, moved through by arrows [WAI-ARIA tree pattern]. */
export function LazyTree<T extends TreeUnit>(props: LazyTreeProps<T>) {
  const { nodes, selected, onOpen, onToggle } = props;
  const [at, setAt] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const index = Math.max(
    0,
    nodes.findIndex((node) => node.unit.id === (at ?? selected)),
  );
  const press = (event: KeyboardEvent) => {
    const node = nodes[index];
    if (!node || event.nativeEvent.isComposing) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onOpen(node.unit.id);
      return;
    }
    const { focus, toggle } = treeKey(event.key, nodes, index);
    if (focus === undefined && toggle === undefined) return;
    event.preventDefault();
    if (toggle) onToggle(toggle);
    if (focus !== undefined) setAt(nodes[focus]?.unit.id);
  };
  // Focus follows the keys only while it is inside: otherwise opening a page would take it away.
  useEffect(() => {
    if (at && box.current?.contains(document.activeElement))
      box.current.querySelector<HTMLElement>(`[data-node="${at}"]`)?.focus();
  }, [at]);
  return (
    <div role="tree" aria-label={props.label} className="ds-tree" ref={box} onKeyDown={press} tabIndex={-1}>
      {nodes.map((node, row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled once, by the tree
        <div
          key={node.unit.id}
          role="treeitem"
          data-node={node.unit.id}
          tabIndex={row === index ? 0 : -1}
          aria-level={node.depth + 1}
          aria-posinset={node.position}
          aria-setsize={node.siblings}
          aria-expanded={node.unit.children > 0 ? node.expanded : undefined}
          aria-selected={node.unit.id === selected}
          className="ds-tree-row"
          style={{ paddingInlineStart: `${node.depth * 1.25}rem` }}
          onClick={() => {
            setAt(node.unit.id);
            onOpen(node.unit.id);
          }}
        >
          {node.unit.children > 0 ? (
            <button
              type="button"
              className="ds-tree-toggle"
              tabIndex={-1}
              aria-hidden="true"
              onClick={(event) => {
                event.stopPropagation();
                onToggle(node.unit.id);
              }}
            >
              {node.expanded ? "▾" : "▸"}
            </button>
          ) : (
            <span className="ds-tree-toggle" />
          )}
          {props.children(node.unit)}
          {node.loading && <Skeleton lines={1} />}
        </div>
      ))}
    </div>
  );
}
