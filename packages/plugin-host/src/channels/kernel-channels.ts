import type { ChannelAt, Channels, Kernel, RequestContext } from "@doorstep/kernel";
import type { ChannelSpec } from "@doorstep/sdk/server";
import { callContext } from "../calls/call-context.ts";
import type { Serving } from "../calls/endpoint.ts";
import { type UnitRow, unitsById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { channelOf } from "./file-form.ts";

/** A call with nobody behind it: the host asks for itself. */
export const hostRequest = (kernel: Kernel): RequestContext => ({
  kernel,
  actor: undefined,
  codeCaseId: undefined,
  requestId: "",
  origin: "",
  setCodeCase: () => undefined,
});

/** Whether a channel takes petitions without a name here. A plugin that cannot say so does not forbid it. */
export async function anonymousAllowed(
  serving: Serving,
  request: RequestContext,
  plugin: HostedPlugin,
  unit: UnitRow,
  spec: ChannelSpec,
): Promise<boolean> {
  const { anonymous } = spec;
  if (!anonymous) return true;
  const { id } = plugin.manifest;
  try {
    const allowed = await serving.limiter.run(id, "decide", async (signal) => {
      const snapshot = serving.snapshot();
      const calls = serving.callsFor(request);
      const ctx = await callContext({ plugin, unit, snapshot, request, calls, signal });
      return await anonymous(ctx as never);
    });
    serving.incidents.succeeded(id, "decide");
    return allowed === true;
  } catch (error) {
    serving.incidents.failed(id, "decide", unit.id, error);
    return true;
  }
}

/** What the kernel asks before it files by a plugin's channel. */
export function kernelChannels(serving: Serving, kernel: Kernel): Channels {
  return {
    at: async (unitId, channelKey): Promise<ChannelAt | null> => {
      const [pluginId = "", key = ""] = channelKey.split("/");
      const snapshot = serving.snapshot();
      const plugin = snapshot.plugins.get(pluginId);
      const spec = plugin && channelOf(plugin, key);
      if (!plugin || !spec || !snapshot.serves(pluginId)) return null;
      const { rows } = await kernel.pool.query<{ enabled: boolean }>(
        "select enabled from kernel.plugin_effective where plugin_id = $1 and unit_id = $2",
        [pluginId, unitId],
      );
      const unit = (await unitsById(kernel.pool, [unitId])).get(unitId);
      if (!rows[0]?.enabled || !unit) return null;
      const allowed = await anonymousAllowed(serving, hostRequest(kernel), plugin, unit, spec);
      return { label: spec.title, anonymousAllowed: allowed };
    },
  };
}
