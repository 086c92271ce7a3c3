import {
  type Blobs,
  type Channels,
  type EachConsumer,
  type Hand,
  type Kernel,
  type ModuleStates,
  type RequestContext,
  unobserved,
} from "@doorstep/kernel";
import type { Retention } from "@doorstep/sdk";
import type { Pool } from "pg";
import { type Visit, visit } from "./addresses/visit.ts";
import type { Publisher } from "./archive/signature.ts";
import { installPacks } from "./boot/install-packs.ts";
import { order } from "./boot/order.ts";
import { type PluginDatabase, prepareDatabase } from "./boot/prepare-database.ts";
import { lineOf, problem } from "./boot/problems.ts";
import { knownTitles, recordInstalled } from "./boot/record-installed.ts";
import { type ArchiveRunning, runArchive } from "./boot/run-archive.ts";
import { type Candidate, discover, type PluginSource, reject, unseen } from "./boot/sources.ts";
import { verify, withoutRepeats } from "./boot/verify.ts";
import { type PluginCall, type Serving, serve } from "./calls/endpoint.ts";
import { createIncidents } from "./calls/health.ts";
import type { KernelCalls } from "./calls/kernel-calls.ts";
import { createLimiter, type Limiter, observing, pausing } from "./calls/limits.ts";
import { kernelChannels } from "./channels/kernel-channels.ts";
import { eventConsumers, isOfModule } from "./events/event-consumers.ts";
import { createBreakers } from "./health/breakers.ts";
import { incidentBook } from "./health/incident-book.ts";
import { archiveSources } from "./installed/archive-sources.ts";
import type { ArchiveStore } from "./installed/archive-store.ts";
import { activeArchives, allArchives, archivesOf } from "./installed/archives.ts";
import { type ArchiveOffice, archiveOffice } from "./installed/office.ts";
import { removals } from "./installed/removals.ts";
import { type ModuleJobs, moduleJobs } from "./jobs/run-jobs.ts";
import { moduleStates } from "./modules/module-states.ts";
import { createSnapshot, type HostedPlugin, type Snapshot } from "./registry.ts";
import type { Patience, Supervised } from "./remote/supervise.ts";
import { sealClearSecrets } from "./settings/secrets.ts";
import { handToTransport } from "./transports/hand-to-transport.ts";
import { type BrowserHalves, browserHalves } from "./ui/browser-halves.ts";

export interface PluginHostOptions {
  readonly sources: readonly PluginSource[];
  readonly kernel: Kernel;
  readonly database: PluginDatabase;
  /** The kernel's procedures, called as whoever stands behind the request. */
  readonly callsFor: (request: RequestContext) => KernelCalls;
  /** Where attachments lie; absent: no module can hand one over. */
  readonly blobs?: Blobs;
  /** Called when policy packs or calendars were installed. */
  readonly onRules?: () => Promise<void>;
  /** Starts with no plugin at all. */
  readonly safeMode?: boolean;
  readonly limiter?: Limiter;
  /** How long a plugin may take to load. @defaultValue 10 */
  readonly loadSeconds?: number;
  /** Where modules are installed while the platform runs; absent: none can be. */
  readonly archives?: {
    readonly store: ArchiveStore;
    /** the platform's own key */
    readonly own: Publisher;
    readonly unsigned?: boolean;
    readonly patience?: Patience;
    /** how long a version that was replaced may finish what it has begun, in ms @defaultValue 30000 */
    readonly drainMs?: number;
  };
}

const DRAIN_MS = 30_000;

export interface PluginHost {
  /** What is registered; a new one after each boot. */
  snapshot(): Snapshot;
  /** Answers a request to `/rpc/p/<id>/...`. Never throws because of a plugin. */
  handle(pluginId: string, request: Request, call: PluginCall): Promise<Response>;
  /** Answers a request to `/x/<module>/<unit>/<name>/…`. @throws DoorstepError as `visit` does */
  visit(of: Visit): Promise<Response>;
  /** for `Kernel.channels` */
  readonly channels: Channels;
  /** for `Kernel.modules` */
  readonly modules: ModuleStates;
  /** for the kernel's deliveries */
  readonly hand: Hand;
  /** for the kernel's pump: modules that hear of petitions, as they are at the moment */
  readonly consumers: () => readonly EachConsumer[];
  /** Whether a consumer is that of a module which does not run now. */
  readonly rests: (consumer: string) => boolean;
  /** for whoever keeps the time */
  readonly jobs: ModuleJobs;
  /** for `moduleHandlers` */
  readonly serving: Serving;
  /** Starts what was installed since, ends what was taken out; calls that are under way are answered. */
  reload(): Promise<void>;
  /** ids of those this platform was built with */
  readonly builtIn: ReadonlySet<string>;
  /** Lets a module run again that this process had put into quarantine. */
  release(pluginId: string): void;
  /** absent where nothing can be installed */
  readonly archives?: ArchiveOffice;
  /** the browser halves of what was installed */
  readonly ui: BrowserHalves;
  /** Closes the plugins' connections. */
  stop(): Promise<void>;
}

/** Runs one step for one plugin; whatever it throws becomes that plugin's problem. */
async function guarded(candidate: Candidate, step: () => Promise<Candidate>): Promise<Candidate> {
  try {
    return await step();
  } catch (error) {
    return reject(candidate, problem("plugin.loadFailed", { error: lineOf(error) }));
  }
}

/** What one plugin still is after another boot: code that runs and whose files are the same goes on as it is. */
function kept(source: PluginSource, running: ReadonlyMap<string, Candidate>): Candidate | undefined {
  const known = running.get(source.id);
  return known?.plugin.state === "active" && known.source.archive?.digest === source.archive?.digest
    ? known
    : undefined;
}

interface Boot {
  readonly options: PluginHostOptions;
  readonly sources: readonly PluginSource[];
  readonly running: ReadonlyMap<string, Candidate>;
  readonly onPool: (pool: Pool) => void;
  readonly onEnd?: ArchiveRunning["onEnd"];
}

const runningOf = ({ own, patience }: NonNullable<PluginHostOptions["archives"]>, { onEnd }: Boot): ArchiveRunning => ({
  ownKey: own.keyId,
  ...(patience && { patience }),
  ...(onEnd && { onEnd }),
});

async function bring(candidate: Candidate, boot: Boot): Promise<Candidate> {
  const { options, onPool } = boot;
  const { kernel, database, archives } = options;
  const ready = await guarded(candidate, () => prepareDatabase(candidate, database, onPool));
  const started = archives ? await runArchive(ready, kernel, runningOf(archives, boot)) : ready;
  if (started.plugin.state === "rejected") return started;
  const brought = await guarded(started, async () => ({
    source: started.source,
    plugin: await installPacks(started.plugin, kernel.pool, kernel.now()),
  }));
  if (brought.plugin.state === "rejected") await started.plugin.remote?.stop();
  return brought;
}

async function bootPlugins(boot: Boot): Promise<readonly Candidate[]> {
  const { options, sources, running } = boot;
  const found = await Promise.all(
    sources.map(async (source) => kept(source, running) ?? (await discover(source, options.loadSeconds))),
  );
  const brought: Candidate[] = [];
  for (const candidate of order(verify(withoutRepeats(found)))) {
    const isNew = candidate.plugin.state === "active" && candidate !== running.get(candidate.source.id);
    brought.push(isNew ? await bring(candidate, boot) : candidate);
  }
  // A plugin that lost its tables or did not start takes those that require it along.
  const ordered = order(brought);
  const isNew = (one: Candidate): boolean => one !== running.get(one.source.id);
  for (const { plugin } of brought.filter(isNew))
    if (!ordered.some((one) => one.plugin.remote === plugin.remote)) await plugin.remote?.stop();
  return ordered;
}

/** What an earlier start knew of plugins that cannot tell themselves now. */
async function named(plugins: readonly HostedPlugin[], pool: Pool): Promise<HostedPlugin[]> {
  const known = await knownTitles(pool);
  return plugins.map((plugin) => {
    const earlier = known.get(plugin.manifest.id);
    const isSilent = plugin.state === "rejected" && plugin.manifest.title.en === plugin.manifest.id;
    if (!earlier || !isSilent) return plugin;
    const requires = Object.fromEntries(earlier.requires.map((need) => [need, "*"]));
    return {
      ...plugin,
      manifest: { ...plugin.manifest, title: earlier.title, onByDefault: earlier.onByDefault, requires },
    };
  });
}

const sourcesOf = async (options: PluginHostOptions): Promise<readonly PluginSource[]> => {
  const archives = options.archives ? await archiveSources(options.archives, options.kernel) : [];
  // one that was installed takes the place of the one this platform was built with
  const installed = new Set(archives.map((source) => source.id));
  return [...options.sources.filter((source) => !installed.has(source.id)), ...archives];
};

/** What the newest version of a module says about its data; one that says nothing keeps them for a year. */
async function retentionOf(store: ArchiveStore | undefined, pool: Pool, pluginId: string): Promise<Retention> {
  const [newest] = await archivesOf(pool, pluginId);
  const opened = newest && (await store?.open(newest).catch(() => undefined));
  return opened?.manifest.retention ?? "1y";
}

function tell(log: Kernel["log"], { manifest, state, problems }: HostedPlugin): void {
  const facts = { plugin: manifest.id, version: manifest.version, state };
  if (problems.length === 0) log.info("plugin ready", facts);
  else log.warn("plugin has problems", { ...facts, problems: problems.map((one) => one.message.en) });
}

/**
 * Starts the plugins: discover, verify, order, migrate, load, register, and from then on serve. It never fails because
 * of a plugin: each ends in a state with a problem in words and what to do about it.
 */
export async function createPluginHost(options: PluginHostOptions): Promise<PluginHost> {
  const { kernel } = options;
  const pools: Pool[] = [];
  let running: ReadonlyMap<string, Candidate> = new Map();
  const breakers = createBreakers(kernel.now);
  const book = incidentBook(kernel.pool, kernel.log);
  const incidents = createIncidents({
    log: kernel.log,
    now: kernel.now,
    breakers,
    book,
    versionOf: (pluginId) => running.get(pluginId)?.plugin.manifest.version ?? "",
  });
  let snapshot = createSnapshot([], incidents);
  const retired: Supervised[] = [];
  let stopped = false;

  /** What does not run any more has some time to finish what it has begun. */
  const retire = (candidates: Iterable<Candidate>): void => {
    for (const { plugin } of candidates) {
      const { remote } = plugin;
      if (!remote || [...running.values()].some((one) => one.plugin.remote === remote)) continue;
      retired.push(remote);
      setTimeout(() => void remote.stop(), options.archives?.drainMs ?? DRAIN_MS).unref();
    }
  };
  const boot = async (): Promise<void> => {
    const sources = await sourcesOf(options);
    const before = running;
    const candidates = options.safeMode
      ? sources.map((source) => unseen(source, [problem("plugin.safeMode")]))
      : await bootPlugins({ options, sources, running, onPool: (pool) => pools.push(pool), onEnd: incidents.ended });
    running = new Map(candidates.map((one) => [one.plugin.manifest.id, one]));
    snapshot = createSnapshot(
      await named(
        candidates.map((one) => one.plugin),
        kernel.pool,
      ),
      incidents,
    );
    retire(before.values());
    await sealClearSecrets(
      kernel,
      [...snapshot.plugins.values()].map((one) => one.manifest),
    );
    if (!options.safeMode) await recordInstalled(kernel.pool, snapshot, kernel.now());
    await options.onRules?.();
    for (const plugin of snapshot.plugins.values())
      if (before.get(plugin.manifest.id)?.plugin !== running.get(plugin.manifest.id)?.plugin) {
        breakers.forget(plugin.manifest.id);
        const isInstalled = running.get(plugin.manifest.id)?.source.installed !== undefined;
        if (plugin.state === "rejected" && isInstalled && !options.safeMode) incidents.notStarted(plugin.manifest);
        tell(kernel.log, plugin);
      }
  };
  // One after the other: what was told while a boot runs is seen by the next one.
  let turn: Promise<void> = boot();
  await turn;
  const reload = (): Promise<void> => {
    turn = turn.catch(() => undefined).then(() => (stopped ? undefined : boot()));
    return turn;
  };
  const serving: Serving = {
    snapshot: () => snapshot,
    limiter: observing(pausing(options.limiter ?? createLimiter(), breakers), options.kernel.observe ?? unobserved),
    health: { breakers, book },
    incidents,
    callsFor: options.callsFor,
    blobs: options.blobs,
  };
  const release = (pluginId: string): void => {
    breakers.forget(pluginId);
    running.get(pluginId)?.plugin.remote?.release();
  };
  /** A candidate among the others, as the next boot would judge it. */
  const judged = (candidate: Candidate): Candidate | undefined => {
    const others = [...running.values()].filter((one) => one.source.id !== candidate.source.id);
    return order(verify([...others, candidate])).find((one) => one.source.id === candidate.source.id);
  };
  const builtIn: ReadonlySet<string> = new Set(options.sources.map((source) => source.id));
  await options.archives?.store.tidy(await allArchives(kernel.pool));
  const office =
    options.archives &&
    archiveOffice({
      kernel,
      store: options.archives.store,
      own: options.archives.own,
      unsigned: options.archives.unsigned ?? false,
      running: (pluginId) => running.get(pluginId)?.plugin.manifest,
      judge: (candidate) => judged(candidate)?.plugin.problems ?? [],
      tryOut: async (candidate) => {
        if (options.safeMode) return [problem("plugin.safeMode")];
        const boot = { options, sources: [], running, onPool: (pool: Pool) => pools.push(pool) };
        const { plugin } = await bring(candidate, boot);
        await plugin.remote?.stop();
        return plugin.problems;
      },
      reload,
      isQuarantined: (pluginId) => snapshot.stateOf(pluginId) === "quarantined",
      release,
      owner: options.database.owner,
      removals: removals({
        kernel,
        owner: options.database.owner,
        retentionOf: (pluginId) => retentionOf(options.archives?.store, kernel.pool, pluginId),
        isInService: async (client, pluginId) => builtIn.has(pluginId) || (await activeArchives(client)).has(pluginId),
      }),
    });
  const jobs = moduleJobs(serving, kernel);
  return {
    ...(office && { archives: office }),
    builtIn,
    snapshot: () => snapshot,
    handle: (pluginId, request, call) => serve(serving, pluginId, request, call),
    visit: (of) => visit(serving, of),
    channels: kernelChannels(serving, kernel),
    modules: moduleStates(serving, kernel),
    hand: handToTransport(serving, kernel),
    consumers: eventConsumers(serving, kernel),
    rests: (consumer) =>
      isOfModule(consumer) && !eventConsumers(serving, kernel)().some((one) => one.name === consumer),
    jobs,
    serving,
    reload,
    release,
    ui: browserHalves({ kernel, snapshot: () => snapshot, store: options.archives?.store }),
    stop: async () => {
      stopped = true;
      await jobs.stop();
      await turn.catch(() => undefined);
      const remotes = [...running.values()].flatMap((one) => one.plugin.remote ?? []);
      await Promise.all([...remotes, ...retired].map((remote) => remote.stop()));
      await Promise.all(pools.map((pool) => pool.end()));
      await book.settled();
    },
  };
}
