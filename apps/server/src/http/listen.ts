import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import type { HttpEnv } from "./http-env.ts";

export interface Listening {
  readonly port: number;
  /** Takes no new requests, finishes those under way, then closes. */
  stop(): Promise<void>;
}

/** The port cannot be had; the message says what to do. */
export class PortError extends Error {
  override readonly name = "PortError";
}

/** How long requests under way may take to finish when the server stops. */
const FINISH_MS = 10_000;

export async function listen(app: Hono<HttpEnv>, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // Slow writers must not hold connections open for ever.
  server.headersTimeout = 15_000;
  server.requestTimeout = 300_000;
  server.keepAliveTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    stop: () => close(server),
  };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new PortError(
      `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
    );
  }
  if (error.code === "EADDRNOTAVAIL") return new PortError(`HOST=${host} is no address of this machine.`);
  if (error.code === "EACCES") return new PortError(`Port ${port} is reserved for the system. Choose one above 1023.`);
  return error;
}

async function close(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), FINISH_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
}
