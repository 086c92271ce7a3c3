import type { Log } from "@doorstep/kernel";
import { lineOf, problem } from "../boot/problems.ts";
import type { Health, Problem } from "../registry.ts";
import type { CallKind } from "./limits.ts";

/** Failures in a row after which a plugin is shown as degraded; one success makes it well again. */
const ROW = 5;

export interface Incidents extends Health {
  failed(pluginId: string, kind: CallKind, unitId: string | null, error: unknown): void;
  succeeded(pluginId: string, kind: CallKind): void;
}

/** Keeps count of how the calls of each plugin go; counts begin anew with the process. */
export function createIncidents(log: Log): Incidents {
  const rows = new Map<string, Map<CallKind, number>>();
  const worst = (pluginId: string): readonly [CallKind, number] | undefined =>
    [...(rows.get(pluginId) ?? [])].filter(([, count]) => count >= ROW).sort(([, a], [, b]) => b - a)[0];
  return {
    failed: (pluginId, kind, unitId, error) => {
      const kinds = rows.get(pluginId) ?? new Map<CallKind, number>();
      rows.set(pluginId, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
      log.warn("plugin call failed", { plugin: pluginId, kind, unit: unitId, error: lineOf(error) });
    },
    succeeded: (pluginId, kind) => {
      rows.get(pluginId)?.delete(kind);
    },
    stateOf: (pluginId) => (worst(pluginId) ? "degraded" : "well"),
    problemsOf: (pluginId): readonly Problem[] => {
      const found = worst(pluginId);
      return found ? [problem("plugin.failing", { kind: found[0], count: found[1] })] : [];
    },
  };
}
