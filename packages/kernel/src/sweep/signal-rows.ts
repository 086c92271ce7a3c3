import type { ClockRule, EventType } from "@doorstep/contracts";
import { advanceSignals, type SignalStep, signalsOf } from "../clocks/signals.ts";
import type { Kernel } from "../kernel.ts";
import { type Head, nextEntry } from "../ledger/entry.ts";
import { armColumns, type Batch } from "../pipeline/batch.ts";
import type { ClockRow } from "../pipeline/load-case.ts";

// biome-ignore lint/suspicious/noExplicitAny: rows as jsonb gives them, handed back as they are.
type Raw = Record<string, any>;

/** A clock whose next signal is due, with the case it belongs to, as one statement loaded both. */
export interface DueClock {
  readonly clock: ClockRow & { readonly signal: number; readonly unit: "day" | "workday" | "hour" };
  readonly case: Raw;
  readonly timeZone: string;
}

/** Where the signals of a clock are counted from: the instant it started, or the day alone where no time was stated. */
const startOf = (row: DueClock["clock"]): string =>
  (row.explain as { startedAt?: string } | null)?.startedAt ?? row.start_on;

export function ruleOf(k: Pick<Kernel, "rules">, due: DueClock): ClockRule | undefined {
  const { clocks } = k.rules.pack(due.case.pack, due.case.pack_version);
  return clocks[due.clock.code as keyof typeof clocks];
}

/** What the clock owes now. A record taken over is told from the day it came in: effects of a breach begin then. */
export function stepOf(due: DueClock, rule: ClockRule | undefined, now: Date): SignalStep {
  const { clock } = due;
  const all = signalsOf({
    startedAt: startOf(clock),
    dueAt: new Date(clock.due_at).toISOString(),
    dueOn: clock.due_on,
    timeZone: due.timeZone,
    unit: clock.unit,
    signals: rule?.signals ?? [],
    ...(due.case.imported && { effectsFrom: new Date(due.case.entered_at).toISOString() }),
  });
  return advanceSignals(all, clock.signal, now.toISOString());
}

/** What follows from the breach is done right after the round that tells of it, once. */
const callsForMore = (rule: ClockRule | undefined): boolean | null =>
  rule?.onBreach === "urge" || rule?.onBreach === "alert" ? true : null;

/** A period is passed once, at its end; what comes after it is a reminder. */
const typeOf = (fire: SignalStep["fire"]): EventType => (fire.includes("due") ? "clock.breached" : "clock.warning");

const picked = (row: Raw, columns: readonly string[]): Raw => Object.fromEntries(columns.map((c) => [c, row[c]]));

/** One case's due clocks -> rows: entries in its chain, the case with its new head, clocks, events. */
function caseRows(k: Pick<Kernel, "newId" | "rules">, clocks: readonly [DueClock, ...DueClock[]], now: Date) {
  const c = clocks[0].case;
  const at = now.toISOString();
  let head: Head = { seq: c.ledger_seq, hash: c.ledger_hash.slice(2) };
  const ledger: object[] = [];
  const outbox: object[] = [];
  const clockPatch: object[] = [];
  for (const due of clocks) {
    const { clock } = due;
    const rule = ruleOf(k, due);
    const step = stepOf(due, rule, now);
    const signal = step.fire.at(-1);
    const breached = step.fire.includes("due");
    clockPatch.push({
      ...clock,
      signal: step.passed,
      next_at: step.nextAt,
      // the day it was owed, not the moment at which it was noticed
      ...(breached && { state: "breached", breached_at: clock.due_at, effect_due: callsForMore(rule) }),
    });
    if (!signal) continue;
    const type = typeOf(step.fire);
    const said = { clock: clock.id, code: clock.code, signal, dueOn: clock.due_on };
    const facts = { ...said, unit: c.holder_unit_id, onBreach: rule?.onBreach ?? "none" };
    const entry = nextEntry(c.id, head, { at, type, actor: "system", facts });
    head = entry.head;
    ledger.push(entry.row);
    outbox.push({
      id: k.newId(),
      at,
      case_id: c.id,
      seq: entry.row.seq,
      unit_id: c.holder_unit_id,
      type,
      payload: said,
    });
  }
  const columns = ["id", "version", ...armColumns.updates.patch.columns];
  const patch = { ...picked(c, columns), ledger_seq: head.seq, ledger_hash: `\\x${head.hash}` };
  return { ledger, outbox, clock_patch: clockPatch, patch: [patch] };
}

/** Rows for many clocks; several of one case are chained. Patches by id, so that two batches never wait crosswise. */
export function signalRows(k: Pick<Kernel, "newId" | "rules">, due: readonly DueClock[], now: Date): Batch {
  const byCase = new Map<string, [DueClock, ...DueClock[]]>();
  for (const d of due) {
    const known = byCase.get(d.case.id);
    if (known) known.push(d);
    else byCase.set(d.case.id, [d]);
  }
  const parts = [...byCase].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, clocks]) => caseRows(k, clocks, now));
  return {
    patch: parts.flatMap((p) => p.patch),
    clock_patch: parts.flatMap((p) => p.clock_patch),
    ledger: parts.flatMap((p) => p.ledger),
    outbox: parts.flatMap((p) => p.outbox),
  };
}
