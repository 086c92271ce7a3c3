import type { ChannelAt, Channels, Kernel, RequestContext } from "@doorstep/kernel";
import type { ChannelSpec } from "@doorstep/sdk/server";
import type { Serving } from "../calls/endpoint.ts";
import { hostRequest } from "../calls/host-request.ts";
import { runCall } from "../calls/run-call.ts";
import { type UnitRow, unitsById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { channelOf } from "./file-form.ts";

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
  try {
    const run = { plugin, unit, kind: "decide", request } as const;
    return (await runCall(serving, run, async (ctx) => await anonymous(ctx))) === true;
  } catch {
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
