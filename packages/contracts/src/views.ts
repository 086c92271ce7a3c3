import { z } from "zod";
import { listInput, queueItem } from "./cases.ts";
import { id, instant, text } from "./ids.ts";
import { unitSummary } from "./units.ts";

/** What a row of the queue may show beside the date and the title, in the order in which it stands. */
export const queueColumns = ["caseNo", "labels", "state", "category", "channel", "unit", "received"] as const;
export type QueueColumn = (typeof queueColumns)[number];

/** What a view shows: all that a list can be asked for, and the columns. */
export const viewDefinition = listInput.omit({ cursor: true, limit: true }).extend({
  columns: z.array(z.enum(queueColumns)).max(queueColumns.length),
});
export type ViewDefinition = z.infer<typeof viewDefinition>;

export const savedView = z.object({
  id,
  name: z.string(),
  definition: viewDefinition,
  /** the asker's own: nobody else changes it */
  own: z.boolean(),
  by: z.string(),
  /** whose people may use it, with those of the units below; nobody but its owner without one */
  unit: unitSummary.pick({ id: true, name: true }).nullable(),
  mayUnshare: z.boolean(),
});
export type SavedView = z.infer<typeof savedView>;

/** With the id of an own view it is changed, else a new one is made. */
export const saveViewInput = z.object({ id: id.optional(), name: text(60), definition: viewDefinition });
export const shareViewInput = z.object({ id, unitId: id.nullable() });

/** At most so many cases leave the house in one file. */
export const MOST_EXPORTED_CASES = 5_000;

export const exportCasesInput = viewDefinition.extend({ reason: text(300, 4) });
export const exportedCases = z.object({
  items: z.array(queueItem),
  /** whether the view shows no more than this */
  complete: z.boolean(),
  by: z.string(),
  at: instant,
});
