import { join } from "node:path";
import { DoorstepError, kernelContract } from "@doorstep/contracts";
import { createRouter } from "@doorstep/kernel";
import { accountRoutes } from "./accounts/account-routes.ts";
import { createAttempts } from "./accounts/attempts.ts";
import { createAuth } from "./accounts/create-auth.ts";
import type { Env } from "./env.ts";
import { createApp, type Route } from "./http/app.ts";
import { listen } from "./http/listen.ts";
import { createMetrics } from "./http/metrics.ts";
import { serveRpc } from "./http/rpc.ts";
import type { Logger } from "./log.ts";
import { openPlatform, type Platform } from "./open-platform.ts";
import { createRequestContext } from "./request-context.ts";

export interface StartOptions {
  readonly env: Env;
  readonly log: Logger;
  /** plain sentences for whoever started it */
  readonly print: (line: string) => void;
  readonly now: () => Date;
  /** further addresses, before those of the apps */
  readonly routes?: readonly Route[];
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly platform: Platform;
  stop(): Promise<void>;
}

const APPS = join(import.meta.dirname, "..", "..");

/** Puts everything together and serves until it is stopped. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const platform = await openPlatform(options);
  try {
    const listening = await listen(composeApp(platform, options), options.env.host, options.env.port);
    const url = options.env.publicUrl ?? `http://${inUrl(options.env.host)}:${listening.port}`;
    options.print(`Doorstep (连心桥) is ready.\n  ${url}/\n  ${url}/admin/`);
    return {
      url,
      port: listening.port,
      platform,
      async stop() {
        await listening.stop();
        await platform.close();
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

const inUrl = (host: string): string => (host.includes(":") ? `[${host}]` : host);

function composeApp(platform: Platform, options: StartOptions): ReturnType<typeof createApp> {
  const { env, log, now } = options;
  const { kernel, keys, database } = platform;
  const metrics = createMetrics();
  const secret = keys.derive("accounts").toString("base64url");
  const accounts = accountRoutes({
    auth: createAuth({ pool: database.app, secret, now, newId: kernel.newId }),
    attempts: createAttempts(database.app, keys.derive("attempts"), now),
    pool: database.app,
    secret,
    now,
  });
  const context = createRequestContext({ kernel, secret, codeCookieKey: keys.derive("cookie:case") });
  const router = createRouter(kernelContract, whatIsThere([]));
  return createApp({
    pool: database.app,
    now,
    log,
    metrics,
    rules: { trustProxy: env.trustProxy, publicUrl: env.publicUrl },
    routes: [
      ...(options.routes ?? []),
      { path: "/api/auth", routes: accounts },
      { path: "/rpc/*", handle: serveRpc({ endpoint: "/rpc", router, context, log, metrics }) },
    ],
    portal: { dist: join(APPS, "portal", "dist"), base: "/" },
    admin: { dist: join(APPS, "admin", "dist"), base: "/admin/" },
  });
}

function whatIsThere(
  parts: readonly Record<string, Record<string, unknown>>[],
): Record<string, Record<string, unknown>> {
  const all: Record<string, Record<string, unknown>> = Object.assign({}, ...parts);
  for (const [group, procedures] of Object.entries(kernelContract)) {
    for (const name of Object.keys(procedures)) {
      all[group] ??= {};
      all[group][name] ??= () => Promise.reject(new DoorstepError("act.notOffered"));
    }
  }
  return all;
}
