import { DoorstepError, type registry } from "@doorstep/contracts";
import type { RequestContext } from "@doorstep/kernel";
import type { ChannelSpec } from "@doorstep/sdk/server";
import type { z } from "zod";
import { permissionsAt } from "../calls/call-context.ts";
import type { Serving } from "../calls/endpoint.ts";
import { hasForm } from "../channels/file-form.ts";
import { anonymousAllowed } from "../channels/kernel-channels.ts";
import { rootUnit, toSummary, type UnitRow, unitByCode, unitById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { resolveKeys, type StoredValue, storedValues } from "../settings/read-settings.ts";
import { browserHalvesOf } from "../ui/addresses.ts";

type Registry = z.output<typeof registry>;

interface Asked {
  readonly unitId?: string | undefined;
  readonly unitCode?: string | undefined;
}

interface Found {
  readonly unit: UnitRow | undefined;
  /** whether the reader, or the place he stands at, named it */
  readonly isNamed: boolean;
}

/** The unit asked for; else the reader's own; else the root, which takes in what nobody knows the unit of. */
async function unitFor(request: RequestContext, asked: Asked): Promise<Found> {
  const { pool } = request.kernel;
  if (asked.unitId !== undefined) return { unit: await unitById(pool, asked.unitId), isNamed: true };
  if (asked.unitCode !== undefined) {
    const unit = await unitByCode(pool, asked.unitCode);
    if (!unit) throw new DoorstepError("unit.notFound");
    return { unit, isNamed: true };
  }
  if (request.actor) return { unit: await unitById(pool, request.actor.unitId), isNamed: true };
  return { unit: await rootUnit(pool), isNamed: false };
}

/** What the apps may show at a unit: the plugins that are on there, and the ways in. */
export async function registryForUnit(serving: Serving, request: RequestContext, asked: Asked): Promise<Registry> {
  const { pool } = request.kernel;
  const snapshot = serving.snapshot();
  const { unit, isNamed } = await unitFor(request, asked);
  const { rows } = await pool.query<{ revision: number }>("select revision from kernel.plugin_registry");
  const revision = rows[0]?.revision ?? 0;
  if (!unit) return { unit: null, revision, channels: [], plugins: [] };
  const on = await pool.query<{ plugin_id: string }>(
    "select plugin_id from kernel.plugin_effective where unit_id = $1 and enabled order by plugin_id",
    [unit.id],
  );
  const plugins = on.rows.flatMap((row) => {
    const plugin = snapshot.plugins.get(row.plugin_id);
    return plugin && snapshot.serves(row.plugin_id) ? [plugin] : [];
  });
  const stored = await storedValues(
    request.kernel,
    unit,
    plugins.map((plugin) => plugin.manifest.id),
  );
  const channels = await Promise.all(plugins.map((plugin) => channelsOf(serving, request, plugin, unit)));
  return {
    unit: isNamed ? toSummary(unit) : null,
    revision,
    channels: channels.flat(),
    plugins: plugins.map((plugin) => entryOf(request, plugin, unit, stored)),
  };
}

function entryOf(
  request: RequestContext,
  plugin: HostedPlugin,
  unit: UnitRow,
  stored: readonly StoredValue[],
): Registry["plugins"][number] {
  const { manifest } = plugin;
  return {
    id: manifest.id,
    version: manifest.version,
    title: manifest.title,
    settings: Object.fromEntries(
      [...resolveKeys(plugin, stored)].flatMap(([key, one]) => (one.secret ? [] : [[key, one.value]])),
    ),
    permissions: [...permissionsAt(request.actor, manifest, unit.path)],
    ui: browserHalvesOf(plugin),
  };
}

async function channelsOf(
  serving: Serving,
  request: RequestContext,
  plugin: HostedPlugin,
  unit: UnitRow,
): Promise<Registry["channels"]> {
  const channels = Object.entries((plugin.server?.part.channels ?? {}) as Readonly<Record<string, ChannelSpec>>);
  const specs = channels.filter(([, spec]) => spec.listed !== false && hasForm(spec));
  const forms = new Map(plugin.manifest.contributions.map((one) => [one.key, one.form]));
  return await Promise.all(
    specs.map(async ([local, spec]) => {
      const key = `${plugin.manifest.id}/${local}`;
      return {
        key,
        pluginId: plugin.manifest.id,
        title: spec.title,
        anonymousAllowed: await anonymousAllowed(serving, request, plugin, unit, spec),
        page: spec.page === undefined ? null : `/p/${plugin.manifest.id}${spec.page === "/" ? "" : spec.page}`,
        form: spec.page === undefined ? (forms.get(key) ?? null) : null,
      };
    }),
  );
}
