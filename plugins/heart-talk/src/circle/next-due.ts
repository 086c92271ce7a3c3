import { addDays } from "@doorstep/sdk";
import type { circle } from "../schema.ts";
import type { JobCtx } from "../talk-ctx.ts";

/** By when the next regular talk is due; who was never talked with counts as newly arrived. */
export function nextDue(row: typeof circle.$inferSelect, settings: JobCtx["settings"]): string {
  if (row.lastHeldOn === null) return addDays(row.since, settings.arrivalDays);
  return addDays(row.lastHeldOn, row.pace === "near" ? settings.nearDays : settings.furtherDays);
}
