import { randomUUIDv7 } from "node:crypto";
import { join } from "node:path";
import { DoorstepError, kernelContract } from "@doorstep/contracts";
import { createRouter, deriveKeys, type Kernel, kernelMigrations, loadRules, noModules } from "@doorstep/kernel";
import { createAccounts } from "./accounts/accounts.ts";
import { ensurePartitions, openDatabase } from "./database/open-database.ts";
import type { Env } from "./env.ts";
import { createApp, type Route } from "./http/app.ts";
import { listen } from "./http/listen.ts";
import { createMetrics } from "./http/metrics.ts";
import { serveRpc } from "./http/rpc.ts";
import { readMasterKey } from "./keys/key-file.ts";
import type { Logger } from "./log.ts";
import { serverMigrations } from "./migrations.ts";
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
  stop(): Promise<void>;
}

const APPS = join(import.meta.dirname, "..", "..");
export const VERSION = "0.1.0";

/** Puts everything together: key, database, kernel, accounts, apps; serves until it is stopped. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { env, log, now } = options;
  const master = await readMasterKey(env);
  const keys = deriveKeys(master.key, master.version);
  const database = await openDatabase({
    databaseUrl: env.databaseUrl,
    dataDir: env.dataDir,
    migrations: [kernelMigrations, serverMigrations],
    appPassword: keys.derive("role:doorstep_app").toString("base64url"),
    log: options.print,
    onIdleError: (error) => log.warn({ kind: error.name }, "database connection lost"),
  });
  try {
    await ensurePartitions(database.app, now());
    const kernel: Kernel = {
      pool: database.app,
      now,
      newId: () => randomUUIDv7(),
      keys,
      rules: await loadRules(database.app),
      channels: { at: () => Promise.resolve(null) },
      accounts: createAccounts({ pool: database.app, now, newId: () => randomUUIDv7() }),
      modules: noModules,
      version: VERSION,
      log: {
        info: (message, data) => log.info(data ?? {}, message),
        warn: (message, data) => log.warn(data ?? {}, message),
        error: (message, data) => log.error(data ?? {}, message),
      },
    };
    const metrics = createMetrics();
    const context = createRequestContext({
      kernel,
      secret: keys.derive("accounts").toString("base64url"),
      codeCookieKey: keys.derive("cookie:case"),
    });
    const router = createRouter(kernelContract, whatIsThere([]));
    const app = createApp({
      pool: database.app,
      now,
      log,
      metrics,
      rules: { trustProxy: env.trustProxy, publicUrl: env.publicUrl },
      routes: [
        ...(options.routes ?? []),
        { path: "/rpc/*", handle: serveRpc({ endpoint: "/rpc", router, context, log, metrics }) },
      ],
      portal: { dist: join(APPS, "portal", "dist"), base: "/" },
      admin: { dist: join(APPS, "admin", "dist"), base: "/admin/" },
    });
    const listening = await listen(app, env.host, env.port);
    const shown = env.host.includes(":") ? `[${env.host}]` : env.host;
    const url = env.publicUrl ?? `http://${shown}:${listening.port}`;
    options.print(`Doorstep (连心桥) is ready.\n  ${url}/\n  ${url}/admin/`);
    return {
      url,
      port: listening.port,
      async stop() {
        await listening.stop();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
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
