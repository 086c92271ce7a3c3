import type { Hand, Kernel } from "@doorstep/kernel";
import type { TransportSpec } from "@doorstep/sdk/server";
import { z } from "zod";
import { callContext } from "../calls/call-context.ts";
import type { Serving } from "../calls/endpoint.ts";
import { hostRequest } from "../channels/kernel-channels.ts";
import { unitsById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";

const result = z.discriminatedUnion("state", [
  z.object({ state: z.literal("sent") }),
  z.object({ state: z.literal("later"), until: z.iso.datetime({ offset: true }) }),
  z.object({ state: z.literal("refused"), code: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/) }),
]);

interface Road {
  readonly plugin: HostedPlugin;
  readonly spec: TransportSpec;
}

/** The first transport that is on at the unit, by the id of its plugin. */
async function roadAt(serving: Serving, kernel: Kernel, unitId: string): Promise<Road | undefined> {
  const { rows } = await kernel.pool.query<{ plugin_id: string }>(
    "select plugin_id from kernel.plugin_effective where unit_id = $1 and enabled order by plugin_id",
    [unitId],
  );
  const snapshot = serving.snapshot();
  for (const { plugin_id: id } of rows) {
    const plugin = snapshot.serves(id) ? snapshot.plugins.get(id) : undefined;
    const [spec] = Object.values((plugin?.server?.part.transports ?? {}) as Readonly<Record<string, TransportSpec>>);
    if (plugin && spec) return { plugin, spec };
  }
  return undefined;
}

/**
 * Hands a message to the transport that is on at the unit. It is told of nothing but that there is news.
 *
 * @throws whatever the transport throws, also where it takes too long: the kernel tries again.
 */
export const handToTransport =
  (serving: Serving, kernel: Kernel): Hand =>
  async (unitId, message) => {
    const unit = (await unitsById(kernel.pool, [unitId])).get(unitId);
    const road = unit && (await roadAt(serving, kernel, unitId));
    if (!unit || !road) return { state: "none" };
    const { plugin, spec } = road;
    const { id } = plugin.manifest;
    const request = hostRequest(kernel);
    try {
      const made = await serving.limiter.run(id, "transport", async (signal) => {
        const calls = serving.callsFor(request);
        const ctx = await callContext({ plugin, unit, snapshot: serving.snapshot(), request, calls, signal });
        return result.parse(await spec.send(ctx as never, message));
      });
      serving.incidents.succeeded(id, "transport");
      return made;
    } catch (error) {
      // the sentence of a mail server may hold the address it refuses
      serving.incidents.failed(id, "transport", unitId, new Error((error as { code?: string }).code ?? "failed"));
      throw error;
    }
  };
