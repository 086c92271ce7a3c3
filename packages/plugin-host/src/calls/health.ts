import type { Log } from "@doorstep/kernel";
import type { Manifest } from "@doorstep/sdk";
import { lineOf, problem } from "../boot/problems.ts";
import { type Breakers, Paused } from "../health/breakers.ts";
import type { IncidentBook } from "../health/incident-book.ts";
import { incidentCodeOf, kindTexts } from "../health/incident-texts.ts";
import type { Health, Problem } from "../registry.ts";
import { ProcessAbsent } from "../remote/supervise.ts";
import type { CallKind } from "./limits.ts";

/** Its calls are paused or its process is being started again: it was not even asked, so that nothing failed anew. */
export const wasNotAsked = (error: unknown): boolean => error instanceof Paused || error instanceof ProcessAbsent;

export interface Incidents extends Health {
  /**
   * @param line - what the log says of it, where the error's own words may hold somebody's.
   */
  failed(pluginId: string, kind: CallKind, unitId: string | null, error: unknown, line?: string): void;
  succeeded(pluginId: string, kind: CallKind): void;
  /** Its process ended unasked. */
  ended(manifest: Pick<Manifest, "id" | "version">): void;
  /** It was installed, and does not start in this server process: those who look at another one must see it, too. */
  notStarted(manifest: Pick<Manifest, "id" | "version">): void;
}

interface Around {
  readonly log: Log;
  readonly now: () => Date;
  readonly breakers: Breakers;
  readonly book: IncidentBook;
  readonly versionOf: (pluginId: string) => string;
}

/** Follows how the calls of each plugin go: pauses what keeps failing, and writes down what went wrong. */
export function createIncidents({ log, now, breakers, book, versionOf }: Around): Incidents {
  const ofProcess = ({ id, version }: Pick<Manifest, "id" | "version">, code: "ended" | "notStarted"): void =>
    book.note({ pluginId: id, version, kind: "process", unitId: null, code, at: now() });
  return {
    failed: (pluginId, kind, unitId, error, line = lineOf(error)) => {
      if (wasNotAsked(error)) return;
      breakers.failed(pluginId, kind);
      const code = incidentCodeOf(error);
      book.note({ pluginId, version: versionOf(pluginId), kind, unitId, code, at: now() });
      log.warn("plugin call failed", { plugin: pluginId, kind, unit: unitId, code, error: line });
    },
    succeeded: breakers.succeeded,
    ended: (manifest) => ofProcess(manifest, "ended"),
    notStarted: (manifest) => ofProcess(manifest, "notStarted"),
    stateOf: (pluginId) => (breakers.pausedOf(pluginId).length > 0 ? "degraded" : "well"),
    problemsOf: (pluginId): readonly Problem[] =>
      breakers
        .pausedOf(pluginId)
        .map(({ kind }) => problem("plugin.paused", { kind: kindTexts[kind]["zh-CN"], kindEn: kindTexts[kind].en })),
  };
}
