import { endAccesses } from "../access/end-accesses.ts";
import { endChecks } from "../checks/checks.ts";
import { dutyConsumer, pageDue } from "../duty/page-due.ts";
import type { Blobs } from "../files/index.ts";
import type { Kernel, Log } from "../kernel.ts";
import { checkChainDaily } from "../ledger/check-chain.ts";
import { sealLedger } from "../ledger/seal-ledger.ts";
import { forgetNews } from "../live/forget-news.ts";
import { liveConsumer } from "../live/live-consumer.ts";
import { sweepModuleClocks } from "../module-clocks/sweep-module-clocks.ts";
import { deliverNotifications, type Hand } from "../notifications/deliver-notifications.ts";
import { notifyConsumer } from "../notifications/notify-consumer.ts";
import { unobserved } from "../observe.ts";
import type { Consumer } from "../outbox/consumer.ts";
import { pumpOnce, startPump } from "../outbox/pump.ts";
import { proveDaily } from "../proof/prove.ts";
import { escalateReports } from "../retaliation/next-level.ts";
import { releaseReports } from "../retaliation/released.ts";
import { keepTerms } from "../retention/runs.ts";
import { searchConsumer } from "../search-index/search-consumer.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { countBacklog } from "../sweep/count-backlog.ts";
import { endGoneCharges } from "../sweep/end-gone-charges.ts";
import { endHearings } from "../sweep/end-hearings.ts";
import { finaliseLapsed } from "../sweep/finalise-lapsed.ts";
import { tellPromisedDays } from "../sweep/promised-days.ts";
import { recountProvisional } from "../sweep/recount-provisional.ts";
import { ordinaryAfterLapse } from "../sweep/simple-lapsed.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { withdrawLapsed } from "../sweep/withdraw-lapsed.ts";
import { cleanUp } from "./clean-up.ts";
import { openEpoch } from "./open-epoch.ts";
import { single } from "./single.ts";

const MINUTE_MS = 60_000;
const DELIVER_MS = 30_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface WorkerOptions {
  /** absent: the kernel's own */
  readonly log?: Log;
  /** where uploaded files lie; absent: unclaimed ones are left alone */
  readonly blobs?: Blobs;
  /** what else is tidied once a day */
  readonly chores?: readonly (() => Promise<unknown>)[];
  /** how news leaves the house, and the address of its sign-in page; absent: not at all, and what is owed waits */
  readonly news?: { readonly hand: Hand; readonly link: string | null };
  /** who else follows the events at the moment */
  readonly consumers?: () => readonly Consumer[];
}

export interface Workers {
  stop(): Promise<void>;
}

const consumersOf = (k: Kernel, options: WorkerOptions): readonly Consumer[] => [
  searchConsumer(k.pool),
  dutyConsumer(k),
  notifyConsumer(k),
  liveConsumer(k),
  ...(options.consumers?.() ?? []),
];

/** What a round of the sweep does: signals first, then what their lapse makes possible. */
async function sweep(k: Kernel, wait = false): Promise<void> {
  await endAccesses(k);
  await endChecks(k);
  const told = await sweepClocks(k, { wait });
  if (told !== null) {
    await pageDue(k);
    await recountProvisional(k);
    await ordinaryAfterLapse(k);
    await breachEffects(k);
    await tellPromisedDays(k);
    await sweepModuleClocks(k);
    await endHearings(k);
    await endGoneCharges(k);
    await withdrawLapsed(k);
    await finaliseLapsed(k);
    await escalateReports(k);
    await countBacklog(k, { wait });
  }
}

const clean = (k: Kernel, options: WorkerOptions, wait = false): Promise<unknown> =>
  single(k.pool, "clean", { wait }, async () => {
    await cleanUp(k, options.blobs);
    await forgetNews(k);
    for (const chore of options.chores ?? []) await chore();
  });

const deliver = async (k: Kernel, { news }: WorkerOptions, wait = false): Promise<unknown> =>
  news && (await deliverNotifications(k, news.hand, news.link, { wait }));

type Work = () => Promise<unknown>;

/** Does the work now and then again and again; a failed round is logged and the next one comes all the same. */
function every(ms: number, name: string, { log, observe = unobserved, halted }: Kernel, work: Work): Workers {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    try {
      // with a full disk or a wrong clock a round would do harm; the next one catches up
      if (!halted?.()) await observe({ kind: "worker", name }, work);
    } catch (error) {
      log.error("a worker failed", { worker: name, error: (error as { code?: string }).code ?? (error as Error).name });
    }
    if (!stopped) timer = setTimeout(next, ms);
  };
  let running: Promise<void> = Promise.resolve();
  const next = (): void => {
    running = round();
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** One after another: each of these holds a connection while it asks by others, and all at once would take them all. */
function inTurn(): (work: Work) => Work {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => () => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/**
 * Starts what the kernel does by itself: events to their consumers, clocks, seals, and the daily tidying. Any number of
 * processes may run it; they share the work and never do it twice.
 */
export async function startWorkers(kernel: Kernel, options: WorkerOptions = {}): Promise<Workers> {
  const log = options.log ?? kernel.log;
  const k: Kernel = { ...kernel, log };
  await openEpoch(k);
  const pump = await startPump(k, () => consumersOf(k, options));
  const turn = inTurn();
  const rounds = [
    every(MINUTE_MS, "sweep", k, () => sweep(k)),
    every(MINUTE_MS, "seal", k, () => sealLedger(k)),
    every(DELIVER_MS, "deliver", k, () => deliver(k, options)),
    every(
      60 * MINUTE_MS,
      "forget news",
      k,
      turn(() => forgetNews(k)),
    ),
    every(
      HOUR_MS,
      "proof",
      k,
      turn(() => proveDaily(k)),
    ),
    every(
      HOUR_MS,
      "ledger check",
      k,
      turn(() => checkChainDaily(k)),
    ),
    every(
      HOUR_MS,
      "release of reports",
      k,
      turn(() => releaseReports(k)),
    ),
    every(
      MINUTE_MS,
      "retention",
      k,
      turn(() => keepTerms(k)),
    ),
    every(
      DAY_MS,
      "clean",
      k,
      turn(() => clean(k, options)),
    ),
  ];
  return {
    async stop() {
      await Promise.all([pump, ...rounds].map((worker) => worker.stop()));
    },
  };
}

/** One round of everything, now: when a test has moved the clock, or before a process of one task ends. */
export async function runWorkersOnce(kernel: Kernel, options: WorkerOptions = {}): Promise<void> {
  await keepTerms(kernel, { wait: true });
  await clean(kernel, options, true);
  await sweep(kernel, true);
  await pumpOnce(kernel, consumersOf(kernel, options));
  await deliver(kernel, options, true);
  await sealLedger(kernel, { wait: true });
}
