import { queueColumns } from "@doorstep/contracts";
import { SidePanel, Tick } from "@doorstep/ui";
import { useDesk } from "../desk-context.ts";
import type { QueueFilter } from "../place.ts";
import { useDeskText } from "../text.ts";
import { SavedViews } from "./saved-views.tsx";
import { shownColumns } from "./view-of.ts";

interface SettingsPanelProps {
  readonly opened: boolean;
  readonly filter: QueueFilter;
  readonly onClose: () => void;
}

/** How the list is shown: columns and order, at once and in the address; and what is kept of it under a name. */
export function SettingsPanel(props: SettingsPanelProps) {
  const { text } = useDeskText();
  const { go } = useDesk();
  const { filter } = props;
  const columns = shownColumns(filter);
  const change = (part: Partial<QueueFilter>) =>
    go({ page: "queue", filter: { ...filter, ...part } }, { replace: true });
  return (
    <SidePanel opened={props.opened} title={text("desk.queue.settings")} onClose={props.onClose}>
      <fieldset className="ds-cards">
        <legend className="ds-legend">{text("desk.queue.columns")}</legend>
        {queueColumns.map((column) => (
          <Tick
            key={column}
            name={column}
            label={text(`desk.queue.column.${column}`)}
            value={columns.includes(column)}
            onChange={(on) =>
              change({ columns: on ? [...columns, column] : columns.filter((other) => other !== column) })
            }
          />
        ))}
      </fieldset>
      <Tick
        name="order"
        label={text("desk.queue.reversed")}
        note={text("desk.queue.reversedNote")}
        value={filter.order === "reversed"}
        onChange={(on) => change({ order: on ? "reversed" : undefined })}
      />
      {filter.q === undefined && <SavedViews filter={filter} />}
    </SidePanel>
  );
}
