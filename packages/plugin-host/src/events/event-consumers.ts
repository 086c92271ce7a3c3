import { type CaseEventType, eventFacts, isCaseEventType } from "@doorstep/contracts";
import type { EachConsumer, Kernel, OutboxEvent } from "@doorstep/kernel";
import type { AnyEventHandlers, CaseEvent } from "@doorstep/sdk/server";
import type { Serving } from "../calls/endpoint.ts";
import { hostRequest } from "../calls/host-request.ts";
import { runCall } from "../calls/run-call.ts";
import { unitById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";

const handlersOf = (plugin: HostedPlugin | undefined): AnyEventHandlers =>
  (plugin?.server?.part.on ?? {}) as AnyEventHandlers;

/** How a plugin is called among those that follow the events. */
export const consumerName = (pluginId: string): string => `plugin:${pluginId}`;
export const isOfModule = (consumer: string): boolean => consumer.startsWith("plugin:");

/** What is heard where the plugin is off as well: with the petition goes what is known of it. */
const ALWAYS: readonly string[] = ["retention.destroyed"];

/** Whether the plugin may hear of the petition: it is on where the petition was held then, and it is no accusation. */
async function mayHear(kernel: Kernel, pluginId: string, event: OutboxEvent): Promise<boolean> {
  const { rows } = await kernel.pool.query<{ may: boolean }>({
    name: "plugin_may_hear",
    text: `select c.confidentiality < 3 and (e.enabled or $4) as may from kernel.cases c
        join kernel.plugin_effective e on e.plugin_id = $1 and e.unit_id = $2 where c.id = $3`,
    values: [pluginId, event.unitId, event.caseId, ALWAYS.includes(event.type)],
  });
  return rows[0]?.may === true;
}

const asCaseEvent = (event: OutboxEvent, type: CaseEventType): CaseEvent => ({
  id: event.id,
  type,
  at: event.at.toISOString(),
  caseId: event.caseId,
  ...eventFacts(type, event.payload),
});

/**
 * Those of the running plugins that hear of petitions, each with a cursor of its own that begins when the plugin is first
 * there. One that does not run keeps its place and is told of everything later.
 */
export const eventConsumers = (serving: Serving, kernel: Kernel) => (): readonly EachConsumer[] => {
  const snapshot = serving.snapshot();
  return [...snapshot.plugins].flatMap(([id, plugin]) => {
    const hears = Object.keys(handlersOf(plugin));
    return snapshot.serves(id) && hears.length > 0 ? [consumerOf(serving, kernel, id, hears)] : [];
  });
};

const consumerOf = (serving: Serving, kernel: Kernel, pluginId: string, hears: readonly string[]): EachConsumer => ({
  name: consumerName(pluginId),
  from: "now",
  hears,
  async handle(event) {
    const plugin = serving.snapshot().plugins.get(pluginId);
    const { type } = event;
    const handler = handlersOf(plugin)[type];
    if (!plugin || !handler || !isCaseEventType(type) || !(await mayHear(kernel, pluginId, event))) return;
    const unit = await unitById(kernel.pool, event.unitId);
    const run = { plugin, unit, kind: "event", request: hostRequest(kernel) } as const;
    await runCall(serving, run, async (ctx) => await handler(ctx, asCaseEvent(event, type)));
  },
});
