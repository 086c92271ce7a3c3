import { DoorstepError, type ExcludedSpan, type Explain } from "@doorstep/contracts";
import { dayNumber } from "../calendars/local-days.ts";
import type { WorkCalendar } from "../calendars/work-calendar.ts";
import { dueOn, type Rule, ruleFacts } from "./due-on.ts";
import { endOfLocalDay, instantMs, localDateOf } from "./local-time.ts";

/** What one clock has lived through: everything but the rule that its due date follows from. */
export interface ClockRun {
  /** When it started: an instant, or the local date alone where the source states no time (import). */
  readonly startedAt: string;
  /** Of the unit that owes the duty. */
  readonly timeZone: string;
  readonly calendar: WorkCalendar;
  /** Days granted once (K4). */
  readonly extension?: number;
  readonly excluded?: readonly ExcludedSpan[];
  /** The act's own length, where the rule allows one (K5). */
  readonly ownAmount?: number;
  /** The act's own date, where the rule needs one (K25). */
  readonly ownDate?: string;
  /** A due date the petitioner was already told: his right never becomes shorter than that. */
  readonly toldOn?: string;
}

/** The columns of a clock row that follow from rule and run. */
export interface DueDate {
  readonly startOn: string;
  readonly dueOn: string;
  /** End of that local day, or the exact instant of a clock that runs in hours. */
  readonly dueAt: string;
  /** The date lies beyond the announced calendar and may move. */
  readonly provisional: boolean;
  readonly explain: Explain;
}

const HOUR_MS = 3_600_000;

/** Rules whose end is a right of the petitioner are kept at what he was told. */
type DatedRule = Rule & { readonly own?: "none" | "amount" | "date"; readonly petitionerRight?: boolean };

/**
 * Computes a due date from rule, calendar and events alone. Nobody edits one: extend, resume or a new calendar
 * means to call this again with the changed run.
 *
 * @throws DoorstepError `clock.ownLengthMissing` where the act must bring a date and brought none.
 */
export function dueDate(rule: DatedRule, run: ClockRun): DueDate {
  const startOn = run.startedAt.length === 10 ? run.startedAt : localDateOf(run.startedAt, run.timeZone);
  if (rule.unit === "hour") return dueInHours(rule, run, startOn);
  const counted = withOwnLength(rule, run, startOn);
  const told = rule.petitionerRight ? run.toldOn : undefined;
  const explain = told !== undefined && told > counted.due ? { ...counted, due: told, keptFor: told } : counted;
  return finish(explain, endOfLocalDay(explain.due, run.timeZone), run);
}

function withOwnLength(rule: DatedRule, run: ClockRun, startOn: string): Explain {
  const options = {
    ...(run.extension !== undefined && { extension: run.extension }),
    ...(run.excluded && { excluded: run.excluded }),
  };
  if (rule.own === "date") {
    const due = run.ownDate;
    if (due === undefined || due < startOn) throw new DoorstepError("clock.ownLengthMissing");
    // a promised date is what was promised: it neither rolls nor stretches
    const amount = dayNumber(due) - dayNumber(startOn);
    return { ...ruleFacts({ ...rule, amount, unit: "day" }, startOn, run.calendar), counted: due, skipped: [], due };
  }
  const amount = rule.own === "amount" ? run.ownAmount : undefined;
  return dueOn(amount === undefined ? rule : { ...rule, amount }, startOn, run.calendar, options);
}

function dueInHours(rule: Rule, run: ClockRun, startOn: string): DueDate {
  if (run.startedAt.length === 10) throw new RangeError(`${rule.ref} runs in hours and needs the instant it started`);
  const dueAt = new Date(instantMs(run.startedAt) + rule.amount * HOUR_MS).toISOString();
  const due = localDateOf(dueAt, run.timeZone);
  // real time: neither holidays nor the end of the calendar matter
  const explain: Explain = { ...ruleFacts(rule, startOn, run.calendar), counted: due, skipped: [], due };
  return finish(explain, dueAt, run);
}

function finish(explain: Explain, dueAt: string, run: ClockRun): DueDate {
  const whole: Explain = {
    ...explain,
    ...(run.startedAt.length > 10 && { startedAt: new Date(instantMs(run.startedAt)).toISOString() }),
    dueAt,
    timeZone: run.timeZone,
  };
  return {
    startOn: explain.start,
    dueOn: explain.due,
    dueAt,
    provisional: explain.provisionalAfter !== undefined,
    explain: whole,
  };
}
