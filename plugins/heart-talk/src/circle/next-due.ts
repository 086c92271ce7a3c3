import { addDays } from "@doorstep/sdk";
import type { circle } from "../schema.ts";
import type { JobCtx } from "../talk-ctx.ts";

type Kept = typeof circle.$inferSelect;

/** The half-year of a day: its first day, and its last. */
export function halfOf(day: string): { readonly from: string; readonly to: string } {
  const year = day.slice(0, 4);
  return day.slice(5, 7) <= "06"
    ? { from: `${year}-01-01`, to: `${year}-06-30` }
    : { from: `${year}-07-01`, to: `${year}-12-31` };
}

/** Whoever was drawn is talked with once. */
export const isOver = (row: Kept): boolean => row.drawn && row.lastHeldOn !== null;

/** By when the next regular talk is due; who was never talked with counts as newly arrived, who was drawn has the half-year. */
export function nextDue(row: Kept, settings: JobCtx["settings"]): string {
  if (row.drawn) return halfOf(row.since).to;
  if (row.lastHeldOn === null) return addDays(row.since, settings.arrivalDays);
  return addDays(row.lastHeldOn, row.pace === "near" ? settings.nearDays : settings.furtherDays);
}
