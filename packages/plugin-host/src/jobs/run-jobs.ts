import type { Kernel } from "@doorstep/kernel";
import type { DatasetSpec, JobSpec } from "@doorstep/sdk/server";
import type { Serving } from "../calls/endpoint.ts";
import { wasNotAsked } from "../calls/health.ts";
import { hostRequest } from "../calls/host-request.ts";
import { LIMITS } from "../calls/limits.ts";
import { runCall } from "../calls/run-call.ts";
import { type UnitRow, unitsById } from "../choices/unit-rows.ts";
import { releaseDue } from "../datasets/release-due.ts";
import type { HostedPlugin } from "../registry.ts";
import { intervalMs, nextTurn } from "./interval.ts";
import { endTurn, type JobOf, leaveTurns, planTurns, type Turn, takeTurns } from "./job-rows.ts";
import { createPlaces } from "./places.ts";

/** What modules do again and again, shared by all server processes. */
export interface ModuleJobs {
  /** Begins what is due and not yet under way; returns at once. */
  look(): void;
  /** Does all that is due now. */
  runDue(): Promise<void>;
  /** Begins nothing more and leaves what is under way to the next start. */
  stop(): Promise<void>;
}

/** What comes again and again: a plugin's job, or the release of what it counts. */
interface Work extends Pick<JobSpec, "every">, Pick<JobOf, "scope"> {
  readonly name: string;
  run(unit: UnitRow): Promise<void>;
}

/** Longer than a turn may take, so that no other process begins it meanwhile. */
const LEASE_MS = LIMITS.job.deadlineMs + 60_000;
/** Taken at once, so that a house of thousands of units is not asked for each of its turns. */
const TURNS = 10;
/** Turns that were taken so long ago and are not begun are left again: others may do them, and a choice may have changed. */
const HELD_MS = 5_000;
/** Of all modules together, so that what people ask for finds the database free. */
const AT_ONCE = 4;
/** Until then a turn counts among them. */
const SHORT_MS = 1_000;

export function moduleJobs(serving: Serving, kernel: Kernel): ModuleJobs {
  const { pool } = kernel;
  const busy = new Map<string, Promise<void>>();
  const places = createPlaces(AT_ONCE, SHORT_MS);
  const stopping = Promise.withResolvers<"stopping">();
  let stopped = false;

  const jobsOf = (plugin: HostedPlugin): readonly Work[] =>
    Object.entries((plugin.server?.part.jobs ?? {}) as Readonly<Record<string, JobSpec>>).map(([name, spec]) => ({
      ...{ name, every: spec.every },
      scope: spec.scope === "unit" && spec.alsoWhereOff ? "everyUnit" : spec.scope,
      run: (unit) =>
        runCall(
          serving,
          { plugin, unit, kind: "job", request: hostRequest(kernel) },
          async (ctx) => await spec.run(ctx),
        ),
    }));
  const datasetsOf = (plugin: HostedPlugin): readonly Work[] =>
    Object.entries((plugin.server?.part.datasets ?? {}) as Readonly<Record<string, DatasetSpec>>).map(
      ([key, spec]) => ({
        // beside jobs, whose names have no such sign
        ...{ name: `dataset/${key}`, every: "1d", scope: "platform" },
        run: (unit) => releaseDue(serving, kernel, { plugin, unit, key, spec }),
      }),
    );

  /** @returns whether the plugin was asked at all */
  const runTurn = async (turn: Turn, unit: UnitRow, work: Work): Promise<boolean> => {
    const begunAt = kernel.now();
    const run = (): Promise<"done" | "notAsked" | "failed"> =>
      work.run(unit).then(
        () => "done",
        (error: unknown) => (wasNotAsked(error) ? "notAsked" : "failed"),
      );
    // a turn that was asked for before the end and came after it is begun by nobody here
    const outcome = stopped ? "stopping" : await Promise.race([stopping.promise, run()]);
    if (outcome === "stopping" || outcome === "notAsked") return false;
    // what has become due since it was begun has not been done by it, however long it took
    const next = nextTurn(turn.dueAt, intervalMs(work.every) ?? LEASE_MS, begunAt);
    await endTurn(pool, turn, { at: kernel.now(), next, failed: outcome === "failed" });
    return true;
  };
  /** @returns whether there was something to do, and the plugin did it */
  const runTurns = async (of: JobOf, now: Date, work: Work): Promise<boolean> => {
    const turns = await takeTurns(pool, of, now, { leaseMs: LEASE_MS, most: TURNS });
    if (turns.length === 0) return false;
    const taken = performance.now();
    const units = await unitsById(
      pool,
      turns.map((one) => one.unitId),
    );
    let wasAsked = true;
    let begun = 0;
    for (const turn of turns) {
      const unit = units.get(turn.unitId);
      if (!wasAsked || (begun > 0 && performance.now() - taken > HELD_MS)) break;
      const leave = await places.enter();
      wasAsked = unit !== undefined && (await runTurn(turn, unit, work).finally(leave));
      if (wasAsked) begun += 1;
    }
    if (begun < turns.length) await leaveTurns(pool, of, turns.slice(begun));
    return wasAsked;
  };
  const runWork = async (pluginId: string, work: Work): Promise<void> => {
    const of = { pluginId, job: work.name, scope: work.scope };
    const now = kernel.now();
    await planTurns(pool, of, now);
    const worker = async (): Promise<void> => {
      while (!stopped && (await runTurns(of, now, work)));
    };
    await Promise.all(Array.from({ length: LIMITS.job.concurrency }, worker));
  };
  const runAll = async (plugin: HostedPlugin, all: readonly Work[]): Promise<void> => {
    for (const work of all) {
      try {
        await runWork(plugin.manifest.id, work);
      } catch (error) {
        kernel.log.error("jobs of a module could not be looked after", {
          plugin: plugin.manifest.id,
          job: work.name,
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
      const works = [...jobsOf(plugin), ...datasetsOf(plugin)];
      if (stopped || works.length === 0 || !snapshot.serves(id)) return [];
      const under = busy.get(id) ?? runAll(plugin, works).finally(() => busy.delete(id));
      busy.set(id, under);
      return [under];
    });
  };
  return {
    look: () => void begin(),
    runDue: async () => {
      // what is under way goes by the moment in which it was begun: what has become due since is not in it
      await Promise.all(busy.values());
      await Promise.all(begin());
    },
    stop: async () => {
      stopped = true;
      stopping.resolve("stopping");
      await Promise.all(busy.values());
    },
  };
}
