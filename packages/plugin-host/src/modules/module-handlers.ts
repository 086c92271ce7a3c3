import { DoorstepError } from "@doorstep/contracts";
import { type Actor, type Handlers, inTransaction, mayAt, type RequestContext } from "@doorstep/kernel";
import type { Serving } from "../calls/endpoint.ts";
import { authorityOver } from "../choices/authority.ts";
import { applyChoices, lockRevision, nextRevision } from "../choices/choose.ts";
import { explain } from "../choices/explain.ts";
import { previewChoices } from "../choices/preview.ts";
import { type UnitRow, unitById, unitsById } from "../choices/unit-rows.ts";
import { parkedEvents, retryEvents } from "../events/parked-events.ts";
import { browserCrashes } from "../health/browser-crash.ts";
import { moduleHealths } from "../health/module-health.ts";
import { reportHandlers } from "../reports/report-handlers.ts";
import { proposeRoute } from "../routing/propose-route.ts";
import { previewSettings } from "../settings/preview-settings.ts";
import { saveSettings, viewSettings } from "../settings/save-settings.ts";
import { registryForUnit } from "./for-unit.ts";
import { moduleMatrix } from "./matrix.ts";
import { readScope } from "./read-scope.ts";
import { moduleSummaries } from "./summaries.ts";

type Switches =
  | "list"
  | "health"
  | "matrix"
  | "explain"
  | "preview"
  | "choose"
  | "settings"
  | "previewSettings"
  | "saveSettings"
  | "parked"
  | "retryParked"
  | "crash";

export interface ModuleHandlers {
  readonly registry: Handlers["registry"];
  readonly reports: Handlers["reports"];
  readonly routing: Handlers["routing"];
  readonly modules: Pick<Handlers["modules"], Switches>;
}

function signedIn(ctx: RequestContext): Actor {
  if (!ctx.actor) throw new DoorstepError("unauthorized");
  return ctx.actor;
}

/** A unit whose modules the reader may look at; any other is as if it were not there. */
async function readableUnit(ctx: RequestContext, unitId: string): Promise<UnitRow> {
  const unit = await unitById(ctx.kernel.pool, unitId);
  if (!mayAt(signedIn(ctx), "modules.read", unit.path.toReversed())) throw new DoorstepError("unit.notFound");
  return unit;
}

/** The kernel contract's `modules` and `registry`, answered by the host. */
export function moduleHandlers({ serving }: { readonly serving: Serving }): ModuleHandlers {
  const pluginOf = (pluginId: string) => {
    const plugin = serving.snapshot().plugins.get(pluginId);
    if (!plugin) throw new DoorstepError("module.notFound");
    return plugin;
  };
  const noteCrash = browserCrashes(serving);
  return {
    registry: { forUnit: (ctx, input) => registryForUnit(serving, ctx, input) },
    reports: reportHandlers(serving),
    routing: { propose: (ctx, { caseId }) => proposeRoute(serving, ctx, caseId) },
    modules: {
      list: async (ctx) => [...(await moduleSummaries(ctx.kernel.pool, serving.snapshot(), serving.incidents))],
      health: async (ctx) => {
        const scope = readScope(signedIn(ctx), "modules.read");
        return [...(await moduleHealths(ctx.kernel, serving, scope))];
      },
      matrix: async (ctx, input) => {
        if (input.rootId !== undefined) await readableUnit(ctx, input.rootId);
        const asked = { actor: signedIn(ctx), input, now: ctx.kernel.now() };
        return await moduleMatrix(ctx.kernel.pool, serving.snapshot(), serving.incidents, asked);
      },
      explain: async (ctx, input) => {
        await readableUnit(ctx, input.unitId);
        return await explain(ctx.kernel.pool, serving.snapshot(), input.unitId, input.pluginId);
      },
      preview: async (ctx, input) => {
        const actor = signedIn(ctx);
        await assertManages(ctx, actor, input.changes);
        return await previewChoices(ctx.kernel.pool, serving.snapshot(), actor, input.changes, ctx.kernel.now());
      },
      choose: async (ctx, input) => {
        const actor = signedIn(ctx);
        return await inTransaction(ctx.kernel.pool, async (client) => {
          await lockRevision(client, input.revision);
          const { ids: pluginIds } = serving.snapshot();
          const effects = await applyChoices(client, actor, input.changes, { pluginIds, now: ctx.kernel.now() });
          return { revision: await nextRevision(client), affected: effects.length };
        });
      },
      crash: async (ctx, input) => {
        await noteCrash(ctx.kernel, input);
        return { ok: true };
      },
      parked: (ctx) => parkedEvents(ctx.kernel, serving.snapshot()),
      retryParked: (ctx, { pluginId }) => retryEvents(ctx.kernel, pluginId),
      settings: async (ctx, input) =>
        await viewSettings(ctx.kernel, pluginOf(input.pluginId), await readableUnit(ctx, input.unitId)),
      previewSettings: async (ctx, input) => {
        const actor = signedIn(ctx);
        await readableUnit(ctx, input.unitId);
        const asked = { ...input, revision: 0, why: "" };
        return await previewSettings(ctx.kernel, pluginOf(input.pluginId), actor, asked);
      },
      saveSettings: async (ctx, input) => {
        const actor = signedIn(ctx);
        const plugin = pluginOf(input.pluginId);
        return await inTransaction(ctx.kernel.pool, async (client) => {
          await lockRevision(client, input.revision);
          const store = { pool: client, keys: ctx.kernel.keys };
          await saveSettings(store, plugin, actor, input, ctx.kernel.now());
          await nextRevision(client);
          return await viewSettings(store, plugin, await unitById(client, input.unitId));
        });
      },
    },
  };
}

/** Refused before a transaction is opened for somebody who may not. */
async function assertManages(
  ctx: RequestContext,
  actor: Actor,
  changes: readonly { readonly unitId: string }[],
): Promise<void> {
  const units = await unitsById(
    ctx.kernel.pool,
    changes.map((change) => change.unitId),
  );
  for (const unit of units.values())
    if (!authorityOver(actor, "modules.manage", unit.path)) throw new DoorstepError("forbidden");
}
