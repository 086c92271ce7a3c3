import { buildCalendar } from "./build-calendar.ts";
import { notices } from "./notices.ts";

/** Every day announced up to the notice for 2026. The notice for 2027 makes `cn-2027.1`; this one is never edited. */
export const cn2026 = buildCalendar("cn-2026.1", notices);
