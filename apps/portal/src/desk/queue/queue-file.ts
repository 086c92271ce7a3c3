import type { KernelContract, QueueColumn, QueueItem } from "@doorstep/contracts";
import { formatInstant, type Language } from "@doorstep/ui";
import type { z } from "zod";
import { labelsOf } from "../shared/labels-of.ts";
import { deskText, nameOf } from "../text.ts";

type Exported = z.output<KernelContract["cases"]["export"]["output"]>;

/** What a view shows as a table: first who took it out and when, then the headings, then a line for each case. */
export function queueFile(
  { items, by, at, complete }: Exported,
  shown: { readonly title: string; readonly columns: readonly QueueColumn[] },
  language: Language,
): readonly (readonly string[])[] {
  const text = deskText(language);
  const cells: Record<QueueColumn, (item: QueueItem) => string> = {
    caseNo: (item) => item.caseNo,
    labels: (item) =>
      labelsOf(item)
        .map(({ key }) => text(key))
        .join(" · "),
    state: (item) => nameOf(text, "state", item.state),
    category: (item) => nameOf(text, "category", item.category ?? "none"),
    channel: (item) => nameOf(text, "channel", item.channel),
    unit: (item) => item.holder.name[language],
    received: (item) => formatInstant(item.receivedAt, language),
  };
  const head = { by, at: formatInstant(at, language), view: shown.title, count: items.length };
  return [
    [text(complete ? "desk.queue.exportedBy" : "desk.queue.exportedPartBy", head)],
    [
      text("desk.queue.column.due"),
      text("desk.queue.column.title"),
      ...shown.columns.map((column) => text(`desk.queue.column.${column}`)),
    ],
    ...items.map((item) => [item.dueOn ?? "", item.title, ...shown.columns.map((column) => cells[column](item))]),
  ];
}
