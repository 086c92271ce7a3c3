import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePluginRole, migrate, pluginNames, readMigrations } from "@doorstep/database";
import { openTestDatabase, type Preparation, type TestDatabase } from "@doorstep/database/testing";
import { kernelMigrations, lockOf, prove, runWorkersOnce } from "@doorstep/kernel";
import { testMonths } from "@doorstep/kernel/testing";
import { type PluginSource, pluginHostMigrations } from "@doorstep/plugin-host";
import { type DestinationStream, pino } from "pino";
import { type Env, readEnv } from "../env.ts";
import type { Machine } from "../guard/watch-machine.ts";
import { createLog, type Logger } from "../log.ts";
import { serverMigrations } from "../migrations.ts";
import { openPlatform, type Platform } from "../open-platform.ts";
import { plugins } from "../plugins.ts";
import { startServer } from "../start-server.ts";
import { clockRoutes, type TestClock, testClock } from "./test-clock.ts";

export interface TestServerOptions {
  /** instant at which the server's clock starts; absent: the real time */
  readonly now?: string;
  readonly env?: Partial<Env>;
  /** what is watched under the house; absent: this machine */
  readonly machine?: Machine;
  /** fills the house before it works by itself, as a start with a demo does: its sweep would take a filled past for neglect */
  readonly fill?: (platform: Platform) => Promise<void>;
  /** beside those it is built with */
  readonly plugins?: readonly PluginSource[];
  /** takes the log's lines; absent: nobody */
  readonly log?: DestinationStream;
}

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly clock: TestClock;
  readonly database: TestDatabase;
  readonly platform: Platform;
  /** what the start printed */
  readonly printed: readonly string[];
  /** to start a second one over the same database and folder */
  readonly env: Env;
  readonly log: Logger;
  readonly dataDir: string;
  /** Keeps the server's own sweep out until it is disposed of, as another process that is at it would. */
  holdSweep(): Promise<AsyncDisposable>;
  stop(): Promise<void>;
}

const withTables = plugins
  .map(({ id, root }) => ({ id, dir: join(root, "migrations") }))
  .filter(({ dir }) => existsSync(dir));

/** The tables of our own plugins, which each start would make anew; an empty database is started on elsewhere. */
const monthsAndPlugins: Preparation = {
  key: [
    testMonths.key,
    ...withTables.flatMap(({ id, dir }) => readMigrations(dir).map(({ name, sha256 }) => `${id} ${name} ${sha256}`)),
  ].join("\n"),
  run: async (owner) => {
    await testMonths.run(owner);
    for (const { id, dir } of withTables) {
      await ensurePluginRole(owner, { id });
      const as = pluginNames(id);
      await migrate(owner, { package: as.schema, dir, as });
    }
  },
};

/** A real server on a free port of this machine over a database of its own, with a clock that tests move. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const database = await openTestDatabase({
    migrations: [kernelMigrations, pluginHostMigrations, serverMigrations],
    prepared: monthsAndPlugins,
  });
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-test-"));
  const clock = testClock(options.now === undefined ? new Date() : new Date(options.now));
  const printed: string[] = [];
  const log = options.log ? createLog({ destination: options.log }) : pino({ enabled: false });
  try {
    const env = { ...readEnv({ PORT: "0", DATABASE_URL: database.url, DOORSTEP_DATA_DIR: dataDir }), ...options.env };
    const common = { env, log, print: (line: string) => printed.push(line), now: clock.now };
    if (options.fill) {
      const platform = await openPlatform({ plugins, ...common });
      try {
        await options.fill(platform);
      } finally {
        await platform.close();
      }
    }
    const running = await startServer({
      ...common,
      plugins: [...plugins, ...(options.plugins ?? [])],
      ...(options.machine && { machine: options.machine }),
      routes: [
        {
          path: "/test/clock",
          routes: clockRoutes(clock, async () => {
            const { kernel, blobs, host } = running.platform;
            await runWorkersOnce(kernel, { blobs, consumers: host.consumers });
            await host.jobs.runDue();
            await prove(kernel, { wait: true });
          }),
        },
      ],
    });
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      stopped ??= (async () => {
        await running.stop();
        await database[Symbol.asyncDispose]();
        rmSync(dataDir, { recursive: true, force: true });
      })();
      return stopped;
    };
    return {
      url: `http://127.0.0.1:${running.port}`,
      clock,
      database,
      platform: running.platform,
      printed,
      env,
      log,
      dataDir,
      async holdSweep() {
        const client = await database.pool.connect();
        await client.query("select pg_advisory_lock($1, $2)", lockOf("sweep"));
        return {
          async [Symbol.asyncDispose]() {
            await client.query("select pg_advisory_unlock($1, $2)", lockOf("sweep"));
            client.release();
          },
        };
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await database[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}
