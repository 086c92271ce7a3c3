import type { Pool } from "pg";
import type { WorkCalendar } from "./calendars/work-calendar.ts";
import type { EffectivePack } from "./clocks/policy-rules.ts";
import type { FilingBudget } from "./flood/budget.ts";
import type { Channels } from "./intake/channels.ts";
import type { ModuleStates } from "./overview/module-states.ts";
import type { Accounts } from "./people/accounts.ts";
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
  /** Kept files; encrypted before they get here. */
  readonly log: Log;
  /** what may come in by the public pages before the fence against floods goes up; the usual one when absent */
  readonly filingBudget?: FilingBudget;
}

/** Policy packs and calendars as installed; read from the kernel's own tables, so that a clock never depends on a plugin. */
export interface Rules {
  /** the version a case pins */
  pack(id: string, version: string): EffectivePack;
  /** for a case opened on that day */
  packFor(id: string, on: string): EffectivePack;
  calendar(id: string): WorkCalendar;
  newestCalendar(region: string): WorkCalendar;
}

/** Structured, never with personal data. */
export interface Log {
  info(message: string, data?: Readonly<Record<string, unknown>>): void;
  warn(message: string, data?: Readonly<Record<string, unknown>>): void;
  error(message: string, data?: Readonly<Record<string, unknown>>): void;
}
