import { EmptyState, TextField, useDebouncedValue } from "@doorstep/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { Legend } from "./legend.tsx";
import type { Choosing } from "./matrix-cell.ts";
import { MatrixGrid } from "./matrix-grid.tsx";

interface MatrixViewProps {
  readonly rootId: string | undefined;
  readonly choosing: Choosing;
}

/** Search, the grid and its legend. Which units are open is kept here. */
export function MatrixView(props: MatrixViewProps) {
  const text = useText();
  const name = useName();
  const { rootId } = props;
  const [words, setWords] = useState("");
  const [q] = useDebouncedValue(words.trim(), 250);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  // The tops of what the reader administers stand open, so that there is something to see.
  const tops = useQuery(kernel.units.tree.queryOptions({}));
  const open = useMemo(() => {
    const first = rootId ? [rootId] : (tops.data ?? []).map((unit) => unit.id);
    return new Set([...first, ...toggled.keys()].filter((id) => toggled.get(id) ?? true));
  }, [rootId, tops.data, toggled]);
  const expanded = useMemo(() => [...open], [open]);
  const matrix = useQuery(
    kernel.modules.matrix.queryOptions(
      { q, expanded: q ? [] : expanded, ...(rootId && { rootId }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const toggle = useCallback(
    (unitId: string) => setToggled((before) => new Map(before).set(unitId, !open.has(unitId))),
    [open],
  );
  const root = rootId && matrix.data?.rows.find((row) => row.unit.id === rootId)?.unit;
  return (
    <>
      <div className="ad-filters">
        <TextField name="q" label={text("modules.search")} type="search" value={words} onChange={setWords} />
      </div>
      {root && (
        <p>
          {`${text("modules.from", { unit: name(root.name) })} · `}
          <Link to="/modules">{text("modules.showAll")}</Link>
        </p>
      )}
      <Loaded query={matrix} lines={8}>
        {(data) => {
          if (data.modules.length === 0) return <EmptyState title={text("modules.empty")} />;
          if (data.rows.length === 0) return <EmptyState title={text("modules.noUnits")} />;
          return (
            <>
              <MatrixGrid matrix={data} open={open} onToggle={toggle} choosing={props.choosing} />
              {data.hidden > 0 && <p role="status">{text("modules.hidden", { count: data.hidden })}</p>}
              <Legend />
              <p className="ds-hint">{text("modules.keys")}</p>
            </>
          );
        }}
      </Loaded>
    </>
  );
}
