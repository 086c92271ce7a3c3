import type { Id, Locale } from "@doorstep/contracts";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { z } from "zod";
import type {
  Granted,
  HearingOpening,
  MediationOpening,
  NewsInput,
  OwnClock,
  ProcedureEnd,
  Unit,
} from "../capabilities.ts";
import type { PluginSpec, SettingsOf } from "../define-plugin.ts";
import type { Contributed, ExtensionPoint } from "../points.ts";

/**
 * Writes to the server's log: a short English sentence of your code's own, and facts that are codes, ids, days and counts.
 * The host withholds whatever could be somebody's words or name.
 *
 * @since 0.1
 */
export interface PluginLog {
  info(message: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  warn(message: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
}

/**
 * Whoever is signed in and asks.
 *
 * @since 0.1
 */
export interface User {
  readonly id: Id;
  readonly name: string;
  readonly locale: Locale;
}

/** What every call has, whatever the plugin may do. */
export interface CallContext<P extends PluginSpec> {
  /** The unit the call is about. */
  readonly unit: Unit;
  /** As they hold at that unit. */
  readonly settings: SettingsOf<P>;
  /** Aborted when the time of the call is up; the host has answered by then. */
  readonly signal: AbortSignal;
  /** The host's instant, ISO 8601: tests can move it. */
  readonly now: string;
  /** A new UUID v7. */
  newId(): Id;
  readonly log: PluginLog;
  readonly events: {
    /**
     * Those of some petitions of which the plugin may hear now; the others have become accusations since, or are gone.
     * For events and jobs that go on later with what was heard before; to anybody else it names none.
     */
    heard(caseIds: readonly Id[]): Promise<readonly Id[]>;
  };
  /** What other plugins, on at this unit, added to a point that this plugin owns. */
  contributions<D, F>(point: ExtensionPoint<D, F>): Promise<readonly Contributed<D, F>[]>;
}

/**
 * A plugin's own fields at a petition. In the name of whoever asks; in a job and in what hears of an event in that of the
 * unit, at petitions held there or below.
 *
 * @since 0.1
 */
export interface CaseData<D extends z.ZodObject> {
  /**
   * What the plugin keeps there; `null` for nothing, for a petition the asker may not see, and for accusations, of which
   * no plugin reads anything.
   */
  get(caseId: Id): Promise<z.output<D> | null>;
  /**
   * Replaces all fields, 16 KB at most. The same fields again do nothing. Any text is read by whoever may see the petition.
   *
   * @throws DoorstepError `case.notFound`; `forbidden` for an asker without a part in the petition; `act.refused` for an
   * accusation.
   */
  set(caseId: Id, data: z.input<D>): Promise<void>;
}

/**
 * Tells people something in their portal; those who wish it get their usual mail that there is news.
 *
 * @since 0.1
 */
export interface Notify<N extends string> {
  /**
   * Each passes the kernel's own rule of who may know of the petition. In the name of whoever asks; in a job in that of
   * the unit, of petitions held there or below.
   *
   * @returns how many are told, also those who were before.
   * @throws DoorstepError `case.notFound`, `module.sealed` for accusations. Error for a param that is no number and no date.
   */
  tell(input: NewsInput<N>): Promise<number>;
}

/**
 * Opens and ends procedures beside a petition through the kernel's own acts, in the name of whoever asks: what he may not do
 * at the desk he may not do here.
 *
 * @since 0.1
 */
export interface Procedures<C extends string> {
  /**
   * Marks the petition; its own periods run on. The same key opens nothing twice.
   *
   * @throws DoorstepError `case.notFound`, `forbidden`, `input.invalid`; `act.refused` with every reason, such as `mark.set`,
   * `hearing.tooSoon`, or `module.sealed` for accusations.
   */
  open(caseId: Id, code: C, how: (MediationOpening | HearingOpening) & { readonly key: string }): Promise<void>;
  /**
   * Seats people on the panel of a hearing that runs, in the place of whoever leaves it: checked like those who sit on it. The
   * same key does nothing twice.
   *
   * @throws DoorstepError as `open`; `act.refused` with `hearing.investigates`, `recusal.standsOut`, `mark.missing`.
   */
  seat(
    caseId: Id,
    code: C,
    who: { readonly personIds: readonly Id[]; readonly note: string; readonly key: string },
  ): Promise<void>;
  /**
   * Ends it; the petition goes on. A mediation that reached an agreement ends by the act `agree` at the desk, which
   * `cases.propose` may suggest. In a job and in what hears of an event a hearing alone, in the name of the unit, at
   * petitions held there or below.
   *
   * @throws DoorstepError as `open`; `act.refused` with `mark.missing` where none runs.
   */
  close(caseId: Id, code: C, end: ProcedureEnd): Promise<void>;
  /** Whether one of that kind runs at a petition the asker may see; `null` for any other, and for accusations. */
  runs(caseId: Id, code: C): Promise<boolean | null>;
}

/**
 * The plugin's own periods at petitions. In the name of whoever asks; in a job and in what hears of an event in that of the
 * unit, of petitions held there or below.
 *
 * @since 0.1
 */
export interface Clocks<C extends string> {
  /**
   * Starts one, from today or from a local date. One of a code runs at a time at a petition.
   *
   * @returns the local date on which it ends.
   * @throws DoorstepError `case.notFound`, `forbidden`, `input.invalid`; `act.refused` with `moduleClock.running`, or
   * `module.sealed` for accusations.
   */
  start(caseId: Id, code: C, options?: { readonly from?: string }): Promise<{ readonly dueOn: string }>;
  /** @throws DoorstepError `case.notFound`, `forbidden`; `act.refused` with `moduleClock.notRunning` or `module.sealed`. */
  stop(caseId: Id, code: C): Promise<void>;
  /** Oldest first, those that have ended too; none of a petition the asker may not see, and of accusations. */
  list(caseId: Id): Promise<readonly OwnClock<C>[]>;
}

/**
 * The only thing plugin code receives: what every call has, and what the declared capabilities bring.
 *
 * @since 0.1
 */
export type Ctx<P extends PluginSpec> = CallContext<P> &
  Granted<P["capabilities"]> &
  ("caseData" extends P["capabilities"] ? { readonly caseData: CaseData<P["caseData"]> } : object) &
  ("notify" extends P["capabilities"] ? { readonly notify: Notify<P["news"]> } : object) &
  ("procedures" extends P["capabilities"] ? { readonly procedures: Procedures<P["procedures"]> } : object) &
  ("clocks" extends P["capabilities"] ? { readonly clocks: Clocks<P["clocks"]> } : object) &
  ("db" extends P["capabilities"]
    ? {
        /** Own schema only, as a login that can see nothing else. */
        readonly db: NodePgDatabase;
      }
    : object);

/**
 * `ctx` of a procedure: with the person who asks.
 *
 * @since 0.1
 */
export type RequestCtx<P extends PluginSpec> = Ctx<P> & {
  /** `null` where nobody is signed in, which only `procedure("public")` allows. */
  readonly user: User | null;
  /** Whether the asker holds a permission of the plugin at the call's unit. */
  can(permission: P["permissions"]): boolean;
};
