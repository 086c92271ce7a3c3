import { DoorstepError } from "@doorstep/contracts";
import type { Observe } from "@doorstep/kernel";
import type { Metrics } from "../http/metrics.ts";
import type { Traces } from "./traces.ts";

/** Counts and times every part, and makes a span of it where traces are collected. */
export const createObserver =
  (metrics: Pick<Metrics, "parts">, traces: Traces): Observe =>
  ({ kind, name }, work) =>
    traces.span(`${kind} ${name}`, async () => {
      const end = metrics.parts.startTimer({ kind, name });
      let outcome: "ok" | "refused" | "failed" = "ok";
      try {
        return await work();
      } catch (error) {
        outcome = error instanceof DoorstepError ? "refused" : "failed";
        throw error;
      } finally {
        end({ outcome });
      }
    });
