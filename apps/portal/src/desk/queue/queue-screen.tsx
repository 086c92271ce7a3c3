import { useContributions } from "@doorstep/sdk/ui-host";
import { Button, DataList, Screen, Skeleton, useShortcuts } from "@doorstep/ui";
import { useEffect, useRef, useState } from "react";
import { useDesk } from "../desk-context.ts";
import type { QueueFilter } from "../place.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { usePrinting } from "../shared/use-printing.ts";
import { nameOf, useDeskText } from "../text.ts";
import { moved, toggled } from "./arrivals.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { ExportPanel } from "./export-panel.tsx";
import { QueueEmpty } from "./queue-empty.tsx";
import { QueueFilters } from "./queue-filters.tsx";
import { QueuePreview } from "./queue-preview.tsx";
import { QueueRow, rowId } from "./queue-row.tsx";
import { QueueViews } from "./queue-views.tsx";
import { SettingsPanel } from "./settings-panel.tsx";
import { useQueue } from "./use-queue.ts";
import { shownColumns } from "./view-of.ts";

const nothing: ReadonlySet<string> = new Set();

/** D1: the cases of a view, nearest date first, worked through by keyboard. */
export function QueueScreen(props: { readonly filter: QueueFilter }) {
  const { text } = useDeskText();
  const { go } = useDesk();
  const { filter } = props;
  const queue = useQueue(filter);
  const { rows } = queue;
  const [active, setActive] = useState(-1);
  const [chosen, setChosen] = useState(nothing);
  const [previewing, setPreviewing] = useState(false);
  const [panel, setPanel] = useState<"settings" | "export">();
  const wanted = useRef<string>(undefined);
  const searchField = useRef<HTMLInputElement>(null);
  const printing = usePrinting();
  const current = rows[active];
  const columns = shownColumns(filter);
  const added = useContributions("queueColumns");
  const filterKey = JSON.stringify(filter);

  useEffect(() => {
    setActive(-1);
    setChosen(nothing);
    setPreviewing(false);
  }, [filterKey]);

  const focusRow = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setActive(index);
    wanted.current = row.caseId;
    // The list brings the row into the page first; two frames later it is there. A key held down leaves only the last.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (wanted.current === row.caseId) document.getElementById(rowId(row.caseId))?.focus({ preventScroll: true });
      }),
    );
  };
  const open = (act?: string) => current && go({ page: "case", caseNo: current.caseNo, filter, act });
  const step = (by: 1 | -1) => () => focusRow(moved(active, by, rows.length));
  const clear = () => {
    if (previewing) setPreviewing(false);
    else setChosen(nothing);
  };

  useShortcuts([
    { keys: "j", label: text("desk.keys.next"), run: step(1) },
    { keys: "k", label: text("desk.keys.previous"), run: step(-1) },
    { keys: " ", label: text("desk.keys.preview"), run: () => current && setPreviewing((before) => !before) },
    { keys: "x", label: text("desk.keys.select"), run: () => current && setChosen(toggled(chosen, current.caseId)) },
    { keys: "escape", label: text("desk.keys.clear"), run: clear },
    { keys: "a", label: text("desk.keys.assign"), run: () => open("handler") },
    { keys: "t", label: text("desk.keys.transfer"), run: () => open("transfer") },
    { keys: "r", label: text("desk.keys.reply"), run: () => open("reply") },
    { keys: "e", label: text("desk.keys.extend"), run: () => open("extend") },
    { keys: "/", label: text("desk.keys.search"), run: () => searchField.current?.focus() },
  ]);

  const chosenRows = rows.filter((row) => chosen.has(row.caseId));
  const title = filter.q ? text("desk.queue.found", { q: filter.q }) : nameOf(text, "view", filter.view);

  return (
    <Screen
      title={title}
      width="full"
      actions={
        <span className="ds-row ds-no-print">
          <Button variant="default" onClick={() => setPanel("settings")}>
            {text("desk.queue.settings")}
          </Button>
          {filter.q === undefined && rows.length > 0 && (
            <Button variant="default" onClick={() => setPanel("export")}>
              {text("desk.queue.export")}
            </Button>
          )}
          <Button variant="default" onClick={() => print()}>
            {text("desk.print")}
          </Button>
          {rows[0] && <Button onClick={() => (current ? open() : focusRow(0))}>{text("desk.queue.openNext")}</Button>}
        </span>
      }
    >
      <div className="desk-queue" data-preview={(previewing && current !== undefined) || undefined}>
        <QueueViews filter={filter} />
        <div className="desk-list">
          <QueueFilters key={filter.q ?? ""} filter={filter} searchField={searchField} />
          <div role="status" className="desk-arrived ds-no-print">
            {queue.arrived.length > 0 && (
              <Button variant="light" onClick={queue.showArrived}>
                {text("desk.queue.arrived", { count: queue.arrived.length })}
              </Button>
            )}
          </div>
          {queue.error && <FailedState error={queue.error} onRetry={queue.retry} />}
          {queue.loading && <Skeleton lines={8} />}
          {!queue.loading && !queue.error && rows.length === 0 && <QueueEmpty filter={filter} />}
          {rows.length > 0 && (
            <DataList
              label={title}
              items={rows}
              keyOf={(row) => row.caseId}
              rowHeight={76}
              height={printing ? `${rows.length * 76}px` : "var(--desk-list-height)"}
              activeIndex={active}
              onEnd={queue.more}
            >
              {(row, index) => (
                <QueueRow
                  item={row}
                  filter={filter}
                  columns={columns}
                  added={added}
                  active={index === Math.max(active, 0)}
                  selected={chosen.has(row.caseId)}
                  mark={queue.fresh.has(row.caseId) ? "new" : queue.changed.has(row.caseId) ? "changed" : undefined}
                  onFocus={() => setActive(index)}
                  onSelect={() => {
                    setActive(index);
                    setChosen(toggled(chosen, row.caseId));
                  }}
                />
              )}
            </DataList>
          )}
          <BulkBar
            items={chosenRows}
            onClear={() => setChosen(nothing)}
            onDone={(done) => setChosen(new Set([...chosen].filter((id) => !done.includes(id))))}
          />
        </div>
        {previewing && current && <QueuePreview item={current} filter={filter} onClose={() => setPreviewing(false)} />}
      </div>
      <SettingsPanel opened={panel === "settings"} filter={filter} onClose={() => setPanel(undefined)} />
      <ExportPanel opened={panel === "export"} title={title} filter={filter} onClose={() => setPanel(undefined)} />
    </Screen>
  );
}
