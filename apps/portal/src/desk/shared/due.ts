import { type DueState, dueMark, formatDate, type Language } from "@doorstep/ui";
import type { DeskText } from "../text.ts";

export interface DueWords {
  readonly state: DueState;
  /** "3 days left", "2 days overdue" */
  readonly short: string;
}

interface Running {
  readonly dueOn: string | null;
  readonly daysLeft: number | null;
  readonly state?: "running" | "paused" | "stopped" | "breached";
  /** the petitioner's own time is over some day, and never overdue */
  readonly ofPetitioner?: boolean;
}

function daysInWords(days: number, text: DeskText): string {
  if (days < 0) return text("desk.due.over", { count: -days });
  return days === 0 ? text("desk.due.today") : text("desk.due.left", { count: days });
}

/** A date's state in symbol and words. The days were counted by the server; nothing is computed from today here. */
export function dueWords(clock: Running, text: DeskText): DueWords | undefined {
  if (clock.dueOn === null || clock.daysLeft === null) return undefined;
  if (clock.state === "paused") return { state: "paused", short: text("desk.due.paused") };
  if (clock.state === "stopped") return { state: "done", short: text("desk.due.done") };
  if (clock.ofPetitioner && clock.daysLeft < 0) return { state: "done", short: text("desk.due.ended") };
  return { state: dueMark({ daysLeft: clock.daysLeft }).state, short: daysInWords(clock.daysLeft, text) };
}

/** Absolute first, then relative: "By 20 December 2026 (11 days left)". */
export function dueSentence(clock: Running, text: DeskText, language: Language): string {
  const words = dueWords(clock, text);
  if (!words || clock.dueOn === null) return text("desk.due.none");
  return text("desk.due.by", { date: formatDate(clock.dueOn, language), words: words.short });
}
