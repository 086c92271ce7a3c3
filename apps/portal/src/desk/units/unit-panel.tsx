import type { Text } from "@doorstep/contracts";
import { Button, LazyTree, SidePanel, Skeleton, TextField, useDebouncedValue, visibleNodes } from "@doorstep/ui";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { badgeOf } from "../queue/arrivals.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";

interface Unit {
  readonly id: string;
  readonly name: Text;
  readonly children: number;
}

interface UnitPanelProps {
  readonly selected: string | undefined;
  /** the units above the chosen one: opened at first */
  readonly path: readonly string[];
  readonly onChoose: (unitId: string | undefined) => void;
  readonly onClose: () => void;
}

/** How much is open at a unit and below it; asked for when its row is shown. */
function OpenCount(props: { readonly unitId: string }) {
  const { text } = useDeskText();
  const counts = useQuery(kernel.cases.counts.queryOptions({ unitId: props.unitId }, { staleTime: 60_000 }));
  const count = badgeOf(counts.data?.open);
  return count ? <span className="desk-unit-count">{text("desk.unit.open", { count })}</span> : null;
}

function useUnitNodes(q: string, path: readonly string[]) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const top = useQuery(kernel.units.tree.queryOptions(q ? { q } : {}));
  const roots = (top.data ?? []).map((unit): Unit => (q ? { ...unit, children: 0 } : unit));
  const opened = new Set([...path, ...(q ? [] : roots.map((unit) => unit.id))]);
  const expanded = new Set([...opened, ...toggled.keys()].filter((id) => toggled.get(id) ?? opened.has(id)));
  const asked = q ? [] : [...expanded];
  const below = useQueries({ queries: asked.map((parentId) => kernel.units.tree.queryOptions({ parentId })) });
  const children = new Map(asked.map((id, index) => [id, below[index]?.data]));
  return {
    top,
    nodes: visibleNodes<Unit>(roots, expanded, (id) => children.get(id)),
    toggle: (id: string) => setToggled((before) => new Map(before).set(id, !expanded.has(id))),
  };
}

/** The tree of units with what is open at each. */
export function UnitPanel(props: UnitPanelProps) {
  const { text, language } = useDeskText();
  const [words, setWords] = useState("");
  const [q] = useDebouncedValue(words.trim(), 250);
  const { top, nodes, toggle } = useUnitNodes(q, props.path);
  return (
    <SidePanel opened title={text("desk.unit.title")} onClose={props.onClose}>
      <div className="desk-stack">
        <Button variant={props.selected === undefined ? "light" : "default"} onClick={() => props.onChoose(undefined)}>
          {text("desk.unit.all")}
        </Button>
        <TextField name="unit-words" type="search" label={text("desk.unit.find")} value={words} onChange={setWords} />
        {top.isPending && <Skeleton lines={4} />}
        {top.isError && <FailedState error={top.error} onRetry={() => void top.refetch()} />}
        {top.isSuccess && nodes.length === 0 && <p>{text("desk.unit.nothing")}</p>}
        {nodes.length > 0 && (
          <LazyTree
            label={text("desk.unit.tree")}
            nodes={nodes}
            selected={props.selected}
            onOpen={props.onChoose}
            onToggle={toggle}
          >
            {(unit) => (
              <span className="desk-unit-row">
                <span>{unit.name[language]}</span>
                <OpenCount unitId={unit.id} />
              </span>
            )}
          </LazyTree>
        )}
      </div>
    </SidePanel>
  );
}
