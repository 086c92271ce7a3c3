import type { QueueColumn, QueueItem } from "@doorstep/contracts";
import { formatInstant } from "@doorstep/ui";
import { type AddedColumn, RowCells } from "../modules/row-cells.tsx";
import type { QueueFilter } from "../place.ts";
import { DeskLink } from "../shared/desk-link.tsx";
import { Labels, RowDue } from "../shared/labels.tsx";
import { nameOf, useDeskText } from "../text.ts";

interface QueueRowProps {
  readonly item: QueueItem;
  readonly filter: QueueFilter;
  /** what it shows beside date and title */
  readonly columns: readonly QueueColumn[];
  readonly active: boolean;
  readonly selected: boolean;
  /** what modules add to it */
  readonly added: readonly AddedColumn[];
  /** came with the last load, or was changed by somebody since */
  readonly mark?: "new" | "changed" | undefined;
  readonly onFocus: () => void;
  readonly onSelect: () => void;
}

/** The id that keys move focus to. */
export const rowId = (caseId: string): string => `row-${caseId}`;

/** One case of the queue: the title is the link, the box chooses it for acts on several. */
export function QueueRow(props: QueueRowProps) {
  const { text, language } = useDeskText();
  const { item, filter } = props;
  const shows = (column: QueueColumn) => props.columns.includes(column);
  const place = [
    ...(shows("channel") ? [nameOf(text, "channel", item.channel)] : []),
    ...(shows("unit") ? [item.holder.name[language]] : []),
  ];
  return (
    <article className="desk-row" data-active={props.active || undefined} data-selected={props.selected || undefined}>
      <label className="desk-row-box">
        <span className="ds-hidden">{text("desk.queue.select", { title: item.title })}</span>
        <input type="checkbox" checked={props.selected} onChange={props.onSelect} tabIndex={props.active ? 0 : -1} />
      </label>
      <div className="desk-row-due">
        <RowDue item={item} />
      </div>
      <div className="desk-row-main">
        <DeskLink
          id={rowId(item.caseId)}
          to={{ page: "case", caseNo: item.caseNo, filter }}
          className="desk-row-title"
          onFocus={props.onFocus}
        >
          {item.title}
        </DeskLink>
        <p className="desk-row-facts">
          {shows("caseNo") && <span className="ds-mono">{item.caseNo}</span>}
          {props.mark && <strong className="desk-row-mark">{text(`desk.queue.mark.${props.mark}`)}</strong>}
          {shows("labels") && <Labels item={item} />}
        </p>
      </div>
      <div className="desk-row-side">
        {shows("state") && <span>{nameOf(text, "state", item.state)}</span>}
        {shows("category") && <span>{nameOf(text, "category", item.category ?? "none")}</span>}
        {place.length > 0 && <span>{place.join(" · ")}</span>}
        {shows("received") && <span>{formatInstant(item.receivedAt, language)}</span>}
        <RowCells caseId={item.caseId} columns={props.added} />
      </div>
    </article>
  );
}
