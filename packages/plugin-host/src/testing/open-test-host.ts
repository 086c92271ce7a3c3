import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contract, kernelContract } from "@doorstep/contracts";
import { migrate } from "@doorstep/database";
import { type Actor, createRouter, folderBlobs, type Kernel, loadRules, type RequestContext } from "@doorstep/kernel";
import { openTestKernel, type TestKernel } from "@doorstep/kernel/testing";
import type { AnyPluginServer } from "@doorstep/sdk/server";
import type { PluginSource } from "../boot/sources.ts";
import type { KernelCalls } from "../calls/kernel-calls.ts";
import type { Limiter } from "../calls/limits.ts";
import { createPluginHost, type PluginHost, type PluginHostOptions } from "../host.ts";
import { pluginHostMigrations } from "../migrations.ts";
import { moduleHandlers } from "../modules/module-handlers.ts";

type Groups = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface TestHostOptions {
  readonly sources: readonly PluginSource[];
  /** the kernel's handlers that plugins may reach, by group; those of the host itself are always there */
  readonly handlers?: Groups;
  readonly limiter?: Limiter;
  readonly safeMode?: boolean;
  readonly loadSeconds?: number;
  /** where modules are installed while it runs */
  readonly archives?: PluginHostOptions["archives"];
  readonly now?: string;
  /** an open kernel to start on; closed by whoever opened it */
  readonly on?: TestKernel;
}

/** A started host over a real kernel and database. */
export interface TestPluginHost extends AsyncDisposable {
  readonly test: TestKernel;
  readonly kernel: Kernel;
  readonly host: PluginHost;
  /** the kernel's procedures as somebody, or nobody, calls them */
  as(actor?: Actor): KernelCalls;
  request(actor?: Actor): RequestContext;
}

/** Procedures of the contract that have a handler here. */
function partOfContract(handlers: Groups): Contract {
  return Object.fromEntries(
    Object.entries(kernelContract).flatMap(([group, procedures]) => {
      const has = Object.entries(procedures).filter(([name]) => handlers[group]?.[name] !== undefined);
      return has.length === 0 ? [] : [[group, Object.fromEntries(has)]];
    }),
  );
}

/** Starts a host with some plugins over a kernel of its own. */
export async function openTestHost(options: TestHostOptions): Promise<TestPluginHost> {
  const { on, now } = options;
  const migrations = [pluginHostMigrations];
  const test = on ?? (await openTestKernel({ migrations, ...(now !== undefined && { now }) }));
  if (on) await migrate(test.database.pool, pluginHostMigrations);
  const held: { host?: PluginHost } = {};
  const rules = await loadRules(test.database.appPool);
  const kernel: Kernel = {
    ...test.kernel,
    rules,
    modules: { ...test.kernel.modules, isOn: async (...of) => (await held.host?.modules.isOn(...of)) ?? false },
    channels: { at: async (unitId, key) => (await held.host?.channels.at(unitId, key)) ?? null },
  };
  const request = (actor?: Actor): RequestContext => ({
    kernel,
    actor,
    codeCaseId: undefined,
    requestId: "r-test",
    origin: "test",
    setCodeCase: () => undefined,
  });
  const routers: { of?: ReturnType<typeof createRouter> } = {};
  const callsFor = (context: RequestContext): KernelCalls => {
    const handlers: Groups = {
      ...options.handlers,
      ...(held.host && (moduleHandlers(held.host) as unknown as Groups)),
    };
    routers.of ??= createRouter(partOfContract(handlers), handlers);
    return routers.of.createCaller(context) as unknown as KernelCalls;
  };
  const data = mkdtempSync(join(tmpdir(), "doorstep-host-"));
  const host = await createPluginHost({
    sources: options.sources,
    kernel,
    database: { owner: test.database.pool, url: test.database.url },
    callsFor,
    blobs: folderBlobs(data),
    onRules: () => rules.reload(),
    ...(options.safeMode !== undefined && { safeMode: options.safeMode }),
    ...(options.loadSeconds !== undefined && { loadSeconds: options.loadSeconds }),
    ...(options.limiter !== undefined && { limiter: options.limiter }),
    ...(options.archives !== undefined && { archives: options.archives }),
  });
  held.host = host;
  return {
    test,
    kernel,
    host,
    as: (actor) => callsFor(request(actor)),
    request,
    [Symbol.asyncDispose]: async () => {
      await host.stop();
      rmSync(data, { recursive: true, force: true });
      if (!options.on) await test[Symbol.asyncDispose]();
    },
  };
}

/** A plugin's folder for one test: `package.json` and the given migrations. */
export function pluginFolder(
  version: string,
  migrations?: Readonly<Record<string, string>>,
): { readonly root: string } & Disposable {
  const root = mkdtempSync(join(tmpdir(), "doorstep-plugin-"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ version }));
  if (migrations) {
    mkdirSync(join(root, "migrations"));
    for (const [name, sql] of Object.entries(migrations)) writeFileSync(join(root, "migrations", name), sql);
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

/** A source made of a value in the test itself. */
export const sourceOf = (server: AnyPluginServer, root: string): PluginSource => ({
  id: server.plugin.id,
  root,
  load: async () => ({ default: server }),
});

/** Calls a procedure at a plugin's address as a browser does. */
export async function post(
  at: TestPluginHost,
  pluginId: string,
  path: string,
  input: unknown,
  by: { readonly actor?: Actor; readonly unitId?: string | null; readonly codeOf?: string } = {},
): Promise<{
  readonly status: number;
  readonly data: unknown;
  readonly error: { code: string; params: object } | null;
}> {
  const request = new Request(`http://localhost/rpc/p/${pluginId}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input ?? {}),
  });
  const response = await at.host.handle(pluginId, request, {
    context: { ...at.request(by.actor), codeCaseId: by.codeOf },
    unitId: by.unitId ?? null,
  });
  const body = (await response.json()) as {
    result?: { data: unknown };
    error?: { data: { code: string; params: object } };
  };
  return { status: response.status, data: body.result?.data, error: body.error?.data ?? null };
}
