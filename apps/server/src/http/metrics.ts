import type { Halt, OutboxState } from "@doorstep/kernel";
import type { Pool } from "pg";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Figures about the machine, never about a person, a unit or a case. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<"area" | "status">;
  readonly defects: Counter;
  readonly databaseUp: Gauge;
  /** procedures, calls of modules, rounds of workers, events handed over */
  readonly parts: Histogram<"kind" | "name" | "outcome">;
  readonly statements: Histogram;
}

/** Figures that are asked for when somebody collects them. */
export interface Sources {
  readonly pool: Pick<Pool, "totalCount" | "idleCount" | "waitingCount">;
  readonly events: () => Promise<OutboxState>;
  /** why nothing new is taken now */
  readonly halted: () => Halt | null;
}

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Adds what the database and the outbox tell of themselves. */
export function addSources({ registry }: Metrics, { pool, events, halted }: Sources): void {
  new Gauge({
    name: "doorstep_database_connections",
    help: "Connections of this process; waiting: who waits for one.",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      this.set({ state: "open" }, pool.totalCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
  new Gauge({
    name: "doorstep_halted",
    help: "1 while nothing new is taken because the disk is nearly full or the clock is wrong.",
    labelNames: ["reason"],
    registers: [registry],
    collect() {
      for (const reason of ["service.full", "service.clock"]) this.set({ reason }, halted() === reason ? 1 : 0);
    },
  });
  const parked = new Gauge({
    name: "doorstep_events_parked",
    help: "Events that a consumer failed at and that are tried again later.",
    registers: [registry],
  });
  new Gauge({
    name: "doorstep_events_behind_seconds",
    help: "Age of the oldest event that one of the consumers has not seen yet.",
    registers: [registry],
    async collect() {
      // without the database there is nothing to tell, and doorstep_database_up says so
      const found = await events().catch(() => undefined);
      if (!found) return;
      parked.set(found.parked);
      this.set(found.behindSeconds);
    },
  });
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "doorstep_" });
  return {
    registry,
    requests: new Histogram({
      name: "doorstep_http_seconds",
      help: "Time to answer, by area of the server and class of status.",
      labelNames: ["area", "status"],
      buckets: SECONDS,
      registers: [registry],
    }),
    defects: new Counter({
      name: "doorstep_defects_total",
      help: "Unexpected errors; the log names each by its request id.",
      registers: [registry],
    }),
    parts: new Histogram({
      name: "doorstep_part_seconds",
      help: "Time and outcome of procedures, calls of modules, rounds of workers, and events handed to consumers.",
      labelNames: ["kind", "name", "outcome"],
      buckets: SECONDS,
      registers: [registry],
    }),
    statements: new Histogram({
      name: "doorstep_statement_seconds",
      help: "Time of one statement, waiting for those before it on the same connection included.",
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2.5],
      registers: [registry],
    }),
    databaseUp: new Gauge({
      name: "doorstep_database_up",
      help: "1 while the database answers.",
      registers: [registry],
    }),
  };
}

/** The first part of the path: a whole one could name a case or a plugin's own address. */
export function areaOf(path: string): string {
  const first = path.split("/", 3)[1] ?? "";
  return ["rpc", "api", "x", "admin", "p", "plugins", "file", "assets", "healthz", "metrics"].includes(first)
    ? first
    : "portal";
}
