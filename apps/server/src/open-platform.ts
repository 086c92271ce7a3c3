import { randomUUIDv7 } from "node:crypto";
import { deriveKeys, type Kernel, type Keys, kernelMigrations, loadRules, noModules } from "@doorstep/kernel";
import { createAccounts } from "./accounts/accounts.ts";
import { ensurePartitions, type OpenDatabase, openDatabase } from "./database/open-database.ts";
import type { Env } from "./env.ts";
import { readMasterKey } from "./keys/key-file.ts";
import type { Logger } from "./log.ts";
import { serverMigrations } from "./migrations.ts";

/** Key, database and kernel, as the server and the command line need them; nothing that listens. */
export interface Platform {
  readonly kernel: Kernel;
  readonly keys: Keys;
  readonly database: OpenDatabase;
  close(): Promise<void>;
}

export interface PlatformOptions {
  readonly env: Pick<Env, "dataDir" | "databaseUrl" | "keyFile" | "keyCommand">;
  readonly log: Logger;
  /** plain sentences for whoever started it */
  readonly print: (line: string) => void;
  readonly now: () => Date;
}

/** The release, as people who report a fault name it. */
export const VERSION = "0.1.0";

/** Opens the platform: key, database with its schema up to date, kernel. */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
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
    const newId = (): string => randomUUIDv7();
    const kernel: Kernel = {
      pool: database.app,
      now,
      newId,
      keys,
      rules: await loadRules(database.app),
      channels: { at: () => Promise.resolve(null) },
      accounts: createAccounts({ pool: database.app, now, newId }),
      modules: noModules,
      version: VERSION,
      log: {
        info: (message, data) => log.info(data ?? {}, message),
        warn: (message, data) => log.warn(data ?? {}, message),
        error: (message, data) => log.error(data ?? {}, message),
      },
    };
    return { kernel, keys, database, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}
