import type { CaseEventFacts, CaseEventType, Id, ReportFormat, Role } from "@doorstep/contracts";
import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import type { AnyPluginServer } from "../server/plugin-server.ts";
import type { ReportTable } from "../server/report.ts";
import {
  type ProvidedHost,
  type ProvideOptions,
  provideHost,
  type TestCaller,
  type TestTaken,
  type TestUnit,
} from "./provider.ts";

type RouterOf<S> = S extends { readonly router: infer R extends AnyTRPCRouter } ? R : never;

/**
 * A plugin running on the real platform, for its own tests.
 *
 * @since 0.1
 */
export interface TestHost<S extends AnyPluginServer>
  extends AsyncDisposable,
    Pick<
      ProvidedHost,
      "units" | "manifest" | "sql" | "kernelSql" | "addUnit" | "tellNews" | "deliverNews" | "news" | "advance"
    > {
  /** The plugin's procedures as somebody with a role calls them; `null` is nobody. The call is about the same unit unless `at` says otherwise. */
  as(role: Role | null, unit?: TestUnit, at?: TestUnit): TRPCClient<RouterOf<S>>;
  /** The same as whoever has typed the return code of a petition, and is not signed in. */
  asPetitioner(caseId: Id, at?: TestUnit): TRPCClient<RouterOf<S>>;
  /**
   * Asks at an address of the plugin, `<name>/…?…`, as another program does; `system` is the unit at which a connected system
   * stands that may call modules. A refusal of the host or the plugin is thrown as it is.
   */
  visit(path: string, init?: RequestInit & { readonly at?: TestUnit; readonly system?: TestUnit }): Promise<Response>;
  /** The plugin's reports as somebody with a role asks for them at the desk; refusals are errors named by their code. */
  reportsAs(role: Role | null, unit?: TestUnit, at?: TestUnit): TestReports;
  /** Switches the plugin on at a unit and below, with settings. @defaultValue the whole tree */
  enable(unit?: TestUnit, settings?: Readonly<Record<string, unknown>>): Promise<void>;
  disable(unit?: TestUnit): Promise<void>;
  readonly events: {
    /**
     * Gives the plugin an event of one petition at the brigade: of each type one and the same, as often as it is asked, but
     * for facts that are named, such as `{ task: taskId }`.
     */
    emit<E extends CaseEventType>(type: E, facts?: Partial<CaseEventFacts<E>>): Promise<void>;
  };
}

/**
 * Reports of the plugin, by the names it gave them.
 *
 * @since 0.1
 */
export interface TestReports {
  run(report: string, params?: Readonly<Record<string, unknown>>): Promise<ReportTable>;
  take(report: string, format: ReportFormat, params?: Readonly<Record<string, unknown>>): Promise<TestTaken>;
}

/**
 * Starts a plugin over a real database and the real kernel, switched on everywhere.
 *
 * @param options - `root` is the folder of the plugin's package, `now` the instant at which the test begins, `mode` where
 *   the plugin runs; elsewhere than inline it is the archive built from `root` that runs. `beside` are others on the same
 *   platform, for a plugin that runs inline.
 * @throws Error naming the problems where the platform would refuse the plugin.
 * @since 0.1
 */
export async function createTestHost<S extends AnyPluginServer>(
  server: S,
  options: Omit<ProvideOptions, "server">,
): Promise<TestHost<S>> {
  const host = await provideHost({ server, ...options });
  if (host.problems.length > 0) {
    await host.close();
    throw new Error(`The platform refuses the plugin: ${host.problems.join("; ")}`);
  }
  await host.choose("brigade", "on");
  for (const { plugin } of options.beside ?? []) await host.choose("brigade", "on", plugin.id);
  const client = (caller: TestCaller) =>
    createTRPCClient({
      links: [
        httpLink({
          url: `http://localhost/rpc/p/${host.manifest.id}`,
          methodOverride: "POST",
          fetch: (input, init) => host.handle(new Request(input, init as RequestInit), caller),
        }),
      ],
      // The server's own type is what its clients are typed by.
    } as never) as unknown as TRPCClient<RouterOf<S>>;
  return {
    units: host.units,
    manifest: host.manifest,
    sql: host.sql,
    kernelSql: host.kernelSql,
    addUnit: host.addUnit,
    tellNews: host.tellNews,
    deliverNews: host.deliverNews,
    news: host.news,
    advance: host.advance,
    as: (role, unit = "brigade", at = unit) => client({ role, unit, at }),
    reportsAs: (role, unit = "brigade", at = unit) => ({
      run: (report, params = {}) => host.runReport({ role, unit, at }, report, params),
      take: (report, format, params = {}) => host.takeReport({ role, unit, at }, report, params, format),
    }),
    asPetitioner: (codeOf, at = "brigade") => client({ role: null, unit: at, at, codeOf }),
    visit: (path, { at = "brigade", system, ...init } = {}) => host.visit(path, init, at, system ?? null),
    enable: async (unit = "brigade", settings) => {
      await host.choose(unit, "on");
      if (settings) await host.saveSettings(unit, settings);
    },
    disable: (unit = "brigade") => host.choose(unit, "off"),
    events: { emit: host.hear },
    [Symbol.asyncDispose]: () => host.close(),
  };
}
