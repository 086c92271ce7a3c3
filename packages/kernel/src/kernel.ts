import type { Calendar, PolicyPack } from "@doorstep/contracts";
import type { Pool } from "pg";
import type { WorkCalendar } from "./calendars/work-calendar.ts";
import type { EffectivePack } from "./clocks/policy-rules.ts";
import type { Blobs } from "./files/blobs.ts";
import type { FilingBudget } from "./flood/budget.ts";
import type { Halt } from "./halt.ts";
import type { Channels } from "./intake/channels.ts";
import type { Observe } from "./observe.ts";
import type { ModuleStates } from "./overview/module-states.ts";
import type { Accounts } from "./people/accounts.ts";
import type { Shortened } from "./rules/tightenings.ts";
import type { Keys } from "./vault/keys.ts";

/** The kernel's dependencies, made by the composition root; nothing in the kernel reaches for a clock or a connection itself. */
export interface Kernel {
  /** as the role `doorstep_app`: no owner, no superuser */
  readonly pool: Pool;
  readonly now: () => Date;
  /** UUID v7 */
  readonly newId: () => string;
  readonly keys: Keys;
  readonly rules: Rules;
  readonly channels: Channels;
  readonly accounts: Accounts;
  readonly modules: ModuleStates;
  /** of the release, for people who report a fault */
  readonly version: string;
  readonly log: Log;
  /** kept files, encrypted before they get there; nothing is attached where there are none */
  readonly blobs?: Blobs;
  /** what may come in by the public pages before the fence against floods goes up; the usual one when absent */
  readonly filingBudget?: FilingBudget;
  /** why nothing new may be written now; never when absent */
  readonly halted?: () => Halt | null;
  /** who sees how long everything takes; nobody when absent */
  readonly observe?: Observe;
}

/** Policy packs and calendars as installed; read from the kernel's own tables, so that a clock never depends on a plugin. */
export interface Rules {
  /** the version a case pins */
  pack(id: string, version: string): EffectivePack;
  /** for a case opened on that day */
  packFor(id: string, on: string): EffectivePack;
  /** every installed version */
  packs(): readonly PolicyPack[];
  /** shorter lengths of a unit and those above it, itself first, as they hold on a day */
  shortened(pathToRoot: readonly string[], on: string): Shortened;
  /** as a clock names it: an announced version, perhaps with days that units have added */
  calendar(name: string): WorkCalendar;
  /** the announced version under such a name */
  announcedFor(name: string): WorkCalendar;
  /** every announced version */
  calendars(): readonly Calendar[];
  /** the newest announced version of a region */
  announced(region: string): Calendar;
  /** what a clock of that unit counts by if it starts now */
  newestCalendar(region: string, pathToRoot: readonly string[]): WorkCalendar;
  /** reads again where the tables are not those that were read (`kernel.rules_stamp()`) */
  refresh(stamp: number): Promise<void>;
}

/** Structured, never with personal data. */
export interface Log {
  info(message: string, data?: Readonly<Record<string, unknown>>): void;
  warn(message: string, data?: Readonly<Record<string, unknown>>): void;
  error(message: string, data?: Readonly<Record<string, unknown>>): void;
}
