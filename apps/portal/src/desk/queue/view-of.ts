import { type QueueColumn, queueColumns, type ViewDefinition } from "@doorstep/contracts";
import type { QueueFilter } from "../place.ts";

/** The category stands in the filter already for most who want it. */
const usualColumns: readonly QueueColumn[] = queueColumns.filter((column) => column !== "category");

/** The columns of an address, each once and in their one order. */
export const shownColumns = ({ columns = [...usualColumns] }: Pick<QueueFilter, "columns">): QueueColumn[] =>
  queueColumns.filter((column) => columns.includes(column));

/** What an address shows, as it is kept under a name or taken out as a file; words searched for are no view. */
export const definitionOf = (filter: QueueFilter): ViewDefinition => ({
  view: filter.view,
  ...(filter.unit && { unitId: filter.unit }),
  ...(filter.category && { category: filter.category }),
  ...(filter.channel && { channel: filter.channel }),
  order: filter.order ?? "usual",
  columns: shownColumns(filter),
});

/** The address of a kept view. */
export const filterOf = ({ unitId, ...definition }: ViewDefinition): QueueFilter => ({
  ...definition,
  ...(unitId && { unit: unitId }),
});

/** Whether an address shows just this view. */
export const isShown = (definition: ViewDefinition, filter: QueueFilter): boolean =>
  filter.q === undefined && JSON.stringify(definitionOf(filterOf(definition))) === JSON.stringify(definitionOf(filter));
