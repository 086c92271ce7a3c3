import type { Blobs, Kernel, RequestContext } from "@doorstep/kernel";
import { type Actor, holdsRoleAt } from "@doorstep/kernel";
import type { Contributed, ExtensionPoint, Manifest } from "@doorstep/sdk";
import { fetchBy } from "@doorstep/sdk/runner";
import { REQUEST_ID } from "@doorstep/sdk/server";
import type { UnitRow } from "../choices/unit-rows.ts";
import type { HostedPlugin, Snapshot } from "../registry.ts";
import { resolveKeys, type StoredValue, settingsFor, storedValues } from "../settings/read-settings.ts";
import { grant, toUnit } from "./capabilities.ts";
import { heard } from "./heard.ts";
import type { Reach } from "./http.ts";
import type { KernelCalls } from "./kernel-calls.ts";
import { loggable } from "./loggable.ts";

/** The plugin's permissions somebody holds at a unit, by their local names. */
export function permissionsAt(
  actor: Actor | undefined,
  manifest: Manifest,
  path: readonly string[],
): readonly string[] {
  if (!actor) return [];
  const pathToRoot = path.toReversed();
  return Object.entries(manifest.permissions).flatMap(([name, spec]) =>
    holdsRoleAt(actor, spec.grants, pathToRoot) ? [name] : [],
  );
}

export interface CallScene {
  readonly plugin: HostedPlugin;
  readonly unit: UnitRow;
  readonly snapshot: Snapshot;
  readonly request: RequestContext;
  readonly calls: KernelCalls;
  readonly signal: AbortSignal;
  readonly blobs: Blobs | undefined;
}

/** What other plugins that are on at the unit added to a point of this one. */
async function contributionsAt(
  scene: CallScene,
  point: ExtensionPoint<unknown, unknown>,
): Promise<Contributed<unknown, unknown>[]> {
  if (!point.id.startsWith(`${scene.plugin.manifest.id}/`)) return [];
  const { rows } = await scene.request.kernel.pool.query<{ plugin_id: string }>(
    "select plugin_id from kernel.plugin_effective where unit_id = $1 and enabled order by plugin_id",
    [scene.unit.id],
  );
  return rows.flatMap(({ plugin_id: pluginId }) => {
    if (!scene.snapshot.serves(pluginId)) return [];
    const given = scene.snapshot.plugins.get(pluginId)?.server?.part.extend ?? [];
    return given.flatMap((one) =>
      one.point === point.id
        ? [{ key: `${pluginId}/${one.key}`, plugin: pluginId, data: structuredClone(one.data), call: one.calls }]
        : [],
    );
  });
}

function logOf(kernel: Kernel, pluginId: string) {
  const at = (level: "info" | "warn") => (message: string, facts?: unknown) => {
    const line = loggable(message, facts);
    kernel.log[level](line.message, { ...line.facts, plugin: pluginId });
  };
  return { info: at("info"), warn: at("warn") };
}

/** Where the plugin runs here, `fetch` stands in the place of the exchange that would cross to it. */
function withFetch({ http, ...granted }: ReturnType<typeof grant>) {
  return http ? { ...granted, fetch: fetchBy((http as { exchange: never }).exchange) } : granted;
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** The addresses a plugin reaches at a unit: its own, and those of its settings. */
function reachOf(plugin: HostedPlugin, unit: UnitRow, stored: readonly StoredValue[]): Reach {
  const { http = [], httpFrom } = plugin.manifest;
  const listIn = (key: string | undefined, of: readonly StoredValue[]): readonly string[] =>
    key === undefined ? [] : texts(resolveKeys(plugin, of).get(key)?.value);
  const [root] = unit.path;
  const ofRoot = stored.filter((one) => one.unitId === root);
  return { listed: http, chosen: listIn(httpFrom?.addresses, stored), inside: listIn(httpFrom?.inside, ofRoot) };
}

/** Builds `ctx` for one call: what every call has, and what the plugin has declared, nothing else. */
export async function callContext(scene: CallScene): Promise<Readonly<Record<string | symbol, unknown>>> {
  const { plugin, unit, request } = scene;
  const { kernel, actor } = request;
  const permissions = permissionsAt(actor, plugin.manifest, unit.path);
  const stored = plugin.server?.plugin.settings ? await storedValues(kernel, unit, [plugin.manifest.id]) : [];
  const granted = grant(plugin.manifest.capabilities, {
    pluginId: plugin.manifest.id,
    plugin,
    snapshot: scene.snapshot,
    unit,
    reach: reachOf(plugin, unit, stored),
    request,
    kernel,
    calls: scene.calls,
    signal: scene.signal,
    blobs: scene.blobs,
  });
  return {
    ...(plugin.remote ? granted : withFetch(granted)),
    ...(plugin.db && { db: plugin.db }),
    unit: toUnit(unit),
    settings: settingsFor(plugin, stored),
    signal: scene.signal,
    now: kernel.now().toISOString(),
    newId: () => kernel.newId(),
    log: logOf(kernel, plugin.manifest.id),
    events: { heard: (caseIds: readonly string[]) => heard(request, structuredClone(caseIds)) },
    contributions: (point: ExtensionPoint<unknown, unknown>) => contributionsAt(scene, point),
    user: actor ? { id: actor.personId, name: actor.name, locale: actor.locale } : null,
    can: (permission: string) => permissions.includes(permission),
    [REQUEST_ID]: request.requestId,
  };
}
