import { Pool, type PoolClient, type PoolConfig, types } from "pg";

const DATE = 1082;
const INT8 = 20;

/** A local date stays the text it is: as a Date it would move with the time zone of the machine. */
const asText = (value: string) => value;

function asNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`bigint ${value} does not fit a number`);
  return number;
}

const getTypeParser = ((oid: number, format: "text" | "binary") => {
  if (format !== "binary" && oid === DATE) return asText;
  if (format !== "binary" && oid === INT8) return asNumber;
  return types.getTypeParser(oid, format);
}) as typeof types.getTypeParser;

/** How a pool differs from the usual one. */
export interface ConnectOptions {
  /** Connections at most. @defaultValue 10 */
  readonly max?: number;
  /** Shown in pg_stat_activity. @defaultValue "doorstep" */
  readonly applicationName?: string;
  /** Given errors of idle connections; the pool replaces such a connection by itself. */
  readonly onIdleError?: (error: Error) => void;
  /** Given each new connection before it is used. */
  readonly onConnect?: (client: PoolClient) => void;
}

/**
 * Opens a pool of pipelined connections: statements sent without awaiting the one before travel together, which is
 * what keeps the per-request scope cheap. `date` comes as `YYYY-MM-DD`, `bigint` as number (too large: RangeError),
 * `timestamptz` as Date.
 */
export function connect(url: string, options: ConnectOptions = {}): Pool {
  const config: PoolConfig = {
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? "doorstep",
    connectionTimeoutMillis: 15_000,
    pipeline: true,
    types: { getTypeParser },
  };
  const pool = new Pool(config);
  pool.on("error", options.onIdleError ?? (() => undefined));
  // A connection in use that breaks is told to whoever waits for a statement; without a listener it would end the process.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  if (options.onConnect) pool.on("connect", options.onConnect);
  return pool;
}
