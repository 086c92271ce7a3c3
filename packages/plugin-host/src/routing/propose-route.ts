import { DoorstepError, type RouteProposal } from "@doorstep/contracts";
import { mayGoTo, type RequestContext, recordRuleNotRun, signedIn } from "@doorstep/kernel";
import type { CaseBrief } from "@doorstep/sdk";
import type { RoutingSpec } from "@doorstep/sdk/server";
import { z } from "zod";
import { briefOf } from "../calls/capabilities.ts";
import type { Serving } from "../calls/endpoint.ts";
import { unwrapped } from "../calls/refused.ts";
import { runCall } from "../calls/run-call.ts";
import { type Reader, type UnitRow, unitById, unitsById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";

const answer = z.object({ toUnit: z.uuid(), because: z.string().trim().min(1).max(300) }).nullable();

interface Rule {
  readonly plugin: HostedPlugin;
  readonly key: string;
  readonly spec: RoutingSpec;
}

/** Rules of the modules that are on at the unit, in the order in which they are asked. */
async function rulesAt(serving: Serving, reader: Reader, unit: UnitRow): Promise<readonly Rule[]> {
  const { rows } = await reader.query<{ plugin_id: string }>(
    "select plugin_id from kernel.plugin_effective where unit_id = $1 and enabled order by plugin_id",
    [unit.id],
  );
  const snapshot = serving.snapshot();
  const all = rows.flatMap(({ plugin_id: id }) => {
    const plugin = snapshot.serves(id) ? snapshot.plugins.get(id) : undefined;
    const specs = (plugin?.server?.part.routing ?? {}) as Readonly<Record<string, RoutingSpec>>;
    return plugin ? Object.entries(specs).map(([key, spec]) => ({ plugin, key, spec })) : [];
  });
  return all.toSorted((a, b) => a.spec.priority - b.spec.priority);
}

const SEPARATOR = " › ";

async function pathOf(reader: Reader, unit: UnitRow): Promise<{ "zh-CN": string; en: string }> {
  const units = await unitsById(reader, unit.path);
  const names = unit.path.flatMap((id) => units.get(id)?.name ?? []);
  return {
    "zh-CN": names.map((name) => name["zh-CN"]).join(SEPARATOR),
    en: names.map((name) => name.en).join(SEPARATOR),
  };
}

/**
 * Asks the rules of modules where a petition belongs, for somebody who sees it: only a proposal, and never a unit to which
 * the kernel would not let it go. A rule that fails is written down in the petition, and the next one is asked.
 *
 * @throws DoorstepError `case.notFound`, as for everybody who does not see it
 */
export async function proposeRoute(serving: Serving, request: RequestContext, caseId: string): Promise<RouteProposal> {
  const actor = signedIn(request);
  const { kernel } = request;
  const view = await unwrapped(serving.callsFor(request).cases.get({ caseId }));
  // of an accusation no module hears, not even that there is one
  if (view.confidentiality === 3) return { proposal: null, failed: [] };
  const unit = await unitById(kernel.pool, view.holder.id);
  const petition: CaseBrief = briefOf(view);
  const failed: RouteProposal["failed"] = [];
  for (const { plugin, key, spec } of await rulesAt(serving, kernel.pool, unit)) {
    const run = { plugin, unit, kind: "decide", request } as const;
    const asking = runCall(serving, run, async (ctx) => answer.parse(await spec.decide(ctx, petition)));
    const said = await asking.catch(() => "failed" as const);
    if (said === "failed") {
      failed.push(spec.title);
      await writtenDown(request, actor, caseId, { pluginId: plugin.manifest.id, rule: key });
      continue;
    }
    if (!said || !(await mayGoTo(kernel, caseId, said.toUnit))) continue;
    const to = await unitById(kernel.pool, said.toUnit);
    const path = await pathOf(kernel.pool, to);
    const { because } = said;
    const proposed = { id: to.id, name: to.name, path };
    return { proposal: { unit: proposed, because, rule: spec.title, module: plugin.manifest.title }, failed };
  }
  return { proposal: null, failed };
}

/** Whoever only reads the petition leaves nothing in it. */
async function writtenDown(
  { kernel }: RequestContext,
  actor: ReturnType<typeof signedIn>,
  caseId: string,
  rule: { readonly pluginId: string; readonly rule: string },
): Promise<void> {
  try {
    await recordRuleNotRun(kernel, actor, caseId, rule);
  } catch (error) {
    if (!(error instanceof DoorstepError)) throw error;
  }
}
