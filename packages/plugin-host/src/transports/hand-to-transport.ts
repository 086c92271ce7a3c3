import type { Hand, Kernel } from "@doorstep/kernel";
import type { TransportSpec } from "@doorstep/sdk/server";
import { z } from "zod";
import type { Serving } from "../calls/endpoint.ts";
import { hostRequest } from "../calls/host-request.ts";
import { runCall } from "../calls/run-call.ts";
import { unitsById } from "../choices/unit-rows.ts";
import { Paused } from "../health/breakers.ts";
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
    // the sentence of a mail server may hold the address it refuses
    const line = (error: unknown): string => (error as { code?: string }).code ?? "failed";
    const run = { plugin, unit, kind: "transport", request: hostRequest(kernel), line } as const;
    try {
      return await runCall(serving, run, async (ctx) => result.parse(await spec.send(ctx, message)));
    } catch (error) {
      if (error instanceof Paused) return { state: "later", until: error.until.toISOString() };
      throw error;
    }
  };
