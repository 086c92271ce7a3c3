import { Client } from "pg";
import type { Kernel } from "../kernel.ts";
import { unobserved } from "../observe.ts";
import type { Consumer, OutboxEvent } from "./consumer.ts";
import {
  dropLease,
  ensureConsumer,
  lookAtAll,
  moveCursor,
  type Place,
  park,
  parkedCases,
  readAfter,
  readParked,
  takeLease,
  unpark,
  type Work,
} from "./cursor.ts";
import { deliver } from "./deliver.ts";
import { onWake } from "./wake.ts";

type Pumped = Pick<Kernel, "pool" | "now" | "newId" | "log" | "observe">;

const handOver = (k: Pumped, consumer: Consumer, events: readonly OutboxEvent[]) =>
  (k.observe ?? unobserved)({ kind: "consumer", name: consumer.name }, () => deliver(consumer, events));

const BATCH = 500;
const PARKED_CASES = 50;
const POLL_MS = 500;
const CHANNEL = "doorstep_outbox";
const SECOND = 1_000;
/** 1 s … 1 h; after the last one the event waits for a person. */
const RETRY_MS = [1, 5, 30, 120, 600, 1_800, 3_600].map((s) => s * SECOND);

const retryAt = (now: Date, attempts: number): Date | null => {
  const wait = RETRY_MS[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait);
};

async function tryParked(k: Pumped, consumer: Consumer): Promise<number> {
  const now = k.now();
  const events = await readParked(k.pool, consumer.name, now, PARKED_CASES);
  if (events.length === 0) return 0;
  const attemptsOf = new Map(events.map((e) => [e.id, e.attempts]));
  const { done, failed } = await handOver(k, consumer, events);
  await unpark(k.pool, consumer.name, done);
  await parkFailed(k, consumer, failed, now, (e) => attemptsOf.get(e.id) ?? 0);
  return done.length;
}

async function parkFailed(
  k: Pumped,
  consumer: Consumer,
  failed: Awaited<ReturnType<typeof deliver>>["failed"],
  now: Date,
  attemptsBefore: (event: OutboxEvent) => number,
): Promise<void> {
  await park(
    k.pool,
    consumer.name,
    failed.flatMap(({ event, behind, error }) => {
      const attempts = attemptsBefore(event) + 1;
      return [
        { event, attempts, error, retryAt: retryAt(now, attempts) },
        ...behind.map((e) => ({ event: e, attempts: 0, error: null, retryAt: null })),
      ];
    }),
  );
  for (const { event, error } of failed)
    k.log.warn("an event was parked", { consumer: consumer.name, event: event.id, type: event.type, error });
}

async function tryNew(k: Pumped, consumer: Consumer, owner: string, place: Place): Promise<number> {
  const events = await readAfter(k.pool, place, consumer.hears, BATCH);
  const last = events.at(-1);
  if (!last) return 0;
  const stuck = await parkedCases(k.pool, consumer.name, events);
  const behind = events.filter((e) => stuck.has(e.caseId));
  const now = k.now();
  const { failed } = await handOver(
    k,
    consumer,
    events.filter((e) => !stuck.has(e.caseId)),
  );
  await parkFailed(k, consumer, failed, now, () => 0);
  await park(
    k.pool,
    consumer.name,
    behind.map((event) => ({ event, attempts: 0, error: null, retryAt: null })),
  );
  await moveCursor(k.pool, consumer.name, owner, last);
  return events.length;
}

/** What is parked and due, then one batch of what is new. @returns how many events were taken on. */
async function round(k: Pumped, consumer: Consumer, owner: string, work: Work): Promise<number> {
  const place = await takeLease(k.pool, consumer.name, owner);
  if (!place) return 0;
  const renew = setInterval(() => {
    takeLease(k.pool, consumer.name, owner).catch(() => undefined);
  }, 10 * SECOND);
  try {
    const retried = work.due ? await tryParked(k, consumer) : 0;
    return retried + (work.fresh ? await tryNew(k, consumer, owner, place) : 0);
  } finally {
    clearInterval(renew);
  }
}

/** Events that wait for a person are tried again at once. */
export async function retryParked(k: Pick<Kernel, "pool" | "now">, consumer: string): Promise<number> {
  const { rowCount } = await k.pool.query(
    "update kernel.parked set retry_at = $2 where consumer = $1 and attempts > 0",
    [consumer, k.now()],
  );
  return rowCount ?? 0;
}

/** Another process's commits, heard through the database; a lost connection is made again at the next poll. */
function listenToOthers(k: Pumped, owner: string, heard: () => void) {
  let client: Client | undefined;
  let stopped = false;
  const drop = (): void => {
    client?.end().catch(() => undefined);
    client = undefined;
  };
  return {
    async ensure(): Promise<void> {
      if (client || stopped) return;
      const made = new Client({ ...k.pool.options, application_name: "doorstep pump" });
      client = made;
      made.on("error", drop);
      made.on("notification", (n) => {
        if (n.payload !== owner) heard();
      });
      try {
        await made.connect();
        await made.query(`listen ${CHANNEL}`);
      } catch {
        // the poll goes on, and tries this again
        drop();
      }
    },
    async stop(): Promise<void> {
      stopped = true;
      await client?.end().catch(() => undefined);
    },
  };
}

export interface Pump {
  /** Resolves when every consumer has passed, or parked, all that was committed before the call. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** Fixed, or those there are at the moment: asked at every poll, so that some can come and go. */
export type Consumers = readonly Consumer[] | (() => readonly Consumer[]);

const current = (consumers: Consumers): readonly Consumer[] =>
  typeof consumers === "function" ? consumers() : consumers;

/** A consumer at work: round after round while there is something to do, one at a time. */
function follower(k: Pumped, first: Consumer, owner: string) {
  let consumer = first;
  let running: Promise<void> | undefined;
  let next: Work | undefined;
  let stopped = false;
  const work = async (): Promise<void> => {
    try {
      for (let found = next; found && !stopped; found = next) {
        next = undefined;
        if ((await round(k, consumer, owner, found)) > 0) next = { fresh: true, due: false };
      }
    } catch (error) {
      const { code = "unknown" } = error as { code?: string };
      k.log.error("the pump could not read the outbox", { consumer: consumer.name, error: code });
    }
  };
  return {
    /** What it hears may have changed with its module. */
    is(now: Consumer): void {
      consumer = now;
    },
    /** Begins with what was found, or goes on with it. */
    begin(found: Work): void {
      next = found;
      running ??= work().finally(() => {
        running = undefined;
      });
    },
    /** Resolves when what it was at is done. */
    async end(): Promise<void> {
      stopped = true;
      await running;
      await dropLease(k.pool, consumer.name, owner).catch(() => undefined);
    },
  };
}

/** A loop that waits for a wake-up or the next poll. */
function loop(work: () => Promise<void>, onError: (error: unknown) => void) {
  let stopped = false;
  let wakeUp: (() => void) | undefined;
  let woken = false;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      if (woken || stopped) wakeUp();
    });
  const run = async (): Promise<void> => {
    while (!stopped) {
      woken = false;
      await work().catch(onError);
      if (!woken) await pause();
    }
  };
  const running = run();
  return {
    wake(): void {
      woken = true;
      wakeUp?.();
    },
    async stop(): Promise<void> {
      stopped = true;
      wakeUp?.();
      await running;
    },
  };
}

/**
 * Feeds consumers from the outbox until it is stopped: after each commit of this process, on a notice from another,
 * and every 500 ms whatever happens. One look serves all of them: most of the time there is nothing to do.
 */
export async function startPump(k: Pumped, consumers: Consumers): Promise<Pump> {
  const owner = k.newId();
  const followers = new Map<string, ReturnType<typeof follower>>();
  const ending = new Map<string, Promise<void>>();
  const end = (name: string, one: ReturnType<typeof follower>): Promise<void> => {
    followers.delete(name);
    const ended = one.end().finally(() => ending.delete(name));
    ending.set(name, ended);
    return ended;
  };
  const follow = async (): Promise<readonly Consumer[]> => {
    const wanted = current(consumers);
    const names = new Set(wanted.map(({ name }) => name));
    for (const [name, one] of followers) if (!names.has(name)) void end(name, one);
    for (const consumer of wanted) {
      followers.get(consumer.name)?.is(consumer);
      // one that is just ending is taken up again once it has
      if (followers.has(consumer.name) || ending.has(consumer.name)) continue;
      await ensureConsumer(k.pool, consumer);
      followers.set(consumer.name, follower(k, consumer, owner));
    }
    return wanted.filter(({ name }) => followers.has(name));
  };
  const look = async (): Promise<void> => {
    const found = await lookAtAll(k.pool, owner, await follow(), k.now());
    for (const [name, work] of found) followers.get(name)?.begin(work);
  };
  await follow();
  const looker = loop(look, (error) =>
    k.log.error("the pump could not read the outbox", { error: (error as { code?: string }).code ?? "unknown" }),
  );
  const others = listenToOthers(k, owner, looker.wake);
  await others.ensure();
  let untold = false;
  // commits of one moment are told to the other processes once
  const tell = async (): Promise<void> => {
    await others.ensure();
    if (untold) {
      untold = false;
      await k.pool.query("select pg_notify($1, $2)", [CHANNEL, owner]);
    }
  };
  const teller = loop(tell, () => undefined);
  const unhook = onWake(k.pool, () => {
    untold = true;
    teller.wake();
    looker.wake();
  });
  return {
    drain: () => drain(k, owner, () => current(consumers), looker.wake),
    async stop() {
      unhook();
      await Promise.all([teller.stop(), looker.stop()]);
      await Promise.all([...[...followers].map(([name, one]) => end(name, one)), ...ending.values()]);
      await others.stop();
    },
  };
}

const PATIENCE_MS = 20;
const MOST_LOOKS = 1_500;

async function drain(
  k: Pumped,
  owner: string,
  consumers: () => readonly Consumer[],
  begin: (found: ReadonlyMap<string, Work>) => void | Promise<void>,
): Promise<void> {
  for (let n = 0; n < MOST_LOOKS; n++) {
    const found = await lookAtAll(k.pool, owner, consumers(), k.now());
    if (found.size === 0) return;
    await begin(found);
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  }
}

/** Feeds consumers until nothing is left to do, without staying. */
export async function pumpOnce(k: Pumped, consumers: readonly Consumer[]): Promise<void> {
  const owner = k.newId();
  for (const consumer of consumers) await ensureConsumer(k.pool, consumer);
  const all = async (found: ReadonlyMap<string, Work>): Promise<void> => {
    for (const consumer of consumers) {
      const work = found.get(consumer.name);
      if (!work || (await round(k, consumer, owner, work)) === 0) continue;
      while ((await round(k, consumer, owner, { fresh: true, due: false })) > 0);
    }
  };
  try {
    // another process may hold a consumer: then it is waited for
    await drain(k, owner, () => consumers, all);
  } finally {
    for (const consumer of consumers) await dropLease(k.pool, consumer.name, owner);
  }
}
