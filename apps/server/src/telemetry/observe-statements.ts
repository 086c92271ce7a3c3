import type { PoolClient } from "pg";
import type { Metrics } from "../http/metrics.ts";
import type { Traces } from "./traces.ts";

type Query = (...args: unknown[]) => unknown;

/** The name of a prepared statement without its hash, or its first word: never its text, which could hold anything. */
function nameOf(query: unknown): string {
  const { name, text } = typeof query === "object" && query !== null ? (query as { name?: string; text?: string }) : {};
  if (name) return name.replace(/_[\w-]{24,}$/, "");
  const words = /^\s*([a-z]+)/i.exec(typeof query === "string" ? query : (text ?? ""));
  return words?.[1]?.toLowerCase() ?? "other";
}

/** A stream of rows is no statement that ends with its answer. */
const isStream = (query: unknown): boolean => typeof (query as { submit?: unknown } | null)?.submit === "function";

/** Times the statements of a connection and makes spans of them; their text and values go nowhere. */
export function observeStatements(client: PoolClient, metrics: Pick<Metrics, "statements">, traces: Traces): void {
  const query = client.query.bind(client) as Query;
  const observed: Query = (...args) => {
    if (isStream(args[0])) return query(...args);
    const stop = metrics.statements.startTimer();
    const endSpan = traces.begin(`database ${nameOf(args[0])}`);
    const end = (): void => {
      stop();
      endSpan();
    };
    const last = args.at(-1);
    // as the pool itself asks
    if (typeof last === "function")
      return query(...args.slice(0, -1), (...answer: unknown[]) => {
        end();
        last(...answer);
      });
    return (query(...args) as Promise<unknown>).finally(end);
  };
  client.query = observed as typeof client.query;
}
