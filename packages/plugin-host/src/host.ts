import type { Channels, Hand, Kernel, ModuleStates, RequestContext } from "@doorstep/kernel";
import type { Pool } from "pg";
import { installPacks } from "./boot/install-packs.ts";
import { order } from "./boot/order.ts";
import { type PluginDatabase, prepareDatabase } from "./boot/prepare-database.ts";
import { lineOf, problem } from "./boot/problems.ts";
import { knownTitles, recordInstalled } from "./boot/record-installed.ts";
import { type Candidate, discover, type PluginSource, reject, unseen } from "./boot/sources.ts";
import { verify, withoutRepeats } from "./boot/verify.ts";
import { type PluginCall, type Serving, serve } from "./calls/endpoint.ts";
import { createIncidents } from "./calls/health.ts";
import type { KernelCalls } from "./calls/kernel-calls.ts";
import { createLimiter, type Limiter } from "./calls/limits.ts";
import { kernelChannels } from "./channels/kernel-channels.ts";
import { moduleStates } from "./modules/module-states.ts";
import { createSnapshot, type HostedPlugin, type Snapshot } from "./registry.ts";
import { handToTransport } from "./transports/hand-to-transport.ts";

export interface PluginHostOptions {
  readonly sources: readonly PluginSource[];
  readonly kernel: Kernel;
  readonly database: PluginDatabase;
  /** The kernel's procedures, called as whoever stands behind the request. */
  readonly callsFor: (request: RequestContext) => KernelCalls;
  /** Called when policy packs or calendars were installed. */
  readonly onRules?: () => Promise<void>;
  /** Starts with no plugin at all. */
  readonly safeMode?: boolean;
  readonly limiter?: Limiter;
  /** How long a plugin may take to load. @defaultValue 10 */
  readonly loadSeconds?: number;
}

export interface PluginHost {
  /** What is registered; a new one after each boot. */
  snapshot(): Snapshot;
  /** Answers a request to `/rpc/p/<id>/...`. Never throws because of a plugin. */
  handle(pluginId: string, request: Request, call: PluginCall): Promise<Response>;
  /** for `Kernel.channels` */
  readonly channels: Channels;
  /** for `Kernel.modules` */
  readonly modules: ModuleStates;
  /** for the kernel's deliveries */
  readonly hand: Hand;
  /** for `moduleHandlers` */
  readonly serving: Serving;
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

async function bootPlugins(options: PluginHostOptions, onPool: (pool: Pool) => void): Promise<HostedPlugin[]> {
  const { kernel, database } = options;
  const found = await Promise.all(options.sources.map((source) => discover(source, options.loadSeconds)));
  const ordered = order(verify(withoutRepeats(found)));
  const migrated: Candidate[] = [];
  for (const candidate of ordered)
    migrated.push(await guarded(candidate, () => prepareDatabase(candidate, database, onPool)));
  // A plugin that lost its tables takes those that require it along.
  const loaded: HostedPlugin[] = [];
  for (const candidate of order(migrated)) {
    const { plugin } = candidate;
    if (plugin.state === "rejected") loaded.push(plugin);
    else {
      const installed = await guarded(candidate, async () => ({
        source: candidate.source,
        plugin: await installPacks(plugin, kernel.pool, kernel.now()),
      }));
      loaded.push(installed.plugin);
    }
  }
  return loaded;
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

/**
 * Starts the plugins: discover, verify, order, migrate, load, register, and from then on serve. It never fails because
 * of a plugin: each ends in a state with a problem in words and what to do about it.
 */
export async function createPluginHost(options: PluginHostOptions): Promise<PluginHost> {
  const { kernel } = options;
  const pools: Pool[] = [];
  const incidents = createIncidents(kernel.log);
  const plugins = options.safeMode
    ? options.sources.map((source) => unseen(source, [problem("plugin.safeMode")]).plugin)
    : await bootPlugins(options, (pool) => pools.push(pool));
  const snapshot = createSnapshot(await named(plugins, kernel.pool), incidents);
  if (!options.safeMode) await recordInstalled(kernel.pool, snapshot, kernel.now());
  await options.onRules?.();
  for (const { manifest, state, problems } of snapshot.plugins.values()) {
    const facts = { plugin: manifest.id, version: manifest.version, state };
    if (problems.length === 0) kernel.log.info("plugin ready", facts);
    else kernel.log.warn("plugin has problems", { ...facts, problems: problems.map((one) => one.message.en) });
  }
  const serving: Serving = {
    snapshot: () => snapshot,
    limiter: options.limiter ?? createLimiter(),
    incidents,
    callsFor: options.callsFor,
  };
  return {
    snapshot: () => snapshot,
    handle: (pluginId, request, call) => serve(serving, pluginId, request, call),
    channels: kernelChannels(serving, kernel),
    modules: moduleStates(serving),
    hand: handToTransport(serving, kernel),
    serving,
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}
