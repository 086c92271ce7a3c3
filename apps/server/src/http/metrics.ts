import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Figures about the machine, never about a person, a unit or a case. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<"area" | "status">;
  readonly defects: Counter;
  readonly databaseUp: Gauge;
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
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    }),
    defects: new Counter({
      name: "doorstep_defects_total",
      help: "Unexpected errors; the log names each by its request id.",
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
  return ["rpc", "api", "admin", "p", "plugins", "file", "assets", "healthz", "metrics"].includes(first)
    ? first
    : "portal";
}
