import {
  type ClockCode,
  type ClockRole,
  clockRoles,
  type ExcludedSpan,
  type Explain,
  type RecountReason,
} from "@doorstep/contracts";
import type { WorkCalendar } from "../calendars/work-calendar.ts";
import { type ClockRun, type DueDate, dueDate } from "../clocks/due-date.ts";
import { localDateOf } from "../clocks/local-time.ts";
import { pauseOn, resumeOn } from "../clocks/pauses.ts";
import { petitionerClocks } from "../clocks/petitioner-clocks.ts";
import { type EffectivePack, type ResolvedRule, resolveRule, ruleFor } from "../clocks/policy-rules.ts";
import { restartSignals, signalsOf } from "../clocks/signals.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ClockEffect, Scene } from "../life-cycle/rule.ts";
import type { ClockRow, Loaded } from "./load-case.ts";

/** Due date of a case that waits for nothing. */
export const OPEN_END = "9999-12-31";

/** What an act may say about the clocks that its row of the table starts or moves. */
export interface ClockInputs {
  /** a clock that does not start now: the local date it starts on */
  readonly startsOn?: Partial<Record<ClockRole, string>>;
  /** a clock whose length the act itself brings */
  readonly ownAmount?: Partial<Record<ClockRole, number>>;
  /** a clock that the act names something by */
  readonly ownId?: Partial<Record<ClockRole, string>>;
  /** days that a body above has set in place of the rule's own length */
  readonly setDays?: Partial<Record<ClockRole, number>>;
  /** a clock whose date the act itself brings (a promise) */
  readonly ownDate?: Partial<Record<ClockRole, string>>;
  /** one clock each, with the id and the date the act brings (several promises in one reply) */
  readonly ownDates?: Partial<Record<ClockRole, readonly { readonly id: string; readonly on: string }[]>>;
  /** the only clock that a `stop` of its role stops: one promise of several */
  readonly only?: string;
  /** a clock that a `stop` of its role leaves running: the report on an assignment is owed beyond the reply */
  readonly spares?: string | undefined;
  /** roles whose clock runs already, as the petition counted as accepted by itself: neither stopped nor started */
  readonly keeps?: readonly ClockRole[];
  /** the part of its rule by which a clock starts, where the pack has it; `null`: not at all */
  readonly parts?: Partial<Record<ClockRole, string | null>>;
  /** a breached clock whose effects are done with this act */
  readonly breachDone?: string;
  /** clocks counted anew for a reason outside the case, as they are to stand */
  readonly recounted?: readonly ClockRow[];
  /** days granted to a running clock, once [R22:34] */
  readonly extension?: Partial<Record<ClockRole, number>>;
}

type Rules = Pick<Kernel, "newId" | "rules">;

/** Of the case, what its clocks are counted by; the path is that of the unit that owes the duty. */
export type Counted = Pick<LoadedCase, "id" | "track" | "calendar" | "timeZone" | "holderPath">;

export interface StartedClock {
  readonly row: object;
  readonly code: string;
  /** with its part (`K24.findings`), by which the ledger tells clocks of one code apart */
  readonly ref: string;
  readonly dueOn: string;
  /** the length a unit has made shorter, for the ledger */
  readonly shortened?: number;
}

const ruleOf = (row: ClockRow): string | undefined => (row.explain as { rule?: string } | null)?.rule;
const codeOf = (rule: ResolvedRule | null): string | undefined => rule?.ref.split(".")[0];

/** The newest calendar for the unit; a right of the petitioner runs by what was announced, whatever a unit has added. */
function calendarNow(k: Rules, c: Counted, rule: Pick<ResolvedRule, "petitionerRight">): WorkCalendar {
  const newest = k.rules.newestCalendar(k.rules.calendar(c.calendar).region, c.holderPath);
  return rule.petitionerRight ? k.rules.announcedFor(newest.id) : newest;
}

/** Counted from the moment in which somebody knows: the day on which a letter came has no hour. */
const isInHours = (rule: Pick<ResolvedRule, "unit">): boolean => rule.unit === "hour";

/** A new clock's row, or nothing where the pack knows no such clock for the track. */
export function startClock(
  k: Rules,
  c: Counted,
  s: Scene,
  role: ClockRole,
  options: {
    readonly startsOn?: string | undefined;
    readonly ownAmount?: number | undefined;
    readonly setDays?: number | undefined;
    readonly ownDate?: string | undefined;
    readonly effectsFrom?: string;
    readonly id?: string;
    readonly part?: string | undefined;
  } = {},
): StartedClock | null {
  const set = options.setDays;
  const shortened = set === undefined ? k.rules.shortened(c.holderPath, s.today) : {};
  const found = resolveRule(s.pack, shortened, role, c.track, options.part);
  if (!found) return null;
  const rule: ResolvedRule = set === undefined ? found : { ...found, amount: set, unit: "day" };
  const calendar = calendarNow(k, c, rule);
  const startedAt = (isInHours(rule) ? undefined : options.startsOn) ?? s.now.toISOString();
  const due = dueDate(rule, {
    startedAt,
    timeZone: c.timeZone,
    calendar,
    ...(options.ownAmount !== undefined && { ownAmount: options.ownAmount }),
    ...(options.ownDate !== undefined && { ownDate: options.ownDate }),
  });
  const signals = signalsOf({
    startedAt,
    dueAt: due.dueAt,
    dueOn: due.dueOn,
    timeZone: c.timeZone,
    unit: rule.unit,
    signals: rule.signals,
    ...(options.effectsFrom && { effectsFrom: options.effectsFrom }),
  });
  return {
    code: codeOf(rule) ?? rule.ref,
    ref: rule.ref,
    dueOn: due.dueOn,
    ...(rule.packAmount !== undefined && options.ownAmount === undefined && { shortened: rule.amount }),
    row: {
      id: options.id ?? k.newId(),
      case_id: c.id,
      code: codeOf(rule),
      state: "running",
      started_at: startedAt.length === 10 ? s.now.toISOString() : startedAt,
      start_on: due.startOn,
      amount: options.ownAmount ?? rule.amount,
      unit: rule.unit,
      extension: 0,
      excluded: [],
      paused_on: null,
      due_on: due.dueOn,
      due_at: due.dueAt,
      next_at: signals[0]?.at ?? null,
      signal: 0,
      calendar: calendar.id,
      provisional: due.provisional,
      explain: due.explain,
    },
  };
}

function targetsOf(s: Scene, role: ClockRole): readonly string[] {
  const target = s.pack.roleMap[role];
  if (typeof target === "string") return [target];
  return Object.values(target ?? {}).filter((ref) => typeof ref === "string");
}

/**
 * What plays the role on any track: a case that changes its track still ends the clock of the one it has left. Parts that
 * no role names belong to that of their clock.
 */
function refsOf(s: Scene, role: ClockRole): readonly string[] {
  const targets = targetsOf(s, role);
  const parts = targets.flatMap((ref) =>
    Object.keys(s.pack.clocks[ref as ClockCode]?.parts ?? {}).map((part) => `${ref}.${part}`),
  );
  if (parts.length === 0) return targets;
  const named = new Set(clockRoles.flatMap((other) => targetsOf(s, other)));
  return [...targets, ...parts.filter((ref) => !named.has(ref))];
}

/** A clock for each date; one that has passed already begins on that very day, and is owed at once. */
const datedClocks = (
  k: Rules,
  c: Parameters<typeof startClock>[1],
  s: Scene,
  role: ClockRole,
  dates: readonly { readonly id: string; readonly on: string }[],
): readonly StartedClock[] =>
  dates.flatMap(({ id, on }) => {
    const startsOn = on < s.today ? on : undefined;
    return startClock(k, c, s, role, { id, ownDate: on, startsOn }) ?? [];
  });

/** Stopped after its day before any round noticed: late all the same, and what a breach calls for still follows. */
const lateUnnoticed = (row: ClockRow, at: string, s: Scene): boolean =>
  row.state === "running" &&
  Date.parse(row.due_at) < Date.parse(at) &&
  ["urge", "alert"].includes(s.pack.clocks[row.code as ClockCode]?.onBreach ?? "none");

const stopped = (row: ClockRow, at: string, s: Scene): ClockRow => ({
  ...row,
  state: "stopped",
  next_at: null,
  stopped_at: at,
  ...(lateUnnoticed(row, at, s) && { breached_at: row.due_at, effect_due: true }),
});

const explainOf = (row: ClockRow): Partial<Explain> => (row.explain ?? {}) as Partial<Explain>;

/** The rule a clock was started by, at the length it was started with: what units decide later does not touch it. */
export function startedRule(pack: EffectivePack, row: ClockRow): ResolvedRule | null {
  const { rule: ref = row.code, packAmount, tightenedBy } = explainOf(row);
  const rule = ruleFor(pack, {}, ref);
  return (
    rule && {
      ...rule,
      amount: Number(row.amount),
      unit: row.unit as ResolvedRule["unit"],
      ...(packAmount !== undefined && { packAmount }),
      ...(tightenedBy && { tightenedBy }),
    }
  );
}

/** What moved a due date from outside the case. */
interface Moving {
  readonly because: RecountReason;
  /** the end may lie before today, so that it is owed at once */
  readonly mayEndPast: boolean;
}

interface Change {
  readonly extension?: number;
  readonly excluded?: readonly ExcludedSpan[];
  readonly calendar?: WorkCalendar;
  readonly moving?: Moving;
}

/** A new end that has passed already, though the one people know has not: that one stands. */
function notIntoThePast(due: DueDate, row: ClockRow, today: string, moving: Moving): DueDate {
  const passed = !moving.mayEndPast && due.dueOn < today && row.due_on >= today;
  const formerly = { due: row.due_on, because: moving.because, kept: passed };
  if (!passed) return { ...due, explain: { ...due.explain, ...(due.dueOn !== row.due_on && { formerly }) } };
  const dueAt = new Date(row.due_at).toISOString();
  return { ...due, dueOn: row.due_on, dueAt, explain: { ...due.explain, due: row.due_on, dueAt, formerly } };
}

/** Where the counting of a running clock began: the instant, or the day alone where no time was stated. */
const startOf = (row: ClockRow): string => explainOf(row).startedAt ?? row.start_on;

function countedAgain(k: Rules, c: Counted, s: Scene, rule: ResolvedRule, row: ClockRow, change: Change): DueDate {
  const extension = change.extension ?? Number(row.extension);
  const run: Omit<ClockRun, "calendar"> = {
    startedAt: startOf(row),
    timeZone: c.timeZone,
    ...(extension > 0 && { extension }),
    excluded: change.excluded ?? (row.excluded as readonly ExcludedSpan[]),
    ownAmount: rule.amount,
    // only what moves from outside is measured by what was told; an act of the case itself has its own reasons
    ...(change.moving && { toldOn: row.due_on }),
  };
  const own = k.rules.calendar(String(row.calendar));
  const due = dueDate(rule, { ...run, calendar: change.calendar ?? own });
  // counted beyond what its calendar knows: by the newest one, which may know more
  const counted =
    due.provisional && !change.calendar ? dueDate(rule, { ...run, calendar: calendarNow(k, c, rule) }) : due;
  return change.moving ? notIntoThePast(counted, row, s.today, change.moving) : counted;
}

/** Counts a running clock anew from its start: never "old date plus n". */
function recounted(k: Rules, c: Counted, s: Scene, rule: ResolvedRule, row: ClockRow, change: Change): ClockRow {
  const due = countedAgain(k, c, s, rule, row, change);
  const signals = signalsOf({
    startedAt: startOf(row),
    dueAt: due.dueAt,
    dueOn: due.dueOn,
    timeZone: c.timeZone,
    unit: rule.unit,
    signals: rule.signals,
  });
  const step = restartSignals(signals, s.now.toISOString());
  return {
    ...row,
    state: "running",
    amount: rule.amount,
    unit: rule.unit,
    extension: change.extension ?? Number(row.extension),
    excluded: change.excluded ?? row.excluded,
    paused_on: null,
    due_on: due.dueOn,
    due_at: due.dueAt,
    next_at: step.nextAt,
    signal: step.passed,
    calendar: due.explain.calendar,
    provisional: due.provisional,
    explain: due.explain,
  };
}

/** The same by the rule it was started by; a clock the pack does not know any more stays as it is. */
export function recountedAsStarted(k: Rules, c: Counted, s: Scene, row: ClockRow, change: Change): ClockRow {
  const rule = startedRule(s.pack, row);
  return rule ? recounted(k, c, s, rule, row, change) : row;
}

/** A running clock by another version's rule and the newest calendar; a paused one stays paused. */
export function recountedBy(
  k: Rules,
  c: Counted,
  s: Scene,
  rule: ResolvedRule,
  row: ClockRow,
  moving: Moving,
): ClockRow {
  const next = recounted(k, c, s, rule, row, { calendar: calendarNow(k, c, rule), moving });
  return row.state === "paused" ? { ...next, state: "paused", paused_on: row.paused_on, next_at: null } : next;
}

interface ClockChanges {
  readonly started: readonly StartedClock[];
  readonly patches: readonly object[];
  /** due dates that moved, by clock */
  readonly moved: Readonly<Record<string, string>>;
  /** nearest duty still running */
  readonly due: string;
}

/** Lengths that a unit has made shorter, for the entry of the act that started the clocks. */
export function shortenedFacts(started: readonly StartedClock[]): { readonly shortened?: Record<string, number> } {
  const facts = started.flatMap((c) => (c.shortened === undefined ? [] : [[c.code, c.shortened] as const]));
  return facts.length > 0 ? { shortened: Object.fromEntries(facts) } : {};
}

/** Everything an act does to the clocks of its case. */
export function clockChanges(
  k: Rules,
  loaded: Pick<Loaded, "clockRows">,
  c: LoadedCase,
  s: Scene,
  effects: readonly ClockEffect[],
  fx: ClockInputs,
): ClockChanges {
  const at = s.now.toISOString();
  const running = new Map(loaded.clockRows.filter((r) => r.state !== "stopped").map((r) => [r.id, r]));
  const patches = new Map<string, ClockRow>();
  const started: StartedClock[] = [];
  const moved: Record<string, string> = {};
  const today = localDateOf(at, c.timeZone);

  const each = (role: ClockRole | "*", change: (row: ClockRow) => ClockRow): void => {
    const refs = role === "*" ? [] : refsOf(s, role);
    // parts of one clock (`K24`, `K24.protection`) bear its code: the rule a clock was counted by tells them apart
    const plays = (r: ClockRow): boolean =>
      refs.some((ref) => r.code === ref.split(".")[0] && [undefined, ref].includes(ruleOf(r)));
    for (const row of [...running.values()].filter((r) => role === "*" || plays(r))) {
      const next = change(row);
      patches.set(row.id, next);
      if (next.state === "stopped") running.delete(row.id);
      else running.set(row.id, next);
      if (next.due_on !== row.due_on) moved[row.code] = next.due_on;
    }
  };
  const pausing = (row: ClockRow) => ({
    pausedOn: (row.paused_on ?? null) as string | null,
    excluded: row.excluded as readonly ExcludedSpan[],
  });
  const apply: { readonly [D in ClockEffect["do"]]: (role: ClockRole) => void } = {
    stopAll: () => each("*", (row) => stopped(row, at, s)),
    stop: (role) =>
      each(role, (row) => ((fx.only && fx.only !== row.id) || fx.spares === row.id ? row : stopped(row, at, s))),
    start: (role) => {
      if (fx.ownDates?.[role]) {
        started.push(...datedClocks(k, c, s, role, fx.ownDates[role]));
        return;
      }
      const part = fx.parts?.[role];
      if (part === null) return;
      const clock = startClock(k, c, s, role, {
        part,
        startsOn: fx.startsOn?.[role],
        ownAmount: fx.ownAmount?.[role],
        setDays: fx.setDays?.[role],
        ownDate: fx.ownDate?.[role],
        ...(fx.ownId?.[role] && { id: fx.ownId[role] }),
      });
      if (clock) started.push(clock);
    },
    extend: (role) => each(role, (row) => recountedAsStarted(k, c, s, row, { extension: fx.extension?.[role] ?? 0 })),
    pause: (role) =>
      each(role, (row) => ({
        ...row,
        state: "paused",
        next_at: null,
        paused_on: pauseOn(pausing(row), today).pausedOn,
      })),
    resume: (role) =>
      each(role, (row) =>
        recountedAsStarted(k, c, s, row, { excluded: resumeOn(pausing(row), today, "hearing").excluded }),
      ),
  };
  for (const effect of effects)
    if (!("role" in effect && fx.keeps?.includes(effect.role)))
      apply[effect.do]("role" in effect ? effect.role : "handling");
  for (const row of fx.recounted ?? []) {
    if (running.get(row.id)?.due_on !== row.due_on) moved[row.code] = row.due_on;
    patches.set(row.id, row);
    running.set(row.id, row);
  }
  const done = loaded.clockRows.find((r) => r.id === fx.breachDone);
  if (done) patches.set(done.id, { ...(patches.get(done.id) ?? done), effect_due: null });

  const dues = [...[...running.values()].map((r) => ({ code: r.code, dueOn: r.due_on })), ...started]
    .filter((x) => !petitionerClocks.includes(x.code))
    .map((x) => x.dueOn)
    .sort();
  return { started, patches: [...patches.values()], moved, due: dues[0] ?? OPEN_END };
}
