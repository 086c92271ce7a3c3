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
  readonly news: Readonly<Record<P["news"], Text>>;
  readonly procedures: Readonly<Record<P["procedures"], ProcedureSpec>>;
  readonly requires: Readonly<Record<string, string>>;
  readonly onByDefault: boolean;
  readonly retention?: Retention;
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

/** Capabilities that come with a part of the definition, so that nothing is said twice. */
type Brought<D, H extends readonly string[], N, Pr> =
  | ([D] extends [never] ? never : "caseData")
  | ([keyof N] extends [never] ? never : "notify")
  | ([keyof Pr] extends [never] ? never : "procedures")
  | (H extends readonly [] ? never : "http");

type NoSettings = z.ZodObject<Record<never, z.ZodType>>;

/** What an author writes in `plugin.ts`. */
interface PluginDefinition<I, C, Pm, S, D, H, N, Pr> {
  /** Lower-case words joined by hyphens. It names the plugin for ever: schema, addresses, permissions. */
  readonly id: I;
  readonly title: Text;
  /** One sentence for the administrator who decides whether to switch it on. */
  readonly purpose: Text;
  /** Range of SDK versions, such as `^0.1.0`. */
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
  /** Addresses that `ctx.fetch` may reach: `https://example.org/api/` and all below it. An administrator approves each. */
  readonly http?: H;
  /** Sentences `ctx.notify` tells people in, by code: `{{name}}` stands for a number or a date, and nothing else. */
  readonly news?: N;
  /** Mediations or hearings that it conducts: `ctx.procedures`. */
  readonly procedures?: Pr;
  /** Ids of other plugins with a version range. Where one is off, this one is off too. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Whether it is on where no unit has chosen. @defaultValue false */
  readonly onByDefault?: boolean;
  /** How long its tables are kept after it was uninstalled. @defaultValue "1y" */
  readonly retention?: Retention;
}

/**
 * Declares a plugin. Importing the module must have no other effect.
 *
 * @throws Error when the id is not made of lower-case words, or is too long to name a schema.
 * @since 0.1
 */
export function definePlugin<
  const I extends string,
  const C extends Exclude<Capability, "caseData" | "http" | "notify" | "procedures"> = never,
  const Pm extends Readonly<Record<string, PermissionSpec>> = Record<never, PermissionSpec>,
  S extends z.ZodObject = NoSettings,
  D extends z.ZodObject = never,
  const H extends readonly string[] = readonly [],
  const N extends Readonly<Record<string, Text>> = Record<never, Text>,
  const Pr extends Readonly<Record<string, ProcedureSpec>> = Record<never, ProcedureSpec>,
>(
  definition: PluginDefinition<I, C, Pm, S, D, H, N, Pr>,
): Plugin<{
  id: I;
  capabilities: C | Brought<D, H, N, Pr>;
  permissions: keyof Pm & string;
  settings: S;
  caseData: D;
  news: keyof N & string;
  procedures: keyof Pr & string;
}> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(definition.id) || definition.id.length > 40)
    throw new Error(`"${definition.id}" is no plugin id: lower-case words joined by "-", 40 characters at most.`);
  for (const address of definition.http ?? [])
    if (!/^https?:\/\/[^/?#@\s]+\/[^?#@\s]*$/.test(address))
      throw new Error(`"${address}" is no address to list: https://host/path, without query, name or password.`);
  const { caseData, http = [], news, procedures, capabilities = [], ...rest } = definition;
  const brought = [
    caseData && "caseData",
    http.length > 0 && "http",
    news && "notify",
    procedures && "procedures",
  ].filter(Boolean);
  return {
    requires: {},
    onByDefault: false,
    ...rest,
    http,
    news: news ?? ({} as never),
    procedures: procedures ?? ({} as never),
    ...(caseData && { caseData }),
    capabilities: [...capabilities, ...brought] as never,
    permissions: definition.permissions ?? ({} as never),
    // Absent settings are the empty object; making it here would pull zod into every browser half.
    settings: definition.settings ?? (undefined as never),
  };
}
