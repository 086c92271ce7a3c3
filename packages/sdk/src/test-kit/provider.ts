import type { CaseEventFacts, CaseEventType, Id, ReportFormat, Role, Text } from "@doorstep/contracts";
import type { Unit } from "../capabilities.ts";
import type { Manifest } from "../manifest.ts";
import type { AnyPluginServer } from "../server/plugin-server.ts";
import type { ReportTable } from "../server/report.ts";

/** The small tree of every test host: a brigade, two battalions, a company below the first. */
export const testUnits = ["brigade", "first", "second", "company"] as const;
export type TestUnit = (typeof testUnits)[number];

/** Who a call is made as; `null`: nobody signed in. */
export interface TestCaller {
  readonly role: Role | null;
  /** where the role is held, with the units below */
  readonly unit: TestUnit;
  /** the unit the call is about */
  readonly at: TestUnit;
  /** the petition whose return code was typed before */
  readonly codeOf?: Id;
}

/** Who has news in a test, and how he wants to hear of it. */
export interface TestAddressee {
  readonly unit: TestUnit;
  readonly address: string;
  /** @defaultValue "atOnce" */
  readonly mode?: "atOnce" | "daily";
  /** A page of whoever is on duty. @defaultValue false */
  readonly urgent?: boolean;
}

export interface TestDelivery {
  readonly state: "pending" | "sent" | "dropped" | "parked";
  readonly attempts: number;
  readonly error: string | null;
  /** Instant of the next try. */
  readonly nextAt: string | null;
}

/** A report that left the platform in a test. */
export interface TestTaken {
  readonly table: ReportTable;
  /** who took it and when */
  readonly mark: Text;
  readonly fileName: string;
  /** `null` for paper */
  readonly bytes: Uint8Array | null;
}

/** What the platform gives to the test kit: a started host over a real kernel and database. */
export interface ProvidedHost {
  readonly units: Readonly<Record<TestUnit, Unit>>;
  readonly manifest: Manifest;
  /** problems of the start, by code with their sentence */
  readonly problems: readonly string[];
  /** schema.name of everything that the plugin's migrations made */
  relations(): Promise<readonly string[]>;
  handle(request: Request, caller: TestCaller): Promise<Response>;
  /**
   * Asks at an address of the plugin: `services.json?x=1` behind the name. `system` is the unit at which a system is connected
   * that may call modules; its token is put in.
   */
  visit(path: string, init: RequestInit, at: TestUnit, system: TestUnit | null): Promise<Response>;
  /** A report of the plugin as the desk asks for it. */
  runReport(caller: TestCaller, report: string, params: Readonly<Record<string, unknown>>): Promise<ReportTable>;
  takeReport(
    caller: TestCaller,
    report: string,
    params: Readonly<Record<string, unknown>>,
    format: ReportFormat,
  ): Promise<TestTaken>;
  choose(unit: TestUnit, choice: "inherit" | "on" | "off", plugin?: string): Promise<void>;
  saveSettings(unit: TestUnit, values: Readonly<Record<string, unknown>>): Promise<void>;
  /** as the plugin's own login */
  sql(text: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** as the database's owner: to look at what the kernel wrote */
  kernelSql(text: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  addUnit(code: string, parent: TestUnit): Promise<Id>;
  /** Somebody of the unit has news and wants it by the unit's transport. */
  tellNews(to: TestAddressee): Promise<void>;
  /** Hands over what is due, as the platform does every half minute. @returns how many messages went out */
  deliverNews(): Promise<number>;
  /** All that is or was owed, oldest first. */
  news(): Promise<readonly TestDelivery[]>;
  /**
   * Gives the plugin an event of one petition at the brigade: of each type one and the same, as often as it is asked, but
   * for facts that are named.
   */
  hear<E extends CaseEventType>(type: E, facts?: Partial<CaseEventFacts<E>>): Promise<void>;
  /** Moves the clock; what falls due by then is done: jobs run, events are heard. */
  advance(by: { readonly days?: number; readonly hours?: number; readonly minutes?: number }): Promise<void>;
  close(): Promise<void>;
}

/**
 * Where a plugin runs in a test: in the test itself, or as its archive in a thread (as what was built from the platform's
 * own sources) or in a process of its own (as every other archive).
 *
 * @since 0.1
 */
export type TestMode = "inline" | "thread" | "process";

export interface ProvideOptions {
  readonly server: AnyPluginServer;
  /** folder of the plugin's package */
  readonly root: string;
  readonly now?: string;
  /** @defaultValue "inline" */
  readonly mode?: TestMode;
  /** Others that run inline beside it, switched on everywhere: such as one that counts what this one shows. They keep no data. */
  readonly beside?: readonly AnyPluginServer[];
}

type Provider = (options: ProvideOptions) => Promise<ProvidedHost>;

/** Under this the platform's test set-up leaves its provider. */
export const PROVIDER: symbol = Symbol.for("doorstep.testHost");

/** @throws Error where tests run without the platform's set-up file. */
export async function provideHost(options: ProvideOptions): Promise<ProvidedHost> {
  const provider = (globalThis as { [PROVIDER]?: Provider })[PROVIDER];
  if (!provider) throw new Error('No test host: name "@doorstep/cli/testing/provide" in the setupFiles of vitest.');
  return await provider(options);
}
