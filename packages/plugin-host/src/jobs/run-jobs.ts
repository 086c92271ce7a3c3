import type { Kernel } from "@doorstep/kernel";
import type { JobSpec } from "@doorstep/sdk/server";
import type { Serving } from "../calls/endpoint.ts";
import { wasNotAsked } from "../calls/health.ts";
import { hostRequest } from "../calls/host-request.ts";
import { LIMITS } from "../calls/limits.ts";
import { runCall } from "../calls/run-call.ts";
import { unitById } from "../choices/unit-rows.ts";
import type { HostedPlugin } from "../registry.ts";
import { intervalMs, nextTurn } from "./interval.ts";
import { endTurn, leaveTurn, planTurns, type Turn, takeTurn } from "./job-rows.ts";

/** What modules do again and again, shared by all server processes. */
export interface ModuleJobs {
  /** Begins what is due and not yet under way; returns at once. */
  look(): void;
  /** Does all that is due now. */
  runDue(): Promise<void>;
  /** Begins nothing more and leaves what is under way to the next start. */
  stop(): Promise<void>;
}

/** Longer than a turn may take, so that no other process begins it meanwhile. */
const LEASE_MS = LIMITS.job.deadlineMs + 60_000;

export function moduleJobs(serving: Serving, kernel: Kernel): ModuleJobs {
  const { pool } = kernel;
  const busy = new Map<string, Promise<void>>();
  const stopping = Promise.withResolvers<"stopping">();
  let stopped = false;

  /** @returns whether the plugin was asked at all */
  const runTurn = async (turn: Turn, plugin: HostedPlugin, spec: JobSpec): Promise<boolean> => {
    const unit = await unitById(pool, turn.unitId);
    const run = { plugin, unit, kind: "job", request: hostRequest(kernel) } as const;
    const outcome = await Promise.race([
      stopping.promise,
      runCall(serving, run, async (ctx) => await spec.run(ctx)).then(
        () => "done" as const,
        (error: unknown) => (wasNotAsked(error) ? ("notAsked" as const) : ("failed" as const)),
      ),
    ]);
    if (outcome === "stopping" || outcome === "notAsked") {
      await leaveTurn(pool, turn);
      return false;
    }
    const at = kernel.now();
    const next = nextTurn(turn.dueAt, intervalMs(spec.every) ?? LEASE_MS, at);
    await endTurn(pool, turn, { at, next, failed: outcome === "failed" });
    return true;
  };
  const runJob = async (plugin: HostedPlugin, job: string, spec: JobSpec): Promise<void> => {
    const of = { pluginId: plugin.manifest.id, job, scope: spec.scope };
    const now = kernel.now();
    await planTurns(pool, of, now);
    const worker = async (): Promise<void> => {
      while (!stopped) {
        const turn = await takeTurn(pool, of, now, LEASE_MS);
        if (!turn || !(await runTurn(turn, plugin, spec))) return;
      }
    };
    await Promise.all(Array.from({ length: LIMITS.job.concurrency }, worker));
  };
  const runAll = async (plugin: HostedPlugin, jobs: readonly (readonly [string, JobSpec])[]): Promise<void> => {
    for (const [job, spec] of jobs) {
      try {
        await runJob(plugin, job, spec);
      } catch (error) {
        kernel.log.error("jobs of a module could not be looked after", {
          plugin: plugin.manifest.id,
          job,
          error: (error as { code?: string }).code ?? (error as Error).name,
        });
      }
    }
  };
  /** Each plugin in a line of its own: one that takes its time keeps no other waiting. */
  const begin = (): Promise<void>[] => {
    const snapshot = serving.snapshot();
    return [...snapshot.plugins.values()].flatMap((plugin) => {
      const { id } = plugin.manifest;
      const jobs = Object.entries((plugin.server?.part.jobs ?? {}) as Readonly<Record<string, JobSpec>>);
      if (stopped || jobs.length === 0 || !snapshot.serves(id)) return [];
      const under = busy.get(id) ?? runAll(plugin, jobs).finally(() => busy.delete(id));
      busy.set(id, under);
      return [under];
    });
  };
  return {
    look: () => void begin(),
    runDue: async () => void (await Promise.all(begin())),
    stop: async () => {
      stopped = true;
      stopping.resolve("stopping");
      await Promise.all(busy.values());
    },
  };
}
