import { randomUUIDv7 } from "node:crypto";
import { join } from "node:path";
import { kernelContract } from "@doorstep/contracts";
import {
  type Blobs,
  createRouter,
  deriveKeys,
  folderBlobs,
  type Kernel,
  type Keys,
  kernelHandlers,
  loadRules,
  type Observe,
  readKeptKeys,
} from "@doorstep/kernel";
import {
  archiveHandlers,
  archiveStore,
  createPluginHost,
  type KernelCalls,
  moduleHandlers,
  type PluginHost,
  type PluginSource,
} from "@doorstep/plugin-host";
import type { AnyTRPCRouter } from "@trpc/server";
import type { Pool, PoolClient } from "pg";
import manifest from "../package.json" with { type: "json" };
import { createAccounts, type ServerAccounts } from "./accounts/accounts.ts";
import { backupHandlers } from "./backup/handlers.ts";
import { composeHandlers } from "./compose-handlers.ts";
import { ensurePartitions, type OpenDatabase, openDatabase } from "./database/open-database.ts";
import type { Env } from "./env.ts";
import { type Machine, type Watch, watchMachine } from "./guard/watch-machine.ts";
import { type StagedArchives, stagedArchives } from "./http/module-archives.ts";
import { type MasterKey, readMasterKey } from "./keys/key-file.ts";
import { ownSigningKey } from "./keys/own-publisher.ts";
import type { Logger } from "./log.ts";
import { moduleMigrations, ownMigrations } from "./migrations.ts";

/** Key, database, kernel and plugins, as the server and the command line need them; nothing that listens. */
export interface Platform {
  readonly kernel: Kernel;
  readonly keys: Keys;
  readonly master: MasterKey;
  readonly database: OpenDatabase;
  readonly accounts: ServerAccounts;
  readonly blobs: Blobs;
  readonly host: PluginHost;
  readonly handlers: ReturnType<typeof moduleHandlers>;
  readonly router: AnyTRPCRouter;
  /** archives of modules that wait for a decision */
  readonly staged: StagedArchives;
  readonly watch: Watch | undefined;
  close(): Promise<void>;
}

export interface PlatformOptions {
  readonly env: Pick<Env, "dataDir" | "databaseUrl" | "keyFile" | "keyCommand" | "safeMode"> &
    Partial<Pick<Env, "upgradeWithoutBackup" | "filingBudget" | "dev">>;
  readonly plugins: readonly PluginSource[];
  readonly log: Logger;
  /** plain sentences for whoever started it */
  readonly print: (line: string) => void;
  readonly now: () => Date;
  /** who sees how long everything takes */
  readonly observe?: Observe;
  /** what is watched under the house; nothing when absent */
  readonly machine?: Machine;
  /** given each new connection before it is used */
  readonly onConnect?: (client: PoolClient) => void;
}

/** The release, as people who report a fault name it. */
export const VERSION: string = manifest.version;

/** The latest instant that stands in the ledger, in ms. */
async function newestEntry(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ at: Date }>("select at from kernel.ledger order by at desc limit 1");
  return rows[0]?.at.getTime() ?? null;
}

/** Opens the platform: key, database with its schema up to date, kernel. */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const { env, log, now } = options;
  const master = await readMasterKey(env);
  const derived = deriveKeys(master.key, master.version);
  const database = await openDatabase({
    databaseUrl: env.databaseUrl,
    dataDir: env.dataDir,
    migrations: ownMigrations,
    master,
    appPassword: derived.derive("role:doorstep_app").toString("base64url"),
    log: options.print,
    upgrade: {
      dataDir: env.dataDir,
      masterKey: master.key,
      version: VERSION,
      now,
      moduleMigrations: moduleMigrations(options.plugins),
      withoutBackup: env.upgradeWithoutBackup ?? false,
    },
    onIdleError: (error) => log.warn({ kind: error.name }, "database connection lost"),
    onConnect: options.onConnect,
  });
  try {
    const keys = deriveKeys(master.key, master.version, await readKeptKeys(database.app, derived));
    await ensurePartitions(database.app, now());
    const newId = (): string => randomUUIDv7();
    const rules = await loadRules(database.app);
    const watch = options.machine && watchMachine(options.machine, await newestEntry(database.app));
    await watch?.look();
    const held: { host?: PluginHost; router?: AnyTRPCRouter } = {};
    const accounts = createAccounts({ pool: database.app, now, newId });
    const blobs = folderBlobs(join(env.dataDir, "files"));
    const kernel: Kernel = {
      pool: database.app,
      blobs,
      now,
      newId,
      keys,
      rules,
      channels: { at: async (unitId, key) => (await held.host?.channels.at(unitId, key)) ?? null },
      accounts,
      modules: {
        isOn: async (...of) => (await held.host?.modules.isOn(...of)) ?? false,
        installed: async () => (await held.host?.modules.installed()) ?? { count: 0, troubled: [] },
        changesByMove: async (...of) => (await held.host?.modules.changesByMove(...of)) ?? { on: [], off: [] },
        carry: async (...of) => (await held.host?.modules.carry(...of)) ?? { on: [], off: [] },
      },
      version: VERSION,
      ...(options.observe && { observe: options.observe }),
      ...(watch && { halted: watch.halted }),
      ...(env.filingBudget && { filingBudget: env.filingBudget }),
      log: {
        info: (message, data) => log.info(data ?? {}, message),
        warn: (message, data) => log.warn(data ?? {}, message),
        error: (message, data) => log.error(data ?? {}, message),
      },
    };
    const host = await createPluginHost({
      sources: options.plugins,
      kernel,
      database: {
        owner: database.owner,
        url: database.ownerUrl,
        passwordOf: (id) => keys.derive(`role:plugin:${id}`).toString("base64url"),
      },
      blobs,
      callsFor: (request) => held.router?.createCaller(request) as unknown as KernelCalls,
      onRules: () => rules.reload(),
      safeMode: env.safeMode,
      archives: {
        store: archiveStore(join(env.dataDir, "plugins"), newId),
        own: ownSigningKey(keys).publisher,
        unsigned: env.dev ?? false,
      },
    });
    held.host = host;
    const handlers = moduleHandlers(host);
    const staged = stagedArchives(join(env.dataDir, "plugins", ".staged"), kernel);
    const backups = backupHandlers({
      source: {
        ownerUrl: database.ownerUrl,
        dataDir: env.dataDir,
        masterKey: master.key,
        migrations: [...ownMigrations, ...moduleMigrations(options.plugins)],
        version: VERSION,
        now,
      },
      owner: database.owner,
    });
    held.router = createRouter(
      kernelContract,
      composeHandlers([
        { ...handlers },
        { ...kernelHandlers },
        { modules: archiveHandlers(host, staged) },
        { backups: backups.handlers },
      ]),
    );
    return {
      kernel,
      keys,
      master,
      database,
      accounts,
      blobs,
      host,
      handlers,
      router: held.router,
      staged,
      watch,
      close: async () => {
        await backups.settled();
        await host.stop();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
