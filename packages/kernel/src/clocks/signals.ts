import type { ClockSignal, ClockUnit } from "@doorstep/contracts";
import { addDays } from "../calendars/local-days.ts";
import { endOfLocalDay, instantMs } from "./local-time.ts";

/** A moment at which something must happen to a clock. */
export interface Signal {
  readonly kind: ClockSignal;
  /** Instant; what `next_at` is set to. */
  readonly at: string;
}

export interface SignalledClock {
  readonly startedAt: string;
  readonly dueAt: string;
  readonly dueOn: string;
  readonly timeZone: string;
  readonly unit: ClockUnit;
  /** The signals its rule asks for. */
  readonly signals: readonly ClockSignal[];
  /** Nothing is signalled before this instant (import): early signals fall away, breach begins here. */
  readonly effectsFrom?: string;
}

const DAY_MS = 86_400_000;
const early: readonly ClockSignal[] = ["half", "eightyPercent", "threeDaysLeft"];

/** All signals of a clock in the order of their time. Early ones that would not lie between start and due are left out. */
export function signalsOf(clock: SignalledClock): readonly Signal[] {
  const start = instantMs(
    clock.startedAt.length === 10 ? endOfLocalDay(clock.startedAt, clock.timeZone) : clock.startedAt,
  );
  const due = instantMs(clock.dueAt);
  const share = (part: number) => start + Math.floor((due - start) * part);
  const at: Record<ClockSignal, number> = {
    half: share(0.5),
    eightyPercent: share(0.8),
    threeDaysLeft: clock.unit === "hour" ? start : instantMs(endOfLocalDay(addDays(clock.dueOn, -3), clock.timeZone)),
    due,
    overdue: due + DAY_MS,
  };
  const from = clock.effectsFrom === undefined ? Number.NEGATIVE_INFINITY : instantMs(clock.effectsFrom);
  return clock.signals
    .filter((kind) => !early.includes(kind) || (at[kind] > start && at[kind] < due && at[kind] >= from))
    .map((kind) => ({ kind, ms: Math.max(at[kind], from) }))
    .toSorted((a, b) => a.ms - b.ms)
    .map(({ kind, ms }) => ({ kind, at: new Date(ms).toISOString() }));
}

export interface SignalStep {
  /** What must be done now: of the early signals only the latest, `due` and `overdue` always. */
  readonly fire: readonly ClockSignal[];
  /** How many signals are behind; kept in the row. */
  readonly passed: number;
  readonly nextAt: string | null;
}

/** Moves a clock past every signal whose time has come. */
export function advanceSignals(all: readonly Signal[], passed: number, now: string): SignalStep {
  const nowMs = instantMs(now);
  const behind = all.filter((s) => instantMs(s.at) <= nowMs).length;
  const due = all.slice(passed, Math.max(passed, behind)).map((s) => s.kind);
  const breach = due.filter((kind) => !early.includes(kind));
  const warning = breach.length > 0 ? undefined : due.at(-1);
  return {
    fire: warning ? [warning] : breach,
    passed: Math.max(passed, behind),
    nextAt: all[Math.max(passed, behind)]?.at ?? null,
  };
}

/** Signals of a clock whose due date has moved: those already behind `now` stay silent, breach included only if it still lies ahead. */
export function restartSignals(all: readonly Signal[], now: string): SignalStep {
  const behind = all.filter((s) => instantMs(s.at) <= instantMs(now) && early.includes(s.kind)).length;
  return { fire: [], passed: behind, nextAt: all[behind]?.at ?? null };
}
