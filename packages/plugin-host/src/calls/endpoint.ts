import { DoorstepError } from "@doorstep/contracts";
import { assertTaking, type Blobs, type RequestContext } from "@doorstep/kernel";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createChannelRouter } from "../channels/channel-router.ts";
import { explain } from "../choices/explain.ts";
import { rootUnit, type UnitRow, unitById } from "../choices/unit-rows.ts";
import { type Breakers, Paused } from "../health/breakers.ts";
import type { IncidentBook } from "../health/incident-book.ts";
import type { HostedPlugin, Snapshot } from "../registry.ts";
import { forward } from "../remote/remote-server.ts";
import { RemoteFailed } from "../remote/supervise.ts";
import { callContext, permissionsAt } from "./call-context.ts";
import type { Incidents } from "./health.ts";
import type { KernelCalls } from "./kernel-calls.ts";
import { DeadlinePassed, type Limiter, NoPlace } from "./limits.ts";
import { refusalResponse } from "./refusal-response.ts";

/** Everything a call needs of the host around it. */
export interface Serving {
  readonly snapshot: () => Snapshot;
  readonly limiter: Limiter;
  readonly incidents: Incidents;
  readonly health: { readonly breakers: Breakers; readonly book: IncidentBook };
  readonly callsFor: (request: RequestContext) => KernelCalls;
  /** where attachments lie */
  readonly blobs?: Blobs | undefined;
}

/** A request to a plugin: who asks, and at which unit. */
export interface PluginCall {
  readonly context: RequestContext;
  /** `null`: the asker's own unit, or for nobody signed in the root */
  readonly unitId: string | null;
}

/** Where a plugin's procedures are served. */
export const endpointOf = (pluginId: string): string => `/rpc/p/${pluginId}`;

const isHosts = (path: string): boolean => path.startsWith("channel.");

/** The unit a call is about. @throws DoorstepError `unit.notFound` */
export async function unitOfCall(call: PluginCall): Promise<UnitRow> {
  const { pool } = call.context.kernel;
  const asked = call.unitId ?? call.context.actor?.unitId;
  const unit = asked === undefined ? await rootUnit(pool) : await unitById(pool, asked);
  if (!unit) throw new DoorstepError("unit.notFound");
  return unit;
}

/** Why a module is not there, in one word for the screen and the support log. */
function absence(e: Awaited<ReturnType<typeof explain>>): string {
  if (e.blockedBy.length > 0) return "blocked";
  if (e.lockedBy) return "locked";
  if (!e.decidedBy) return "default";
  return e.decidedBy.id === e.unitId ? "own" : "inherited";
}

/** @throws DoorstepError `module.notFound` with the explanation's code, where the plugin is off at the unit. */
export async function assertOn(context: RequestContext, snapshot: Snapshot, pluginId: string, unit: UnitRow) {
  const { rows } = await context.kernel.pool.query<{ enabled: boolean }>(
    "select enabled from kernel.plugin_effective where plugin_id = $1 and unit_id = $2",
    [pluginId, unit.id],
  );
  if (rows[0]?.enabled && snapshot.serves(pluginId)) return;
  const explanation = await explain(context.kernel.pool, snapshot, unit.id, pluginId);
  throw new DoorstepError("module.notFound", { explanation: absence(explanation) });
}

/** Checked for every procedure of the batch before any plugin code runs. */
function assertPermitted(context: RequestContext, plugin: HostedPlugin, unit: UnitRow, paths: readonly string[]) {
  const held = permissionsAt(context.actor, plugin.manifest, unit.path);
  for (const path of paths) {
    if (isHosts(path)) continue;
    const needs = plugin.manifest.procedures[path]?.needs;
    if (needs === undefined) throw new DoorstepError("request.unknown");
    if (needs === "public") continue;
    if (!context.actor) throw new DoorstepError("unauthorized");
    if (needs !== "signedIn" && !held.includes(needs)) throw new DoorstepError("forbidden");
  }
}

/** What only reads goes on when nothing new is taken. */
function assertTakes({ kernel }: RequestContext, plugin: HostedPlugin, paths: readonly string[]): void {
  const writes = paths.some((path) => isHosts(path) || plugin.manifest.procedures[path]?.kind === "mutation");
  if (writes) assertTaking(kernel);
}

/**
 * Serves one request to a plugin's address. User, unit, switch and permission are checked first; a plugin that throws or
 * hangs gives one clear error to the asker.
 */
export async function serve(serving: Serving, pluginId: string, request: Request, call: PluginCall): Promise<Response> {
  const url = new URL(request.url);
  const endpoint = endpointOf(pluginId);
  const paths = decodeURIComponent(url.pathname.slice(endpoint.length + 1))
    .split(",")
    .filter(Boolean);
  const isBatch = url.searchParams.get("batch") === "1";
  const { requestId } = call.context;
  let unitId: string | null = null;
  try {
    const snapshot = serving.snapshot();
    const plugin = snapshot.plugins.get(pluginId);
    if (!plugin) throw new DoorstepError("module.notFound", { explanation: "unknown" });
    if (request.method !== "POST" || paths.length === 0) throw new DoorstepError("request.unknown");
    if (call.context.restriction) throw new DoorstepError(call.context.restriction);
    const unit = await unitOfCall(call);
    unitId = unit.id;
    await assertOn(call.context, snapshot, pluginId, unit);
    assertPermitted(call.context, plugin, unit, paths);
    assertTakes(call.context, plugin, paths);
    if (paths.some(isHosts)) {
      if (!paths.every(isHosts)) throw new DoorstepError("request.unknown");
      return await serveChannels(serving, plugin, unit, request, call);
    }
    return await servePlugin(serving, { plugin, unit, snapshot }, request, call);
  } catch (error) {
    if (error instanceof DeadlinePassed || error instanceof RemoteFailed)
      serving.incidents.failed(pluginId, "rpc", unitId, error);
    const told = toldOf(error, call);
    if (told) return refusalResponse(told, paths, isBatch, requestId);
    throw error;
  }
}

const waitOf = ({ until }: Paused, { context }: PluginCall): { readonly seconds: number } => ({
  seconds: Math.max(1, Math.ceil((until.getTime() - context.kernel.now().getTime()) / 1_000)),
});

/** What whoever asked is told; `undefined` for a defect of the host itself. */
function toldOf(error: unknown, call: PluginCall): DoorstepError | undefined {
  if (error instanceof DoorstepError) return error;
  if (error instanceof Paused) return new DoorstepError("module.paused", waitOf(error, call));
  // whoever never got a place may simply press again: nothing of it was begun
  if (error instanceof NoPlace) return new DoorstepError("module.busy");
  return error instanceof DeadlinePassed || error instanceof RemoteFailed
    ? new DoorstepError("module.failed")
    : undefined;
}

interface At {
  readonly plugin: HostedPlugin;
  readonly unit: UnitRow;
  readonly snapshot: Snapshot;
}

async function servePlugin(serving: Serving, at: At, request: Request, call: PluginCall): Promise<Response> {
  const { id } = at.plugin.manifest;
  const { remote } = at.plugin;
  const router = at.plugin.server?.part.router;
  if (!router && !remote) throw new DoorstepError("request.unknown");
  let failure: unknown;
  const response = await serving.limiter.run(id, "rpc", async (signal) => {
    const ctx = await callContext({
      ...at,
      request: call.context,
      calls: serving.callsFor(call.context),
      signal,
      blobs: serving.blobs,
    });
    if (remote) {
      const { response: answer, defect } = await forward(remote, request, ctx);
      if (defect !== null) failure = new Error(defect);
      return answer;
    }
    return await fetchRequestHandler({
      endpoint: endpointOf(id),
      req: request,
      router,
      createContext: () => ctx,
      allowMethodOverride: true,
      onError: ({ error }) => {
        // A refusal or a wrong input is the plugin working; anything else is the plugin failing.
        if (error.code === "INTERNAL_SERVER_ERROR") failure = error.cause ?? error;
      },
    });
  });
  if (failure === undefined) serving.incidents.succeeded(id, "rpc");
  else serving.incidents.failed(id, "rpc", at.unit.id, failure);
  return response;
}

const serveChannels = (
  serving: Serving,
  plugin: HostedPlugin,
  unit: UnitRow,
  request: Request,
  call: PluginCall,
): Promise<Response> =>
  fetchRequestHandler({
    endpoint: endpointOf(plugin.manifest.id),
    req: request,
    router: createChannelRouter(),
    createContext: () => ({ serving, plugin, unit, request: call.context }),
    allowMethodOverride: true,
  });
