import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";

/** What one attempt to connect says about a server; only connecting tells, a pid file may be stale or name a stranger. */
export type Answer = "up" | "busy" | "down" | "refused";

/** SQLSTATE 57P03: it starts, recovers or shuts down. */
const CANNOT_CONNECT_NOW = "57P03";
/** Class 28: login or password refused. */
const REFUSED = /^28/;

/** Asks a server once. */
export async function askServer(url: string): Promise<Answer> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return "up";
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? "");
    if (code === CANNOT_CONNECT_NOW) return "busy";
    if (REFUSED.test(code)) return "refused";
    return "down";
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks until the server answers; false when it did not within the time. */
export async function answers(url: string, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += 25) {
    if ((await askServer(url)) === "up") return true;
    await sleep(25);
  }
  return false;
}
