import { join } from "node:path";
import { outboxState, startWorkers, type Workers } from "@doorstep/kernel";
import { type PluginSource, tidyIncidents, tidyPluginFiles } from "@doorstep/plugin-host";
import { accountRoutes } from "./accounts/account-routes.ts";
import { type Attempts, createAttempts } from "./accounts/attempts.ts";
import { cleanAccounts } from "./accounts/clean-accounts.ts";
import { createAuth } from "./accounts/create-auth.ts";
import { accountSecret } from "./accounts/second-factor-keys.ts";
import { backUpByItself } from "./backup/back-up-by-itself.ts";
import type { Env } from "./env.ts";
import { thisMachine } from "./guard/this-machine.ts";
import type { Machine } from "./guard/watch-machine.ts";
import { createApp, type Route } from "./http/app.ts";
import { getFile, putFile } from "./http/files.ts";
import { filingEntry } from "./http/filing-entry.ts";
import { putFont } from "./http/fonts.ts";
import { listen } from "./http/listen.ts";
import { addSources, createMetrics, type Metrics } from "./http/metrics.ts";
import { serveAddresses } from "./http/module-address.ts";
import { lookAtArchive } from "./http/module-archives.ts";
import { exportModuleData } from "./http/module-data.ts";
import { pluginFile } from "./http/plugin-file.ts";
import { takeRegister } from "./http/register-book.ts";
import { callKernel, servePluginRpc, serveRpc } from "./http/rpc.ts";
import { type LiveHub, startLiveHub } from "./live/live-hub.ts";
import { liveRoute } from "./live/live-route.ts";
import { describeFault, type Logger } from "./log.ts";
import { moduleMigrations, ownMigrations } from "./migrations.ts";
import { openPlatform, type Platform, VERSION } from "./open-platform.ts";
import { plugins } from "./plugins.ts";
import { hearOfPlugins } from "./plugins-heard.ts";
import { createRequestContext } from "./request-context.ts";
import { describeRest } from "./rest/describe-rest.ts";
import { serveRest } from "./rest/rest.ts";
import { demoAccounts, demoTable, type SeedDemo } from "./setup/demo.ts";
import { createSetupLink, type SetupLink } from "./setup/setup-link.ts";
import { setupPage, setupRoutes } from "./setup/setup-routes.ts";
import { discardUnfinishedDemo } from "./setup/unfinished-demo.ts";
import { observeStatements } from "./telemetry/observe-statements.ts";
import { createObserver } from "./telemetry/observer.ts";
import { openTraces, type Traces } from "./telemetry/traces.ts";

export interface StartOptions {
  readonly env: Env;
  readonly log: Logger;
  /** plain sentences for whoever started it */
  readonly print: (line: string) => void;
  readonly now: () => Date;
  /** absent: those this server is built with */
  readonly plugins?: readonly PluginSource[];
  /** fills an empty platform where a demo is allowed */
  readonly seedDemo?: SeedDemo;
  /** what is watched under the house; absent: this machine */
  readonly machine?: Machine;
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
  await discardUnfinishedDemo(options.env, options.print);
  const metrics = createMetrics();
  const traces = await openTraces(options.env.tracesTo, VERSION);
  const platform = await openPlatform({
    plugins,
    ...options,
    observe: createObserver(metrics, traces),
    machine: options.machine ?? thisMachine(options.env.dataDir),
    onConnect: (client) => observeStatements(client, metrics, traces),
  });
  const stops: (() => Promise<void>)[] = [];
  try {
    const { kernel } = platform;
    addSources(metrics, {
      pool: kernel.pool,
      events: () => outboxState(kernel, platform.host.rests),
      halted: () => platform.watch?.halted() ?? null,
    });
    const demo = await demoAccounts(platform, options.env, options.seedDemo);
    const link = createSetupLink(platform.database.app, options.now);
    const attempts = createAttempts(platform.database.app, platform.keys.derive("attempts"), options.now);
    const live = await startLiveHub(platform.kernel);
    stops.push(live.stop);
    const heard = await hearOfPlugins(platform.kernel, platform.host);
    stops.push(heard.stop);
    const app = composeApp(platform, { link, attempts, live, metrics, traces }, options);
    const listening = await listen(app, options.env.host, options.env.port);
    const workers = await workBeside(listening, platform, options.env.publicUrl);
    const jobs = lookAfterJobs(platform);
    const housekeeping = cleanEveryHour(platform, attempts, options);
    const watching = lookAtMachine(platform, options.log);
    const backups = backUpByItself(
      platform,
      {
        dataDir: options.env.dataDir,
        migrations: [...ownMigrations, ...moduleMigrations(options.plugins ?? plugins)],
        version: VERSION,
        now: options.now,
      },
      options.log,
    );
    const url = options.env.publicUrl ?? `http://${inUrl(options.env.host)}:${listening.port}`;
    options.print(`Doorstep (连心桥) is ready.\n  ${url}/\n  ${url}/admin/`);
    if (demo) options.print(demoTable(demo));
    const token = await link.open();
    if (token !== undefined) options.print(`Set it up here (once):\n  ${url}/setup#${token}`);
    return {
      url,
      port: listening.port,
      platform,
      async stop() {
        clearInterval(housekeeping);
        clearInterval(watching);
        clearInterval(jobs);
        await backups.stop();
        await live.stop();
        await heard.stop();
        await listening.stop();
        await workers.stop();
        await platform.close();
        await traces.stop();
      },
    };
  } catch (error) {
    for (const stop of stops) await stop();
    await platform.close();
    await traces.stop();
    throw error;
  }
}

const JOBS_MS = 30_000;

/** What modules do again and again: looked at twice a minute. */
function lookAfterJobs({ host }: Platform): NodeJS.Timeout {
  host.jobs.look();
  return setInterval(host.jobs.look, JOBS_MS);
}

const HOUR_MS = 3_600_000;
const LOOK_MS = 5_000;

/** Says in the log when nothing new can be taken, and when it can again. */
function lookAtMachine({ watch }: Platform, log: Logger): NodeJS.Timeout {
  let before = watch?.halted() ?? null;
  const look = async (): Promise<void> => {
    await watch?.look().catch(() => undefined);
    const halt = watch?.halted() ?? null;
    if (halt === before) return;
    before = halt;
    if (halt) log.error({ halt }, "no new work is taken");
    else log.info({}, "work is taken again");
  };
  return setInterval(() => void look(), LOOK_MS);
}

function cleanEveryHour(platform: Platform, attempts: Attempts, { log, now }: StartOptions): NodeJS.Timeout {
  return setInterval(() => {
    cleanAccounts(platform.database.app, attempts, now()).catch((error: unknown) =>
      log.error({ fault: describeFault(error) }, "old sessions could not be removed"),
    );
  }, HOUR_MS);
}

/** What the house does by itself; a server that cannot do it does not serve either. */
async function workBeside(
  listening: { stop(): Promise<void> },
  platform: Platform,
  publicUrl: string | undefined,
): Promise<Workers> {
  try {
    return await startWorkers(platform.kernel, {
      blobs: platform.blobs,
      news: { hand: platform.host.hand, link: publicUrl === undefined ? null : `${publicUrl}/sign-in` },
      chores: [
        () => tidyPluginFiles(platform.kernel),
        () => tidyIncidents(platform.kernel),
        async () => platform.host.archives?.removals.dropDue(),
      ],
      consumers: platform.host.consumers,
    });
  } catch (error) {
    await listening.stop();
    throw error;
  }
}

const inUrl = (host: string): string => (host.includes(":") ? `[${host}]` : host);

interface Parts {
  readonly link: SetupLink;
  readonly attempts: Attempts;
  readonly live: LiveHub;
  readonly metrics: Metrics;
  readonly traces: Traces;
}

function composeApp(
  platform: Platform,
  { link, attempts, live, metrics, traces }: Parts,
  options: StartOptions,
): ReturnType<typeof createApp> {
  const { env, log, now } = options;
  const { kernel, keys, database } = platform;
  const secret = accountSecret(keys);
  const accounts = accountRoutes({
    auth: createAuth({ pool: database.app, secret, now, newId: kernel.newId }),
    attempts,
    pool: database.app,
    secret,
    now,
  });
  const codeCookieKey = keys.derive("cookie:case");
  const context = createRequestContext({ kernel, secret, codeCookieKey });
  const tokenKey = keys.derive("live");
  const call = callKernel({ router: platform.router, log, metrics });
  return createApp({
    pool: database.app,
    now,
    log,
    metrics,
    traces,
    rules: { trustProxy: env.trustProxy, publicUrl: env.publicUrl },
    routes: [
      ...(options.routes ?? []),
      { path: "/api/auth", routes: accounts },
      { path: "/api/setup", routes: setupRoutes(platform, link) },
      { path: "/setup", routes: setupPage() },
      { path: "/rpc/live", handle: liveRoute({ kernel, hub: live, secret, codeCookieKey, tokenKey }) },
      { path: "/rpc/files.put", handle: putFile({ kernel, blobs: platform.blobs, context }) },
      { path: "/rpc/files.get", handle: getFile({ kernel, blobs: platform.blobs, context }) },
      { path: "/rpc/reports.book", handle: takeRegister({ kernel, context }) },
      { path: "/rpc/texts.putFont", handle: putFont({ kernel, context }) },
      { path: "/rpc/modules.look", handle: lookAtArchive({ host: platform.host, staged: platform.staged, context }) },
      {
        path: "/rpc/modules.data",
        handle: exportModuleData({
          host: platform.host,
          folder: join(env.dataDir, "plugins", ".staged"),
          newId: kernel.newId,
          context,
        }),
      },
      { path: "/rpc/p/:plugin/*", handle: servePluginRpc({ host: platform.host, context }) },
      { path: "/rpc/*", handle: serveRpc({ call, context }) },
      { path: "/api/v1/:group/:name", handle: serveRest({ kernel, blobs: platform.blobs, serve: call }) },
      { path: "/x/*", handle: serveAddresses({ host: platform.host, kernel }) },
      { path: "/openapi.json", handle: describeRest(env.publicUrl) },
      { path: "/plugins/:plugin/:version/*", handle: pluginFile(platform.host.ui) },
      { path: "/file", handle: filingEntry(platform.handlers.registry.forUnit, context) },
    ],
    portal: { dist: join(APPS, "portal", "dist"), base: "/" },
    admin: { dist: join(APPS, "admin", "dist"), base: "/admin/" },
    modules: (app) => platform.host.ui.integrity(app),
  });
}
