import type { UnitSummary } from "@doorstep/contracts";
import { EmptyState, Skeleton, TextField, useDebouncedValue } from "@doorstep/ui";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { treeKey, type VisibleNode, visibleNodes } from "./visible-nodes.ts";

type Unit = UnitSummary & { readonly children: number; readonly manageable: boolean };

interface UnitTreeProps {
  readonly selected: string | undefined;
  /** the units above the selected one: opened at first */
  readonly path: readonly string[];
}

/** The tree of units with its search; children are asked for when a unit is opened. */
export function UnitTree(props: UnitTreeProps) {
  const text = useText();
  const [words, setWords] = useState("");
  const [q] = useDebouncedValue(words.trim(), 250);
  return (
    <div className="ad-tree-box">
      <TextField name="q" label={text("units.searchUnit")} value={words} onChange={setWords} type="search" />
      {q ? <Found q={q} selected={props.selected} /> : <LazyTree {...props} />}
    </div>
  );
}

function Found(props: { readonly q: string; readonly selected: string | undefined }) {
  const text = useText();
  const found = useQuery(kernel.units.tree.queryOptions({ q: props.q }));
  return (
    <Loaded query={found}>
      {(units) =>
        units.length === 0 ? (
          <EmptyState title={text("units.nothingFound")} />
        ) : (
          <TreeRows
            nodes={visibleNodes(
              units.map((unit) => ({ ...unit, children: 0 })),
              new Set(),
              () => undefined,
            )}
            selected={props.selected}
            onToggle={() => undefined}
          />
        )
      }
    </Loaded>
  );
}

function LazyTree(props: UnitTreeProps) {
  const text = useText();
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const roots = useQuery(kernel.units.tree.queryOptions({}));
  const rootIds = (roots.data ?? []).map((unit) => unit.id);
  const opened = useMemo(() => new Set([...props.path, ...rootIds]), [props.path, rootIds]);
  const expanded = new Set([...opened, ...toggled.keys()].filter((id) => toggled.get(id) ?? opened.has(id)));
  const asked = [...expanded];
  const below = useQueries({ queries: asked.map((parentId) => kernel.units.tree.queryOptions({ parentId })) });
  const children = new Map(asked.map((id, index) => [id, below[index]?.data]));
  const nodes = visibleNodes<Unit>(roots.data ?? [], expanded, (id) => children.get(id));
  const toggle = (id: string) => setToggled((before) => new Map(before).set(id, !expanded.has(id)));
  return (
    <Loaded query={roots}>
      {(units) =>
        units.length === 0 ? (
          <EmptyState title={text("units.noUnits")} />
        ) : (
          <TreeRows nodes={nodes} selected={props.selected} onToggle={toggle} />
        )
      }
    </Loaded>
  );
}

interface TreeRowsProps {
  readonly nodes: readonly VisibleNode<Unit>[];
  readonly selected: string | undefined;
  readonly onToggle: (unitId: string) => void;
}

function TreeRows(props: TreeRowsProps) {
  const text = useText();
  const navigate = useNavigate();
  const { nodes, selected } = props;
  const [at, setAt] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const index = Math.max(
    0,
    nodes.findIndex((node) => node.unit.id === (at ?? selected)),
  );
  const open = (id: string) => void navigate({ to: "/units/$unitId", params: { unitId: id } });
  const press = (event: KeyboardEvent) => {
    const node = nodes[index];
    if (!node || event.nativeEvent.isComposing) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(node.unit.id);
      return;
    }
    const { focus, toggle } = treeKey(event.key, nodes, index);
    if (focus === undefined && toggle === undefined) return;
    event.preventDefault();
    if (toggle) props.onToggle(toggle);
    if (focus !== undefined) setAt(nodes[focus]?.unit.id);
  };
  // Focus follows the keys only while it is inside: otherwise opening a page would take it away.
  useEffect(() => {
    if (at && box.current?.contains(document.activeElement))
      box.current.querySelector<HTMLElement>(`[data-unit="${at}"]`)?.focus();
  }, [at]);
  return (
    <div role="tree" aria-label={text("units.tree")} className="ad-tree" ref={box} onKeyDown={press} tabIndex={-1}>
      {nodes.map((node, row) => (
        <TreeRow
          key={node.unit.id}
          node={node}
          selected={node.unit.id === selected}
          focusable={row === index}
          onOpen={() => {
            setAt(node.unit.id);
            open(node.unit.id);
          }}
          onToggle={() => props.onToggle(node.unit.id)}
        />
      ))}
    </div>
  );
}

interface TreeRowProps {
  readonly node: VisibleNode<Unit>;
  readonly selected: boolean;
  readonly focusable: boolean;
  readonly onOpen: () => void;
  readonly onToggle: () => void;
}

function TreeRow(props: TreeRowProps) {
  const text = useText();
  const name = useName();
  const { node } = props;
  const { unit } = node;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled once, by the tree
    <div
      role="treeitem"
      data-unit={unit.id}
      tabIndex={props.focusable ? 0 : -1}
      aria-level={node.depth + 1}
      aria-posinset={node.position}
      aria-setsize={node.siblings}
      aria-expanded={unit.children > 0 ? node.expanded : undefined}
      aria-selected={props.selected}
      className="ad-tree-row"
      style={{ paddingInlineStart: `${node.depth * 1.25}rem` }}
      onClick={props.onOpen}
    >
      {unit.children > 0 ? (
        <button
          type="button"
          className="ad-tree-toggle"
          tabIndex={-1}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            props.onToggle();
          }}
        >
          {node.expanded ? "▾" : "▸"}
        </button>
      ) : (
        <span className="ad-tree-toggle" />
      )}
      <span>
        {name(unit.name)} <span className="ds-hint ad-code">{unit.code}</span>
        {!unit.manageable && <span className="ds-hint">{` · ${text("units.aboveOnly")}`}</span>}
      </span>
      {node.loading && <Skeleton lines={1} />}
    </div>
  );
}
