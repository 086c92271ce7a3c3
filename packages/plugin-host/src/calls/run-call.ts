import { DoorstepError } from "@doorstep/contracts";
import type { RequestContext } from "@doorstep/kernel";
import type { UnitRow } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { callContext } from "./call-context.ts";
import type { Serving } from "./endpoint.ts";
import { type CallKind, LIMITS } from "./limits.ts";

/** One call of a plugin: what for, at which unit, and who stands behind it. */
export interface PluginRun {
  readonly plugin: HostedPlugin;
  readonly unit: UnitRow;
  readonly kind: CallKind;
  readonly request: RequestContext;
  /** what the log may say of a failure; absent: its own message */
  readonly line?: (error: unknown) => string;
}

/**
 * Runs one function of a plugin with the context it may have, within its time, and on its record. Everything but the
 * plugin's own procedures passes here.
 *
 * @throws whatever the plugin throws; DeadlinePassed; Paused where this kind of call keeps failing
 */
export async function runCall<T>(
  serving: Serving,
  { plugin, unit, kind, request, line }: PluginRun,
  work: (ctx: never) => Promise<T>,
): Promise<T> {
  const { id } = plugin.manifest;
  try {
    const made = await serving.limiter.run(id, kind, async (signal) => {
      const calls = serving.callsFor(request);
      const ctx = await callContext({
        ...{ plugin, unit, snapshot: serving.snapshot(), request, calls, signal },
        blobs: serving.blobs,
      });
      return await work(ctx as never);
    });
    serving.incidents.succeeded(id, kind);
    return made;
  } catch (error) {
    // where somebody asked, a refusal is the plugin working
    if (LIMITS[kind].onFailure === "error" && error instanceof DoorstepError) serving.incidents.succeeded(id, kind);
    else serving.incidents.failed(id, kind, unit.id, error, line?.(error));
    throw error;
  }
}
