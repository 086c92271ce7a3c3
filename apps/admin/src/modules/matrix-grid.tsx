// biome-ignore-all lint/a11y/useSemanticElements: a table cannot hold only the rows in sight and be a tree
// biome-ignore-all lint/a11y/useFocusableInteractive: the button inside each cell takes the focus
import { Popover } from "@doorstep/ui";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { CellEditor } from "./cell-editor.tsx";
import { useCellWords } from "./cell-words.ts";
import { LockMark } from "./lock-mark.tsx";
import {
  type Choosing,
  gridKey,
  type Matrix,
  type MatrixRow,
  nextChoice,
  type PendingChange,
  type Place,
  pendingAt,
  shownCell,
} from "./matrix-cell.ts";

/** CSS pixels; a thumb's height, so that a cell can be pressed. */
const ROW_HEIGHT = 44;

interface MatrixGridProps {
  readonly matrix: Matrix;
  readonly open: ReadonlySet<string>;
  readonly onToggle: (unitId: string) => void;
  readonly choosing: Choosing;
}

/** The treegrid: units down, modules across; only the rows in sight are in the page. */
export function MatrixGrid(props: MatrixGridProps) {
  const text = useText();
  const name = useName();
  const { matrix, choosing } = props;
  const { rows, modules } = matrix;
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [moved, setMoved] = useState(0);
  const [edited, setEdited] = useState<string>();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const columns = useMemo(
    () => ({ gridTemplateColumns: `minmax(11rem, 20rem) repeat(${modules.length}, minmax(6rem, 9rem))` }),
    [modules.length],
  );
  const pendingOf = useMemo(
    () => Map.groupBy(choosing.pending.values(), (change) => change.unitId),
    [choosing.pending],
  );
  const activate = useCallback((row: number, column: number) => setAt({ row, column }), []);

  // The row may have to come into the page first; focus follows when it is there.
  useEffect(() => {
    if (moved === 0) return;
    virtual.scrollToIndex(at.row);
    const frame = requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-place="${at.row} ${at.column}"]`)?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [moved, at, virtual]);

  const toggleBy = (row: MatrixRow, key: string): boolean => {
    const open = props.open.has(row.unit.id);
    const wanted = row.children > 0 && ((key === "ArrowRight" && !open) || (key === "ArrowLeft" && open));
    if (wanted) props.onToggle(row.unit.id);
    return wanted;
  };
  const cycle = (row: MatrixRow, column: number) => {
    const cell = row.cells[column - 1];
    if (!cell || !row.manageable) return;
    const pending = pendingAt(choosing.pending, row.unit.id, cell.pluginId);
    const shown = shownCell(cell, pending);
    choosing.change(cell, {
      unitId: row.unit.id,
      pluginId: cell.pluginId,
      choice: nextChoice(shown.choice),
      lock: shown.lock,
      why: pending?.why ?? "",
    });
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[at.row];
    if (!row || edited || event.nativeEvent.isComposing) return;
    if (event.key === " " && at.column > 0) {
      event.preventDefault();
      cycle(row, at.column);
      return;
    }
    if (at.column === 0 && toggleBy(row, event.key)) {
      event.preventDefault();
      return;
    }
    const to = gridKey(event.key, at, rows.length, modules.length);
    if (!to) return;
    event.preventDefault();
    setAt(to);
    setMoved((before) => before + 1);
  };
  return (
    <div
      role="treegrid"
      aria-label={text("modules.matrix")}
      aria-rowcount={rows.length + 1}
      aria-colcount={modules.length + 1}
      className="ad-matrix"
      ref={box}
      tabIndex={-1}
      onKeyDown={press}
    >
      <div role="row" aria-rowindex={1} className="ad-matrix-row ad-matrix-head" style={columns}>
        <div role="columnheader" aria-colindex={1} className="ad-matrix-unit">
          {text("modules.unitColumn")}
        </div>
        {modules.map((module, index) => (
          <div key={module.id} role="columnheader" aria-colindex={index + 2}>
            <Link to="/modules/$pluginId" params={{ pluginId: module.id }}>
              {name(module.title)}
            </Link>
          </div>
        ))}
      </div>
      <div role="rowgroup" className="ad-matrix-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <Row
                key={row.unit.id}
                row={row}
                index={item.index}
                top={item.start}
                columns={columns}
                matrix={matrix}
                expanded={props.open.has(row.unit.id)}
                active={at.row === item.index ? at.column : undefined}
                edited={edited?.startsWith(`${row.unit.id} `) ? edited : undefined}
                pending={pendingOf.get(row.unit.id)}
                onChange={choosing.change}
                onActive={activate}
                onToggle={props.onToggle}
                onEdit={setEdited}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: MatrixRow;
  readonly index: number;
  readonly top: number;
  readonly columns: { readonly gridTemplateColumns: string };
  readonly matrix: Matrix;
  readonly expanded: boolean;
  /** the column that keys are at, when they are in this row */
  readonly active: number | undefined;
  readonly edited: string | undefined;
  /** what is not applied yet in this row */
  readonly pending: readonly PendingChange[] | undefined;
  readonly onChange: Choosing["change"];
  readonly onActive: (row: number, column: number) => void;
  readonly onToggle: (unitId: string) => void;
  readonly onEdit: (cell: string | undefined) => void;
}

/** Remembered, so that a key press draws the two rows anew that it concerns and not all in sight. */
const Row = memo(function Row(props: RowProps) {
  const text = useText();
  const name = useName();
  const { row, index } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={row.depth + 1}
      aria-expanded={row.children > 0 ? props.expanded : undefined}
      className="ad-matrix-row"
      style={{ ...props.columns, transform: `translateY(${props.top}px)`, height: ROW_HEIGHT }}
    >
      <div role="rowheader" aria-colindex={1} className="ad-matrix-unit">
        <button
          type="button"
          data-place={`${index} 0`}
          tabIndex={props.active === 0 ? 0 : -1}
          style={{ paddingInlineStart: `${row.depth * 1.25}rem` }}
          onFocus={() => props.onActive(index, 0)}
          onClick={() => row.children > 0 && props.onToggle(row.unit.id)}
        >
          <span aria-hidden="true" className="ds-tree-toggle">
            {row.children > 0 ? (props.expanded ? "▾" : "▸") : ""}
          </span>
          {name(row.unit.name)}
          {row.children > 0 && (
            <span className="ds-hidden">{text(props.expanded ? "units.collapse" : "units.expand")}</span>
          )}
        </button>
      </div>
      {row.cells.map((_, column) => (
        <GridCell key={props.matrix.modules[column]?.id ?? column} {...props} column={column + 1} />
      ))}
    </div>
  );
});

function GridCell(props: RowProps & { readonly column: number }) {
  const words = useCellWords();
  const { row, index, column } = props;
  const module = props.matrix.modules[column - 1];
  const cell = row.cells[column - 1];
  if (!module || !cell) return null;
  const pending = props.pending?.find((change) => change.pluginId === cell.pluginId);
  const shown = shownCell(cell, pending);
  const key = `${row.unit.id} ${cell.pluginId}`;
  const opened = props.edited === key;
  const close = () => props.onEdit(undefined);
  return (
    <div role="gridcell" aria-colindex={column + 1} className={shown.pending ? "ad-cell-pending" : undefined}>
      <Popover opened={opened} onClose={close} width={320} withArrow trapFocus returnFocus shadow="md">
        <Popover.Target>
          <button
            type="button"
            data-place={`${index} ${column}`}
            tabIndex={props.active === column ? 0 : -1}
            aria-label={words(module.title, row.unit.name, cell, shown)}
            onFocus={() => props.onActive(index, column)}
            onClick={() => props.onEdit(opened ? undefined : key)}
            // Space switches the choice (the grid does that); the button's own press would open the details as well.
            onKeyUp={(event) => event.key === " " && event.preventDefault()}
          >
            <span aria-hidden="true">
              {shown.symbol}
              {(cell.lockedByAbove || shown.lock) && <LockMark />}
              {cell.warning ? "⚠" : ""}
              {shown.pending ? "✎" : ""}
            </span>
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={words(module.title, row.unit.name, cell, shown)}>
          <CellEditor
            unitId={row.unit.id}
            cell={cell}
            manageable={row.manageable}
            pending={pending}
            onChange={(change) => props.onChange(cell, change)}
            onClose={close}
          />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
