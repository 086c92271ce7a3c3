import type { Server } from "node:http";
import type { Socket } from "node:net";
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
const HANG_UP_MS = 50;

export async function listen(app: Hono<HttpEnv>, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // Slow writers must not hold connections open for ever.
  server.headersTimeout = 15_000;
  server.requestTimeout = 300_000;
  server.keepAliveTimeout = 10_000;
  const connections = new Set<Socket>();
  server.on("connection", (one) => {
    connections.add(one);
    one.once("close", () => connections.delete(one));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    stop: () => close(server, connections),
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

/**
 * Connections that browsers open ahead of need and that never carried a word are not idle to Node, which would wait for
 * them; a stream that ends with the server leaves one that becomes idle a moment later.
 */
async function close(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  const hangUp = (): void => {
    server.closeIdleConnections();
    for (const one of connections) if (one.bytesRead === 0) one.destroy();
  };
  const timer = setTimeout(() => server.closeAllConnections(), FINISH_MS);
  const again = setInterval(hangUp, HANG_UP_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    hangUp();
  });
  clearInterval(again);
  clearTimeout(timer);
}
