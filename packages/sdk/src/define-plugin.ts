import type { Role, Text } from "@doorstep/contracts";
import type { z } from "zod";
import type { Capability } from "./capabilities.ts";

/**
 * A right that a plugin asks for by its local name.
 *
 * @since 0.1
 */
export interface PermissionSpec {
  readonly title: Text;
  /** Roles that hold it at the units where the role is held. Nobody else has it. */
  readonly grants: readonly Role[];
}

/**
 * A procedure beside a petition, which goes on meanwhile. Point `kernel/procedure@1`. The kernel marks the petition and
 * keeps its own guards; sessions, papers and people are the plugin's.
 *
 * @since 0.1
 */
export interface ProcedureSpec {
  readonly title: Text;
  /** Which of the kernel's two marks it opens and ends. */
  readonly runs: "mediation" | "hearing";
}

/**
 * A period of the plugin's own beside a petition. The kernel counts it by the unit's calendar, keeps it, shows it among the
 * petition's periods and ends it; it pauses and moves none of those. The words stay with it, so that it is read when the
 * plugin is off.
 *
 * @since 0.1
 */
export interface ClockSpec {
  readonly title: Text;
  /** What it is for, in one sentence that whoever opens it at the desk reads. */
  readonly why: Text;
  /** From 1 to 3650, counted from the day after it starts; an end on a day of rest moves on. */
  readonly amount: number;
  readonly unit: "day" | "workday";
  /**
   * Who is told when its day has come: the handler (while there is none the officers), or holders of one of the roles. The
   * plugin hears `moduleClock.passed`.
   */
  readonly atEnd: { readonly to: "handler" | readonly Role[]; readonly words: Text };
}

/**
 * What the types of a plugin know of it.
 *
 * @since 0.1
 */
export interface PluginSpec {
  id: string;
  capabilities: Capability;
  permissions: string;
  settings: z.ZodObject;
  /** `never` where it keeps nothing at petitions */
  caseData: z.ZodObject;
  /** codes of what it tells people */
  news: string;
  /** codes of its procedures beside petitions */
  procedures: string;
  /** codes of its periods at petitions */
  clocks: string;
}

/**
 * A plugin's definition, the same value in both halves. Plain data but for the schema of its settings.
 *
 * @since 0.1
 */
export interface Plugin<P extends PluginSpec = PluginSpec> {
  readonly id: P["id"];
  readonly title: Text;
  readonly purpose: Text;
  readonly sdk: string;
  readonly capabilities: readonly P["capabilities"][];
  readonly permissions: Readonly<Record<P["permissions"], PermissionSpec>>;
  readonly settings: P["settings"];
  readonly caseData?: P["caseData"];
  /** The only addresses `ctx.fetch` reaches. */
  readonly http: readonly string[];
  /** Settings that hold more of them. */
  readonly httpFrom?: HttpFrom;
  readonly news: Readonly<Record<P["news"], Text>>;
  readonly procedures: Readonly<Record<P["procedures"], ProcedureSpec>>;
  readonly clocks: Readonly<Record<P["clocks"], ClockSpec>>;
  readonly requires: Readonly<Record<string, string>>;
  readonly onByDefault: boolean;
  readonly retention?: Retention;
}

/**
 * Where the addresses stand that units list themselves: names of settings, each a list of texts.
 *
 * @since 0.1
 */
export interface HttpFrom<K extends string = string> {
  /** What holds at the call's unit is what `ctx.fetch` reaches there, but for addresses inside the house's own network. */
  readonly addresses: K;
  /** Addresses of the inside that units may list, or something below them; only what the topmost unit has set counts. */
  readonly inside?: K;
}

/**
 * How long a plugin's own tables are kept once it is uninstalled and two people have decided that they go: `archive` for
 * good, `none` for thirty days, else so many years.
 *
 * @since 0.1
 */
export type Retention = "archive" | "none" | `${number}y`;

/** What a value of settings is, once inheritance and locks are applied. */
export type SettingsOf<P extends PluginSpec> = z.output<P["settings"]>;

type BroughtCapability = "caseData" | "http" | "notify" | "procedures" | "clocks";

/** Capabilities that come with a part of the definition, so that nothing is said twice. */
type Brought<D, H, N, Pr, K> =
  | ([D] extends [never] ? never : "caseData")
  | ([keyof N] extends [never] ? never : "notify")
  | ([keyof Pr] extends [never] ? never : "procedures")
  | ([keyof K] extends [never] ? never : "clocks")
  | (H extends readonly [] ? never : "http");

type NoSettings = z.ZodObject<Record<never, z.ZodType>>;

interface Checked {
  readonly id: string;
  readonly clocks?: Readonly<Record<string, ClockSpec>>;
}

/** What an author writes in `plugin.ts`. */
interface PluginDefinition<I, C, Pm, S, D, H, N, Pr, K> {
  /** Lower-case words joined by hyphens. It names the plugin for ever: schema, addresses, permissions. */
  readonly id: I;
  readonly title: Text;
  /** One sentence for the administrator who decides whether to switch it on. */
  readonly purpose: Text;
  /** Range of SDK versions, such as `^1.0.0`. */
  readonly sdk: string;
  /** What the plugin may do; `ctx` holds nothing else. An administrator approves the list. */
  readonly capabilities?: readonly C[];
  readonly permissions?: Pm;
  /**
   * Every key needs a default. `.meta({ title, "x-labels": { en } })` names it on screens, `"x-options"` the words of an
   * enum in both languages, `secret` keeps it encrypted and from every browser, and `cascade` says how units below may
   * differ: `override`, `atMost`, `atLeast`, `subset`.
   */
  readonly settings?: S;
  /**
   * A few fields that the plugin keeps at a petition: `ctx.caseData`. The names of `.meta({ title, "x-labels": { en } })`
   * stay with them, so that they are read when the plugin is off. A later version must read what an earlier one wrote.
   */
  readonly caseData?: D;
  /**
   * Addresses that `ctx.fetch` may reach: `https://example.org/api/` and all below it. An administrator approves each. Or
   * the settings in which units list them: `{ addresses: "receivers" }`.
   */
  readonly http?: H;
  /** Sentences `ctx.notify` tells people in, by code: `{{name}}` stands for a number or a date, and nothing else. */
  readonly news?: N;
  /** Mediations or hearings that it conducts: `ctx.procedures`. */
  readonly procedures?: Pr;
  /** Periods that it runs beside petitions, by code: `ctx.clocks`. */
  readonly clocks?: K;
  /** Ids of other plugins with a version range. Where one is off, this one is off too. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Whether it is on where no unit has chosen. @defaultValue false */
  readonly onByDefault?: boolean;
  /** How long its tables are kept after it was uninstalled. @defaultValue "1y" */
  readonly retention?: Retention;
}

function assertFits({ id, clocks = {} }: Checked): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40)
    throw new Error(`"${id}" is no plugin id: lower-case words joined by "-", 40 characters at most.`);
  for (const [code, { amount }] of Object.entries(clocks))
    if (!Number.isInteger(amount) || amount < 1 || amount > 3_650)
      throw new Error(`The period "${code}" lasts ${amount}: it must be a whole number from 1 to 3650.`);
}

/** @throws Error for what is no address to list */
function addressesOf(http: readonly string[] | HttpFrom = []): {
  readonly listed: readonly string[];
  readonly httpFrom?: HttpFrom;
} {
  if ("addresses" in http) return { listed: [], httpFrom: http };
  for (const address of http)
    if (!/^https?:\/\/[^/?#@\s]+\/[^?#@\s]*$/.test(address))
      throw new Error(`"${address}" is no address to list: https://host/path, without query, name or password.`);
  return { listed: http };
}

/**
 * Declares a plugin. Importing the module must have no other effect.
 *
 * @throws Error when the id is not made of lower-case words, or is too long to name a schema; for an address or a period that is none.
 * @since 0.1
 */
export function definePlugin<
  const I extends string,
  const C extends Exclude<Capability, BroughtCapability> = never,
  const Pm extends Readonly<Record<string, PermissionSpec>> = Record<never, PermissionSpec>,
  S extends z.ZodObject = NoSettings,
  D extends z.ZodObject = never,
  const H extends readonly string[] | HttpFrom<keyof S["shape"] & string> = readonly [],
  const N extends Readonly<Record<string, Text>> = Record<never, Text>,
  const Pr extends Readonly<Record<string, ProcedureSpec>> = Record<never, ProcedureSpec>,
  const K extends Readonly<Record<string, ClockSpec>> = Record<never, ClockSpec>,
>(
  definition: PluginDefinition<I, C, Pm, S, D, H, N, Pr, K>,
): Plugin<{
  id: I;
  capabilities: C | Brought<D, H, N, Pr, K>;
  permissions: keyof Pm & string;
  settings: S;
  caseData: D;
  news: keyof N & string;
  procedures: keyof Pr & string;
  clocks: keyof K & string;
}> {
  assertFits(definition);
  const { listed, httpFrom } = addressesOf(definition.http);
  const { caseData, http: _, news, procedures, clocks, capabilities = [], ...rest } = definition;
  const brought = [
    caseData && "caseData",
    (httpFrom || listed.length > 0) && "http",
    news && "notify",
    procedures && "procedures",
    clocks && "clocks",
  ].filter(Boolean);
  return {
    requires: {},
    onByDefault: false,
    ...rest,
    http: listed,
    ...(httpFrom && { httpFrom }),
    news: news ?? ({} as never),
    procedures: procedures ?? ({} as never),
    clocks: clocks ?? ({} as never),
    ...(caseData && { caseData }),
    capabilities: [...capabilities, ...brought] as never,
    permissions: definition.permissions ?? ({} as never),
    // Absent settings are the empty object; making it here would pull zod into every browser half.
    settings: definition.settings ?? (undefined as never),
  };
}
