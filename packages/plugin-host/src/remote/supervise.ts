import type { Manifest } from "@doorstep/sdk";
import { type Asked, carryError, errorFrom, type FromPlugin, type ToPlugin } from "@doorstep/sdk/runner";
import { loggable } from "../calls/loggable.ts";
import { callDataOf, functionsOf } from "./call-data.ts";
import type { Carrier } from "./carriers.ts";

type Ctx = Readonly<Record<string | symbol, unknown>>;
type Ready = FromPlugin & { readonly type: "ready" };

interface Call extends PromiseWithResolvers<unknown> {
  readonly ctx: Ctx | null;
}

interface Contributed {
  readonly key: string;
  readonly plugin: string;
  readonly data: unknown;
  readonly call: Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
}

/** Times of a supervised plugin, in milliseconds. */
export interface Patience {
  readonly loadMs: number;
  /** after a call was told to stop: whoever still does not answer is ended */
  readonly graceMs: number;
  /** waits before it is started again, the last one for all that follow */
  readonly restartMs: readonly number[];
  /** so many ends within the window put it into quarantine */
  readonly crashes: number;
  readonly windowMs: number;
}

export const PATIENCE: Patience = {
  loadMs: 10_000,
  graceMs: 1_000,
  restartMs: [1_000, 5_000, 30_000],
  crashes: 3,
  windowMs: 600_000,
};

export interface Supervised {
  /** what the plugin gave when it was ready */
  readonly given: Pick<Ready, "policyPacks" | "calendars" | "extend">;
  /** @throws Error where the plugin fails, ends meanwhile or is not running; DoorstepError where it refuses */
  call(asked: Asked, ctx: Ctx | null): Promise<unknown>;
  /** how often it ended of late, and why it did last */
  readonly ends: () => { readonly count: number; readonly last: string | null; readonly quarantined: boolean };
  /** where it runs, and how many bytes it holds there, if that can be known */
  readonly runs: { readonly where: Carrier["where"]; readonly memory: () => Promise<number | null> };
  /** Lets it run again after a quarantine. */
  release(): void;
  stop(): Promise<void>;
}

export interface Supervision {
  readonly manifest: Manifest;
  readonly start: () => Carrier;
  readonly database: string | null;
  readonly patience?: Patience;
  readonly now: () => number;
  /** told each time it ends unasked */
  readonly onEnd?: () => void;
  readonly log: (level: "info" | "warn", message: string, facts: Readonly<Record<string, unknown>>) => void;
}

async function contributions(ctx: Ctx, point: unknown): Promise<readonly Contributed[]> {
  const ask = ctx.contributions as (point: { id: unknown }) => Promise<readonly Contributed[]>;
  return await ask({ id: point });
}

/** What a plugin asks of the host while one of its calls runs, by the context of that very call. */
async function answerAsk(ctx: Ctx, name: string, args: readonly unknown[]): Promise<unknown> {
  if (name === "contributions") {
    const found = await contributions(ctx, args[0]);
    return found.map(({ call, ...one }) => ({ ...one, names: Object.keys(call) }));
  }
  if (name === "contribution") {
    const [point, key, leaf, input] = args;
    const one = (await contributions(ctx, point)).find((each) => each.key === key);
    const run = one && typeof leaf === "string" && Object.hasOwn(one.call, leaf) ? one.call[leaf] : undefined;
    if (!run) throw new Error("no such contribution");
    return await run(input);
  }
  const run = functionsOf(ctx).get(name);
  if (!run) throw new Error(`${name} is not among the plugin's capabilities`);
  return await run(...args);
}

/** One running carrier with the calls on it. */
function connect(carrier: Carrier, supervision: Supervision, onReady: (ready: Ready) => void) {
  const calls = new Map<number, Call>();
  let count = 0;
  const hear = (message: FromPlugin): void => {
    switch (message.type) {
      case "ready":
        onReady(message);
        return;
      case "done":
        settle(message.call)?.resolve(message.value);
        return;
      case "failed":
        settle(message.call)?.reject(
          message.error.kind === "refusal" ? errorFrom(message.error) : new RemoteFailed(message.error.line),
        );
        return;
      case "ask":
        void reply(message);
        return;
      case "log": {
        const line = loggable(String(message.message), message.facts);
        supervision.log(message.level === "warn" ? "warn" : "info", line.message, line.facts);
        return;
      }
    }
  };
  const settle = (id: number): Call | undefined => {
    const call = calls.get(id);
    calls.delete(id);
    return call;
  };
  const reply = async ({ ask, call, name, args }: FromPlugin & { type: "ask" }): Promise<void> => {
    const post = (message: ToPlugin): void => carrier.post(message);
    try {
      // a call that has been answered has no context any more: nothing can be kept for later
      const ctx = calls.get(call)?.ctx;
      if (!ctx) throw new Error("the call is over");
      post({ type: "answer", ask, value: await answerAsk(ctx, name, args) });
    } catch (error) {
      post({ type: "refuse", ask, error: carryError(error) });
    }
  };
  carrier.onMessage((message) => {
    try {
      hear(message);
    } catch {
      // Whoever does not keep to what was agreed must not bring the host down with it.
      void carrier.kill();
    }
  });
  return {
    has: (id: number): boolean => calls.has(id),
    ask(asked: Asked, ctx: Ctx | null): { readonly id: number; readonly answer: Promise<unknown> } {
      count += 1;
      const call: Call = { ...Promise.withResolvers<unknown>(), ctx };
      calls.set(count, call);
      const data = ctx && callDataOf(supervision.manifest, ctx);
      carrier.post({ type: "call", call: count, asked, data });
      return { id: count, answer: call.promise };
    },
    stop: (id: number): void => carrier.post({ type: "stop", call: id }),
    end(why: string): void {
      for (const call of calls.values()) call.reject(new ProcessEnded(`the module's process ended: ${why}`));
      calls.clear();
    },
  };
}

interface Running {
  readonly carrier: Carrier;
  readonly line: ReturnType<typeof connect>;
  readonly ready: Promise<Ready>;
}

/** The plugin's process is not there, or it failed outside of any refusal of its own. */
export class RemoteFailed extends Error {
  override readonly name = "RemoteFailed";
}

/** The call was under way when the process ended. */
export class ProcessEnded extends RemoteFailed {}

/** What came back is not what was agreed. */
export class OddAnswer extends RemoteFailed {}

/** Nothing was asked: the process is being started again, or is in quarantine. */
export class ProcessAbsent extends RemoteFailed {}

/** Keeps one plugin running: starts it, ends it where it hangs, starts it again, and gives up where it keeps ending. */
export async function supervise(supervision: Supervision): Promise<Supervised> {
  const patience = supervision.patience ?? PATIENCE;
  const ends: number[] = [];
  let running: Running | undefined;
  let again: NodeJS.Timeout | undefined;
  let last: string | null = null;
  let stopped = false;
  let quarantined = false;

  const begin = (): Running => {
    const ready = Promise.withResolvers<Ready>();
    ready.promise.catch(() => undefined);
    const carrier = supervision.start();
    const line = connect(carrier, supervision, ready.resolve);
    const made: Running = { carrier, line, ready: ready.promise };
    const late = setTimeout(() => {
      ready.reject(new Error(`not ready after ${patience.loadMs} ms`));
      void carrier.kill();
    }, patience.loadMs);
    ready.promise.then(
      () => clearTimeout(late),
      () => clearTimeout(late),
    );
    carrier.onEnd((why) => {
      ready.reject(new Error(why));
      line.end(why);
      if (running === made) running = undefined;
      if (!stopped) ended(why);
    });
    carrier.post({ type: "begin", database: supervision.database });
    return made;
  };
  const ended = (why: string): void => {
    last = why;
    ends.push(supervision.now());
    const since = supervision.now() - patience.windowMs;
    while ((ends[0] ?? since) < since) ends.shift();
    supervision.log("warn", "plugin ended", { why, count: ends.length });
    supervision.onEnd?.();
    if (ends.length >= patience.crashes) {
      quarantined = true;
      return;
    }
    const wait = patience.restartMs[Math.min(ends.length, patience.restartMs.length) - 1] ?? 0;
    again = setTimeout(() => {
      try {
        running = begin();
      } catch (error) {
        ended(error instanceof Error ? error.message : String(error));
      }
    }, wait);
    again.unref();
  };

  running = begin();
  const { where } = running.carrier;
  let given: Ready;
  try {
    given = await running.ready;
  } catch (error) {
    stopped = true;
    clearTimeout(again);
    await running?.carrier.kill();
    throw error;
  }
  return {
    given,
    async call(asked, ctx) {
      const now = running;
      if (!now)
        throw new ProcessAbsent(quarantined ? "the module is quarantined" : "the module is being started again");
      await now.ready;
      const { id, answer } = now.line.ask(asked, ctx);
      const signal = ctx?.signal as AbortSignal | undefined;
      const stop = (): void => {
        now.line.stop(id);
        setTimeout(() => {
          if (now.line.has(id)) void now.carrier.kill();
        }, patience.graceMs).unref();
      };
      signal?.addEventListener("abort", stop, { once: true });
      try {
        return await answer;
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    },
    ends: () => ({ count: ends.length, last, quarantined }),
    runs: { where, memory: async () => (await running?.carrier.memory()) ?? null },
    release() {
      if (!quarantined || stopped) return;
      quarantined = false;
      ends.length = 0;
      running = begin();
    },
    async stop() {
      stopped = true;
      clearTimeout(again);
      await running?.carrier.kill();
    },
  };
}
