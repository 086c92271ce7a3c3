import { EmptyState } from "@doorstep/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { UnitPicker } from "../units/unit-picker.tsx";
import { CellEditor } from "./cell-editor.tsx";
import { LockMark } from "./lock-mark.tsx";
import { type Choosing, pendingAt, shownCell } from "./matrix-cell.ts";

interface PhoneModulesProps {
  readonly unitId: string | undefined;
  readonly choosing: Choosing;
}

/** The matrix on a phone: one unit, its modules below each other. */
export function PhoneModules(props: PhoneModulesProps) {
  const text = useText();
  const name = useName();
  const navigate = useNavigate();
  const { choosing } = props;
  const matrix = useQuery(
    kernel.modules.matrix.queryOptions(
      { q: "", expanded: [], ...(props.unitId && { rootId: props.unitId }) },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <Loaded query={matrix} lines={8}>
      {({ modules, rows }) => {
        const row = rows[0];
        if (modules.length === 0) return <EmptyState title={text("modules.empty")} />;
        if (!row) return <EmptyState title={text("modules.noUnits")} />;
        return (
          <>
            <UnitPicker
              name="unit"
              label={text("modules.unit")}
              first={row.unit}
              value={row.unit.id}
              onChange={(unit) => void navigate({ to: "/modules", search: unit ? { unit } : {} })}
            />
            <ul className="ds-list">
              {row.cells.map((cell, index) => {
                const module = modules[index];
                const pending = pendingAt(choosing.pending, row.unit.id, cell.pluginId);
                const shown = shownCell(cell, pending);
                return (
                  module && (
                    <li key={cell.pluginId} className="ds-panel">
                      <h2>
                        <span aria-hidden="true">
                          {shown.symbol} {cell.lockedByAbove && <LockMark />}
                        </span>
                        {name(module.title)}
                      </h2>
                      <CellEditor
                        unitId={row.unit.id}
                        cell={cell}
                        manageable={row.manageable}
                        pending={pending}
                        onChange={(change) => choosing.change(cell, change)}
                      />
                    </li>
                  )
                );
              })}
            </ul>
          </>
        );
      }}
    </Loaded>
  );
}
