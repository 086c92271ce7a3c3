import type { ExcludedSpan } from "@doorstep/contracts";
import { addDays } from "../calendars/local-days.ts";

/** What a clock row keeps of its pauses. */
export interface PauseState {
  /** Local date since which the clock stands; `null` while it runs. */
  readonly pausedOn: string | null;
  readonly excluded: readonly ExcludedSpan[];
}

/** Stops the clock with the given local day; pausing a clock that stands already changes nothing. */
export const pauseOn = (state: PauseState, date: string): PauseState =>
  state.pausedOn === null ? { ...state, pausedOn: date } : state;

/**
 * Lets the clock run again. Both ends are excluded: a hearing that opens and closes on one day takes that day
 * [R22:36]. The due date must then be counted again from the start.
 */
export function resumeOn(state: PauseState, date: string, why: ExcludedSpan["why"]): PauseState {
  if (state.pausedOn === null) return state;
  const to = date < state.pausedOn ? state.pausedOn : date;
  return { pausedOn: null, excluded: mergeSpans([...state.excluded, { from: state.pausedOn, to, why }]) };
}

/** Orders spans and joins those that share a day, so that no day is excluded twice. */
export function mergeSpans(spans: readonly ExcludedSpan[]): readonly ExcludedSpan[] {
  const merged: ExcludedSpan[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)))) {
    const last = merged.at(-1);
    if (!last || span.from > last.to) merged.push({ ...span });
    else if (span.to > last.to && span.why === last.why) last.to = span.to;
    else if (span.to > last.to) merged.push({ ...span, from: addDays(last.to, 1) });
  }
  return merged;
}
