import type { Observe } from "@doorstep/kernel";
import type { Breakers } from "../health/breakers.ts";

/** The kinds of call this storey makes, each with its failure rule. */
export type CallKind = "rpc" | "decide" | "toCase" | "transport" | "address" | "job" | "event" | "report" | "dataset";

interface Limit {
  readonly deadlineMs: number;
  readonly concurrency: number;
  /** `error`: the asker is told; `kernelDefault`: the kernel goes on without the plugin; `retry`: later, until it is parked or succeeds */
  readonly onFailure: "error" | "kernelDefault" | "retry";
}

export const LIMITS: Readonly<Record<CallKind, Limit>> = {
  rpc: { deadlineMs: 10_000, concurrency: 16, onFailure: "error" },
  decide: { deadlineMs: 200, concurrency: 8, onFailure: "kernelDefault" },
  toCase: { deadlineMs: 2_000, concurrency: 8, onFailure: "kernelDefault" },
  transport: { deadlineMs: 30_000, concurrency: 4, onFailure: "retry" },
  address: { deadlineMs: 10_000, concurrency: 8, onFailure: "error" },
  event: { deadlineMs: 30_000, concurrency: 8, onFailure: "retry" },
  report: { deadlineMs: 60_000, concurrency: 2, onFailure: "error" },
  dataset: { deadlineMs: 60_000, concurrency: 1, onFailure: "retry" },
  job: { deadlineMs: 600_000, concurrency: 2, onFailure: "retry" },
};

/** The plugin did not answer in its time. */
export class DeadlinePassed extends Error {
  override readonly name = "DeadlinePassed";
}

/** Its places were taken for so long that it was not even asked. */
export class NoPlace extends DeadlinePassed {}

/** Runs calls side by side up to a number; the others wait in order. */
interface Gate {
  enter(signal: AbortSignal): Promise<() => void>;
}

function createGate(places: number): Gate {
  let free = places;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    enter: (signal) => {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(leave);
      }
      return new Promise((resolve, reject) => {
        const admit = (): void => {
          signal.removeEventListener("abort", giveUp);
          resolve(leave);
        };
        const giveUp = (): void => {
          waiting.splice(waiting.indexOf(admit), 1);
          reject(new NoPlace("waited for a place"));
        };
        waiting.push(admit);
        signal.addEventListener("abort", giveUp, { once: true });
      });
    },
  };
}

export interface Limiter {
  /**
   * Runs plugin code with a deadline. A plugin in this process cannot be stopped: the caller goes on without it, and its
   * place stays taken until it returns, so that a plugin that hangs uses up its own places and nobody else's.
   *
   * @throws DeadlinePassed
   */
  run<T>(pluginId: string, kind: CallKind, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Calls of a kind that keeps failing are not even made for a while. */
export const pausing = (limiter: Limiter, breakers: Pick<Breakers, "admit">): Limiter => ({
  run: async (pluginId, kind, work) => {
    breakers.admit(pluginId, kind);
    return await limiter.run(pluginId, kind, work);
  },
});

/** Calls that operators see the time and the end of. */
export const observing = (limiter: Limiter, observe: Observe): Limiter => ({
  run: (pluginId, kind, work) =>
    observe({ kind: "module", name: `${pluginId} ${kind}` }, () => limiter.run(pluginId, kind, work)),
});

export function createLimiter(limits: Readonly<Record<CallKind, Limit>> = LIMITS): Limiter {
  const gates = new Map<string, Gate>();
  const gateOf = (pluginId: string, kind: CallKind): Gate => {
    const key = `${pluginId} ${kind}`;
    const known = gates.get(key) ?? createGate(limits[kind].concurrency);
    gates.set(key, known);
    return known;
  };
  return {
    run: async (pluginId, kind, work) => {
      const stop = new AbortController();
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        const passed = new DeadlinePassed(`${kind} took more than ${limits[kind].deadlineMs} ms`);
        stop.abort(passed);
        late.reject(passed);
      }, limits[kind].deadlineMs);
      try {
        const leave = await gateOf(pluginId, kind).enter(stop.signal);
        const running = (async () => await work(stop.signal))().finally(leave);
        running.catch(() => undefined);
        return await Promise.race([running, late.promise]);
      } finally {
        clearTimeout(timer);
        late.promise.catch(() => undefined);
      }
    },
  };
}
