import type { CallKind } from "../calls/limits.ts";

/** When calls of one kind to a plugin are paused, and for how long. */
export interface BreakerRules {
  /** failures in a row */
  readonly row: number;
  /** more than this share of at least `atLeast` calls within the window */
  readonly share: number;
  readonly atLeast: number;
  readonly windowMs: number;
  /** the first pause; each probe that fails doubles it */
  readonly pauseMs: number;
  readonly longestMs: number;
}

export const BREAKER_RULES: BreakerRules = {
  row: 5,
  share: 0.5,
  atLeast: 10,
  windowMs: 60_000,
  pauseMs: 30_000,
  longestMs: 600_000,
};

/** Calls of this kind are paused: nothing of the plugin was asked. */
export class Paused extends Error {
  override readonly name = "Paused";
  readonly until: Date;
  constructor(until: Date) {
    super("paused after failures");
    this.until = until;
  }
}

interface Second {
  readonly at: number;
  ok: number;
  failed: number;
}

interface Breaker {
  inRow: number;
  readonly seconds: Second[];
  /** absent: calls go through */
  pause?: { until: number; readonly ms: number; probing: boolean };
}

export interface Breakers {
  /** @throws Paused while calls of this kind wait; the first one after the pause goes through as a probe */
  admit(pluginId: string, kind: CallKind): void;
  succeeded(pluginId: string, kind: CallKind): void;
  failed(pluginId: string, kind: CallKind): void;
  pausedOf(pluginId: string): readonly { readonly kind: CallKind; readonly until: Date }[];
  /** Another version runs, or a person has released it: it starts with a clean sheet. */
  forget(pluginId: string): void;
}

/** Keeps count of how calls go, by plugin and kind; counts belong to this process and begin anew with it. */
export function createBreakers(now: () => Date, rules: BreakerRules = BREAKER_RULES): Breakers {
  const all = new Map<string, Map<CallKind, Breaker>>();
  const breakerOf = (pluginId: string, kind: CallKind): Breaker => {
    const kinds = all.get(pluginId) ?? new Map<CallKind, Breaker>();
    all.set(pluginId, kinds);
    const known = kinds.get(kind) ?? { inRow: 0, seconds: [] };
    kinds.set(kind, known);
    return known;
  };
  const count = (breaker: Breaker, at: number, outcome: "ok" | "failed"): void => {
    const second = Math.floor(at / 1_000);
    let last = breaker.seconds.at(-1);
    if (last?.at !== second) {
      last = { at: second, ok: 0, failed: 0 };
      breaker.seconds.push(last);
    }
    last[outcome] += 1;
    const since = (at - rules.windowMs) / 1_000;
    while ((breaker.seconds[0]?.at ?? since) < since) breaker.seconds.shift();
  };
  const isTooMuch = ({ inRow, seconds }: Breaker): boolean => {
    if (inRow >= rules.row) return true;
    const failed = seconds.reduce((sum, one) => sum + one.failed, 0);
    const calls = seconds.reduce((sum, one) => sum + one.ok + one.failed, 0);
    return calls >= rules.atLeast && failed / calls > rules.share;
  };
  return {
    admit(pluginId, kind) {
      const { pause } = breakerOf(pluginId, kind);
      if (!pause) return;
      const at = now().getTime();
      if (at < pause.until) throw new Paused(new Date(pause.until));
      // A probe that is never heard of again costs one more pause, not the calls for ever.
      pause.until = at + pause.ms;
      pause.probing = true;
    },
    succeeded(pluginId, kind) {
      const breaker = breakerOf(pluginId, kind);
      // the answer of a call from before the pause says nothing about now
      if (breaker.pause && !breaker.pause.probing) return;
      if (breaker.pause) {
        delete breaker.pause;
        breaker.seconds.length = 0;
      }
      breaker.inRow = 0;
      count(breaker, now().getTime(), "ok");
    },
    failed(pluginId, kind) {
      const breaker = breakerOf(pluginId, kind);
      const at = now().getTime();
      const { pause } = breaker;
      if (pause) {
        if (!pause.probing) return;
        const ms = Math.min(pause.ms * 2, rules.longestMs);
        breaker.pause = { until: at + ms, ms, probing: false };
        return;
      }
      breaker.inRow += 1;
      count(breaker, at, "failed");
      if (isTooMuch(breaker)) breaker.pause = { until: at + rules.pauseMs, ms: rules.pauseMs, probing: false };
    },
    pausedOf: (pluginId) =>
      [...(all.get(pluginId) ?? [])].flatMap(([kind, { pause }]) =>
        pause ? [{ kind, until: new Date(pause.until) }] : [],
      ),
    forget: (pluginId) => void all.delete(pluginId),
  };
}
