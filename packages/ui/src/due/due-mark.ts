/** How near an end is, told by shape and words as well as colour, so that it reads without colour. */
export type DueState = "ample" | "soon" | "today" | "overdue" | "paused" | "done";

export interface DueMark {
  readonly state: DueState;
  readonly symbol: string;
  readonly color: string;
}

const marks: Record<DueState, DueMark> = {
  ample: { state: "ample", symbol: "○", color: "gray" },
  soon: { state: "soon", symbol: "◐", color: "yellow" },
  today: { state: "today", symbol: "◑", color: "orange" },
  overdue: { state: "overdue", symbol: "●", color: "red" },
  paused: { state: "paused", symbol: "‖", color: "blue" },
  done: { state: "done", symbol: "✓", color: "teal" },
};

/** From this many working days before the end a mark says "soon". */
export const SOON_DAYS = 3;

/** Gives the symbol and colour of a known state. */
export function markOf(state: DueState): DueMark {
  return marks[state];
}

/**
 * Derives the state from the days that the server counted.
 *
 * @param daysLeft - whole days to the end; 0 is today, negative is past.
 */
export function dueMark(due: {
  readonly daysLeft: number;
  readonly paused?: boolean;
  readonly done?: boolean;
}): DueMark {
  if (due.done) return marks.done;
  if (due.paused) return marks.paused;
  if (due.daysLeft < 0) return marks.overdue;
  if (due.daysLeft === 0) return marks.today;
  return due.daysLeft <= SOON_DAYS ? marks.soon : marks.ample;
}
