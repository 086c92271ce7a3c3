import type { UnitSummary } from "@doorstep/contracts";
import { EmptyState, LazyTree, TextField, useDebouncedValue, type VisibleNode, visibleNodes } from "@doorstep/ui";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";

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
      {q ? <Found q={q} selected={props.selected} /> : <OpenTree {...props} />}
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

function OpenTree(props: UnitTreeProps) {
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
  const name = useName();
  const navigate = useNavigate();
  return (
    <LazyTree
      label={text("units.tree")}
      nodes={props.nodes}
      selected={props.selected}
      onToggle={props.onToggle}
      onOpen={(id) => void navigate({ to: "/units/$unitId", params: { unitId: id } })}
    >
      {(unit) => (
        <span>
          {name(unit.name)} <span className="ds-hint ad-code">{unit.code}</span>
          {!unit.manageable && <span className="ds-hint">{` · ${text("units.aboveOnly")}`}</span>}
        </span>
      )}
    </LazyTree>
  );
}
