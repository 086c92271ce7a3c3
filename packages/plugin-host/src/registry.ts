import type { moduleStates, Text } from "@doorstep/contracts";
import type { ArchiveManifest, Manifest } from "@doorstep/sdk";
import type { AnyPluginServer } from "@doorstep/sdk/server";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Supervised } from "./remote/supervise.ts";

export type PluginState = (typeof moduleStates)[number];

/** What is wrong with a plugin and what to do, for the administrator. */
export interface Problem {
  readonly code: string;
  readonly message: Text;
  readonly fix: Text | null;
}

/** A plugin as the last boot left it. */
export interface HostedPlugin {
  readonly manifest: Manifest;
  readonly state: "active" | "rejected";
  readonly problems: readonly Problem[];
  /** absent where it was rejected */
  readonly server?: AnyPluginServer;
  /** where it was installed; absent where it is composed into the build, browser halves and all */
  readonly archive?: ArchiveManifest;
  /** as its own login; absent where it did not ask for tables */
  readonly db?: NodePgDatabase;
  /** where its own login connects, for code that runs elsewhere */
  readonly databaseUrl?: string;
  /** the line to code that runs elsewhere */
  readonly remote?: Supervised;
}

/** How the calls of a plugin have gone of late. */
export interface Health {
  stateOf(pluginId: string): "well" | "degraded";
  problemsOf(pluginId: string): readonly Problem[];
}

/** Everything that is registered; never changed, only replaced as a whole. */
export interface Snapshot {
  readonly plugins: ReadonlyMap<string, HostedPlugin>;
  readonly ids: ReadonlySet<string>;
  stateOf(pluginId: string): PluginState;
  /** Whether it can answer at all: it runs, and so does everything it requires. Choices of units come on top. */
  serves(pluginId: string): boolean;
}

export function createSnapshot(plugins: readonly HostedPlugin[], health: Health): Snapshot {
  const byId = new Map(plugins.map((plugin) => [plugin.manifest.id, plugin]));
  const stateOf = (pluginId: string): PluginState => {
    const plugin = byId.get(pluginId);
    if (plugin?.state !== "active") return "rejected";
    if (plugin.remote?.ends().quarantined) return "quarantined";
    const now = health.stateOf(pluginId);
    return now === "well" ? "active" : now;
  };
  const serves = (pluginId: string, asking: ReadonlySet<string> = new Set()): boolean => {
    const plugin = byId.get(pluginId);
    const state = stateOf(pluginId);
    if (!plugin || asking.has(pluginId) || (state !== "active" && state !== "degraded")) return false;
    const further = new Set([...asking, pluginId]);
    return Object.keys(plugin.manifest.requires).every((need) => serves(need, further));
  };
  return { plugins: byId, ids: new Set(byId.keys()), stateOf, serves: (pluginId) => serves(pluginId) };
}
