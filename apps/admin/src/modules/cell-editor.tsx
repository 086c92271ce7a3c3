import type { Choice } from "@doorstep/contracts";
import { Button, SegmentedControl, Skeleton, Stack, TextField, Tick } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useName, useText } from "../app/i18n.ts";
import { kernel } from "../app/rpc.ts";
import { LockMark } from "./lock-mark.tsx";
import { type Cell, type PendingChange, shownCell } from "./matrix-cell.ts";

const choices = ["inherit", "on", "off"] as const;

interface CellEditorProps {
  readonly unitId: string;
  readonly cell: Cell;
  readonly manageable: boolean;
  readonly pending: PendingChange | undefined;
  readonly onChange: (change: PendingChange) => void;
  readonly onClose?: () => void;
}

/** Choice, lock and reason of one cell, and who decided what holds now. */
export function CellEditor(props: CellEditorProps) {
  const text = useText();
  const name = useName();
  const { unitId, cell, pending } = props;
  const shown = shownCell(cell, pending);
  const explained = useQuery(kernel.modules.explain.queryOptions({ unitId, pluginId: cell.pluginId }));
  const set = (part: Partial<PendingChange>) =>
    props.onChange({
      unitId,
      pluginId: cell.pluginId,
      choice: shown.choice,
      lock: shown.lock,
      why: pending?.why ?? "",
      ...part,
    });
  return (
    <Stack gap="sm">
      {explained.data ? <p className="ds-hint ad-line">{name(explained.data.sentence)}</p> : <Skeleton lines={1} />}
      {cell.lockedByAbove && (
        <p className="ad-line">
          <LockMark /> {text("modules.lockedNote")}
        </p>
      )}
      {!props.manageable && <p className="ad-line">{text("modules.readOnly")}</p>}
      {props.manageable && (
        <>
          <SegmentedControl
            aria-label={text("modules.choice")}
            value={shown.choice}
            onChange={(value) => set({ choice: value as Choice })}
            data={choices.map((choice) => ({ value: choice, label: text(`modules.${choice}`) }))}
          />
          {shown.choice !== "inherit" && (
            <Tick name="lock" label={text("modules.lock")} value={shown.lock} onChange={(lock) => set({ lock })} />
          )}
          {shown.pending && (
            <TextField
              name="why"
              label={text("modules.why")}
              value={pending?.why ?? ""}
              onChange={(why) => set({ why })}
              maxLength={200}
            />
          )}
        </>
      )}
      {props.onClose && (
        <Button variant="default" onClick={props.onClose}>
          {text("modules.close")}
        </Button>
      )}
    </Stack>
  );
}
